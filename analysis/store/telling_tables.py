"""How figures go together, as tables: which are compared, which pairs fit, which contrasts stand inside a side."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as arrow

from analysis.claims.contrasts import Contrast
from analysis.claims.tellings import Fit, Tellings, Told
from analysis.store.files import hash_of
from analysis.store.sentence_tables import sentences_version
from analysis.store.versions import reader_version

NAMES = ("compared", "fits", "contrasts")
"""The tables: one row a figure that is compared (`row` in the figure table), a pair of these (by their places), a
contrast."""

OWN = ("row", "object", "measure", "leader", "kin")
"""Columns of a figure that is compared; the others are those of the figure table."""


def tellings_version() -> str:
    """What the tables depend on."""
    return hash_of((sentences_version(), reader_version("analysis.claims.tellings")))


def telling_tables(known: Tellings) -> dict[str, arrow.Table]:
    """The tables by name."""
    place = {told.id: at for at, told in enumerate(known.told)}
    compared = {name: [getattr(told, name) for told in known.told] for name in OWN}
    compared |= {"classes": [told.breadth[0] for told in known.told]}
    compared |= {"untold": [told.breadth[2] for told in known.told]}
    pairs = {"one": [place[fit.one.id] for fit in known.fits], "other": [place[fit.other.id] for fit in known.fits]}
    pairs |= {name: [getattr(fit, name) for fit in known.fits] for name in ("points", "verdict", "ratio")}
    inside = {name: [getattr(one, name) for one in known.contrasts] for name in ("a", "b", "relation", "share", "side")}
    return dict(zip(NAMES, map(arrow.table, (compared, pairs, inside)), strict=True))


def restored(tables: Mapping[str, arrow.Table], figures: pd.DataFrame) -> Tellings:
    """The tellings of tables and of the figures they were made of."""
    own = tables["compared"].to_pydict()
    names = ("id", "document", "side", "date", "kind", "place", "day")
    about = {name: figures[name].iloc[own["row"]].tolist() for name in names} | {name: own[name] for name in OWN}
    about["breadth"] = list(zip(own.pop("classes"), own["object"], own.pop("untold"), strict=True))
    told = [Told(**dict(zip(about, row, strict=True))) for row in zip(*about.values(), strict=True)]
    fits = [Fit(told[pair.pop("one")], told[pair.pop("other")], **pair) for pair in tables["fits"].to_pylist()]
    return Tellings(told, fits, [Contrast(**one) for one in tables["contrasts"].to_pylist()])
