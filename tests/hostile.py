"""A corpus whose every field attacks: markup, formulas, directives, bidirectional controls, endless words.

Whatever runs calls `ran(...)`; whatever is fetched is asked of `outside.invalid`, which exists nowhere.
"""

from __future__ import annotations

import json
from pathlib import Path

OUTSIDE = "outside.invalid"
ATTACKS = (
    f'<img src="https://{OUTSIDE}/1.png" onerror="ran(1)">',
    "<script>ran(2)</script>",
    "<svg/onload=ran(3)>",
    f'<iframe src="https://{OUTSIDE}/4"></iframe>',
    '<a href="javascript:ran(5)">five</a>',
    f"![six](https://{OUTSIDE}/6.png)",
    f"[seven](https://{OUTSIDE}/7)",
    "$e=mc^2$ and $$\\frac{1}{2}$$",
    ":red[eight] :streamlit: :material/home: -> <-",
    "</p></style></script><b>nine</b><!--",
    f"<style>@import url(https://{OUTSIDE}/10.css);</style>",
    f'<b style="background:url(https://{OUTSIDE}/11.png)">eleven</b><br>',
    "%{customdata[0]} <extra>twelve</extra> {{7*7}} ${7*7}",
    "\u202ereversed\u202c \u2066isolated\u2069 a\u200bb \ufeffmark",
    f'=HYPERLINK("https://{OUTSIDE}/14","fourteen")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\tTab first",
    "&lt;img src=x onerror=ran(20)&gt; &amp; &#60;script&#62;",
    f'" onmouseover="ran(21)" x="https://{OUTSIDE}/21',
    "' onfocus='ran(22)' autofocus='",
    "../../../../etc/passwd %2e%2e%2f \\\\outside\\share",
    "'; DROP TABLE corpora; --",
)
ENDLESS = "W" * (1 << 20)
"""A word of a megabyte."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def hostile_corpus(folder: Path) -> Path:
    """Write the corpus: on both sides an article an attack, which becomes terms, names, figures and voices."""
    sides = {side: f"{side} {ATTACKS[number]}" for number, side in enumerate(("east", "west"))}
    articles = [_article(side, number, attack) for side in sides for number, attack in enumerate(ATTACKS)]
    articles.append(
        {**_article("east", len(ATTACKS), "endless"), "text": f"Officials said {ENDLESS} killed 12 people."}
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "articles.jsonl").write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
    labels = "".join(
        f"[[sides]]\nid = {json.dumps(side)}\nlabel = {json.dumps(label)}\n" for side, label in sides.items()
    )
    (folder / "corpus.toml").write_text(f"title = {json.dumps('Corpus ' + ATTACKS[0])}\n{labels}", encoding="utf-8")
    return folder


def _article(side: str, number: int, attack: str) -> dict[str, str]:
    killed = 12 if side == "east" else 30 + number
    return {
        "id": f"{attack} {side}",
        "side": side,
        "outlet": f"{attack} {side} Post",
        "date": f"2025-02-{number + 1:02}",
        "topic": ATTACKS[number % 5],
        "title": f"{attack} Missiles kill {killed} people in Kharkiv",
        "url": f"javascript:ran({number})",
        "text": (
            f"{attack}\n{attack} The ministry said {attack} killed {killed} people in Kharkiv on Monday.\n"
            f"“{attack},” General Ivan {attack} Petrov told reporters. "
            f"At least {killed} {attack} drones were shot down.\n"
            f"According to {attack}, the attack was denied by {attack} officials in Kharkiv {attack}"
        ),
    }
