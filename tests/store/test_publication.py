from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from foedus.store import codec, publication
from foedus.store.exports import ExportReport
from foedus.store.store import Store


@pytest.fixture
def filled(store: Store, report: Any, coder: Any) -> Store:
    store.add([report("RUS AID IRN with fuel."), report("CHN ACCUSE USA over it.", "2025-06-24")], coder)
    return store


def test_the_citation_names_makers_file_and_every_source(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "help.csv"
    path.write_text("x\n")
    told = [("gdelt2", "gdelt2/import-1", 5, None, None), ("icews", "icews/import-1", 1, None, None), ("foedus", "c", 2, None, None)]  # fmt: skip
    said = publication.citation(path, ExportReport(path="help.csv", format="csv", events=8), told, 'Help "for" Iran', ["Roe, Jane", "Institute"])  # fmt: skip
    assert 'title: "Help \\"for\\" Iran"' in said
    assert '  - family-names: "Roe"\n    given-names: "Jane"\n  - name: "Institute"' in said
    assert sha256(b"x\n").hexdigest() in said
    assert said.count("GDELT: Global Data") == 1
    assert "ICEWS Coded Event Data" in said
    assert "POLECAT" not in said
    assert "NAME THE AUTHORS HERE" in publication.citation(
        path, ExportReport(path="help.csv", format="csv"), [], None, []
    )


def test_the_citation_is_yaml_with_what_the_format_asks_for(filled: Store, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    filled.export(tmp_path / "a.csv", publish=True, title="A: B", authors=["Roe, Jane"])
    said = yaml.safe_load((tmp_path / "a.csv.CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= said.keys()
    assert (said["title"], said["type"]) == ("A: B", "dataset")


def test_the_sources_in_a_citation_are_yaml_too(filled: Store, tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    path = tmp_path / "a.csv"
    path.write_text("x\n")
    told = [("gdelt2", "c", 5, None, None), ("icews", "c", 1, None, None)]
    said = yaml.safe_load(publication.citation(path, ExportReport("a.csv", "csv", 6), told, None, ["Roe, Jane"]))
    gdelt, icews = [one for one in said["references"] if one["type"] == "data"]
    assert gdelt["authors"][1] == {"family-names": "Schrodt", "given-names": "Philip A."}
    assert gdelt["url"] == "https://www.gdeltproject.org"
    assert icews["doi"] == "10.7910/DVN/28075"
    assert all(one["authors"] and one["title"] for one in said["references"])


def test_the_codebook_names_the_codes_that_occur_and_warns_of_other_peoples_terms(
    filled: Store, tmp_path: Path
) -> None:
    rows = [{"id": "1", "event": "AID", "actor": "SUN", "recipient": "Nobody at all", "date": "1985-06-01"}]
    (tmp_path / "p.jsonl").write_text(json.dumps(rows[0]) + "\n")
    filled.export(tmp_path / "own.csv", publish=True)
    filled.import_(tmp_path / "p.jsonl")
    filled.export(tmp_path / "both.csv", publish=True, title="Help for Iran")
    own, both = ((tmp_path / f"{name}.csv.codebook.md").read_text() for name in ("own", "both"))
    assert both.startswith("# Codebook of both.csv: Help for Iran\n")
    assert "| RUS | Russia |" in own
    assert "| UNKNOWN | nobody that Foedus knows |" in both
    assert ("terms" in own, "terms" in both) == (False, True)
    assert "| SUN |" not in own


def test_the_codebook_has_every_column_the_condition_and_what_is_left_out(filled: Store, tmp_path: Path) -> None:
    filled.export(tmp_path / "a.geojson", sql_filter="type = 'AID'", publish=True)
    said = (tmp_path / "a.geojson.codebook.md").read_text()
    for name in codec.COLUMNS:
        assert f"| `{name}` |" in said
    assert "Condition: `type = 'AID'`" in said
    assert "- 1 events: no coordinates" in said
    assert "| foedus |" not in said


def test_the_codebook_counts_what_was_written_and_not_what_the_format_left_out(
    filled: Store, report: Any, tmp_path: Path
) -> None:
    rows = [
        {"id": f"acled:{number}", "dataset": "acled", "actor": "FRA", "type": "AID", "date": date}
        for number, date in ((1, "2024-01-05"), (2, "2024-02"))
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"row": row}) + "\n" for row in rows))
    filled.import_(tmp_path / "in.jsonl")
    filled.export(tmp_path / "a.txt", sql_filter="date IS NULL OR date <> '2024-01-05'", publish=True)
    said = (tmp_path / "a.txt.codebook.md").read_text()
    assert "| acled |" not in said, "its one row is dated to a month and was left out"
    assert "| FRA |" not in said
    assert "| foedus | word-1 | 2 | 2025-06-22 | 2025-06-24 |" in said
    for name in ("a.jsonl", "a.parquet", "a.csv"):
        filled.export(tmp_path / name, publish=True)
        said = (tmp_path / f"{name}.codebook.md").read_text()
        assert "| acled |  | 2 | 2024-01-05 | 2024-02-01 |" in said
        assert "| foedus | word-1 | 2 | 2025-06-22 | 2025-06-24 |" in said


def test_reviews_go_along_also_those_taken_back(filled: Store, tmp_path: Path) -> None:
    event = filled.find("RUS")[0]
    first = filled.review(event.id, "down", comment="no", reviewer="jr")
    filled.review(event.id, "up", {"type": "COOPERATE"}, reviewer="jr")
    filled.undo_review(first.id)
    filled.export(tmp_path / "a.csv", publish=True)
    lines = [json.loads(line) for line in (tmp_path / "a.csv.reviews.jsonl").read_text().splitlines()]
    assert [line["verdict"] for line in lines] == ["down", "up"]
    assert lines[0]["undone"]
    assert lines[1]["fields"] == {"type": "COOPERATE"}


def test_only_reviews_of_what_is_in_the_file_go_along(filled: Store, tmp_path: Path) -> None:
    for event in filled.events():
        filled.review(event.id, "up", reviewer="jr")
    filled.export(tmp_path / "a.csv", sql_filter="type = ?", params=["AID"], publish=True)
    lines = [json.loads(line) for line in (tmp_path / "a.csv.reviews.jsonl").read_text().splitlines()]
    assert [line["snapshot"]["type"] for line in lines] == ["AID"]
