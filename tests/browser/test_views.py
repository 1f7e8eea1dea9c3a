"""Every view: it loads, complains of nothing, fits its window, and axe-core finds no serious barrier."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
VIEWS = {
    "crisis": "/crisis",
    "supporter": "/supporter/RUS?what_if=RUS-IRN:+defense",
    "map": "/map",
    "network": "/network",
    "timeline": "/timeline",
    "desk": "/desk",
    "document": "/desk/hostile",
    "right to left": "/desk/rtl",
    "search": "/search?q=missiles",
    "events": "/search?kind=events&actor=RUS",
    "sources": "/sources",
    "record": "/record",
    "method": "/method",
    "add": "/add",
    "api": "/api",
    "fault": "/supporter/IRN",
}


def ready(page, name):
    page.wait_for_load_state("networkidle")
    if name == "map":
        page.wait_for_selector("#map[data-drawn]")
    page.wait_for_selector(".waiting", state="detached")  # no polling by expression: the policy forbids eval


def barriers(page):
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("name", VIEWS)
def test_view(workbench, open_page, name):
    page = open_page(color_scheme="light")
    if name == "fault":
        page.goto(workbench.url + "/method")  # the console would tell of the fault's own status
        assert page.request.get(workbench.url + VIEWS[name]).status == 422
    else:
        assert page.goto(workbench.url + VIEWS[name]).status == 200
    ready(page, name)
    page.evaluate(AXE)
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page) == [], "in the dark"
    page.set_viewport_size({"width": 380, "height": 800})
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380, "a narrow page scrolls down alone"


@pytest.mark.parametrize("name", ["crisis", "supporter", "document", "timeline"])
def test_views_print(workbench, open_page, name, tmp_path):
    page = open_page(color_scheme="dark")
    page.goto(workbench.url + VIEWS[name])
    ready(page, name)
    data = page.pdf(format="A4", print_background=True)
    assert data.startswith(b"%PDF")
    assert len(data) > 20_000
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).display") == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", "paper is white"


def test_what_is_hostile_is_shown_and_does_nothing(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/desk/hostile")
    ready(page, "document")
    assert page.evaluate("window.pwned") is None
    text = page.inner_text(".text")
    assert "<script>window.pwned = 1</script>" in text
    assert '<svg onload="window.pwned = 3">' in text
    assert "{{ 7 * 7 }}" in text
    assert page.inner_text("h1") == "<b onclick=x>Bold</b>"
    for path in ("/search?q=condemned", "/sources", "/crisis", "/timeline", "/search?kind=events&actor=RUS"):
        page.goto(workbench.url + path)
        ready(page, "")
        assert page.evaluate("window.pwned") is None
        assert page.evaluate("document.querySelectorAll('main iframe, main script, main img').length") == 0
        assert page.evaluate(
            "[...document.querySelectorAll('a')].every(a => new URL(a.href.baseVal ?? a.href, location).protocol === 'http:')"
        )


def test_text_from_right_to_left_stands_so(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/desk/rtl")
    assert page.evaluate("getComputedStyle(document.querySelector('.text p')).direction") == "rtl"
