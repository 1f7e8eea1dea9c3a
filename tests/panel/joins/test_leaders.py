from __future__ import annotations

import foedus.panel as fp


def test_leaders_at_the_two_ends_of_a_year(tables) -> None:
    panel = fp.state_years(2000, 2012, world=tables).with_leaders()
    usa = (panel["ccode"] == 2) & (panel["year"] == 2009)
    assert (panel["jan1leader"][usa][0], panel["dec31leader"][usa][0]) == ("G.W. Bush", "Obama")
    assert (panel["n_leaders"][usa][0], panel["leadertransition"][usa][0], panel["irregular"][usa][0]) == (2, 1, 0)


def test_irregular_exit_and_codes_that_differ_between_the_lists(tables) -> None:
    panel = fp.state_years(1950, 2012, world=tables).with_leaders()
    # Germany is 260 in Gleditsch and Ward's list and 255 in COW's after 1990.
    germany = (panel["ccode"] == 255) & (panel["year"] == 2000)
    assert panel["jan1leader"][germany][0].startswith("Schr")
    chile = (panel["ccode"] == 155) & (panel["year"] == 1973)
    assert panel["irregular"][chile][0] == 1


def test_dyads_have_both_leaders(tables) -> None:
    panel = fp.dyad_years(2003, 2003, world=tables).with_leaders()
    at = (panel["ccode1"] == 2) & (panel["ccode2"] == 200)
    assert (panel["jan1leader1"][at][0], panel["jan1leader2"][at][0]) == ("G.W. Bush", "Blair")
    assert panel.to_arrow().num_rows == len(panel)
