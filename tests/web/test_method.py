import json
import re
import sqlite3

from foedus.store.files import DATABASE
from foedus.web import method
from foedus.web.shelf import Shelf
from foedus.world.world import World


def test_sources_tell_runs_without_the_machines_paths(store, tmp_path, by_hand):
    folder = tmp_path / "secret-place"
    folder.mkdir()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")

    store.add(str(folder / "broken.pdf"), by_hand())
    told = method.sources(Shelf(store), 10, 0)
    assert told["counts"]["documents"] == 3
    assert told["counts"]["failures"] == 1
    assert "broken.pdf" in told["failures"][0]["source"]
    assert "secret-place" not in json.dumps(told["runs"])


def test_what_failed_in_an_import_is_told_without_the_machines_paths(store, tmp_path):
    folder = tmp_path / "secret place" / "wire"
    folder.mkdir(parents=True)
    (folder / "bad file.csv").write_text("hello\n")
    store.import_(folder)
    told = method.sources(Shelf(store), 10, 0)
    assert "secret" not in json.dumps(told)
    assert told["runs"][0]["counts"]["faults"][0].startswith("wire/bad file.csv: ")
    assert (told["failures"][0]["source"], told["failures"][0]["reason"][:14]) == ("bad file.csv", "bad file.csv: ")


def test_only_whole_paths_are_cut_out_of_a_reason(store):
    kept = "event_date: '31/12/2020' is no day and/or date; see https://a.example/b/c.html"
    with sqlite3.connect(store.folder / DATABASE) as db:
        for reason in (kept, "no such file: '/home/ann/x/y.csv'"):
            db.execute("INSERT INTO rejects (run, source, reason) VALUES (1, 'rows.csv', ?)", (reason,))
    told = [one["reason"] for one in method.failures(Shelf(store), 2, 0)]
    assert told == ["no such file: 'y.csv'", kept]


def test_the_method_names_what_was_used(store):
    told = method.method(Shelf(store), World.shipped())
    assert told["coders"] == {"byhand-1": 3}
    assert told["store"]["documents"] == 3
    assert all(row["version"] for row in told["packages"])


def test_the_method_names_licences_and_years_of_what_was_used(store):
    told = method.method(Shelf(store), World.shipped())
    licences = {row["name"].partition(",")[0]: row["licence"] for row in [*told["libraries"], *told["packages"]]}
    assert licences["Foedus"] == "Apache-2.0"
    assert licences["PLOVER"] == "CC BY-SA 4.0"
    assert "MIT" in licences["spacy"]
    assert all(licence not in ("", "?") for licence in licences.values())
    assert all(re.search(r"(18|19|20)\d\d–20\d\d", text) for text in told["world"].values()), "data have their dates"
