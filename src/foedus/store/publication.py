"""What goes beside a published data set: how to cite it, what its columns mean, and what reviewers said."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus.store import codec, forms
from foedus.store.files import digest
from foedus.store.imports.codes import UNKNOWN

if TYPE_CHECKING:
    from foedus.store.exports import Content, ExportReport
    from foedus.store.reviews import Review
    from foedus.store.store import Store

_DOI: Final = "https://doi.org/"

SOURCES: Final[dict[str, tuple[str, tuple[str, ...], int, str]]] = {
    "gdelt": (
        "GDELT: Global Data on Events, Location and Tone, 1979-2012", ("Leetaru, Kalev", "Schrodt, Philip A."), 2013,
        "https://www.gdeltproject.org",
    ),
    "icews": (
        "ICEWS Coded Event Data",
        ("Boschee, Elizabeth", "Lautenschlager, Jennifer", "O'Brien, Sean", "Shellman, Steve", "Starz, James", "Ward, Michael"),
        2015, "https://doi.org/10.7910/DVN/28075",
    ),
    "polecat": (
        "POLECAT Weekly Data",
        ("Halterman, Andrew", "Bagozzi, Benjamin E.", "Beger, Andreas", "Schrodt, Philip", "Scarborough, Grace"), 2023,
        "https://doi.org/10.7910/DVN/AJGVIT",
    ),
    "acled": (
        "Introducing ACLED: An Armed Conflict Location and Event Dataset",
        ("Raleigh, Clionadh", "Linke, Andrew", "Hegre, Håvard", "Karlsen, Joakim"), 2010, "https://acleddata.com",
    ),
    "ucdp": (
        "Introducing the UCDP Georeferenced Event Dataset", ("Sundberg, Ralph", "Melander, Erik"), 2013,
        "https://ucdp.uu.se",
    ),
}  # fmt: skip


def beside(
    store: Store,
    path: Path,
    report: ExportReport,
    content: Content,
    sql_filter: str | None,
    params: Sequence[Any],
    title: str | None,
    authors: Sequence[str],
) -> list[str]:
    """Write the citation file, the codebook and the reviews beside a data file; returns their paths."""
    told, names = content.told, sorted(content.codes)
    made = {
        path.with_name(path.name + ".CITATION.cff"): citation(path, report, told, title, authors),
        path.with_name(path.name + ".codebook.md"): codebook(path, report, told, sql_filter, params, title, names),
        path.with_name(path.name + ".reviews.jsonl"): "".join(
            json.dumps(review.to_dict(), ensure_ascii=False) + "\n" for review in reviews_of(store, sql_filter, params)
        ),
    }
    for place, text in made.items():
        place.write_text(text, encoding="utf-8")
    return [str(place) for place in made]


def reviews_of(store: Store, sql_filter: str | None, params: Sequence[Any]) -> list[Review]:
    """Reviews of the events that meet a condition, also those taken back; all of them where there is no condition."""
    told = store.reviews(include_undone=True)
    if not sql_filter or not told:
        return told
    ids = [list({review.event for review in told}), *params]
    cursor = store.select(f"id IN (SELECT unnest(?)) AND (\n{sql_filter}\n)", ids, "id")
    held = {row[0] for rows in store.batches(cursor) for row in rows}
    return [review for review in told if review.event in held]


def citation(
    path: Path, report: ExportReport, told: Sequence[tuple[Any, ...]], title: str | None, authors: Sequence[str]
) -> str:
    """A CITATION.cff that names the data set, its makers, its version and everything that it rests on."""
    from foedus import __version__

    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        'message: "If you use these data, cite them and the sources under references."',
        f"title: {json.dumps(title or path.stem, ensure_ascii=False)}",
        "authors:",
    ]
    lines += [_author(name) for name in authors] or ['  - name: "NAME THE AUTHORS HERE"']
    lines += [
        f"date-released: {dt.date.today().isoformat()}",
        f'version: "{digest(path)[:12]}"',
        f'abstract: "{report.events} events; SHA-256 of the data file: {digest(path)}"',
        "references:",
        "  - type: software",
        '    title: "Foedus"',
        f'    version: "{__version__}"',
        "    authors:",
        '      - name: "Foedus maintainers"',
    ]
    used = sorted({_base(row[0]) for row in told} & SOURCES.keys())
    for name in used:
        heading, people, year, where = SOURCES[name]
        lines += [
            "  - type: data",
            f"    title: {json.dumps(heading)}",
            f"    year: {year}",
            f'    doi: "{where.removeprefix(_DOI)}"' if where.startswith(_DOI) else f'    url: "{where}"',
            "    authors:",
        ]
        lines += [_author(one, "      ") for one in people]
    return "\n".join(lines) + "\n"


def codebook(
    path: Path,
    report: ExportReport,
    told: Sequence[tuple[Any, ...]],
    sql_filter: str | None,
    params: Sequence[Any],
    title: str | None = None,
    codes: Sequence[str] = (),
) -> str:
    """What the file holds, column by column, how it was made, and what it leaves out."""
    from foedus import __version__
    from foedus.ontology import plover

    out = [
        f"# Codebook of {path.name}" + (f": {title}" if title else ""),
        "",
        f"{report.events:,} events in the format `{report.format}`; written by Foedus {__version__} on "
        f"{dt.date.today().isoformat()}. How to cite it and what it rests on: `{path.name}.CITATION.cff`. What reviewers said "
        f"of its events: `{path.name}.reviews.jsonl`; reviews stand beside the events and have changed none.",
        "",
        "## What is in it",
        "",
    ]
    if sql_filter:
        given = f" with {list(params)}" if params else ""
        out += [f"Condition: `{' '.join(sql_filter.split())}`{given}", ""]
    out += ["| data set | coder | events | first day | last day |", "|---|---|---|---|---|"]
    out += [f"| {row[0]} | {row[1] or ''} | {row[2]} | {row[3] or ''} | {row[4] or ''} |" for row in told]
    if any(row[0] != codec.OWN for row in told):
        out += [
            "",
            "Rows of a data set other than `foedus` are other people's work under this file's column names: cite them. Read their "
            "terms before you pass the rows on; some, ACLED's among them, do not allow it.",
        ]
    out += ["", "## What it leaves out or changes", ""]
    out += [f"- {count} events: {reason}" for reason, count in report.left_out.items()]
    out += [f"- {loss}" for loss in forms.LOSSES[report.format]] or ["Nothing."]
    out += ["", "## Columns", ""]
    if report.format not in ("csv", "parquet"):
        out += [_OTHERS[report.format], ""]
    out += ["| column | type | meaning |", "|---|---|---|"]
    out += [f"| `{name}` | {kind} | {meaning} |" for name, (kind, meaning) in codec.COLUMNS.items()]
    out += [
        "",
        f"## Event types (PLOVER; {plover.scores_version()})",
        "",
        "| type | class | meaning |",
        "|---|---|---|",
    ]
    out += [f"| {name} | {one.quad} | {one.definition} |" for name, one in plover.types().items()]
    if codes:
        out += ["", "## Entity codes that occur", "", "| code | name |", "|---|---|"]
        out += [
            f"| {code} | {forms.name_of(code) if code != UNKNOWN else 'nobody that Foedus knows'} |" for code in codes
        ]
    return "\n".join(out) + "\n"


_OTHERS: Final = {
    "jsonl": "A line is a document with its events, or under `row` an event without one; the columns of the events are:",
    "plover": "The file has PLOVER's own fields, and under `foedus` what those have no place for. They are filled from these columns:",
    "polecat": "The file has POLECAT's own 40 columns, named in its first line. They are filled from these:",
    "icews": "The file has ICEWS' own 20 columns, named in its first line. They are filled from these:",
    "geojson": "Coordinates are the geometry of a feature; its properties are those of the following that are not left out:",
}


def _author(name: str, before: str = "  ") -> str:
    if ", " in name:
        family, given = (json.dumps(part, ensure_ascii=False) for part in name.split(", ", 1))
        return f"{before}- family-names: {family}\n{before}  given-names: {given}"
    return f"{before}- name: {json.dumps(name, ensure_ascii=False)}"


def _base(dataset: str) -> str:
    return "gdelt" if dataset.startswith("gdelt") else dataset
