"""The panel: rows, columns and what is known about them; a join gives a new panel and leaves the old one as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from foedus.errors import DataError, InputError, MissingExtraError
from foedus.panel.index import Array, Index

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from foedus.world.history.tables import Tables

Unit = Literal["state-year", "dyad-year", "state-day", "dyad-dispute"]


@dataclass(frozen=True, eq=False)
class Panel:
    """Rows of one unit with named columns. Make one with `foedus.panel.dyad_years(...)`, join with `.with_…()`.

    Missing is NaN (null in Arrow, Parquet, CSV and Polars), never 0. `notes` says what each column means and where it
    is missing; `sources` names the tables used; `metadata` holds both with unit, direction, code system and span.
    """

    unit: Unit
    system: str
    directed: bool | None
    span: tuple[int, int]
    columns: Mapping[str, Array]
    notes: Mapping[str, str]
    sources: tuple[str, ...]
    index: Index | None = None
    tables: Tables | None = None
    warnings: tuple[str, ...] = field(default=())

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, column: str) -> Array:
        try:
            return self.columns[column]
        except KeyError:
            raise InputError(
                f"this panel has no column {column!r}; it has {', '.join(self.columns)}; join more with `.with_…()`"
            ) from None

    def __repr__(self) -> str:
        way = {True: "directed ", False: "undirected ", None: ""}[self.directed]
        return (
            f"<Panel: {len(self):,} {way}{self.unit}s, {self.system.upper()} codes, {self.span[0]}–{self.span[1]}, "
            f"{len(self.columns)} columns from {', '.join(self.sources)}>"
        )

    @property
    def metadata(self) -> dict[str, Any]:
        """Unit, direction, code system, span, rows, sources, notes and warnings, as plain values."""
        return {
            "unit": self.unit,
            "directed": self.directed,
            "system": self.system,
            "span": list(self.span),
            "rows": len(self),
            "sources": list(self.sources),
            "columns": {name: self.notes.get(name, "") for name in self.columns},
            "warnings": list(self.warnings),
        }

    def joined(
        self, columns: Mapping[str, Array], notes: Mapping[str, str], sources: tuple[str, ...], warning: str = ""
    ) -> Panel:
        """This panel with more columns. Raises InputError where a column of that name is there already."""
        double = [name for name in columns if name in self.columns]
        if double:
            raise InputError(f"column {double[0]!r} is in this panel already; join each source once")
        for values in columns.values():
            values.flags.writeable = False
        return replace(
            self,
            columns=MappingProxyType({**self.columns, **columns}),
            notes=MappingProxyType({**self.notes, **notes}),
            sources=tuple(dict.fromkeys((*self.sources, *sources))),
            warnings=(*self.warnings, warning) if warning and warning not in self.warnings else self.warnings,
        )

    def rows(self) -> Index:
        """Addresses of the rows, for joins. Raises InputError for units that take no joins by year."""
        if self.index is None:
            raise InputError(f"{self.unit}s take no further columns; start from dyad_years or state_years")
        return self.index

    # --- columns

    def with_cow_codes(self) -> Panel:
        """COW numbers beside Gleditsch–Ward ones (`ccode`, or `ccode1` and `ccode2`); columns keyed by them can follow."""
        from foedus.panel.joins.crosswalk import join

        return join(self, "cow")

    def with_gw_codes(self) -> Panel:
        """Gleditsch–Ward numbers beside COW ones (`gwcode`, or `gwcode1` and `gwcode2`)."""
        from foedus.panel.joins.crosswalk import join

        return join(self, "gw")

    def with_alliances(self, source: Literal["atop", "cow"] = "atop") -> Panel:
        """Alliance obligations of each dyad-year; see `foedus.panel.joins.alliances`."""
        from foedus.panel.joins.alliances import join

        return self._by_cow(lambda panel: join(panel, source))

    def with_capabilities(self) -> Panel:
        """COW's national material capabilities, with the composite index `cinc`."""
        from foedus.panel.joins.attributes import capabilities

        return self._by_cow(capabilities, by_state=True)

    def with_contiguity(self, slice: Literal["first", "last"] = "first") -> Panel:
        """COW's direct contiguity: `conttype` of a dyad, counts of `land` and `sea` borders of a state."""
        from foedus.panel.joins.geography import contiguity

        return self._by_cow(lambda panel: contiguity(panel, slice))

    def with_distance(self, minimum: bool = True) -> Panel:
        """Distance between capitals and, if `minimum`, between nearest points, in kilometres."""
        from foedus.panel.joins.geography import distance

        return distance(self, minimum)

    def with_majors(self) -> Panel:
        """COW's major powers."""
        from foedus.panel.joins.attributes import majors

        return self._by_cow(majors, by_state=True)

    def with_rivalries(self, source: Literal["tss", "td"] = "tss") -> Panel:
        """Strategic rivalries of Thompson and others (2021) or Thompson and Dreyer (2012)."""
        from foedus.panel.joins.rivalries import join

        return self._by_cow(lambda panel: join(panel, source))

    def with_disputes(
        self, source: Literal["gml", "cow"] = "gml", spells: bool = True, known_leaders: bool = False
    ) -> Panel:
        """Militarised disputes: onset, ongoing, sides, and the years of peace before."""
        from foedus.panel.joins.disputes import join

        return self._by_cow(lambda panel: join(panel, source, spells, known_leaders))

    def with_wars(self, spells: bool = True) -> Panel:
        """COW's interstate wars: onset, ongoing, sides, and the years of peace before."""
        from foedus.panel.joins.wars import join

        return self._by_cow(lambda panel: join(panel, spells))

    def with_conflicts(self, kind: str | None = None, only_wars: bool = False, spells: bool = True) -> Panel:
        """UCDP's armed conflicts of a state-year: onset, ongoing, intensity, and the years of peace before."""
        from foedus.panel.joins.conflicts import join

        return join(self, kind, only_wars, spells)

    def with_igos(self) -> Panel:
        """Organisations that both states are full members of; for states, their memberships by kind."""
        from foedus.panel.joins.attributes import igos

        return self._by_cow(igos)

    def with_trade(self, totals: bool = False) -> Panel:
        """Dyads: trade with each other (`flow1`, `flow2`), or with `totals` both states' total imports and exports."""
        from foedus.panel.joins.attributes import trade

        return self._by_cow(lambda panel: trade(panel, totals), by_state=totals)

    def with_democracy(self) -> Panel:
        """Democracy: extended UDS, Polity and V-Dem's polyarchy."""
        from foedus.panel.joins.attributes import democracy

        return democracy(self)

    def with_gdp(self) -> Panel:
        """Simulated GDP, GDP a head and population, with their standard deviations."""
        from foedus.panel.joins.attributes import gdp

        return gdp(self)

    def with_un_affinity(self) -> Panel:
        """How alike two states vote in the UN General Assembly."""
        from foedus.panel.joins.affinity import join

        return join(self)

    def with_leaders(self) -> Panel:
        """Leaders on the first and last day of the year, and how they changed."""
        from foedus.panel.joins.leaders import join

        return join(self)

    def _by_cow(self, join: Callable[[Panel], Panel], by_state: bool = False) -> Panel:
        """A join keyed by COW numbers; panels of Gleditsch–Ward numbers that carry COW's take it row by row."""
        if self.system != "gw" or not {"ccode", "ccode1"} & set(self.columns):
            return join(self)
        from foedus.panel.joins.through import through_cow

        return through_cow(self, join, by_state)

    # --- out

    def select(self, *names: str) -> Panel:
        """The same rows with these columns only, in this order."""
        kept = {name: self[name] for name in names}
        if not kept:
            raise InputError("name at least one column")
        return replace(self, columns=MappingProxyType(kept))

    def where(self, mask: Array) -> Panel:
        """The rows where `mask` is true; the result takes no further joins, so filter last."""
        chosen = np.asarray(mask)
        if chosen.dtype != np.bool_ or chosen.shape != (len(self),):
            raise InputError(f"the mask must hold {len(self):,} true or false values, one a row")
        kept = {name: values[chosen] for name, values in self.columns.items()}
        return replace(self, columns=MappingProxyType(kept), index=None)

    def to_arrow(self) -> pa.Table:
        """An Arrow table, missing as null, the metadata as JSON under the schema key `foedus`."""
        import pyarrow as pa

        arrays = [_arrow(values) for values in self.columns.values()]
        schema = pa.schema(
            [pa.field(name, array.type) for name, array in zip(self.columns, arrays, strict=True)],
            metadata={b"foedus": json.dumps(self.metadata, ensure_ascii=False).encode()},
        )
        return pa.Table.from_arrays(arrays, schema=schema)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame; the metadata are in `frame.attrs["foedus"]`."""
        import pandas as pd

        frame = pd.DataFrame(dict(self.columns), copy=False)
        frame.attrs["foedus"] = self.metadata
        return frame

    def to_polars(self) -> pl.DataFrame:
        """A Polars frame (missing as null). Raises MissingExtraError without the extra `polars`."""
        try:
            import polars as pl
        except ImportError:
            raise MissingExtraError("polars", "Panel.to_polars()") from None
        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)
        return frame

    def to_parquet(self, path: str | Path) -> None:
        """Writes a Parquet file, whole or not at all; the metadata travel in it."""
        import pyarrow.parquet as pq

        _write(path, lambda target: pq.write_table(self.to_arrow(), target, compression="zstd", compression_level=1))

    def to_csv(self, path: str | Path) -> None:
        """Writes a CSV file with a header, missing as an empty cell; the metadata go beside it as `<path>.json`."""
        import pyarrow.csv as pc

        _write(path, lambda target: pc.write_csv(self.to_arrow(), target))
        told = json.dumps(self.metadata, ensure_ascii=False, indent=1)
        _write(f"{path}.json", lambda target: Path(target).write_text(told, encoding="utf-8"))

    def cite(self, form: Literal["text", "bibtex"] = "text") -> str:
        """What to cite for the columns used, one entry a source, each with the version of the data."""
        from foedus.world.history.catalogue import citations

        return citations(self.sources, form)


def _arrow(values: Array) -> pa.Array:
    import pyarrow as pa

    if values.dtype == object:
        return pa.array(values, from_pandas=True).dictionary_encode()
    if values.dtype == np.float32:
        # Codings: whole numbers, so they travel as bytes and not as floats.
        mask = np.isnan(values)
        whole = np.where(mask, np.float32(0), values) if mask.any() else values
        return pa.array(whole.astype(np.int8), mask=mask if mask.any() else None)
    return pa.array(values, from_pandas=values.dtype.kind == "f")


def _write(path: str | Path, put: Any) -> None:
    target = Path(path)
    if not target.parent.is_dir():
        raise DataError(f"{target.parent} is no folder; make it first, or write elsewhere")
    part = target.with_name(f".{target.name}.part")
    try:
        put(str(part))
        part.replace(target)
    except OSError as error:
        raise DataError(f"{target} could not be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
