from __future__ import annotations

import datetime as dt

from foedus.assess import evidence
from foedus.model.event import Event


def event(kind: str, number: int, **more: object) -> Event:
    values = {
        "actor": "RUS",
        "recipient": "IRN",
        "type": kind,
        "date": f"2025-06-{number:02d}",
        "quote": f"{kind} {number} of its own",
    }
    return Event(**{**values, "document": f"d{number}", "id": f"{kind}{number}", **more})  # type: ignore[arg-type]


def test_deeds_raise_and_refusals_lower_within_bounds() -> None:
    aid = [event("AID", day) for day in range(1, 9)]
    refusals = [event("REJECT", day, mode="assist") for day in range(1, 9)]
    up = evidence.shift(aid, "RUS", ["IRN"], ["ISR"])
    down = evidence.shift(refusals, "RUS", ["IRN"], ["ISR"])
    assert 0 < up.value <= evidence.LIMIT
    assert up.spoken
    assert -evidence.LIMIT <= down.value < 0
    assert not down.spoken
    assert any("deed" in line for line in up.lines)


def test_one_deed_is_one_step() -> None:
    assert evidence.shift([event("AID", 3)], "RUS", ["IRN"], ["ISR"]).value == 0.5


def test_no_reports_no_shift() -> None:
    assert evidence.shift([], "RUS", ["IRN"], ["ISR"]) == evidence.Shift()
    assert evidence.shift([event("AID", 3)], "CHN", ["IRN"], ["ISR"]).value == 0.0


def test_what_comes_later_does_not_count() -> None:
    assert evidence.shift([event("AID", 20)], "RUS", ["IRN"], ["ISR"], until="2025-06-10").value == 0.0


def test_what_a_later_report_tells_without_a_date_is_hindsight() -> None:
    day = dt.date(2025, 6, 10)
    events = [event("AID", 3), event("AID", 20), event("SUPPORT", 4, date=None), event("SUPPORT", 21, date=None)]
    published = {"d4": "2025-06-10", "d21": "2025-06-21"}
    assert [one.id for one in evidence.told_by(day, events, published)] == ["AID3", "SUPPORT4"]
    assert evidence.told_by(day, [event("AID", 5, date=None)], {}) == [], "of no day at all"
    assert len(evidence.told_by(day, [event("AID", 5, date="2025-06")], {})) == 1, "a month that has begun"
