from __future__ import annotations

import csv
import io
import json

from rich.console import Console

from foedus.ledger.ledger import ledger
from foedus.ledger.show import as_csv, as_json, as_table
from foedus.model.event import Event


def book():
    return ledger(
        [
            Event(
                "RUS",
                "IRN",
                "AID",
                date="2025-06-13",
                quote="=HYPERLINK(1) [red]Russia[/red] helped Iran.",
                document="d1",
            )
        ],
        supporter="RUS",
        client="IRN",
        adversaries=["USA"],
        since="2025-06-01",
    )


def test_csv_has_a_row_an_act_and_no_formula():
    rows = list(csv.DictReader(io.StringIO(as_csv(book()))))
    assert rows[0]["section"] == "deed"
    assert rows[0]["quote"].startswith("'=")


def test_json_is_the_whole_ledger():
    assert json.loads(as_json(book()))["counts"]["deeds"]["acts"] == 1


def test_table_prints_markup_of_a_source_as_text():
    console = Console(record=True, width=160, file=io.StringIO())
    as_table(book(), console)
    shown = console.export_text()
    assert "[red]Russia[/red]" in shown
    assert "RUS → IRN against USA, 2025-06-01 to the end" in shown


def test_an_empty_ledger_says_so():
    console = Console(record=True, width=100, file=io.StringIO())
    as_table(ledger([], supporter="RUS", client="IRN"), console)
    assert "No act between these" in console.export_text()
