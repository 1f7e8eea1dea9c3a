from __future__ import annotations

import pytest

from foedus.reading.header import dateline_of, find_url, is_small_line, names


@pytest.mark.parametrize(
    ("line", "small"),
    [
        ("12 April 1982", True),
        ("Ankara, 3 May 1964", True),
        ("Buenos Aires, May 3, 1964", True),
        ("NEW DELHI, 3 May 1964.", True),
        ("In Ankara the talks ended on 3 May 1964", False),
        ("Ankara, May 1964 and all that followed", False),
        ("By Jane Doe", True),
        ("By our diplomatic staff, 12 April 1982", True),
        ("From our Delhi correspondent, October 30, 1962", True),
        ("By a correspondent in New Delhi", True),
        ("By our reckoning the staff left on 12 April 1982.", False),
        ("From our correspondent we heard that the fleet had sailed.", False),
        ("Argentina landed on 2 April 1982", False),
        ("", False),
    ],
)
def test_lines_that_date_or_sign(line: str, small: bool) -> None:
    assert is_small_line(line) is small


def test_a_dateline_has_a_place_and_something_certain() -> None:
    match = dateline_of("VIENNA, June 13, 2025 (Meridian Wire) — Israel attacked.")
    assert match is not None
    assert (match["place"], match["date"], match["agency"]) == ("VIENNA", "June 13, 2025", "Meridian Wire")
    assert dateline_of("Vienna was quiet - Israel attacked.") is None


def test_names_and_addresses_are_cut_clean() -> None:
    assert names("JANE DOE and John Roe, Cairo") is not None
    assert names("on Monday") is None
    assert find_url("see (https://example.org/a).") == "https://example.org/a"
    assert find_url("nothing") is None
