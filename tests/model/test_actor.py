from __future__ import annotations

import json

from foedus.model.actor import Actor


def test_plain_values_hold_every_field():
    plain = Actor("RUS", "Russia", "state", sector="GOV", cow=365).to_dict()
    assert plain["code"] == "RUS"
    assert plain["cow"] == 365
    assert plain["person"] is None
    assert json.loads(json.dumps(plain)) == plain
