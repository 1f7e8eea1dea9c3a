import csv
import io

import pytest
from fastapi.testclient import TestClient

from foedus.web.app import create_app
from foedus.web.settings import Settings


@pytest.fixture
def recorded(store, backtests):
    app = create_app(Settings(store=store.folder, warm=False, record=backtests))
    with TestClient(app, base_url="http://127.0.0.1") as one:
        yield one


def test_the_record_is_json_without_numbers_that_json_has_not(recorded):
    answer = recorded.get("/api/record")
    assert "NaN" not in answer.text
    assert "Infinity" not in answer.text
    assert [one["design"] for one in answer.json()["reports"]] == ["stacked", "ladder"]


@pytest.mark.parametrize("name", ["calibration", "misses", "scores", "periods"])
def test_every_table_of_the_record_is_a_figure_too(recorded, name):
    plain = recorded.get(f"/api/figures/{name}").json()
    rows = list(csv.DictReader(io.StringIO(recorded.get(f"/api/figures/{name}?format=csv").text)))
    assert len(rows) == len(plain["rows"]) > 0
    assert list(rows[0]) == plain["columns"]


def test_figures_of_the_record_need_no_crisis(tmp_path):
    from foedus.store.store import Store

    Store(tmp_path / "empty").close()
    with TestClient(create_app(Settings(store=tmp_path / "empty", warm=False)), base_url="http://127.0.0.1") as empty:
        assert empty.get("/api/figures/calibration").status_code == 200
        assert empty.get("/api/figures/misses").json()["rows"] == []
        assert empty.get("/api/record").json()["reports"] == []
        assert empty.get("/api/method").json()["store"]["documents"] == 0
        told = empty.get("/api/sources").json()
        assert (told["total"], told["next"], told["rows"], told["counts"]["documents"]) == (0, None, [], 0)


def test_a_report_that_goes_away_is_a_fault_of_the_one_shape(recorded, backtests):
    backtests[0].unlink()
    for path in ("/api/record", "/api/figures/misses"):
        answer = recorded.get(path)
        assert answer.status_code == 422
        assert "stacked.json: the backtest report is not there" in answer.json()["error"]["message"]
        assert str(backtests[0].parent) not in answer.text, "the machine's paths are nobody's business"


def test_runs_and_failures_come_in_pages_without_the_machines_paths(client, store, tmp_path, by_hand):
    folder = tmp_path / "secret-place"
    folder.mkdir()
    for number in range(3):
        path = folder / f"broken{number}.pdf"
        path.write_bytes(b"%PDF-1.4 nothing")
        store.add(str(path), by_hand())
    for call, total in (("sources", 4), ("failures", 3)):
        seen, offset = [], 0
        while offset is not None:
            answer = client.get(f"/api/{call}?limit=2&offset={offset}")
            assert "secret-place" not in answer.text
            assert answer.json()["total"] == total
            seen += [row["id"] for row in answer.json()["rows"]]
            offset = answer.json()["next"]
        assert seen == sorted(set(seen), reverse=True)
        assert len(seen) == total
    beyond = client.get("/api/failures?offset=50").json()
    assert (beyond["rows"], beyond["next"]) == ([], None)


def test_what_the_figures_rest_on_has_an_etag_that_changes_with_the_store(client, store, event_ids):
    tag = client.get("/api/method").headers["etag"]
    assert client.get("/api/method", headers={"if-none-match": f'"x", W/{tag}'}).status_code == 304
    store.review(event_ids["wire", "CHN", "AID"], "down")
    assert client.get("/api/method", headers={"if-none-match": tag}).status_code == 200
