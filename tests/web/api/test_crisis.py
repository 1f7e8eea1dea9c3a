import csv
import io

import pytest

from foedus.web.api.crisis import FIGURES

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


def test_the_crisis_with_its_counts(reader):
    told = reader.get(f"/api/crisis?{ASK}").json()
    rows = {row["supporter"]: row for row in told["rows"]}
    assert rows["CHN"]["deeds"] == 1
    assert rows["RUS"]["refusals"] == 1
    assert told["crisis"]["attackers"][0]["code"] == "ISR"


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_as_json_and_as_csv_with_the_same_rows(reader, name):
    told = reader.get(f"/api/figures/{name}?{ASK}&state=RUS")
    assert told.status_code == 200, told.text
    plain = told.json()
    rows = list(csv.DictReader(io.StringIO(reader.get(f"/api/figures/{name}?{ASK}&state=RUS&format=csv").text)))
    assert len(rows) == len(plain["rows"])
    if rows:
        assert list(rows[0]) == plain["columns"]


def test_what_ifs_stand_beside_the_case_as_it_is(reader):
    told = reader.get(f"/api/assessment?{ASK}&what_if=RUS-IRN:%20defense").json()
    assert told["what_if"] == ["RUS-IRN: defense"]
    assert told["base_case"]["what_if"] == []
    states = {one["state"]: one for one in told["states"]}
    base = {one["state"]: one for one in told["base_case"]["states"]}
    assert states["RUS"]["joins"]["value"] > base["RUS"]["joins"]["value"]


def test_what_would_change_one_state_most_is_worked_out_where_it_is_asked_for(reader):
    states = {one["state"]: one for one in reader.get(f"/api/assessment?{ASK}&state=RUS").json()["states"]}
    assert states["RUS"]["changes"]
    assert all(not one["changes"] for code, one in states.items() if code != "RUS")
    for state in ("ISR", "ZZZ", "EU"):
        assert reader.get(f"/api/assessment?{ASK}&state={state}").status_code == 422


@pytest.mark.parametrize("name", ["bars", "drivers", "ego"])
def test_figures_of_one_state_say_that_they_need_one(reader, name):
    for state in ("", "&state=", "&state=%3Cb%3E"):
        answer = reader.get(f"/api/figures/{name}?{ASK}{state}")
        assert answer.status_code == 422
    assert "RUS" in reader.get(f"/api/figures/{name}?{ASK}").json()["error"]["message"]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        ("attacked=IRN&by=IRN", "attacked and attacker at once"),
        ("attacked=IRN&by=ISR&on=2025-06", "no full day"),
        ("attacked=IRN&by=ISR&since=2026&until=2025", "window is empty"),
        ("attacked=IRN&by=ISR&step=hour", "day, week or month"),
        ("attacked=IRN&by=ISR&on=2025-02-30", "no date"),
        ("attacked=" + ",".join(["IRN"] * 101), "attacked"),
    ],
)
def test_questions_that_cannot_be_say_why(reader, ask, says):
    answer = reader.get(f"/api/crisis?{ask}")
    assert answer.status_code == 422
    assert says in answer.json()["error"]["message"]


def test_a_day_before_the_state_system_is_refused_with_the_reason(reader):
    for call in ("crisis", "assessment", "figures/ladder"):
        answer = reader.get(f"/api/{call}?attacked=IRN&by=ISR&on=1700-01-01")
        assert answer.status_code == 422
        assert "1700" in answer.json()["error"]["message"]


def test_figures_in_csv_and_json_have_tags_of_their_own(reader):
    path = f"/api/figures/matrix?{ASK}"
    json, csv_ = reader.get(path), reader.get(path + "&format=csv")
    assert json.headers["etag"] != csv_.headers["etag"]
    assert reader.get(path + "&format=csv", headers={"if-none-match": csv_.headers["etag"]}).status_code == 304
    assert csv_.headers["content-disposition"] == 'attachment; filename="foedus-matrix.csv"'
