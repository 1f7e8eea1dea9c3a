import datetime as dt

import pytest

from foedus.errors import CrisisError
from foedus.model.crisis import Crisis


def test_codes_are_cleaned_and_kept_in_order():
    crisis = Crisis([" irn "], ["isr", "USA", "ISR"], "2025-06-22")
    assert crisis.attacked == ("IRN",)
    assert crisis.attackers == ("ISR", "USA")
    assert crisis.date == dt.date(2025, 6, 22)
    assert str(crisis) == "IRN attacked by ISR, USA on 2025-06-22"


@pytest.mark.parametrize(
    ("attacked", "attackers", "date", "says"),
    [
        ([], ["USA"], "2025-06-22", "at least one state"),
        (["IRN"], [""], "2025-06-22", "at least one state"),
        (["IRN"], ["IRN"], "2025-06-22", "name each on one side"),
        (["IRN"], ["USA"], "2025-06", "must be a day"),
        (["IRN"], ["USA"], "June", "must be a day"),
    ],
)
def test_a_crisis_that_cannot_be(attacked, attackers, date, says):
    with pytest.raises(CrisisError, match=says):
        Crisis(attacked, attackers, date)
