from __future__ import annotations

import datetime as dt

import pandas as pd

from foedus.model.treaty import Clause, Party, Treaty
from foedus.world.atop import beyond

TABLE = pd.DataFrame(
    [(2, 20, 1985, 1, 0), (2, 740, 1985, 1, 1), (2, 200, 1984, 1, 0), (220, 255, 1985, 0, 0), (2, 9999, 1985, 1, 0)],
    columns=["ccode1", "ccode2", "year", "atop_defense", "atop_consul"],
).assign(atop_offense=0, atop_neutral=0, atop_nonagg=0)
DAY = dt.date(1985, 6, 1)


def test_dyads_of_the_year_that_the_shipped_list_lacks():
    ours = Treaty(
        id="x", title="Ours", kind="alliance", parties=(Party("USA"), Party("CAN")), signed=None, start="1950", end=None,
        clauses=(Clause("defense", "help"),), source="a book",
    )  # fmt: skip
    found = beyond({"atop_alliance": TABLE}, [ours], ["USA"], DAY)  # type: ignore[arg-type]
    assert [tuple(party.code for party in treaty.parties) for treaty in found] == [("JPN", "USA")]
    assert [clause.kind for clause in found[0].clauses] == ["defense", "consultation"]
    assert found[0].provenance == "ATOP"
    assert beyond({"atop_alliance": TABLE}, [ours], ["FRA"], DAY) == []  # type: ignore[arg-type]
