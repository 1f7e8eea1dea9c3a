"""A ledger as table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from foedus.model.ledger import FRAME_COLUMNS, Ledger, act_dict

if TYPE_CHECKING:
    from rich.console import Console

TITLES = {
    "words": "Words",
    "deeds": "Deeds",
    "promises": "Promises and offers",
    "refusals": "Refused",
    "withheld": "Help that did not come",
    "against": "Against the client",
    "to_adversary": "Friendly to the other side",
    "asked": "Asked for by the client",
    "claims": "Claimed only",
    "denied": "Denied",
    "hypothetical": "Hypothetical or foreseen",
    "historical": "Background",
}


def as_json(ledger: Ledger) -> str:
    """The whole ledger with every report."""
    return json.dumps(ledger.to_dict(), ensure_ascii=False, indent=2) + "\n"


def as_csv(ledger: Ledger) -> str:
    """One act a row, the columns of `Ledger.to_frame`."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, FRAME_COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for act in ledger.acts:
        row: dict[str, Any] = act_dict(act)
        row |= {
            "speakers": " ".join(act.speakers),
            "denied_by": " ".join(act.denied_by),
            "reports": len(act.reports),
            "documents": act.sources,
            "quote": cell(act.reports[0].quote if act.reports else ""),
        }
        writer.writerow(row)
    return file.getvalue()


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def as_table(ledger: Ledger, console: Console) -> None:
    """Counts first, then every act with its first report."""
    from rich.table import Table
    from rich.text import Text

    against = f" against {', '.join(ledger.adversaries)}" if ledger.adversaries else ""
    window = (
        f", {ledger.since or 'the beginning'} to {ledger.until or 'the end'}" if ledger.since or ledger.until else ""
    )
    console.print(Text(f"{ledger.supporter} → {ledger.client}{against}{window}", style="bold"))
    counts = Table(box=None, pad_edge=False)
    for head in ("", "acts", "reports", "intensity"):
        counts.add_column(head, justify="left" if not head else "right")
    for name, title in TITLES.items():
        number = ledger.counts[name]
        if number.acts or name in ("words", "deeds"):
            counts.add_row(
                title, str(number.acts), str(number.reports), f"{number.intensity:+.1f}" if number.intensity else "0"
            )
    console.print(counts)
    if not ledger.acts:
        console.print("No act between these in the sources and window given.")
        return
    acts = Table(pad_edge=False, header_style="dim", expand=True, show_lines=False, box=None)
    for head in ("date", "act, and its first report", "counts as", "×"):
        acts.add_column(
            head,
            no_wrap=head in ("date", "×"),
            justify="right" if head == "×" else "left",
            ratio=1 if head.startswith("act") else None,
            max_width=24 if head == "counts as" else None,
        )
    for act in ledger.acts:
        date = (act.date or "no date") + ("~" if act.dated == "report" else "")
        what = f"{act.actor} {'NOT ' if act.polarity == 'negative' else ''}{act.type} {act.recipient or ''}"
        if act.mode:
            what += f" ({act.mode})"
        kind = f"{act.section}, {act.direction}" + (", on its behalf" if act.on_behalf else "")
        if act.standing != "stands":
            kind += f", {act.standing}"
        told = Text(what)
        if act.reports:
            told.append("\n" + " ".join(act.reports[0].quote.split()), style="dim")
        acts.add_row(Text(date), told, Text(kind), str(len(act.reports)))
    console.print(acts)
    console.print(
        Text(f"Intensities: table of weights {ledger.weights_version}. ~ dated by the first report.", style="dim")
    )
