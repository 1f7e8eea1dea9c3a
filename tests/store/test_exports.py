from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import Event, Span, Why
from foedus.store.exports import WRITERS
from foedus.store.imports.tables import ICEWS, POLECAT
from foedus.store.store import Store

DEED = Event(
    actor="RUS", recipient="IRN", type="AID", date="2025-06-20", quote="=Moscow sent\taid.", start=0, end=17,
    actor_span=Span(1, 7), contexts=("military",), confidence=0.5, why=Why("send.v", ("n",), (("COOPERATE", 0.4),)), coder="t-1",
)  # fmt: skip
HELD = Event(
    actor="USA",
    recipient="IRN",
    type="AID",
    polarity="negative",
    date="2025-06",
    speaker="MEDIA",
    quote="None came.",
    start=18,
    end=28,
)


class Telling:
    version = "t-1"

    def code_all(self, documents: Any, workers: int = 1) -> Any:
        for document in documents:
            yield document, [DEED, HELD] if "Moscow" in document.text else []


@pytest.fixture
def told(store: Store, research: Path) -> Store:
    store.add(
        [Document(text="=Moscow sent\taid. None came.", title="T", published="2025-06-22"), Document(text="Nothing.")],
        Telling(),
    )
    store.import_(research / "icews2018_sample.tab")
    store.review(
        store.events("actor = 'RUS' AND dataset = 'foedus'")[0].id, "down", {"type": "COOPERATE"}, "sold", "ann"
    )
    return store


def test_our_jsonl_loses_nothing(told: Store, tmp_path: Path) -> None:
    report = told.export(tmp_path / "all.jsonl")
    assert report.losses == ()
    other = Store(tmp_path / "other")
    other.import_(tmp_path / "all.jsonl")
    assert list(other.coded()) == list(told.coded())
    for query in (
        "SELECT * EXCLUDE why FROM events ORDER BY id",
        "SELECT * EXCLUDE (id) FROM reviews",
        "SELECT * FROM acts ORDER BY id",
    ):
        assert other.sql(query).rows == told.sql(query).rows
    assert [event.why for event in other.events("dataset = 'foedus'")] == [
        event.why for event in told.events("dataset = 'foedus'")
    ]
    before = told.stats()
    told.import_(tmp_path / "all.jsonl")
    assert {**told.stats(), "runs": 0} == {**before, "runs": 0}
    other.export(tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_text() == (tmp_path / "all.jsonl").read_text()


def test_icews_rows_go_out_as_they_came(told: Store, research: Path, tmp_path: Path) -> None:
    report = told.export(tmp_path / "a.tab", sql_filter="dataset = 'icews'")
    assert report.events == 3705
    came = (research / "icews2018_sample.tab").read_text().splitlines()
    gone = (tmp_path / "a.tab").read_text().splitlines()
    assert gone[0] == came[0]
    assert sorted(gone) == sorted(came)


def test_formats_without_negation_leave_withheld_acts_out(told: Store, tmp_path: Path) -> None:
    for name, columns in (("a.txt", POLECAT), ("b.tab", ICEWS)):
        report = told.export(tmp_path / name, sql_filter="dataset = 'foedus'")
        assert (report.events, report.left_out) == (1, {"withheld": 1})
        lines = (tmp_path / name).read_text().splitlines()
        assert lines[0].split("\t") == list(columns)
        assert len(lines[1].split("\t")) == len(columns)


@pytest.mark.parametrize(("name", "format"), [("a.txt", "polecat"), ("a.tab", "icews")])
def test_what_goes_out_is_understood_when_it_comes_back(told: Store, tmp_path: Path, name: str, format: str) -> None:
    told.export(tmp_path / name, sql_filter="dataset = 'foedus'")
    back = Store(tmp_path / "back")
    assert back.import_(tmp_path / name).format == format
    query = "SELECT actor, recipient, type, date, kind FROM events"
    assert back.sql(query).rows == [("RUS", "IRN", "AID", "2025-06-20", "deed")]


def test_plover_carries_polarity_speaker_and_partial_dates(told: Store, tmp_path: Path) -> None:
    report = told.export(tmp_path / "p.jsonl", "plover", "dataset = 'foedus'")
    assert report.events == 2
    back = Store(tmp_path / "back")
    assert back.import_(tmp_path / "p.jsonl", "plover").rejected == 0
    columns = "actor, recipient, type, mode, polarity, modality, kind, speaker, date, historical, confidence, quote, contexts, published"
    query = f"SELECT {columns} FROM events WHERE dataset <> 'icews' ORDER BY actor"
    assert back.sql(query).rows == told.sql(query).rows


def test_parquet_and_csv_hold_every_column(told: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    told.export(tmp_path / "a.parquet")
    frame = told.events_frame()
    assert sorted(map(repr, pq.read_table(tmp_path / "a.parquet").to_pylist())) == sorted(map(repr, frame.to_pylist()))
    told.export(tmp_path / "a.csv", sql_filter="dataset = 'foedus'")
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as stream:
        rows = {row["actor"]: row for row in csv.DictReader(stream)}
    assert rows["RUS"]["quote"] == "'=Moscow sent\taid."
    assert rows["USA"]["historical"] == "false"


def test_geojson_is_valid_and_counts_what_has_no_place(told: Store, tmp_path: Path) -> None:
    report = told.export(tmp_path / "a.geojson")
    found = json.loads((tmp_path / "a.geojson").read_text())
    assert len(found["features"]) == report.events > 3000
    assert report.left_out["no coordinates"] >= 2
    empty = told.export(tmp_path / "b.geojson", sql_filter="false")
    assert empty.events == 0
    assert json.loads((tmp_path / "b.geojson").read_text())["features"] == []


def test_a_published_data_set_carries_citation_codebook_and_reviews(told: Store, tmp_path: Path) -> None:
    report = told.export(tmp_path / "set.csv", publish=True, title='Aid "2025"', authors=["Doe, Ann", "Institute"])
    citation, codebook, reviews = (Path(path).read_text() for path in report.beside)
    assert 'title: "Aid \\"2025\\""' in citation
    assert 'family-names: "Doe"' in citation
    assert "Boschee" in citation
    assert "| `polarity` |" in codebook
    assert json.loads(reviews)["fields"] == {"type": "COOPERATE"}


def test_reviews_of_imported_rows_go_along_under_a_condition(store: Store, tmp_path: Path) -> None:
    row = {"dataset": "acled", "actor": "FRA", "type": "AID", "date": "2024-01-05"}
    lines = [json.dumps({"row": row | {"id": f"acled:{number}"}}) for number in (1, 2)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    store.import_(tmp_path / "in.jsonl")
    for number in (1, 2):
        store.review(f"acled:{number}", "up", reviewer="ann")
    store.export(tmp_path / "out.jsonl", sql_filter="id = ?", params=["acled:1"])
    *_, last = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [review["event"] for review in json.loads(last)["reviews"]] == ["acled:1"]


def test_an_unknown_format_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="use one of"):
        store.export(tmp_path / "a.xml")
    assert list(tmp_path.glob("*.xml*")) == []


def test_code_can_write_plover_and_polecat_without_a_store() -> None:
    document = Document(text="=Moscow sent\taid. None came.", published="2025-06-22")
    [first, second] = WRITERS["plover"]([(document, [DEED, HELD])]).decode().splitlines()
    assert json.loads(first)["event"] == "AID"
    assert json.loads(second)["foedus"]["polarity"] == "negative"
    assert len(WRITERS["polecat"]([(document, [DEED, HELD])]).decode().splitlines()) == 2


def test_an_export_replaces_no_folder_and_nothing_of_the_store(store: Store, tmp_path: Path) -> None:
    for path in (store.folder / "catalogue.sqlite", store.folder / "events" / "a.csv", tmp_path):
        with pytest.raises(InputError, match=r"belongs to the store|a folder"):
            store.export(path, "csv")
    assert store.verify() == []


def test_an_export_follows_a_link_and_keeps_the_mode(store: Store, tmp_path: Path) -> None:
    (tmp_path / "there.csv").touch(0o600)
    (tmp_path / "a.csv").symlink_to("there.csv")
    store.export(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").is_symlink()
    assert (tmp_path / "there.csv").read_text().startswith("id,")
    assert (tmp_path / "there.csv").stat().st_mode & 0o777 == 0o600
