from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from foedus.model.document import Document
from foedus.model.event import Event
from foedus.ontology import plover
from foedus.store import codec, forms
from foedus.store.imports.tables import ICEWS, POLECAT

REPORT = Document(text="Moscow sent\taid.", id="d1", published="2025-06-22")
DEED = Event(
    actor="RUS", recipient="IRN", type="AID", date="2025-06-20", quote=REPORT.text, end=16,
    contexts=("military", "diplomatic"), id="d1:0:RUS:IRN:AID",
)  # fmt: skip


def row(event: Event = DEED, **more: Any) -> dict[str, Any]:
    return codec.to_row(REPORT, event, "t-1") | more


def test_a_row_keeps_its_meaning_in_each_format() -> None:
    record = forms.plover(row())
    assert (record["event"], record["actor"]["code"], record["recipient"]["code"]) == ("AID", "RUS", "IRN")
    assert record["context"] == ["military", "diplomatic"]
    assert record["foedus"]["polarity"] == "positive"
    told = dict(zip(POLECAT, forms.polecat(row()), strict=True))
    assert (told["Event Type"], told["Event Date"], told["Contexts"]) == ("AID", "2025-06-20", "military;diplomatic")
    told = dict(zip(ICEWS, forms.icews(row()), strict=True))
    assert (told["CAMEO Code"], told["Event Date"], told["City"]) == (
        "070",
        "2025-06-20",
        "NA",
    )
    feature = forms.geojson(row(latitude=35.7, longitude=51.4))
    assert feature["geometry"]["coordinates"] == [51.4, 35.7]
    json.loads(forms.json_line(feature))


@pytest.mark.parametrize("form", [forms.polecat, forms.icews])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"polarity": "negative"}, "withheld"),
        ({"modality": "future"}, "future"),
        ({"modality": "hypothetical"}, "hypothetical"),
        ({"date": "2025-06"}, "month or year alone"),
    ],
)
def test_tables_leave_out_what_they_would_tell_falsely(
    form: Callable[[forms.Row], list[str]], change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(forms.LeftOut, match=reason):
        form(row(replace(DEED, **change)))


@pytest.mark.parametrize("form", [forms.polecat, forms.icews])
def test_tables_name_no_actor_of_a_battle_without_a_direction(form: Callable[[forms.Row], list[str]]) -> None:
    with pytest.raises(forms.LeftOut, match="who acted on whom"):
        form(row(dataset="acled", directed=False))
    assert form(row(dataset="acled", directed=False, recipient=None)), "where there is one side, nothing is mistaken"


def test_plover_and_geojson_leave_out_what_they_cannot_hold() -> None:
    with pytest.raises(forms.LeftOut, match="no PLOVER type"):
        forms.plover(row(type=None))
    with pytest.raises(forms.LeftOut, match="no coordinates"):
        forms.geojson(row(latitude=35.7))
    with pytest.raises(forms.LeftOut, match="outside the earth"):
        forms.geojson(row(latitude=91.0, longitude=0.0))


def test_a_tab_in_a_name_cannot_break_a_row() -> None:
    kremlin = row(actor_name="The\tKremlin")
    for cells, columns in ((forms.polecat(kremlin), POLECAT), (forms.icews(kremlin), ICEWS)):
        assert "The Kremlin" in cells
        line = forms.tab_line(cells)
        assert line.endswith("\n")
        assert len(line.split("\t")) == len(columns)


@pytest.mark.parametrize(("form", "columns"), [(forms.polecat, POLECAT), (forms.icews, ICEWS)])
def test_a_row_goes_out_as_it_came_and_cannot_break_the_table(
    form: Callable[[forms.Row], list[str]], columns: tuple[str, ...]
) -> None:
    dataset = form.__name__
    cells = [f"{name}  as told" for name in columns]
    assert form(row(dataset=dataset, raw="\t".join(cells))) == cells
    broken = form(row(dataset=dataset, raw="\t".join(cells).replace("  ", "\r\n")))
    assert broken == [f"{name} as told" for name in columns]
    odd = form(row(dataset=dataset, raw="a\nb\tc"))
    assert (len(odd), odd[0]) == (len(columns), DEED.id)


def test_every_type_has_a_cameo_root() -> None:
    assert forms.TO_CAMEO.keys() == plover.types().keys()


def test_a_row_without_a_code_is_left_out_and_stops_no_other() -> None:
    row = dict.fromkeys(codec.COLUMNS) | {
        "id": "g1",
        "dataset": "gdelt2",
        "actor": "RUS",
        "type": "ACCUSE",
        "day": "2025-06-01",
    }
    for code in (None, "99"):
        with pytest.raises(forms.LeftOut, match="no CAMEO code"):
            forms.icews(row | {"source_code": code})
    told = row | {"dataset": "rows", "polarity": None, "modality": None}
    assert forms.icews(told)[0] == "g1", "what does not say that it did not happen is told as done"
