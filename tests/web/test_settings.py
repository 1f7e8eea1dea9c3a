from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from foedus.web.settings import LOOPBACK_NAMES, Settings, is_loopback


def test_without_a_word_the_workbench_is_for_this_machine_alone():
    made = Settings(store=Path("s"))
    assert is_loopback(made.host)
    assert (made.token, made.names, made.record) == (None, (), ())
    assert 0 < made.max_upload <= 10_000_000
    assert 0 < made.adds_a_minute <= 30


@pytest.mark.parametrize("host", ["127.0.0.1", "127.255.255.254", "::1", "[::1]", "localhost", *sorted(LOOPBACK_NAMES)])
def test_loopback_is_known_in_all_its_forms(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "", "0.0.0.0", "::", "[::]", "0", "*", "192.168.1.4", "169.254.1.1", "fe80::1", "128.0.0.1", "desk.example",
        "localhost.evil.example", "127.0.0.1.evil.example", "127.1", "2130706433", "LOCALHOST ",
    ],
)  # fmt: skip
def test_what_may_be_reached_from_elsewhere_is_no_loopback(host):
    assert not is_loopback(host), "where in doubt, a token is asked for"


def test_settings_do_not_change_while_the_workbench_runs():
    made = Settings(store=Path("s"))
    with pytest.raises(FrozenInstanceError):
        made.token = "x"  # type: ignore[misc]
