from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["foedus.ledger.rules", "foedus.ledger.ledger", "foedus.brief.build", "foedus"])
def test_the_door_opens_whatever_was_imported_before(first):
    script = f"""
import {first}
import foedus
assert foedus.ledger([], supporter='RUS', client='IRN').acts == ()
from foedus.ledger.series import DAY_LIMIT
assert DAY_LIMIT
assert foedus.ledger([], supporter='RUS', client='IRN').acts == ()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
