from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from foedus.cli.panel import app
from foedus.errors import DataError, InputError

runner = CliRunner()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "cow_states.csv").write_text(
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday\n"
        "AAA,1,A,1900,1,1,1905,12,31\nBBB,2,B,1900,1,1,1903,6,30\n"
    )
    (folder / "cow_nmc.csv").write_text("ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n1,1900,1,1,1,1,1,1,0.5\n")
    return folder


def test_dyad_years_to_csv(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.csv"
    done = runner.invoke(
        app,
        ["dyad-years", "--from", "1900", "--to", "1905", "--with", "capabilities", "--data", str(data), "-o", str(out)],
    )
    assert done.exit_code == 0, done.output
    assert "8 dyad-years" in done.stderr
    frame = pd.read_csv(out)
    assert len(frame) == 8
    assert frame["cinc1"].notna().sum() == 1


def test_undirected_to_parquet_with_citation(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "d.parquet"
    done = runner.invoke(
        app,
        ["dyad-years", "--from", "1900", "--to", "1905", "--undirected", "--data", str(data), "-o", str(out), "--cite"],
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("@misc{cowstates2016,")
    assert len(pd.read_parquet(out)) == 4


def test_states_by_year_and_day(data: Path, tmp_path: Path) -> None:
    for unit, rows in (("state-years", 10), ("state-days", 6 * 365 + 1 + 3 * 365 + 181)):
        out = tmp_path / f"{unit}.parquet"
        done = runner.invoke(app, [unit, "--from", "1900", "--to", "1905", "--data", str(data), "-o", str(out)])
        assert done.exit_code == 0, done.output
        assert len(pd.read_parquet(out)) == rows


def test_faults_are_found_before_any_work(data: Path, tmp_path: Path) -> None:
    base = ["dyad-years", "--from", "1900", "--to", "1905", "--data", str(data)]
    done = runner.invoke(app, [*base, "-o", str(tmp_path / "x.xls")])
    assert isinstance(done.exception, InputError)
    assert "must end in .parquet or .csv" in str(done.exception)
    done = runner.invoke(app, [*base, "--with", "aliances", "-o", str(tmp_path / "x.csv")])
    assert "there are no columns 'aliances'" in str(done.exception)
    done = runner.invoke(
        app, ["dyad-years", "--from", "1900", "--to", "1950", "--data", str(data), "-o", str(tmp_path / "x.csv")]
    )
    assert isinstance(done.exception, DataError)
    assert runner.invoke(app, ["dyad-years", "--from", "1900"]).exit_code == 2


def test_gleditsch_and_ward_panels_take_columns(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "gw.csv"
    call = ["dyad-years", "--from", "1900", "--to", "1900", "--system", "gw", "--data", str(data), "-o", str(out)]
    done = runner.invoke(app, [*call, "--with", "cow-codes"])
    assert done.exit_code == 0, done.output
    assert list(pd.read_csv(out).columns) == [
        "gwcode1",
        "gwcode2",
        "year",
        "microstate1",
        "microstate2",
        "ccode1",
        "ccode2",
    ]
    with pytest.raises(InputError, match="capabilities are keyed by COW numbers"):
        runner.invoke(app, [*call, "--with", "capabilities"], catch_exceptions=False)


def test_help_names_every_column() -> None:
    from foedus.panel.command import JOINS

    told = " ".join(runner.invoke(app, ["dyad-years", "--help"], env={"COLUMNS": "300"}).output.split())
    assert all(name in told for name in JOINS)
