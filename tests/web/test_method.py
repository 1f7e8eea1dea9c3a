import json

import pytest

from foedus.errors import DataError
from foedus.web import method
from foedus.web.shelf import Shelf
from foedus.world.world import World


def test_sources_tell_runs_without_the_machines_paths(store, tmp_path):
    folder = tmp_path / "secret-place"
    folder.mkdir()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")

    class Coder:
        version = "byhand-1"

        def code_all(self, documents, workers=1):
            return ((one, []) for one in documents)

    store.add(str(folder / "broken.pdf"), Coder())
    told = method.sources(Shelf(store), 10, 0)
    assert told["counts"]["documents"] == 3
    assert told["counts"]["failures"] == 1
    assert "broken.pdf" in told["failures"][0]["source"]
    assert "secret-place" not in json.dumps(told["runs"])


def test_the_shipped_record_has_counts_and_intervals_that_hold_the_rate():
    bands = method.bands()
    assert sum(band["count"] for band in bands) > 20_000
    for band in bands:
        assert band["rate_low"] <= band["rate"] + 1e-4
        assert band["rate"] <= band["rate_high"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scores": {}}', "no json"])
def test_a_report_that_is_none_is_said(tmp_path, text):
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(DataError, match="no backtest report"):
        method.record(path)


def test_the_method_names_what_was_used(store):
    told = method.method(Shelf(store), World.shipped())
    assert told["coders"] == {"byhand-1": 3}
    assert told["store"]["documents"] == 3
    assert all(row["version"] for row in told["packages"])
