import math

import pytest

from foedus.brief.model import Block, Chart, Column
from foedus.model.assessment import Driver, Interval, Waterfall
from foedus.web import drawing


def test_a_waterfall_ends_where_the_estimate_stands_and_pros_go_left():
    fall = Waterfall(
        "help", -2.0, (Driver("pact", 1.5), Driver("distance", -0.7), *(Driver(f"d{n}", 0.1) for n in range(12))), 0.0
    )
    drawn = drawing.waterfall(fall, most=4)
    base, *moves, total = drawn.steps
    assert (base.kind, total.kind) == ("base", "total")
    at = base.thread
    for step in moves:
        assert min(abs(step.x - at), abs(step.x + step.width - at)) < 0.3, "each bar begins where the last one ended"
        assert (step.thread < at) == (step.kind == "for")
        at = step.thread
    assert at == pytest.approx(total.thread, abs=0.3)
    assert moves[-1].label.startswith("all else")


def test_two_waterfalls_on_one_axis_agree_on_their_ticks():
    one, other = (
        Waterfall("help", -2.0, (Driver("pact", 1.0),), -1.0),
        Waterfall("help", -2.0, (Driver("pact", 3.0),), 1.0),
    )
    drawn = [drawing.waterfall(fall, low=-2.0, high=1.0) for fall in (one, other)]
    assert drawn[0].ticks == drawn[1].ticks


class Estimate:
    rungs = {"none": 0.5, "verbal": 0.3, "material": 0.1, "military_aid": 0.06, "force": 0.04}  # noqa: RUF012
    beyond_words = Interval(0.2, 0.1, 0.35)


def test_the_ladder_fills_its_bar_and_marks_what_lies_beyond_words():
    bar = drawing.ladder(Estimate(), 200)
    assert [one.rung for one in bar.slices] == ["force", "military_aid", "material", "verbal", "none"]
    assert sum(one.width for one in bar.slices) == pytest.approx(200, abs=0.1)
    assert bar.mark == pytest.approx(bar.slices[3].x, abs=0.1), "the mark stands where mere words begin"
    assert (bar.low, bar.high) == (20, 70)


def item(key, date, actor="RUS", **more):
    return {"id": key, "actor": actor, "date": date, **more}


def test_many_acts_become_few_bars_that_say_their_number():
    def block(n):
        return Block(f"a{n}", "for" if n % 2 else "against", "solid", f"act {n}")

    empty = Column("", "no day", (), (), ())
    small = Chart("day", (Column("2025-06-13", "13 Jun", tuple(map(block, range(5))), (), ()),), empty)
    large = Chart("day", (Column("2025-06-13", "13 Jun", tuple(map(block, range(5000))), (), ()),), empty)
    assert len(drawing.bars(small).rects) == 5
    merged = drawing.bars(large).rects
    assert len(merged) < 40
    assert sum(int(rect.block.title.split()[0]) for rect in merged) == 5000


def test_neighbours_stand_apart_and_hostility_is_told():
    rows = [
        {
            "code": f"S{n}",
            "name": f"State {n}",
            "kind": "state",
            "words": 3,
            "deeds": n,
            "hostile_words": 3 * (n % 2),
            "hostile_deeds": 0,
        }
        for n in range(18)
    ]
    spokes = drawing.ego("IRN", rows)
    places = [(one.x, one.y) for one in spokes]
    assert min(math.dist(a, b) for a in places for b in places if a != b) > 40
    assert [strand["hostile"] for strand in spokes[1].strands] == [True, False]
    assert len(spokes[0].strands) == 1, "no deed, no line"


def test_calibration_points_lie_in_the_frame_even_where_nothing_happened():
    bins = [{"forecast": 0.0006, "rate": 0.0, "rate_low": 0.0, "rate_high": 0.0004, "count": 6276, "happened": 0}]
    drawn = drawing.calibration(bins)
    (point,) = drawn["points"]
    assert 30 <= point["y"] <= 330
    assert point["y_high"] <= point["y"]


def test_the_counts_beside_calibration_points_do_not_lie_on_each_other():
    bins = [
        {
            "forecast": f,
            "rate": f * 0.9,
            "rate_low": f * 0.7,
            "rate_high": min(f * 1.2, 1.0),
            "happened": 30,
            "count": 1_000,
        }
        for f in (0.0006, 0.1, 0.11, 0.12, 0.2, 0.25, 0.3, 0.9)
    ]
    drawn = drawing.calibration(bins)
    boxes = []
    for point in drawn["points"]:
        x, y, anchor = point["label"]
        width = 6 * len(point["text"])
        left = x if anchor == "start" else x - width
        assert left > 0
        assert left + width < drawn["width"]
        boxes.append((left, y - 8, left + width, y + 2))
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
