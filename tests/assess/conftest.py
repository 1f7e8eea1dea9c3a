"""A small made-up history as CSV tables, so that everything but the figures can be tested without research data."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from foedus.assess.history import from_tables
from foedus.assess.sources import Sources
from foedus.world.history.tables import Tables

STATES = {
    "USA": 2,
    "RUS": 365,
    "UKG": 200,
    "FRN": 220,
    "GMY": 255,
    "ITA": 325,
    "TUR": 640,
    "IRN": 630,
    "EGY": 651,
    "ISR": 666,
    "SYR": 652,
    "JOR": 663,
}
MAJORS = ("USA", "RUS", "UKG", "FRN")


def made_up(seed: int = 5) -> dict[str, pd.DataFrame]:
    """The tables: 12 states, 1900-1960, some 160 disputes in which pacts make joining likelier."""
    source = np.random.default_rng(seed)
    codes = list(STATES.values())
    tables: dict[str, pd.DataFrame] = {}
    span = {"styear": 1816, "stmonth": 1, "stday": 1, "endyear": 2016, "endmonth": 12, "endday": 31}
    tables["cow_states"] = pd.DataFrame(
        [{"stateabb": a, "ccode": c, "statenme": a.title(), **span} for a, c in STATES.items()]
    )
    tables["cow_majors"] = pd.DataFrame([{"ccode": STATES[a], **span} for a in MAJORS])
    pairs = [(a, b) for a in codes for b in codes if a != b]
    near = {pair for pair in pairs if source.random() < 0.3}
    near |= {(b, a) for a, b in near}
    tables["cow_contdir"] = pd.DataFrame(
        [
            {"ccode1": a, "ccode2": b, "conttype": 1, "stdate": "1816-01-01", "enddate": "2016-12-31"}
            for a, b in sorted(near)
        ]
    )
    allied = {pair for pair in pairs if source.random() < 0.12}
    allied |= {(b, a) for a, b in allied}
    flags = {"atop_defense": 1, "atop_offense": 0, "atop_neutral": 0, "atop_nonagg": 1, "atop_consul": 1}
    tables["atop_alliance"] = pd.DataFrame(
        [{"ccode1": a, "ccode2": b, "year": y, **flags} for a, b in sorted(allied) for y in range(1890, 1962)]
    )
    tables["cow_nmc"] = pd.DataFrame(
        [
            {"ccode": c, "year": y, "milex": 1, "milper": 10, "cinc": 0.3 / (k + 1)}
            for k, c in enumerate(codes)
            for y in range(1890, 1962)
        ]
    )
    tables["cw_democracy"] = pd.DataFrame(
        [
            {"ccode": c, "year": y, "v2x_polyarchy": 0.1 * (k % 9), "euds": 0.0}
            for k, c in enumerate(codes)
            for y in range(1890, 1962)
        ]
    )
    tables["tss_rivalries"] = pd.DataFrame(
        [
            {"ccode1": codes[0], "ccode2": codes[1], "start": 1890, "end": 1960},
            {"ccode1": codes[8], "ccode2": codes[9], "start": 1900, "end": 1960},
        ]
    )
    tables["cow_capitals"] = pd.DataFrame(
        [
            {"ccode": c, "stdate": "1816-01-01", "enddate": "2016-12-31", "lat": 10.0 + 4 * k, "lng": 7.0 * k}
            for k, c in enumerate(codes)
        ]
    )
    part, disps = [], []
    for number in range(1, 161):
        year, month = 1900 + (number * 61) // 161, 1 + number % 12
        a, b = (int(c) for c in source.choice(codes, 2, replace=False))
        begun = {"styear": year, "stmon": month, "stday": 5, "endyear": year, "endmon": month, "endday": 25}
        rows = [(a, 1, 1), (b, 0, 1)]
        if number % 20 == 0:
            rows.append((next(c for c in codes if c not in (a, b)), 1, 1))
        taken = {c for c, _, _ in rows}
        for k in codes:
            if k in taken:
                continue
            for client, side in ((a, 1), (b, 0)):
                if source.random() < (0.35 if (k, client) in allied else 0.015):
                    rows.append((k, side, 0))
                    break
        for code, side, orig in rows:
            part.append({"dispnum": number, "ccode": code, **begun, "sidea": side, "hiact": 16, "orig": orig})
        disps.append({"dispnum": number, "styear": year, "hostlev": 5 if number % 5 == 0 else 3})
    tables["gml_part"], tables["gml_mid_disps"] = pd.DataFrame(part), pd.DataFrame(disps)
    icb = []
    for number in range(1, 91):
        year = 1918 + number // 3
        actor, foe = (int(c) for c in source.choice(codes[4:], 2, replace=False))
        row = {
            "crisno": number,
            "cracid": actor,
            "yrtrig": year,
            "motrig": 3,
            "datrig": 2,
            "trigent": foe,
            "southv": foe,
        }
        row |= {"yrterm": year, "moterm": 6, "daterm": 2, "triggr": 9 if number % 2 else 3}
        for prefix in ("us", "su", "gb", "fr", "it", "gr", "jp"):
            row[f"{prefix}inv"] = int(source.choice([1, 1, 1, 3, 7, 8]))
            row[f"{prefix}favr"] = int(source.choice([1, 3]))
        icb.append(row)
    tables["icb2v14"] = pd.DataFrame(icb)
    tables["icb2v14"]["crisname"] = [f"STRAITS {number} IV" for number in tables["icb2v14"]["crisno"]]
    return tables


def write(tables: dict[str, pd.DataFrame], folder: Path) -> Tables:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    return Tables(folder)


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return write(made_up(), tmp_path_factory.mktemp("history"))


@pytest.fixture(scope="session")
def sources(tables: Tables) -> Sources:
    return from_tables(tables)


@pytest.fixture(scope="session")
def research() -> Path:
    folder = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "history"
    if not (folder / "gml_part.rda").exists():
        pytest.skip(f"no research tables in {folder}; set FOEDUS_RESEARCH_DATA to the folder that holds history/")
    return folder
