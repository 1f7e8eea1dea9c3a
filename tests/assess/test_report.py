from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from rich.console import Console

from foedus.assess import backtest, report
from foedus.assess.backtest import Backtest
from foedus.world.history.tables import Tables


@pytest.fixture(scope="module")
def run(tables: Tables) -> Backtest:
    return backtest.stacked(tables, 1940, (1941, 1960), "all", boosting=False, runs=5)


def test_the_page_stands_alone_and_leads_with_the_misses(run: Backtest) -> None:
    page = report.html(run)
    assert page.index("The worst misses") < page.index("Scores")
    assert "<svg" in page
    for outside in ("http://", "https://", "<script", "<link"):
        assert outside not in page


def test_names_from_tables_are_never_markup(run: Backtest) -> None:
    from dataclasses import replace

    miss = replace(run.misses[0], text="<img src=x onerror=alert(1)> for 'B'")
    hostile = Backtest(**{**run.__dict__, "misses": [miss]})
    page = report.html(hostile)
    assert "<img" not in page
    assert "&lt;img" in page


def test_the_page_is_well_formed(run: Backtest) -> None:
    void = {"meta", "line", "circle", "br", "link", "img"}
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in void:
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag not in void:
                assert open_tags.pop() == tag

    Reader().feed(report.html(run))
    assert not open_tags


def test_the_terminal_shows_scores_and_misses(run: Backtest) -> None:
    out = io.StringIO()
    report.show(run, Console(file=out, width=160))
    text = out.getvalue()
    for said in ("Track record", "pact rule", "Calibration", "Worst misses"):
        assert said in text


def test_figures_of_nothing_are_a_dash() -> None:
    assert report.figure("auc", float("nan")) == "–"
    assert report.figure("log_loss", 0.03123) == "0.0312"
    assert report.percent(0.0012) == "0.12 %"


@pytest.mark.parametrize("width", [80, 120])
def test_no_figure_is_cut_off_in_a_terminal(run: Backtest, width: int) -> None:
    out = io.StringIO()
    report.show(run, Console(file=out, width=width))
    table = out.getvalue().split("Scores")[1].split("Worst misses")[0]
    assert "…" not in table
    assert max(len(line) for line in out.getvalue().splitlines()) <= width


def test_a_range_says_its_unit_once() -> None:
    assert report.between(0.0, 0.001) == "0–0.10 %"
    assert report.between(0.1, 0.2) == "10.0–20.0 %"
    assert report.between(0.2, 1.0) == "20.0–100 %"
