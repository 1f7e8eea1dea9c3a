"""Every importer on made-up rows in the true layout, with the quirks that the real files have."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import DataError, InputError
from foedus.store.imports import gdelt
from foedus.store.imports.tables import ICEWS, POLECAT
from foedus.store.store import Store


def gdelt_row(number: int, version: int = 2, **cells: str) -> str:
    known = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20170701", "MonthYear": "201707", "Year": "2017",
        "FractionDate": "2017.5", "Actor1Code": "RUSGOV", "Actor1Name": "MOSCOW", "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "GOV", "Actor2Code": "IRN", "Actor2Name": 'IR"AN', "Actor2CountryCode": "IRN",
        "IsRootEvent": "1", "EventCode": "010", "EventBaseCode": "010", "EventRootCode": "01", "QuadClass": "1",
        "GoldsteinScale": "0.0", "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "-1.5",
        "ActionGeo_CountryCode": "IZ", "ActionGeo_FullName": "Baghdad, Iraq", "ActionGeo_Lat": "33.3",
        "ActionGeo_Long": "44.4", "DATEADDED": "20170701234500", "SOURCEURL": "http://a.example/1",
    } | cells  # fmt: skip
    return "\t".join(known.get(name, "") for name in gdelt.columns(version))


def write(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(line + "\n" for line in lines).encode(encoding))
    return path


def test_gdelt_rows_keep_codes_as_text_and_fips_apart(store: Store, tmp_path: Path) -> None:
    rows = [
        gdelt_row(1),
        gdelt_row(2, EventCode="190", GoldsteinScale="-10", Actor2KnownGroupCode="TAL", Actor2CountryCode="AFG"),
        gdelt_row(3, EventCode="10", EventRootCode="10"),
        gdelt_row(4, SQLDATE="19850701", DATEADDED="20170701234500", EventCode="042"),
        gdelt_row(5, Actor2Code="", Actor2CountryCode="", EventCode="1831"),
    ]
    report = store.import_(write(tmp_path / "a.export.CSV", rows))
    assert (report.format, report.rows, report.rejected) == ("gdelt2", 5, 0)
    told = {row["source_id"]: row for row in store.sql("SELECT * FROM events").dicts()}
    assert (told["1"]["type"], told["1"]["kind"], told["1"]["source_code"]) == (None, None, "010")
    assert (told["2"]["actor"], told["2"]["recipient"], told["2"]["type"], told["2"]["kind"]) == (
        "RUS",
        "TALIBAN",
        "ASSAULT",
        "deed",
    )
    assert told["3"]["type"] == "REQUEST"
    assert told["1"]["country"] == "IRQ"
    assert told["1"]["recipient_name"] == 'IR"AN'
    assert (told["4"]["actor"], told["4"]["historical"]) == ("SUN", True)
    assert told["5"]["recipient"] is None
    assert told["5"]["type"] == "ASSAULT"
    assert [event.id for event in store.events("kind = 'deed'")] == ["gdelt2:2", "gdelt2:5"]


def test_gdelt_rejects_are_kept_with_their_reason(store: Store, tmp_path: Path) -> None:
    good = gdelt_row(1)
    rows = [good, good + "\textra", "1\t2\t3", gdelt_row(2, SQLDATE="20170231"), gdelt_row(3, EventCode="---")]
    report = store.import_(write(tmp_path / "a.CSV", rows))
    assert (report.rows, report.rejected) == (1, 4)
    kept = store.sql("SELECT reason, row FROM rejects ORDER BY reason").rows
    assert [reason for reason, _ in kept] == [
        "3 columns where GDELT has 61",
        "62 columns where GDELT has 61",
        "EventCode '---' is no CAMEO code",
        "SQLDATE '20170231' is no day",
    ]
    assert {row for _, row in kept} == set(rows[1:])


@pytest.mark.parametrize("columns", [57, 58])
def test_gdelt_1_with_and_without_address(store: Store, tmp_path: Path, columns: int) -> None:
    cells = gdelt_row(7, 1, DATEADDED="20130401", SQLDATE="20130401", EventCode="061").split("\t")[:columns]
    report = store.import_(write(tmp_path / "a.csv", ["\t".join(cells)]))
    assert (report.format, report.rows) == ("gdelt1", 1)
    row = store.sql("SELECT * FROM events").dicts()[0]
    assert row["url"] == ("http://a.example/1" if columns == 58 else None)
    assert (row["dataset"], row["published"], row["quad"]) == ("gdelt1", "2013-04-01", "material cooperation")


def test_packed_files_are_read(store: Store, tmp_path: Path) -> None:
    text = (gdelt_row(1) + "\n").encode()
    with zipfile.ZipFile(tmp_path / "a.export.CSV.zip", "w") as archive:
        archive.writestr("a.export.CSV", text)
    with gzip.open(tmp_path / "b.csv.gz", "wb") as out:
        out.write(text.replace(b"1\t", b"2\t", 1))
    report = store.import_(tmp_path)
    assert (report.files, report.rows) == (2, 2)


def test_keep_rows_keeps_every_cell(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.CSV", [gdelt_row(1, Actor1EthnicCode="rus")])
    store.import_(path, keep_rows=True)
    raw = store.sql("SELECT raw FROM events").rows[0][0].split("\t")
    cells = dict(zip(gdelt.raw_columns(2), raw, strict=True))
    assert cells["Actor1EthnicCode"] == "rus"
    assert cells["AvgTone"] == "-1.5"


def icews_row(number: int, **cells: str) -> str:
    known = {
        "Event ID": str(number), "Event Date": "2018-06-01", "Source Name": "Foreign Affairs (Russia)",
        "Source Sectors": "Executive,Foreign Ministry,Government", "Source Country": "Russian Federation",
        "Event Text": "Consult", "CAMEO Code": "040", "Intensity": "1", "Target Name": "Iran", "Target Sectors": "NA",
        "Target Country": "Iran", "Story ID": "47", "Sentence Number": "2", "Publisher": "Wire", "City": "NA",
        "District": "NA", "Province": "NA", "Country": "Iran", "Latitude": "35.7", "Longitude": "51.4",
    } | cells  # fmt: skip
    return "\t".join(known[name] for name in ICEWS)


def test_icews_reads_american_dates_and_its_key(store: Store, tmp_path: Path) -> None:
    rows = [
        "\t".join(ICEWS),
        icews_row(1),
        icews_row(1, **{"Event Date": "6/2/2018"}),
        icews_row(1),
        icews_row(2, **{"CAMEO Code": "999"}),
        icews_row(3, Latitude="north"),
        icews_row(4) + "\tmore",
        icews_row(5, **{"Source Name": 'A "quoted name', "Source Country": "NA"}),
    ]
    report = store.import_(write(tmp_path / "a.tab", rows))
    assert (report.rows, report.rejected) == (3, 4)
    assert store.sql("SELECT line FROM rejects ORDER BY 1").rows == [(4,), (5,), (6,), (7,)]
    told = store.sql("SELECT id, actor, recipient, type, actor_sector FROM events ORDER BY id").rows
    assert told[0] == ("icews:1:2018-06-01", "RUS", "IRN", "CONSULT", "GOV")
    assert told[1][0] == "icews:1:2018-06-02"
    assert told[2][1] == "UNKNOWN"


def polecat_row(number: int, **cells: str) -> dict[str, str]:
    known = dict.fromkeys(POLECAT, "")
    return known | {
        "Event ID": f"P{number}", "Event Date": "2023-03-05", "Event Type": "CONSULT", "Event Mode": "visit",
        "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic;military",
        "Actor Name": "Sergei Lavrov", "Actor Country": "RUS", "Primary Actor Sector": "GOV",
        "Actor Name Raw": "Лавров", "Recipient Name": "Iran", "Recipient Country": "IRN", "Country": "IRN",
        "Latitude": "35.7", "Longitude": "51.4", "Publication Date": "2023-03-06", "Language": "ru", "Version": "PL1",
    } | cells  # fmt: skip


def test_polecat_survives_stray_columns_tabs_and_latin_1(store: Store, tmp_path: Path) -> None:
    header = [*POLECAT[:34], "Headline", *POLECAT[34:]]
    rows = []
    for row in (
        polecat_row(1),
        polecat_row(2, **{"Actor Name": "Müller", "Actor Name Raw": "M"}),
        polecat_row(3, **{"Event Type": "WAVE"}),
    ):
        rows.append("\t".join({**row, "Headline": "Talks"}[name] for name in header))
    rows.append(rows[0] + "\tone tab too many")
    data = ("\t".join(header) + "\n" + "\n".join(rows) + "\n").encode()
    path = tmp_path / "a.txt"
    path.write_bytes(data.replace("Müller".encode(), "Müller".encode("latin-1")))
    report = store.import_(path)
    assert (report.format, report.rows, report.rejected) == ("polecat", 2, 2)
    told = store.sql(
        "SELECT actor, type, mode, contexts, actor_name, published, length(raw) - length(replace(raw, chr(9), '')) FROM events ORDER BY id"
    ).rows
    assert told[0] == (
        "RUS",
        "CONSULT",
        "visit",
        "diplomatic military",
        "Sergei Lavrov",
        "2023-03-06",
        len(POLECAT) - 1,
    )
    assert told[1][4] == "Müller"


def test_acled_has_a_bom_and_no_direction(store: Store, tmp_path: Path) -> None:
    header = "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,inter1,actor2,inter2,country,location,latitude,longitude,source,notes"
    rows = [
        header,
        'UKR1,"24 February 2022",2022,Battles,Armed clash,Military Forces of Russia (2000-),1,Military Forces of Ukraine (2019-),1,Ukraine,Kyiv,50.4,30.5,A; B,"A fight,\nall day"',
        "UKR2,2022-03-01,2022,Violence against civilians,Attack,Military Forces of Russia (2000-),1,Civilians (Ukraine),7,Ukraine,Bucha,50.5,30.2,A,x",
        "UKR3,2022-03-01,2022,Strategic developments,Other,Military Forces of Ukraine (2019-),1,,0,Ukraine,Kyiv,50.5,30.2,A,x",
        "UKR4,2022-03-01,2022,Battles,Duel,A,1,B,1,Ukraine,Kyiv,50.5,30.2,A,x",
    ]
    path = tmp_path / "acled.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(rows).encode())
    report = store.import_(path)
    assert (report.format, report.rows, report.rejected) == ("acled", 3, 1)
    told = store.sql("SELECT actor, recipient, type, mode, directed, date, mentions FROM events ORDER BY id").rows
    assert told[0] == ("RUS", "UKR", "ASSAULT", "firearms", False, "2022-02-24", 2)
    assert told[1][:5] == ("RUS", "UKR", "ASSAULT", None, True)
    assert told[2][2] is None
    assert [event.id for event in store.events()] == ["acled:UKR2"]
    assert len(store.events(undirected=True)) == 2


def test_ucdp_dates_by_what_its_days_have_in_common(store: Store, tmp_path: Path) -> None:
    header = "id,type_of_violence,side_a,gwnoa,side_b,gwnob,date_start,date_end,country,where_coordinates,latitude,longitude,best"
    rows = [
        header,
        "1,1,Government of Iraq,645,IS,,2016-10-17 00:00:00.000,2016-10-17 00:00:00.000,Iraq,Mosul,36.3,43.1,12",
        "2,3,IS,,Civilians,,2016-10-30,2016-11-02,Iraq,Mosul,36.3,43.1,4",
        "3,9,A,,B,,2016-10-30,2016-11-02,Iraq,Mosul,36.3,43.1,4",
    ]
    report = store.import_(write(tmp_path / "ged.csv", rows))
    assert (report.rows, report.rejected) == (2, 1)
    told = store.sql("SELECT actor, recipient, date, directed, intensity FROM events ORDER BY id").rows
    assert told == [("IRQ", "ISIS", "2016-10-17", False, 12.0), ("ISIS", "IRQ", "2016", True, 4.0)]


def test_plover_lines_with_several_recipients_give_a_row_each(store: Store, tmp_path: Path) -> None:
    record: dict[str, Any] = {
        "id": "e1", "has_event": True, "date": "2023-03-05", "actor": {"code": "RUS", "sector": "GOV", "entity_text": "Moscow"},
        "recipient": [{"code": "IRN"}, {"code": "CHN"}], "event": "AGREE", "context": ["military"], "text": "A sentence.",
    }  # fmt: skip
    lines = [
        json.dumps(record),
        "{broken",
        json.dumps({**record, "event": "WAVE"}),
        json.dumps({"id": "x", "has_event": False}),
    ]
    report = store.import_(write(tmp_path / "a.jsonl", lines))
    assert (report.format, report.rows, report.rejected) == ("plover", 2, 2)
    assert store.sql("SELECT id, recipient FROM events ORDER BY id").rows == [
        ("plover:e1", "IRN"),
        ("plover:e1#2", "CHN"),
    ]


def test_a_file_is_taken_in_once_and_a_stopped_import_goes_on(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "a.CSV", [gdelt_row(1)])
    store.import_(tmp_path)
    write(tmp_path / "b.CSV", [gdelt_row(2)])
    report = store.import_(tmp_path)
    assert (report.known, report.files, report.rows) == (1, 1, 1)
    assert store.stats()["imported"] == {"gdelt2": 2}


def test_what_is_no_data_set_is_refused_in_one_line(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["name,age", "x,1"])
    with pytest.raises(InputError, match="say so with --format"):
        store.import_(path)
    with pytest.raises(DataError, match="header lacks"):
        store.import_(path, "icews")
    with pytest.raises(InputError, match="choose one of"):
        store.import_(path, "xml")
    with pytest.raises(InputError, match="no such file"):
        store.import_(tmp_path / "none")
    assert store.stats()["files"] == 0


def test_a_damaged_import_is_named_and_taken_in_again(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.CSV", [gdelt_row(1)])
    store.import_(path)
    file = next((store.folder / "events").rglob("*.parquet"))
    file.unlink()
    [fault] = store.verify()
    assert "a.CSV" in str(fault)
    assert any("LEFT TO DO" in line for line in store.repair())
    assert store.import_(path).rows == 1
    assert store.verify() == []


@pytest.mark.parametrize(("name", "rows"), [("icews2018_sample.tab", 3705), ("gdelt2_20170701.export.CSV", 6090)])
def test_real_slices_are_taken_in_whole(store: Store, research: Path, name: str, rows: int) -> None:
    report = store.import_(research / name)
    assert (report.rows, report.rejected) == (rows, 0)
    untyped, known = store.sql(
        "SELECT count(*) FILTER (type IS NULL), count(*) FILTER (actor <> 'UNKNOWN') FROM events"
    ).rows[0]
    assert untyped < rows * 0.2
    assert known > rows * (0.97 if "icews" in name else 0.5)
    assert store.sql("SELECT count(*) FROM events WHERE day IS NULL").rows == [(0,)]
