"""Tables with a header, read straight from their bytes: what each maker understands, and what it rejects and why."""

from __future__ import annotations

import io
from typing import Any

import pytest

from foedus.errors import DataError
from foedus.store.imports.rows import Bad, Reject
from foedus.store.imports.tables import ICEWS, POLECAT, acled, cameo, icews, polecat, ucdp

ICEWS_ROW = {"Event ID": "1", "Event Date": "2018-06-01", "Source Country": "Russian Federation", "CAMEO Code": "040"}
POLECAT_ROW = {"Event ID": "P1", "Event Date": "2023-03-05", "Event Type": "CONSULT", "Actor Country": "RUS"}
ACLED_HEADER = "event_id_cnty,event_date,sub_event_type,actor1,actor2,latitude"
UCDP_HEADER = "id,type_of_violence,side_a,side_b,date_start,date_end,best,gwnoa,gwnob"


def tab(names: tuple[str, ...], *rows: dict[str, str]) -> io.BytesIO:
    lines = ["\t".join(names), *("\t".join(row.get(name, "") for name in names) for row in rows)]
    return io.BytesIO("\n".join(lines).encode())


def comma(header: str, *rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows]).encode())


def only(items: Any) -> Any:
    [item] = items
    return item


def test_a_cameo_code_that_is_none_is_bad_not_fatal() -> None:
    assert cameo("190").type == "ASSAULT"
    with pytest.raises(Bad, match="'xyz' is no CAMEO code"):
        cameo("xyz")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Event ID": "NA"}, "the row has no Event ID"),
        ({"Event Date": "soon"}, "Event Date 'soon' is no date"),
        ({"CAMEO Code": "zzz"}, "'zzz' is no CAMEO code"),
        ({"Sentence Number": "9999999999"}, "Sentence Number '9999999999' is too large"),
    ],
)
def test_icews_rows_are_rejected_whole_with_a_reason(cells: dict[str, str], reason: str) -> None:
    reject, row = icews(tab(ICEWS, ICEWS_ROW | cells, ICEWS_ROW))
    assert reject == Reject(2, reason, "\t".join((ICEWS_ROW | cells).get(name, "") for name in ICEWS))
    assert (row["source_id"], row["actor"], row["type"]) == ("1:2018-06-01", "RUS", "CONSULT")


def test_a_polecat_mode_that_its_type_does_not_have_is_left_out() -> None:
    rows = list(polecat(tab(POLECAT, POLECAT_ROW | {"Event Mode": "visit"}, POLECAT_ROW | {"Event Mode": "firearms"})))
    assert [row["mode"] for row in rows] == ["visit", None]
    assert [row["recipient"] for row in rows] == [None, None]


def test_acled_forces_belong_to_their_state_and_civilians_give_a_direction() -> None:
    fight = only(
        acled(comma(ACLED_HEADER, "A1,2022-03-01,Armed clash,Military Forces of Russia (2000-),Gang of zzzz,"))
    )
    assert (fight["actor"], fight["recipient"], fight["directed"]) == ("RUS", "UNKNOWN", False)
    raid = only(acled(comma(ACLED_HEADER, "A2,2022-03-01,Attack,Police Forces of Ukraine (2019-),,")))
    assert (raid["actor"], raid["recipient"], raid["directed"]) == ("UKR", None, True)
    bad = only(acled(comma(ACLED_HEADER, "A3,2022-03-01,Attack,A,B,north")))
    assert (bad.line, bad.reason) == (2, "latitude 'north' is no number")


def test_ucdp_sides_go_by_their_numbers_of_the_day() -> None:
    row = only(ucdp(comma(UCDP_HEADER, "1,1,Somebody,Other,2016-10-17,2016-10-20,5,645,630")))
    assert (row["actor"], row["recipient"], row["date"], row["intensity"]) == ("IRQ", "IRN", "2016-10", 5.0)
    bad = only(ucdp(comma(UCDP_HEADER, "2,4,A,B,2016-10-17,2016-10-20,5,645,630")))
    assert bad.reason == "type_of_violence '4' is not 1, 2 or 3"


@pytest.mark.parametrize("reader", [icews, polecat, acled, ucdp])
def test_a_file_of_another_kind_or_an_empty_one_is_refused(reader: Any) -> None:
    for data in (b"name\tage\nx\t1\n", b""):
        with pytest.raises(DataError, match=r"^not a.* header lacks "):
            list(reader(io.BytesIO(data)))


ACLED_LINE = "A1,2022-03-01,Armed clash,Military Forces of Russia (2000-),Gang of zzzz,1.5"


@pytest.mark.parametrize(
    "data",
    [
        f"{ACLED_HEADER.upper()}\n{ACLED_LINE}".encode(),
        f"{ACLED_HEADER}\r\n{ACLED_LINE}\r\n".encode("utf-16"),
        f"{ACLED_HEADER}\n{ACLED_LINE}".replace(",", ";").encode("utf-8-sig"),
        f"{ACLED_HEADER}\n{ACLED_LINE}".replace(",", "\t").encode(),
    ],
    ids=["upper case", "UTF-16", "semicolons", "tabs"],
)
def test_acled_as_spreadsheets_save_it_is_acled(data: bytes) -> None:
    row = only(acled(io.BytesIO(data)))
    assert (row["actor"], row["type"], row["latitude"]) == ("RUS", "ASSAULT", 1.5)


def test_acled_of_the_years_before_sub_events_goes_by_its_event_types() -> None:
    header = "EVENT_ID_CNTY,EVENT_DATE,EVENT_TYPE,ACTOR1,ACTOR2"
    rows = list(
        acled(
            comma(
                header,
                "1ALG,1-Jan-97,Violence against civilians,Police Forces of Algeria (1992-1999),Civilians",
                "2ALG,15-Apr-16,Riots/Protests,Protesters (Algeria),",
                "3ALG,05/04/2016,Riots/Protests,Protesters (Algeria),",
                "4ALG,15-Apr-16,Picnic,Protesters (Algeria),",
            )
        )
    )
    told = [(row["date"], row["type"], row["actor"], row["directed"]) for row in rows[:2]]
    assert told == [("1997-01-01", "ASSAULT", "DZA", True), ("2016-04-15", "PROTEST", "DZA", False)]
    assert rows[2].reason == "event_date '05/04/2016' may be day/month or month/day; write YYYY-MM-DD"
    assert rows[3].reason == "event_type 'Picnic' is not in ACLED's codebook"


def test_ucdp_of_earlier_versions_calls_its_estimates_otherwise() -> None:
    row = only(ucdp(comma(UCDP_HEADER.replace("best", "best_est"), "1,1,A,B,2016-10-17,2016-10-17,5,645,630")))
    assert row["intensity"] == 5.0


def test_icews_headers_may_be_in_any_case_and_order() -> None:
    row = only(icews(io.BytesIO(tab(tuple(reversed(ICEWS)), ICEWS_ROW).getvalue().replace(b"Event ID", b"EVENT ID"))))
    assert (row["source_id"], row["actor"]) == ("1:2018-06-01", "RUS")
