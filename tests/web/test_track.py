import json

import pytest

from foedus.errors import DataError
from foedus.web import track


def test_the_shipped_record_has_counts_and_intervals_that_hold_the_rate():
    bands = track.bands()
    assert sum(band["count"] for band in bands) > 20_000
    for band in bands:
        assert band["rate_low"] <= band["rate"] + 1e-4
        assert band["rate"] <= band["rate_high"]


def test_calibration_tells_of_the_shipped_model_and_of_every_report_with_counts(backtests):
    rows = track.calibration(backtests).rows
    assert {row["of"] for row in rows} == {
        track.SHIPPED, "stacked: foedus", "stacked: logit", "ladder: any support", "ladder: military aid or force",
    }  # fmt: skip
    assert [row["count"] for row in rows if row["of"] == "stacked: foedus"] == [2900, 100]
    assert len(track.calibration(()).rows) == len(track.bands())


def test_misses_come_worst_first_over_all_reports(backtests):
    rows = track.misses(backtests).rows
    losses = [row["loss"] for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert rows[0]["text"] == "France for Israel"
    assert {row["design"] for row in rows} == {"stacked", "ladder"}


def test_scores_that_are_no_numbers_are_said_to_be_missing_not_zero(backtests):
    values = {(row["model"], row["score"]): row["value"] for row in track.scores(backtests[:1]).rows}
    assert values["constant", "auc"] is None
    assert values["foedus", "auc"] == 0.81
    (period,) = track.periods(backtests).rows
    assert (period["auc"], period["predicted_over_observed"], period["joins"]) == (None, None, 0)


def test_without_a_report_the_figures_are_empty_and_say_what_they_need():
    for figure in (track.misses(()), track.scores(()), track.periods(())):
        assert figure.rows == ()
        assert "--record" in figure.note


def test_a_report_made_anew_is_read_anew(backtests):
    assert track.reports(backtests[:1])[0]["rows"] == 3000
    plain = json.loads(backtests[0].read_text())
    backtests[0].write_text(json.dumps(plain | {"rows": 4000}))
    assert track.reports(backtests[:1])[0]["rows"] == 4000


@pytest.mark.parametrize(
    "spoil",
    [
        lambda plain: [],
        lambda plain: {},
        lambda plain: {"scores": {}, "bins": {}, "misses": []},
        lambda plain: plain | {"rows": "many"},
        lambda plain: plain | {"scores": {"foedus": {"auc": "good"}}},
        lambda plain: plain | {"bins": {"foedus": [{"low": 0}]}},
        lambda plain: plain | {"misses": [{"year": 1950}]},
        lambda plain: plain | {"misses": "none"},
        lambda plain: plain | {"periods": [7]},
        lambda plain: plain | {"coverage": 7},
    ],
)
def test_a_report_that_is_none_is_said_in_a_line(backtests, spoil):
    backtests[0].write_text(json.dumps(spoil(json.loads(backtests[0].read_text()))))
    with pytest.raises(DataError, match=r"stacked\.json: no backtest report; make one with foedus backtest"):
        track.record(backtests)


@pytest.mark.parametrize("content", [b"", b"no json", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_json_is_said_in_a_line(tmp_path, content):
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(DataError, match="no backtest report"):
        track.reports([tmp_path / "r.json"])


def test_a_report_that_is_gone_is_said(tmp_path):
    with pytest.raises(DataError, match="not there"):
        track.reports([tmp_path / "gone.json"])
