"""The leaders' tables: every row is well formed, dated, sourced, and the tables are as wide as they claim."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files

import pytest

COLUMNS = ["name", "aliases", "code", "role", "sector", "start", "end", "source"]
SECTORS = {"GOV", "MIL", "LEG", "JUD", "OPP", "REB", "IGO", "CIV", "BUS", "MED"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Words that open a sentence or name something else far more often than they name the person.
TOO_COMMON = {
    "Begin",
    "Brown",
    "King",
    "Rice",
    "Hague",
    "Major",
    "May",
    "Bush II",
    "West",
    "Straw",
    "Kim",
    "Lee",
    "Park",
}
UN_MEMBERS = re.findall(
    r"[A-Z]{3}",
    """AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR
BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST
SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR
KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX FSM MDA MCO MNG
MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA KNA LCA
VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK TZA THA TLS TGO TON TTO
TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE""",
)
SPANS = {"SUN": ("1922-12-30", "1991-12-26"), "DDR": ("1949-10-07", "1990-10-02"), "VDR": ("1949-06-01", "1975-04-30")}

Row = dict[str, str]


def read_tables() -> list[tuple[str, list[str], list[Row]]]:
    folder = files("foedus.actors") / "data"
    tables = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if re.fullmatch(r"leaders.*\.csv", entry.name):
            with entry.open(encoding="utf-8", newline="") as handle:
                reader = csv.DictReader(handle)
                rows = list(reader)
                tables.append((entry.name, list(reader.fieldnames or []), rows))
    return tables


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for _, _, table in read_tables() for row in table]


def terms(rows: list[Row], name: str, code: str) -> list[tuple[str, str, str]]:
    return sorted((r["start"], r["end"], r["role"]) for r in rows if r["name"] == name and r["code"] == code)


def test_every_table_has_the_columns_and_no_short_rows() -> None:
    for name, columns, table in read_tables():
        assert columns == COLUMNS, name
        for row in table:
            assert None not in row, f"{name}: {row}"
            assert None not in row.values(), f"{name}: {row}"
            assert all(value == value.strip() for value in row.values()), f"{name}: {row}"


def test_names_roles_codes_sectors_and_sources_are_filled(rows: list[Row]) -> None:
    for row in rows:
        assert all(row[column] for column in ("name", "role", "source")), row
        assert row["sector"] in SECTORS, row
        assert re.fullmatch(r"[A-Z][A-Z0-9-]*( [A-Z]+)?", row["code"]), row


def test_dates_are_valid_and_in_order(rows: list[Row]) -> None:
    for row in rows:
        assert DATE.fullmatch(row["start"]), row
        if row["end"]:
            assert DATE.fullmatch(row["end"]), row
            width = min(len(row["start"]), len(row["end"]))
            assert row["start"][:width] <= row["end"][:width], row


def test_no_term_stands_twice(rows: list[Row]) -> None:
    counts = Counter((r["name"], r["code"], r["role"], r["start"]) for r in rows)
    assert [key for key, n in counts.items() if n > 1] == []


def test_aliases_are_distinct_spellings(rows: list[Row]) -> None:
    for row in rows:
        aliases = row["aliases"].split(";") if row["aliases"] else []
        assert len(set(aliases)) == len(aliases), row
        assert row["name"] not in aliases, row
        assert not TOO_COMMON.intersection(aliases), row
        assert all(len(alias) > 1 for alias in aliases), row


def test_states_that_are_gone_hold_office_only_while_they_existed(rows: list[Row]) -> None:
    for row in rows:
        if row["code"] in SPANS:
            first, last = SPANS[row["code"]]
            assert row["end"], row
            if row["code"] == "SUN":
                assert row["start"] >= first[: len(row["start"])] or row["start"].startswith("1922"), row
            assert row["end"] <= last, row


def test_russian_office_under_one_code_at_a_time(rows: list[Row]) -> None:
    for row in rows:
        if row["code"] == "RUS":
            assert row["start"] >= "1991-12-2" or row["end"] <= "1922-12-30", row


def test_every_member_of_the_united_nations_has_someone_in_office(rows: list[Row]) -> None:
    assert len(UN_MEMBERS) == 193
    serving = {r["code"] for r in rows if r["sector"] == "GOV" and (not r["end"] or r["end"] >= "2025")}
    assert sorted(set(UN_MEMBERS) - serving) == []


def test_the_tables_are_wide(rows: list[Row]) -> None:
    assert len({r["name"] for r in rows}) >= 2000
    roles = Counter(r["role"] for r in rows)
    assert roles["foreign minister"] >= 250
    assert roles["defence minister"] + roles["secretary of defense"] >= 100
    assert len([r for r in rows if r["start"] < "1945"]) >= 120
    assert {"UN", "NATO", "EU", "IAEA", "AU", "OPEC", "HAMAS", "HEZBOLLAH", "HOUTHI", "ISIS", "PKK"} <= {
        r["code"] for r in rows
    }


@pytest.mark.parametrize(
    ("name", "code", "term"),
    [
        ("Vladimir Putin", "RUS", ("2008-05-08", "2012-05-07", "prime minister")),
        ("Dmitry Medvedev", "RUS", ("2008-05-07", "2012-05-07", "president")),
        ("Nikita Khrushchev", "SUN", ("1958-03-27", "1964-10-14", "premier")),
        ("Kofi Annan", "UN", ("1997-01-01", "2006-12-31", "secretary-general")),
        ("Indira Gandhi", "IND", ("1980-01-14", "1984-10-31", "prime minister")),
        ("Donald Trump", "USA", ("2017-01-20", "2021-01-20", "president")),
        ("Hibatullah Akhundzada", "TALIBAN", ("2016-05-25", "2021-08-15", "leader")),
        ("Hibatullah Akhundzada", "AFG", ("2021-08-15", "", "supreme leader")),
        ("Anwar Sadat", "EGY", ("1970-10-15", "1981-10-06", "president")),
        ("Salvador Allende", "CHL", ("1970-11-03", "1973-09-11", "president")),
    ],
)
def test_terms_that_the_archives_agree_on(rows: list[Row], name: str, code: str, term: tuple[str, str, str]) -> None:
    assert term in terms(rows, name, code)
