from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    (tmp_path / "un_roll_calls.csv").write_text("rcid,session,date\n1,1,1970-03-01\n2,1,1970-04-01\n3,1,1971-04-01\n")
    (tmp_path / "un_votes.csv").write_text(
        "rcid,country,country_code,vote\n"
        "1,United States,US,yes\n1,Canada,CA,yes\n1,Cuba,CU,no\n2,United States,US,no\n2,Canada,CA,abstain\n"
        "3,United States,US,yes\n3,Cuba,CU,no\n"
    )
    return tmp_path


def test_agreement_and_s(votes: Path) -> None:
    panel = fp.dyad_years(1970, 1972, world=votes).with_un_affinity()

    def value(column: str, one: int, two: int, year: int) -> float:
        at = (panel["ccode1"] == one) & (panel["ccode2"] == two) & (panel["year"] == year)
        return float(panel[column][at][0])

    assert value("unagree", 2, 20, 1970) == 0.5
    assert value("uns3", 2, 20, 1970) == 0.5  # distances 0 and 1 of at most 2: 1 − 2·(1/4)
    assert value("uns3", 2, 40, 1970) == -1
    assert value("unvotes", 20, 40, 1970) == 1
    assert np.isnan(value("unagree", 20, 40, 1971))
    assert np.isnan(value("unagree", 2, 20, 1972))
    assert value("unagree", 20, 2, 1970) == value("unagree", 2, 20, 1970)
