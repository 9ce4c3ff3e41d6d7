"""Terms and names as a reader sees them."""

from __future__ import annotations

import pandas as pd

from dashboard.tables.wording import Look, rows, words


def terms(table: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """The terms of a contrast with their counts."""
    shown = pd.DataFrame(
        {
            "Term": table["term"],
            "Marks": [left if score > 0 else right for score in table["score"]],
            "Score": table["score"].abs().round(4),
            f"{left}: times": table["n_target"],
            f"{right}: times": table["n_reference"],
            f"{left}: articles": table["documents_target"],
            f"{right}: articles": table["documents_reference"],
            f"{left}: in 10,000 words": table["rate_target"].round(1),
            f"{right}: in 10,000 words": table["rate_reference"].round(1),
            "Class": table["class"].map(words),
        }
    )
    return shown if shown["Class"].any() else shown.drop(columns="Class")


def variants(table: pd.DataFrame, look: Look) -> pd.DataFrame:
    """One row an entity, its forms by side with their counts."""
    made = []
    for (entity, kind), own in table.groupby(["entity", "kind"], sort=False):
        row = {"item": f"name:{entity}", "Name": entity, "Kind": words(kind)}
        for side, (label, _) in look.items():
            forms = own[own["side"] == side]
            row[label] = ", ".join(f"{form.variant} ({form.count})" for form in rows(forms)) or "—"
        made.append(row)
    return pd.DataFrame(made, columns=["item", "Name", "Kind", *(label for label, _ in look.values())])
