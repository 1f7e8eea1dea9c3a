"""What `foedus panel` does: build, join what is asked for, write, say what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError
from foedus.panel.build import dyad_disputes, dyad_years, state_days, state_years
from foedus.panel.frame import Panel

JOINS: Final[dict[str, Callable[[Panel], Panel]]] = {
    "cow-codes": Panel.with_cow_codes,
    "gw-codes": Panel.with_gw_codes,
    "alliances": Panel.with_alliances,
    "capabilities": Panel.with_capabilities,
    "contiguity": Panel.with_contiguity,
    "distance": Panel.with_distance,
    "majors": Panel.with_majors,
    "rivalries": Panel.with_rivalries,
    "disputes": Panel.with_disputes,
    "wars": Panel.with_wars,
    "conflicts": Panel.with_conflicts,
    "igos": Panel.with_igos,
    "trade": Panel.with_trade,
    "trade-totals": lambda panel: panel.with_trade(totals=True),
    "democracy": Panel.with_democracy,
    "gdp": Panel.with_gdp,
    "un-affinity": Panel.with_un_affinity,
    "leaders": Panel.with_leaders,
}


def write(
    unit: str,
    start: int,
    end: int,
    output: Path,
    columns: str,
    system: str,
    data: Path | None,
    cite: bool,
    directed: bool = True,
) -> str:
    """Writes the panel to `output` and returns a line on it, or (with `cite`) the BibTeX of its sources.

    For `dyad-disputes`, `system` names the source. Raises InputError for an unknown column or
    kind of file, before any work.
    """
    if output.suffix not in (".parquet", ".csv"):
        raise InputError(f"{output} must end in .parquet or .csv, so that its kind is known")
    asked = [name.strip() for name in columns.split(",") if name.strip()]
    unknown = [name for name in asked if name not in JOINS]
    if unknown:
        raise InputError(f"there are no columns {unknown[0]!r}; ask for {', '.join(JOINS)}")
    panel = _build(unit, start, end, system, data, directed)
    for name in asked:
        panel = JOINS[name](panel)
    (panel.to_parquet if output.suffix == ".parquet" else panel.to_csv)(output)
    if cite:
        return panel.cite("bibtex")
    told = [f"{output}: {len(panel):,} {panel.unit}s, {len(panel.columns)} columns from {', '.join(panel.sources)}"]
    return "\n".join([*told, *(f"note: {warning}" for warning in panel.warnings)])


def _build(unit: str, start: int, end: int, system: Any, data: Path | None, directed: bool) -> Panel:
    if unit == "dyad-years":
        return dyad_years(start, end, directed, system, data)
    if unit == "state-years":
        return state_years(start, end, system, data)
    if unit == "state-days":
        return state_days(start, end, system, data)
    return dyad_disputes(start, end, system, directed, data)
