"""What an import read, mapped, dropped and why, as a reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.tables.wording import several

LINES = ["Part", "What", "Rows", "Where"]


def imported(report: Mapping[str, Any]) -> str:
    """How many rows were read and what became of them, in one sentence."""
    rows = report["rows"]
    parts = [f"{rows['kept']:,} kept", f"{rows['dropped']:,} left out"]
    parts += [f"{rows['copies']:,} counted once with another article"] if rows["copies"] else []
    return f"{several(rows['read'], 'row')} read: {', '.join(parts)}."


def import_report(report: Mapping[str, Any]) -> pd.DataFrame:
    """One row a line of the report but its warnings: Part, What, Rows (text, empty where not counted), Where."""
    lines = [("Side", side["side"], side["articles"], _of_side(side)) for side in report["sides"]]
    for part, key in (("Left out", "dropped"), ("Counted once", "copies"), ("Changed", "changed"), ("Day", "dates")):
        lines += [(part, what, told["count"], "; ".join(told["examples"])) for what, told in report[key].items()]
    lines += [("Column", f"{each['column']} → {each['field']}", None, _of_column(each)) for each in report["columns"]]
    lines += [("Language", language, count, "") for language, count in report["languages"].items()]
    lines += [("File", line, None, "") for line in report["files"]]
    shown = [(part, what, "" if count is None else f"{count:,}", where) for part, what, count, where in lines]
    return pd.DataFrame(shown, columns=LINES)


def _of_side(side: Mapping[str, Any]) -> str:
    return f"{several(side['outlets'], 'outlet')}, median length {side['median_length']:,} characters"


def _of_column(column: Mapping[str, Any]) -> str:
    return f"{column['file']}: {column['why']}"
