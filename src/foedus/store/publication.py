"""What goes beside a published data set: how to cite it, what its columns mean, and what reviewers said."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus.store import codec, forms
from foedus.store.files import digest

if TYPE_CHECKING:
    from foedus.store.exports import ExportReport
    from foedus.store.store import Store

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
    sql_filter: str | None,
    params: Sequence[Any],
    title: str | None,
    authors: Sequence[str],
) -> list[str]:
    """Write the citation file, the codebook and the reviews beside a data file; returns their paths."""
    condition = f"WHERE (\n{sql_filter}\n)" if sql_filter else ""
    told = store.sql(
        f"SELECT dataset, coder, count(*), min(day), max(day) FROM events {condition} GROUP BY 1, 2 ORDER BY 1, 2",
        params,
    ).rows
    made = {
        path.with_name(path.name + ".CITATION.cff"): citation(path, report, told, title, authors),
        path.with_name(path.name + ".codebook.md"): codebook(path, report, told, sql_filter, params),
        path.with_name(path.name + ".reviews.jsonl"): "".join(
            json.dumps(review.to_dict(), ensure_ascii=False) + "\n" for review in store.reviews(include_undone=True)
        ),
    }
    for place, text in made.items():
        place.write_text(text, encoding="utf-8")
    return [str(place) for place in made]


def citation(
    path: Path, report: ExportReport, told: list[tuple[Any, ...]], title: str | None, authors: Sequence[str]
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
            f'    url: "{where}"',
            "    authors:",
        ]
        lines += ["    " + _author(one) for one in people]
    return "\n".join(lines) + "\n"


def codebook(
    path: Path, report: ExportReport, told: list[tuple[Any, ...]], sql_filter: str | None, params: Sequence[Any]
) -> str:
    """What the file holds, column by column, how it was made, and what it leaves out."""
    out = [
        f"# Codebook of {path.name}",
        "",
        f"{report.events} events, format `{report.format}`.",
        "",
        "## What is in it",
        "",
    ]
    if sql_filter:
        out += [f"Condition: `{' '.join(sql_filter.split())}` with {list(params)}", ""]
    out += ["| data set | coder | events | first day | last day |", "|---|---|---|---|---|"]
    out += [f"| {row[0]} | {row[1] or ''} | {row[2]} | {row[3] or ''} | {row[4] or ''} |" for row in told]
    out += ["", "## What it leaves out", ""]
    out += [f"- {count} events: {reason}" for reason, count in report.left_out.items()]
    out += [f"- {loss}" for loss in forms.LOSSES[report.format]] or ["Nothing."]
    out += ["", "## Columns", "", "| column | type | meaning |", "|---|---|---|"]
    out += [f"| `{name}` | {kind} | {meaning} |" for name, (kind, meaning) in codec.COLUMNS.items()]
    from foedus.ontology import plover

    out += [
        "",
        f"## Event types (PLOVER; {plover.scores_version()})",
        "",
        "| type | class | meaning |",
        "|---|---|---|",
    ]
    out += [f"| {name} | {one.quad} | {one.definition} |" for name, one in plover.types().items()]
    return "\n".join(out) + "\n"


def _author(name: str) -> str:
    if ", " in name:
        family, given = name.split(", ", 1)
        return f"  - family-names: {json.dumps(family, ensure_ascii=False)}\n    given-names: {json.dumps(given, ensure_ascii=False)}"
    return f"  - name: {json.dumps(name, ensure_ascii=False)}"


def _base(dataset: str) -> str:
    return "gdelt" if dataset.startswith("gdelt") else dataset
