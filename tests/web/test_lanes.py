import datetime as dt

import pytest

from foedus.web.lanes import timeline, together


def item(key, date, actor="RUS", **more):
    return {"id": key, "actor": actor, "date": date, **more}


def test_partial_dates_are_spans_and_days_are_points():
    limits = (dt.date(2025, 6, 1), dt.date(2025, 7, 31))
    lanes = timeline(
        [item("a", "2025-06"), item("b", "2025-07-04"), item("c", None)], [("RUS", "Russia", "third")], [], limits
    )
    widths = {point.item["id"]: point.width for point in lanes.lanes[0].points}
    assert widths.keys() == {"a", "b"}, "what has no date is not drawn"
    assert widths["b"] == 0
    assert widths["a"] > 300


def test_acts_of_one_day_stand_under_each_other_and_promises_are_joined():
    items = [item("p", "2025-06-02"), item("q", "2025-06-02"), item("d", "2025-06-20")]
    lanes = timeline(
        items, [("RUS", "Russia", "third")], [("Israel", "2025-06-13"), ("x", "2024-01-01")],
        (dt.date(2025, 6, 1), dt.date(2025, 6, 30)), [("p", "d", "deed"), ("p", "gone", "deed")],
    )  # fmt: skip
    first, second, _ = lanes.lanes[0].points
    assert first.x == second.x
    assert first.y != second.y
    assert len(lanes.threads) == 1
    assert [who for _, who in lanes.attacks] == ["Israel"], "an attack beyond the axis is not drawn at its edge"


@pytest.mark.parametrize("years", [0, 1, 3, 40, 200, 2000, 7000])
def test_the_axis_never_holds_too_many_ticks(years):
    first = dt.date(1, 1, 1) if years > 2000 else dt.date(2000 - min(years, 1999), 1, 1)
    last = dt.date(first.year + years, 1, 20)
    lanes = timeline([], [], [], (first, last))
    assert 1 <= len(lanes.ticks) <= 16


def act(actor, date, **more):
    return {
        "id": f"{actor}{date}", "actor": actor, "date": date, "hostile": False, "material": True, "section": "deed",
        "standing": "stands", "reports": 2, "what": "sent aid",
    } | more  # fmt: skip


def test_too_many_acts_share_marks_by_actor_kind_and_day():
    many = [act("RUS", "2025-06-13") for _ in range(1300)]
    few = together([*many, act("RUS", "2025-06-13", hostile=True), act("CHN", "2025-06-13"), act("RUS", "2025-06")], 30)
    assert sorted((one["actor"], one["date"], one["reports"]) for one in few) == [
        ("CHN", "2025-06-13", 2), ("RUS", "2025-06", 2), ("RUS", "2025-06-13", 2), ("RUS", "2025-06-13", 2600),
    ]  # fmt: skip
    assert together(many[:9], 30) == many[:9]


def test_a_timeline_of_months_tells_the_day_on_which_it_begins():
    lanes = timeline([], [], [], (dt.date(1990, 8, 2), dt.date(1991, 2, 28)))
    assert [text for _, text in lanes.ticks][:2] == ["2 Aug 1990", "Sep 1990"]
    lanes = timeline([], [], [], (dt.date(1990, 8, 29), dt.date(1991, 2, 28)))
    assert lanes.ticks[0][1] == "Sep 1990", "no room before it"
