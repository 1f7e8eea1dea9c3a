from __future__ import annotations

from foedus.brief.chart import HIGHEST, WIDTH, draw
from foedus.brief.model import Block, Chart, Column


def column(words=0, deeds=0, promises=0, start="2025-06-13"):
    def blocks(kind, number):
        return tuple(Block(f"{kind}{place}", "for", "solid", kind) for place in range(number))

    return Column(start, "13 Jun", blocks("w", words), blocks("d", deeds), blocks("p", promises))


EMPTY = column(start="")


def test_words_stand_above_the_axis_and_deeds_below():
    drawn = draw(Chart("day", (column(2, 1, 1), column()), EMPTY, ()))
    words = [rect for rect in drawn.rects if rect.block.act.startswith("w")]
    deeds = [rect for rect in drawn.rects if rect.block.act.startswith("d")]
    assert len(words) == 2
    assert all(rect.y + rect.height <= drawn.axis_top for rect in words)
    assert all(rect.y >= drawn.axis_bottom for rect in deeds)
    assert len(drawn.marks) == 1


def test_a_high_column_never_outgrows_the_page():
    drawn = draw(Chart("day", (column(400),), EMPTY, ()))
    assert min(rect.y for rect in drawn.rects) >= 0
    assert drawn.axis_top <= HIGHEST + 120
    assert all(rect.x + rect.width <= WIDTH for rect in drawn.rects)


def test_many_promises_of_the_last_day_stay_on_the_chart():
    many = [column() for _ in range(70)] + [column(1, 0, 12)]
    drawn = draw(Chart("day", tuple(many), EMPTY, ()))
    assert len(drawn.marks) == 12
    assert all(mark.x - 5 >= 62 and mark.x + 5 <= WIDTH for mark in drawn.marks)
    assert max(tick.x for tick in drawn.ticks) <= WIDTH - 20
    crowd = draw(Chart("day", (column(0, 0, 200),), EMPTY, ()))
    assert all(mark.x - 5 >= 62 and mark.x + 5 <= WIDTH for mark in crowd.marks)


def test_an_empty_side_is_said_to_be_empty():
    drawn = draw(Chart("day", (column(1),), EMPTY, (("Israel", 0),)))
    assert drawn.no_deeds
    assert not drawn.no_words
    assert len(drawn.attacks) == 1
