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
