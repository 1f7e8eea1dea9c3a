"""The keepers' own CSV files, read into the tables that Foedus works with: which columns, and what they become."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

DAY_ZERO: Final = "1970-01-01"
# Columns of COW's files of organisations that are none.
NO_BODIES: Final = frozenset(
    {"dyadid", "year", "version", "statehood"}
    | {f"{name}{end}" for name in ("ccode", "country", "state", "stateabb", "statenme") for end in ("", "1", "2")}
)

# Table → the keepers' column → ours. Matching ignores case; a file is recognised by its name (see the catalogue).
COLUMNS: Final[dict[str, dict[str, str]]] = {
    "cow_states": {"statenme": "statenme", "statename": "statenme", "stabbrev": "stateabb"},
    "cow_majors": {"statenme": "statenme"},
    "atop_alliance": {
        "stateA": "ccode1",
        "stateB": "ccode2",
        "statea": "ccode1",
        "stateb": "ccode2",
        "defense": "atop_defense",
        "offense": "atop_offense",
        "neutral": "atop_neutral",
        "nonagg": "atop_nonagg",
        "consul": "atop_consul",
    },
    "cow_alliance": {
        "defense": "cow_defense",
        "neutrality": "cow_neutral",
        "nonaggression": "cow_nonagg",
        "entente": "cow_entente",
    },
    "cow_contdir": {
        "state1no": "ccode1",
        "state2no": "ccode2",
        "statelno": "ccode1",
        "statehno": "ccode2",
    },
    "cow_nmc": {},
    "cow_igo_ndy": {},
    "cow_igo_sy": {},
    "cow_trade_sy": {},
    "cow_trade_ddy": {},
}


def known(table: str) -> bool:
    """Whether an official layout of the table is described here."""
    return table in COLUMNS


def canonical(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """An official file's frame with the columns of `table`; a frame that has them already comes back as it is."""
    if not known(table):
        return frame
    names = {str(column): str(column).strip().lstrip("\ufeff") for column in frame.columns}
    lower = {ours.lower(): target for ours, target in COLUMNS[table].items()}
    renamed = frame.rename(columns={raw: lower.get(name.lower(), name.lower()) for raw, name in names.items()})
    finish = FINISH.get(table)
    return finish(renamed) if finish else renamed


def _contiguity(frame: pd.DataFrame) -> pd.DataFrame:
    """Contiguity both ways: the master records (`contdir.csv`) name each pair once, with `begin` and `end` written
    yyyymm; the directed dyad-years (`contdird.csv`) name it both ways, with a `year` that becomes a spell.
    """
    import pandas as pd

    if "stdate" in frame.columns:
        return frame
    if "begin" not in frame.columns:
        marks = {"stdate": frame["year"] * 100 + 1, "enddate": frame["year"] * 100 + 12}
    else:
        turned = frame.rename(columns={"ccode1": "ccode2", "ccode2": "ccode1"})
        keys = ["ccode1", "ccode2", "begin"]
        frame = pd.concat([frame, turned], ignore_index=True).drop_duplicates(keys)
        marks = {"stdate": frame["begin"], "enddate": frame["end"]}
    for target, mark in marks.items():
        month = pd.to_datetime(mark.astype(int).astype(str), format="%Y%m")
        frame[target] = (month - pd.Timestamp(DAY_ZERO)).dt.days
    return frame


def _flows(frame: pd.DataFrame) -> pd.DataFrame:
    """Dyadic trade both ways: the file names each pair once, with `flow1` the imports of its first state."""
    import pandas as pd

    flows = ["flow1", "flow2", "smoothflow1", "smoothflow2"]
    if not {"ccode1", "ccode2", "year", *flows} <= set(frame.columns):
        return frame
    frame = frame[["ccode1", "ccode2", "year", *flows]].copy()
    frame[flows] = frame[flows].apply(pd.to_numeric, errors="coerce").where(lambda values: values >= 0)
    swap = {"ccode1": "ccode2", "flow1": "flow2", "smoothflow1": "smoothflow2"}
    turned = frame.rename(columns=swap | {other: one for one, other in swap.items()})
    return pd.concat([frame, turned[frame.columns]], ignore_index=True).drop_duplicates(["ccode1", "ccode2", "year"])


def _memberships(frame: pd.DataFrame) -> pd.DataFrame:
    """A state's memberships, one column an organisation: 1 full, 2 associate, 3 observer, 0 none, negative missing."""
    if "sum_igo_full" in frame.columns:
        return frame
    bodies = frame[[column for column in frame.columns if column not in NO_BODIES]]
    counts = frame[["ccode", "year"]].copy()
    for value, name in ((1, "full"), (2, "associate"), (3, "observer")):
        counts[f"sum_igo_{name}"] = (bodies == value).sum(axis=1)
    counts["sum_igo_anytype"] = counts[["sum_igo_full", "sum_igo_associate", "sum_igo_observer"]].sum(axis=1)
    return counts


def _alliance_years(frame: pd.DataFrame) -> pd.DataFrame:
    """Alliance records of one pair and year (several treaties) become one: bound by any is bound."""
    flags = [column for column in frame.columns if column.startswith(("atop_", "cow_"))]
    keys = ["ccode1", "ccode2", "year"]
    if not set(keys) <= set(frame.columns):
        return frame
    return frame.groupby(keys, as_index=False, sort=False)[flags].max()


def _organisations(frame: pd.DataFrame) -> pd.DataFrame:
    """Dyadic memberships, one column an organisation: a 1 on both sides is written as 1."""
    if "dyadigos" in frame.columns:
        return frame
    bodies = [column for column in frame.columns if column not in NO_BODIES]
    shared = frame[["ccode1", "ccode2", "year"]].copy()
    shared["dyadigos"] = (frame[bodies] == 1).sum(axis=1)
    return shared


def _missing(frame: pd.DataFrame) -> pd.DataFrame:
    """−9 stands for missing in columns that cannot be negative."""
    figures = [
        c for c in ("milex", "milper", "irst", "pec", "tpop", "upop", "imports", "exports") if c in frame.columns
    ]
    frame[figures] = frame[figures].where(frame[figures] >= 0)
    return frame


FINISH: Final[dict[str, Callable[[Any], Any]]] = {
    "cow_contdir": _contiguity,
    "atop_alliance": _alliance_years,
    "cow_alliance": _alliance_years,
    "cow_igo_ndy": _organisations,
    "cow_nmc": _missing,
    "cow_igo_sy": _memberships,
    "cow_trade_sy": _missing,
    "cow_trade_ddy": _flows,
}
