"""Charts of figures: a mark a claim with its bound, and two figures of one side."""

from __future__ import annotations

import math
from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard.charts.style import FAINT, PLAIN, SOFT, Chart, bar, bar_text, fill, frame, scatter, short
from dashboard.kept import kept
from dashboard.tables.wording import NARRATION, Look, records

LINE = 34
"""Pixels of a line of claims: marks with their printed words below them."""

HEAD = 0.7
"""Lines that a quantity's name takes above its claims."""

LETTERS = 40
"""Letters of a claim's words that fit a phone beside its mark; the rest stands in the hover text."""

LETTER = 0.016
"""Share of the axis a letter takes on a phone."""

SHORT_BAR = 0.45
"""Share of the longest bar below which a bar's words stand beside it."""

STRIP = 44
"""Pixels of a bar that stands for one figure of a side."""

STEPS = 360
"""Pixels of the chart over time."""

STEPS_MARGIN = {"l": 8, "r": 150, "t": 28, "b": 40}
"""Pixels around it: the claimants' names stand at the right, where they do not meet."""

NAME = 16
"""Pixels of a claimant's name in that margin."""

NAME_LETTERS = 24
"""Letters that the margin holds."""

DAYS = 8
"""Days that have a tick each."""

WHISKER = 0.10
"""Half length of an approximate figure's whisker, as a share of it: what the ledger allows such a figure."""

LOG_FROM = 10
"""Ratio of the largest to the smallest value from which an axis is logarithmic."""

SHAPES = {
    "official": "circle",
    "press": "square",
    "public": "diamond",
    "other": "triangle-up",
    "outlet": "x",
}
"""Group of claimants -> mark."""

CLAIMANT_KEY = "● official · ■ press · ◆ public, eyewitnesses, experts · ▲ other voice · ✕ the outlet itself"
"""The shapes in words."""

CLAIMANTS = {
    "head_of_state": "official",
    "minister": "official",
    "spokesperson": "official",
    "government": "official",
    "military": "official",
    "justice": "official",
    "local_official": "official",
    "unnamed_official": "official",
    "state": "official",
    "international_body": "official",
    "media": "press",
    "social_media": "press",
    "public": "public",
    "expert": "public",
    "party_or_politician": "other",
    "company": "other",
}
"""Kind of claimant -> group; None (the outlet's own narration) and unknown kinds have their own."""


Mark = dict[Any, Any]
"""A claim on the range chart: a row of `tables.claim_marks`."""


@kept
def ranges(marks: pd.DataFrame, look: Look) -> Chart:
    """A line a quantity, a mark a claim: dot, bar, whisker or arrow after its bound; one panel an axis.

    Claims of one quantity share its line as long as they and their printed words fit beside each other.
    `marks` has item, claim, quantity, side, axis, kind, bound, low, high, point, verbatim, who, claimant_kind.
    """
    panels = [_Panel.of(own, look) for _, own in marks.groupby("axis", sort=False)]
    height = sum(LINE * panel.end + 76 for panel in panels)
    layout: dict[str, Any] = {"annotations": []}
    drawn: list[dict[str, Any]] = []
    for place, (panel, domain) in enumerate(zip(panels, _domains(panels, height), strict=True), 1):
        number = str(place) if place > 1 else ""
        layout["annotations"] += panel.names(number, domain[1])
        layout |= panel.axes(number, domain)
        for y, mark in zip(panel.lines, panel.marks, strict=True):
            own = _mark(mark, y, look[mark["side"]][1], panel.scale)
            drawn += [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in own]
    return frame(round(height), *drawn, **layout)


def _domains(panels: Sequence[_Panel], height: float) -> list[tuple[float, float]]:
    """The part of the chart's height that each panel takes, from the top: as its claims need, with room between."""
    gap = min(0.9 / max(len(panels), 2), 66 / height)
    whole = sum(panel.end + 0.3 for panel in panels)
    found, top = [], 1.0
    for panel in panels:
        bottom = top - (1 - gap * (len(panels) - 1)) * (panel.end + 0.3) / whole
        found.append((max(bottom, 0.0), top))
        top = bottom - gap
    return found


@dataclass(frozen=True)
class _Panel:
    """Claims of one axis: `lines` holds the height of each mark, `heads` that of each quantity's name."""

    marks: list[Mark]
    scale: _Scale
    lines: list[float]
    heads: dict[float, str]
    end: float

    @classmethod
    def of(cls, marks: pd.DataFrame, look: Look) -> _Panel:
        """The panel with every mark on the first line of its quantity that has room for it.

        Who gives a quantity stands in its name where one side does, else in the words of each mark: a mark's shape
        says what kind of claimant it has, and colours alone do not tell sides apart in print.
        """
        scale, shown = _Scale.of(marks), list(records(marks))
        lines, heads, top = [0.0] * len(shown), {}, 0.0
        of_claim: dict[str, list[int]] = defaultdict(list)
        for number, mark in enumerate(shown):
            of_claim[mark["claim"]].append(number)
        for own in of_claim.values():
            sides = {shown[number]["side"] for number in own}
            labels = {side: look[side][0] for side in sides}
            heads[top] = " · ".join([str(shown[own[0]]["quantity"]), *(labels.values() if len(sides) == 1 else ())])
            taken: list[list[tuple[float, float]]] = []
            above: dict[tuple[float, float], int] = {}  # lines that have no such room, and never will again
            for number in own:
                mark = shown[number]
                mark["label"] = labels[mark["side"]]
                mark["words"] = _words(mark, len(sides) > 1)
                room = _room(mark, scale)
                free = (n for n in range(above.get(room, 0), len(taken)) if not _meets(room, taken[n]))
                line = above[room] = next(free, len(taken))
                taken += [[]] if line == len(taken) else []
                insort(taken[line], room)
                lines[number] = top + HEAD + line
            top += HEAD + len(taken)
        return cls(shown, scale, lines, heads, top)

    def names(self, number: str, top: float) -> list[dict[str, Any]]:
        """The axis' name over the panel, and each quantity's name over its claims."""
        shared = {"x": 0, "xanchor": "left", "showarrow": False}
        name = {"text": f"<b>{escape(self.marks[0]['axis'])}</b>", "font": {"size": 14}, "xref": "paper"}
        place = {"xref": f"x{number} domain", "yref": f"y{number}", "font": {"size": 12}}
        return [
            shared | name | {"y": top, "yref": "paper", "yanchor": "bottom"},
            *(shared | place | {"y": at + 0.25, "text": escape(text)} for at, text in self.heads.items()),
        ]

    def axes(self, number: str, domain: tuple[float, float]) -> dict[str, Any]:
        """Both axes of the panel, its quantities from top to bottom."""
        lines = {"tickvals": [top + HEAD for top in self.heads], "showticklabels": False, "range": [self.end, -0.2]}
        share = all(mark["kind"] == "share" for mark in self.marks)
        across = self.scale.axis() | {"tickformat": ".0%" if share else None, "anchor": f"y{number}"}
        down = lines | {"zeroline": False, "gridcolor": FAINT, "domain": domain, "anchor": f"x{number}"}
        return {f"xaxis{number}": across, f"yaxis{number}": down}


def _room(mark: Mark, scale: _Scale) -> tuple[float, float]:
    """Where a mark and its words stand on the axis, as shares of its length."""
    at, ends = _ends(mark, scale)
    across = scale.share(at)
    width = LETTER * min(len(mark["words"]), LETTERS)
    before = {"right": 0.0, "left": width, "center": width / 2}[_label_side(across)]
    return min(scale.share(ends[0]), across - before), max(scale.share(ends[1]), across + width - before)


def _words(mark: Mark, sided: bool) -> str:
    """The words of a mark: the side where asked, the printed words, and who is cited for them."""
    side = f"{mark['label']}: " if sided else ""
    return f"{side}{mark['verbatim']}{_cited(mark)}"


def _cited(mark: Mark) -> str:
    """Who is cited, after the words; of the outlet itself, which the mark's shape tells, only how often it says so."""
    if not mark["who"].startswith(NARRATION):
        return f" · {mark['who']}"
    return str(mark["who"].removeprefix(NARRATION))


def _meets(room: tuple[float, float], used: list[tuple[float, float]]) -> bool:
    """Whether it meets one of those on a line, which ascend and do not meet each other."""
    place = bisect(used, room)
    return (place > 0 and used[place - 1][1] > room[0]) or (place < len(used) and used[place][0] < room[1])


def _label_side(across: float) -> str:
    """To which side of its mark a claim's words run, so that they stay on the chart."""
    return "right" if across < 0.35 else "left" if across > 0.6 else "center"


@dataclass(frozen=True)
class _Scale:
    """A value axis: from `start` to `end`; open ends are drawn to `reach`."""

    start: float
    reach: float
    end: float
    log: bool

    @classmethod
    def of(cls, marks: pd.DataFrame) -> _Scale:
        """The scale that holds every value of the marks."""
        values = [number(value) for name in ("low", "point", "high") for value in marks[name]]
        known = [value for value in values if value is not None] or [0.0, 1.0]
        low, high = min(known), max(known)
        if low > 0 and high / low >= LOG_FROM:
            return cls(low / 2, high * 2, high * 3, True)
        span = high - min(low, 0.0) or 1.0
        return cls(min(low * 1.1, 0.0), high + 0.2 * span, high + 0.3 * span, False)

    def axis(self) -> dict[str, Any]:
        """Settings of the axis."""
        ends = [math.log10(self.start), math.log10(self.end)] if self.log else [self.start, self.end]
        return {
            "type": "log" if self.log else "linear",
            "range": ends,
            "dtick": 1 if self.log else None,
            "zeroline": False,
        }

    def share(self, value: float) -> float:
        """How far to the right a value stands, 0 to 1."""
        if not self.log:
            return (value - self.start) / (self.end - self.start)
        return math.log(max(value, self.start) / self.start) / math.log(self.end / self.start)


def _mark(mark: Mark, y: float, color: str, scale: _Scale) -> Iterator[dict[str, Any]]:
    """A claim's line (where its value is open, wide or rounded) and its mark, the printed words below it."""
    low, high = number(mark["low"]), number(mark["high"])
    at, ends = _ends(mark, scale)
    if ends[0] != ends[1]:
        arrows = [
            "triangle-left" if low is None else "line-ns-open",
            "triangle-right" if high is None else "line-ns-open",
        ]
        line = {"color": color, "width": 2, "dash": "dot" if mark["bound"] == "vague" else "solid"}
        yield {
            "type": "scatter", "x": list(ends), "y": [y, y], "mode": "lines+markers", "line": line, "hoverinfo": "skip",
            "marker": {"symbol": arrows, "size": 9, "color": color}, "unselected": {"marker": {"opacity": 1}},
        }  # fmt: skip
    side = _label_side(scale.share(at))
    words = [f"<b>{escape(mark['label'])}: {escape(mark['verbatim'])}</b>", escape(mark["quantity"])]
    words.append(f"given by {escape(mark['who'])}")
    yield {
        "type": "scatter", "x": [at], "y": [y], "mode": "markers+text", "text": [short(mark["words"], LETTERS)],
        "textposition": f"bottom {side}", "customdata": [mark["item"]], "hoverinfo": "text",
        "hovertext": ["<br>".join(words)], "unselected": PLAIN,
        "marker": {"symbol": SHAPES[group(mark["claimant_kind"])], "size": 12, "color": color},
    }  # fmt: skip


def _ends(mark: Mark, scale: _Scale) -> tuple[float, tuple[float, float]]:
    """Where a claim's mark stands, and from where to where its bound reaches."""
    low, high, point = (number(mark[name]) for name in ("low", "high", "point"))
    at = next((value for value in (point, low, high) if value is not None), 0.0)
    if mark["bound"] == "approx" and low == high:
        return at, (at * (1 - WHISKER), at * (1 + WHISKER))
    return at, (scale.start if low is None else low, scale.reach if high is None else high)


def group(claimant_kind: Any) -> str:
    """The group of claimants that shares a mark."""
    if claimant_kind is None or claimant_kind != claimant_kind:
        return "outlet"
    return CLAIMANTS.get(str(claimant_kind), "other")


@kept
def strip(bars: Sequence[tuple[str, float, str]], color: str, item: str) -> Chart:
    """Figures of one side that belong together, one below the other: (words, value, fill) each."""
    longest = max([size for _, size, _ in bars] + [1e-9])
    traces = []
    for place, (text, size, way) in enumerate(bars):
        label = short(f"{size:,.6g} · {text}", 60)
        beside = size < SHORT_BAR * longest
        traces.append(
            bar(x=[size], y=[place], marker=fill(way, [color]), text=["" if beside else label], customdata=[item],
                hovertext=[escape(text)], **bar_text())
        )  # fmt: skip
        if beside:
            traces.append(
                scatter(x=[size], y=[place], mode="text", text=[f"\u2002{label}"], textposition="middle right",
                        hoverinfo="skip", customdata=[item], unselected=PLAIN)
            )  # fmt: skip
    return frame(
        STRIP * len(bars) + 28, *traces, margin={"l": 0, "r": 0, "t": 28, "b": 0}, bargap=0.15, barmode="overlay",
        xaxis={"range": [0, longest * 1.02], "visible": False},
        yaxis={"range": [len(bars) - 0.5, -0.5], "visible": False},
    )  # fmt: skip


@kept
def steps(series: pd.DataFrame, look: Look) -> Chart:
    """What each claimant is reported to say of one quantity, day after day, as steps.

    `series` has side, who, claimant_kind, date, value, low, high, bound, verbatim, item, axis.
    """
    scale = _Scale.of(series.assign(point=series["value"]))
    days = sorted({str(day) for day in series["date"]})
    share = series["axis"].eq("Shares of a whole").all()
    claimants = [(look[str(side)], str(who), own) for (side, who), own in series.groupby(["side", "who"], sort=False)]
    first, last = pd.Timestamp(days[0]), pd.Timestamp(days[-1])
    edge = (last - first) * 0.04
    names, leaders = _named(claimants, scale, str(last + edge))
    return frame(
        STEPS, *(_steps(own, color, label) for (label, color), _, own in claimants),
        margin=STEPS_MARGIN, annotations=names, shapes=leaders,
        xaxis={"type": "date", "gridcolor": FAINT, "tickformat": "%Y-%m-%d",
               "range": [str(first - edge), str(last + edge)], "tickvals": days if len(days) <= DAYS else None},
        yaxis=scale.axis() | {"gridcolor": FAINT, "tickformat": ".0%" if share else None, "automargin": True},
    )  # fmt: skip


def _steps(own: pd.DataFrame, color: str, label: str) -> dict[str, Any]:
    """One claimant's steps."""
    return scatter(
        x=[str(day) for day in own["date"]], y=[float(value) for value in own["value"]],
        mode="lines+markers", line={"shape": "hv", "color": color, "width": 1.5},
        marker={"symbol": SHAPES[group(own["claimant_kind"].iloc[0])], "size": 10, "color": color},
        customdata=list(own["item"]), hoverinfo="text", error_y=_open_ends(own),
        hovertext=[
            f"<b>{escape(label)}: {escape(verbatim)}</b><br>{date}, given by {escape(claimant)}"
            for verbatim, date, claimant in zip(own["verbatim"], own["date"], own["who"], strict=True)
        ],
    )  # fmt: skip


def _named(
    claimants: Sequence[tuple[tuple[str, str], str, pd.DataFrame]], scale: _Scale, edge: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Each claimant's name in the right margin, pushed apart, and a line to it from the last of its figures."""
    tall = STEPS - STEPS_MARGIN["t"] - STEPS_MARGIN["b"]
    ends = sorted(
        ((tall * scale.share(float(own["value"].iloc[-1])), label, who, own) for (label, _), who, own in claimants),
        key=lambda end: end[0],
    )
    names, leaders, below = [], [], -math.inf
    for number, (height, label, who, own) in enumerate(ends):
        below = max(below + NAME, min(height, tall - NAME * (len(ends) - number - 1)))
        text = short(label if who == NARRATION else f"{label}: {who}", NAME_LETTERS)
        names.append({"x": 1, "y": below / tall, "xref": "paper", "yref": "paper", "xanchor": "left",
                      "yanchor": "middle", "showarrow": False, "text": text, "font": {"size": 12}})  # fmt: skip
        leaders.append({"type": "line", "x0": str(own["date"].iloc[-1]), "x1": edge, "xref": "x",
                        "y0": height / tall, "y1": below / tall, "yref": "paper",
                        "line": {"color": SOFT, "width": 1, "dash": "dot"}})  # fmt: skip
    return names, leaders


def _open_ends(marks: pd.DataFrame) -> dict[str, Any]:
    """Whiskers from each value to the ends its bound gives; none where an end is open or the value itself."""
    columns = (marks[name].tolist() for name in ("value", "low", "high"))
    found = [(float(value), number(low), number(high)) for value, low, high in zip(*columns, strict=True)]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max((high or at) - at, 0.0) for at, _, high in found],
        "arrayminus": [max(at - (at if low is None else low), 0.0) for at, low, _ in found],
        "thickness": 1,
        "width": 4,
    }


def number(value: Any) -> float | None:
    """A value on an axis; None for a missing one."""
    return None if value is None or value != value else float(value)
