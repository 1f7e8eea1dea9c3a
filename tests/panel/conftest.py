from __future__ import annotations

import os
from pathlib import Path

import pytest

from foedus.world.history.tables import Tables


def research_folder() -> Path | None:
    base = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data"))
    return next((path for path in (base / "history", base) if (path / "cow_states.rda").is_file()), None)


@pytest.fixture(scope="session")
def tables() -> Tables:
    folder = research_folder()
    if folder is None:
        pytest.skip("no research data: set FOEDUS_RESEARCH_DATA to the folder that holds cow_states.rda")
    return Tables(folder)


CSV = {
    "cow_states": """stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version
AAA,1,Aland,1900,1,1,1910,12,31,2016
BBB,2,Bland,1900,1,1,1904,3,31,2016
BBB,2,Bland,1907,6,1,1910,12,31,2016
CCC,3,Cland,1904,4,1,1910,12,31,2016
""",
    "atop_alliance": """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
1,2,1901,1,0,0,0,1
2,1,1901,0,0,1,0,1
1,3,1905,1,0,0,0,0
3,1,1905,1,0,0,0,0
""",
    "cow_nmc": """ccode,year,milex,milper,irst,pec,tpop,upop,cinc
1,1900,10,1,1,1,100,10,0.5
1,1901,-9,1,1,1,100,10,0.5
2,1900,20,2,2,2,200,20,0.25
""",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A world of three states, 1900–1910: state 2 is away 1904–07, state 3 comes the day after it left."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in CSV.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
