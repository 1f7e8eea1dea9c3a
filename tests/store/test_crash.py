"""200 adding processes are killed by SIGKILL, in two halves side by side; the power is cut after every other one."""

from __future__ import annotations

import json
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

HALF = 100


@pytest.fixture(scope="module")
def halves(crash: ModuleType) -> list[dict[str, Any]]:
    """What benchmarks/store/crash.py reports of each half; it ends with status 1 where anything acknowledged is lost."""
    command = [sys.executable, str(crash.__file__), "--kills", str(HALF), "--seed"]
    both = [
        subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for seed in (4, 5)
    ]
    told = [one.communicate(timeout=1500) for one in both]
    for one, (_, said) in zip(both, told, strict=True):
        assert one.returncode == 0, said
    return [json.loads(out) for out, _ in told]


def test_killed_writers_lose_nothing_that_was_acknowledged(halves: list[dict[str, Any]]) -> None:
    assert [half["kills"] for half in halves] == [HALF, HALF]
    assert all(half["acknowledged and lost"] == 0 for half in halves)


def test_the_kills_met_the_writers_at_their_work(halves: list[dict[str, Any]]) -> None:
    # Were they all killed before they wrote, or none of what they wrote torn, nothing would have been shown. How many are met
    # at what hangs on the machine, and on what the other half is doing: the two count together.
    assert sum(half["killed while"]["documents were added"] for half in halves) > HALF / 5
    assert sum(sum(half["lost to power cuts"].values()) for half in halves) > 0
