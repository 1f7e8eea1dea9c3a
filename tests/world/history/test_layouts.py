from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import DataError
from foedus.world.history.tables import Tables

RDS = (
    "H4sIAAAAAAAAA4vgYmBgYGJgYWJiYGIGMpmFgQQ7EPOBxB0YIMDBhAEGIOJQvgMDmvg8qPg8NPFmuYfu60SqHdp+X+eyLVgCF4fyYfKkq2dhAo"
    "ozMrAwcAJp1rzE3NRiIEMA7AmIIFtycn5KqiEKzwjKY6lMTSyCaU7LyS83RObAVHEX5+bnl2QgyyMJGaE7IjknsRjmCJggV0piSaJeWhHQfWjK"
    "OYvyy/Vg7uYFebIBSPz///8fkPoHAHp8EgSfAQAA"
)


def test_master_records_of_contiguity_name_a_pair_once(tmp_path: Path) -> None:
    (tmp_path / "contdir.csv").write_text(
        "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version\n2020,2,USA,20,CAN,1,192001,201612,,3.2\n"
    )
    frame = Tables(tmp_path)["cow_contdir"]
    assert frame[["ccode1", "ccode2", "conttype"]].to_numpy().tolist() == [[2, 20, 1], [20, 2, 1]]
    assert frame[["ccode1", "ccode2", "conttype"]].iloc[0].tolist() == [2, 20, 1]
    days = frame[["stdate", "enddate"]].iloc[0].to_numpy(dtype=int).astype("datetime64[D]").astype(str)
    assert days.tolist() == ["1920-01-01", "2016-12-01"]


def test_directed_dyad_years_of_contiguity_become_spells(tmp_path: Path) -> None:
    (tmp_path / "contdird.csv").write_text(
        "dyad,state1no,state1ab,state2no,state2ab,year,conttype,version\n2020,2,USA,20,CAN,1920,1,3.2\n"
        "20002,20,CAN,2,USA,1920,1,3.2\n2020,2,USA,20,CAN,1921,1,3.2\n20002,20,CAN,2,USA,1921,1,3.2\n"
    )
    frame = Tables(tmp_path)["cow_contdir"]
    assert frame[["ccode1", "ccode2", "year"]].to_numpy().tolist()[:2] == [[2, 20, 1920], [20, 2, 1920]]
    days = frame[["stdate", "enddate"]].iloc[0].to_numpy(dtype=int).astype("datetime64[D]").astype(str)
    assert days.tolist() == ["1920-01-01", "1920-12-01"]


def test_a_table_as_an_r_file_of_one_object(tmp_path: Path) -> None:
    """What `saveRDS(data.frame(ccode1 = c(2, 20), ccode2 = c(20, 2), year = 1920, …), version = 2)` writes."""
    (tmp_path / "cow_trade_ddy.rds").write_bytes(base64.b64decode(RDS))
    frame = Tables(tmp_path)["cow_trade_ddy"]
    assert frame[["ccode1", "ccode2", "year", "flow1", "flow2"]].to_numpy().tolist() == [
        [2, 20, 1920, 611.86, 735.48],
        [20, 2, 1920, 735.48, 611.86],
    ]


def test_atop_in_the_keepers_layout(tmp_path: Path) -> None:
    (tmp_path / "atop5_1ddyr.csv").write_text(
        "ddyad,year,atopally,defense,offense,neutral,nonagg,consul,stateA,stateB,version\n"
        "2000020,1942,1,1,1,0,0,0,2,20,5.1\n2000020,1942,1,0,0,0,1,0,2,20,5.1\n"
    )
    frame = Tables(tmp_path)["atop_alliance"]
    assert len(frame) == 1
    assert frame.iloc[0][["ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_nonagg"]].tolist() == [
        2,
        20,
        1942,
        1,
        1,
        1,
    ]


def test_capabilities_and_missing_marks(tmp_path: Path) -> None:
    (tmp_path / "NMC_5_0.csv").write_text(
        "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\nUSA,2,1816,-9,17,80,254,8659,101,.0397,2011\n"
    )
    frame = Tables(tmp_path)["cow_nmc"]
    assert np.isnan(frame["milex"][0])
    assert frame["milper"][0] == 17


def test_organisations_count_full_members_of_both(tmp_path: Path) -> None:
    (tmp_path / "dyadic_format3.csv").write_text(
        "ccode1,country1,ccode2,country2,year,dyadid,UN,NATO,ECSC\n2,USA,20,CAN,1950,2020,1,1,0\n2,USA,40,CUB,1950,2040,1,-1,-9\n"
    )
    assert Tables(tmp_path)["cow_igo_ndy"]["dyadigos"].tolist() == [2, 1]


def test_states_in_the_keepers_layout(tmp_path: Path) -> None:
    import foedus.panel as fp

    (tmp_path / "states2016.csv").write_text(
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\nUSA,2,United States,1816,1,1,2016,12,31,2016\nCAN,20,Canada,1920,1,10,2016,12,31,2016\n"
    )
    assert len(fp.dyad_years(1919, 1921, world=tmp_path)) == 4


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "cow_nmc.csv").write_text("ccode,year\n2,1816\n2,1817,5,6\n")
    with pytest.raises(DataError, match=r"cow_nmc\.csv cannot be read as a table \(.*line 3"):
        Tables(tmp_path)["cow_nmc"]
