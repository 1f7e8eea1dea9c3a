"""Every view's links, forms and figures: where they lead, what they hold when taken home, and what is said where there is nothing."""

import io
import re

import pytest

from .conftest import run
from .test_views import ready

SUEZ = "attacked=EGY&by=ISR,GBR,FRA&on=1956-10-29"


def test_a_window_is_set_in_the_form_and_goes_along_to_other_views(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis")
    page.get_by_text("Change the crisis or the window").click()
    page.get_by_label("Until").fill("2025-06-16")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**until=2025-06-16**")
    assert "to 16 June 2025" in page.inner_text(".stand")
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Timeline").click()
    page.wait_for_url("**/timeline?**until=2025-06-16**")
    assert "27 Jun" not in page.locator("svg.lanes.figure").text_content()


def test_an_address_whose_anchor_is_badly_written_stops_nothing(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis#100%")
    ready(page, "crisis")
    with page.expect_download() as told:
        page.locator("[data-save='svg']").first.click()
    assert told.value.suggested_filename.endswith(".svg")


def test_a_form_that_cannot_be_read_is_answered_in_words(workbench, chromium):
    context = chromium.new_context()  # of its own: the console tells of the status
    page = context.new_page()
    assert page.goto(workbench.url + "/crisis?on=soon").status == 422
    assert "soon" in page.inner_text(".fault")
    context.close()


def test_an_old_crisis_whose_sources_are_of_another_time_says_so(workbench, open_page):
    page = open_page()
    for path in ("/crisis", "/supporter/RUS", "/map", "/timeline"):
        assert page.goto(f"{workbench.url}{path}?{SUEZ}").status == 200
        ready(page, path[1:])
        assert "years after 29 October 1956" in page.inner_text("main .doubt"), path


def test_an_old_crisis_without_sources_claims_nothing(workbench, open_page):
    question = "attacked=SRB&by=AUH&on=1914-07-28"
    page = open_page()
    assert page.goto(f"{workbench.url}/crisis?{question}").status == 200
    ready(page, "crisis")
    assert "No estimate: " in page.inner_text("section[aria-labelledby='estimates']")
    assert "No third state or body says or does anything" in page.inner_text("section[aria-labelledby='answer']")
    page.goto(f"{workbench.url}/map?{question}")
    ready(page, "map")
    assert page.locator("#map .land.for-attacked, #map .land.for-attackers, #map .land.mixed").count() == 0
    assert page.locator("#map .land.unknown").count() > 100, "no data is hatched"
    fill = page.evaluate("getComputedStyle(document.querySelector('#map .land.unknown')).fill")
    assert "nodata" in fill
    page.goto(f"{workbench.url}/timeline?{question}")
    assert "nothing to draw" in page.inner_text("main")


def test_a_reason_and_a_thing_to_watch_lead_to_their_sentences(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis")
    ready(page, "crisis")
    quote = page.locator("#reasons ~ .versus blockquote a").first
    words = quote.inner_text()
    quote.click()
    assert words in page.inner_text(".text")
    page.go_back()
    ready(page, "crisis")
    watched = page.locator("#watch ~ ul.queue a").first
    words = watched.inner_text()
    watched.click()
    assert words in page.inner_text(".text")


def test_a_cell_of_the_matrix_opens_its_events(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/network")
    page.locator("table.matrix td a").first.click()
    page.wait_for_url("**/search?**actor=**")
    assert page.locator(".hits tbody tr").count() > 0
    actor = page.get_by_label("Actor").input_value()
    page.go_back()
    page.locator("table.matrix tbody th a").nth(1).click()
    page.wait_for_url("**centre=**")
    assert actor not in page.locator(".centre-name").text_content()


def test_a_mark_on_the_timeline_opens_its_sentence_by_key(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/timeline")
    page.locator("svg.lanes.figure a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.chosen")
    assert page.locator(".text .lit.own").count() > 0


def test_words_and_events_are_searched_by_form(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/search")
    page.get_by_label("Words in documents").fill('"air defences" OR ceasefire')
    page.keyboard.press("Enter")
    page.locator(".hits article").first.wait_for()
    assert page.locator(".hits article b").count() > 0, "what was found is marked"
    page.get_by_label("Actor").fill("Russia")
    page.get_by_label("Kind").select_option("word")
    page.get_by_role("button", name="Search events").click()
    rows = page.locator(".hits tbody tr").count()
    assert rows > 0
    csv = page.get_by_role("link", name="CSV").get_attribute("href")
    assert page.request.get(workbench.url + csv).text().count("\n") >= rows
    page.get_by_label("Recipient").fill("NZL")
    page.get_by_role("button", name="Search events").click()
    assert "No event meets this" in page.inner_text(".hits")


def test_sources_are_sifted_and_method_and_record_tell_where_figures_come_from(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/sources")
    every = page.locator("table").first.locator("tbody tr").count()
    page.get_by_role("link", name="Without any event").click()
    assert 0 < page.locator("table").first.locator("tbody tr").count() < every
    page.goto(workbench.url + "/method")
    stamp = re.search(r"store (\S+)", page.inner_text("footer")).group(1)
    assert f"State of the store {stamp}" in page.inner_text("main")
    page.goto(workbench.url + "/record")
    assert page.locator("svg.calib .pt").count() == page.locator("main table").last.locator("tbody tr").count()
    assert re.search(r"\d+ of [\d,]+", page.locator("svg.calib").text_content()), "each point tells its count"


def test_what_is_taken_home_holds_what_the_page_shows(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/timeline")
    figure = page.locator("figure[data-name='timeline']")
    with page.expect_download() as saved:
        figure.locator("button[data-save='svg']").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert text.count("<a ") == page.locator("svg.lanes.figure a").count()
    assert "Russia" in text
    rows = int(re.search(r"\((\d+)\)", page.locator("details.twin summary").inner_text()).group(1))
    told = page.request.get(workbench.url + figure.get_by_role("link", name="CSV").get_attribute("href")).text()
    import csv

    assert len(list(csv.DictReader(io.StringIO(told)))) == rows
    page.goto(workbench.url + "/network")
    matrix = page.locator("figure[data-name='matrix']")
    with page.expect_download() as saved:
        matrix.locator("button[data-save='svg']").click()
    text = saved.value.path().read_text(encoding="utf-8")
    shown = page.eval_on_selector_all("table.matrix i", "all => all.map(i => parseInt(i.textContent)).filter(n => n)")
    drawn = [int(n) for n in re.findall(r">(\d+)</text>", text)]
    assert sorted(drawn) == sorted(shown)


def test_the_printed_brief_holds_its_words_and_no_buttons(workbench, open_page):
    from pypdf import PdfReader

    page = open_page()
    page.goto(workbench.url + "/crisis")
    ready(page, "crisis")
    told = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert page.inner_text("h1") in " ".join(told.split())
    for part in ("The answer", "How far they may go", "Words and deeds", "What treaties ask", "What to watch", "Cite:"):
        assert part in told
    assert "PNG" not in told
    assert "Change the crisis" not in told


def test_the_map_is_zoomed_by_buttons_and_no_two_names_overlap(workbench, open_page):
    from playwright.sync_api import expect

    page = open_page()
    page.goto(workbench.url + "/map")
    ready(page, "map")
    whole = page.locator("#map > g").get_attribute("transform")
    page.get_by_role("button", name="Larger").click()
    expect(page.locator("#map > g")).not_to_have_attribute("transform", whole)
    page.get_by_role("button", name="Fit").click()
    expect(page.locator("#map > g")).to_have_attribute("transform", whole)
    boxes = page.eval_on_selector_all(
        "#map text:not([display='none'])",
        "all => all.map(t => { const b = t.getBoundingClientRect(); return [t.textContent, b.left, b.right, b.top + 3, b.bottom - 3] })",
    )
    assert len(boxes) > 5
    for place, (name, left, right, top, bottom) in enumerate(boxes):
        for other, left2, right2, top2, bottom2 in boxes[place + 1 :]:
            apart = right <= left2 + 4 or right2 <= left + 4 or bottom <= top2 or bottom2 <= top
            assert apart, f"{name} lies on {other}"


@pytest.mark.parametrize("path", ["/crisis", "/timeline", "/network", "/supporter/RUS", "/desk/nested"])
def test_whatever_has_the_focus_can_be_seen_to_have_it(workbench, open_page, path):
    page = open_page()
    page.goto(workbench.url + path)
    ready(page, "")
    page.keyboard.press("Tab")
    unseen = page.evaluate(
        """() => {
        const look = node => [node, ...node.querySelectorAll('*')].map(one => {
            const style = getComputedStyle(one);
            return [style.outlineStyle, style.outlineWidth, style.stroke, style.strokeWidth, style.left].join();
        }).join(';');
        const all = [...document.querySelectorAll('main a[href], main button, main input, main summary, main select, nav a')]
            .filter(one => one.getClientRects().length && !one.closest('details:not([open]) > :not(summary)')).slice(0, 150);
        return all.filter(one => { one.blur(); const before = look(one); one.focus(); const same = look(one) === before; one.blur(); return same; })
            .map(one => one.outerHTML.slice(0, 120));
    }"""
    )
    assert unseen == []


def test_an_empty_store_says_what_to_do(tmp_path, chromium):
    empty = run(tmp_path / "none")
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto(empty.url + "/")
        assert page.inner_text("h1") == "No crisis to show yet"
        assert "--attacked" not in page.inner_text("main"), "a page speaks of its form, not of the command line"
        page.get_by_role("link", name="add reports").click()
        assert page.inner_text("h1") == "Add a report"
    finally:
        context.close()
        empty.kill()


def test_a_token_is_asked_for_once_and_a_wrong_one_is_refused(filled, tmp_path, chromium):
    import shutil

    shutil.copytree(filled, tmp_path / "store")
    guarded = run(tmp_path / "store", "--token", "a-token-of-some-length")
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.goto(guarded.url + "/crisis")
        ground = page.evaluate("getComputedStyle(document.querySelector('button.main')).backgroundColor")
        assert ground != "rgba(0, 0, 0, 0)", "the page of the token has its colours"
        page.get_by_label("Token").fill("a-token-that-is-wrong")
        page.get_by_role("button", name="Enter").click()
        assert "That is not the token" in page.inner_text("main")
        page.get_by_label("Token").fill("a-token-of-some-length")
        page.get_by_role("button", name="Enter").click()
        page.wait_for_selector("nav[aria-label='Views']")
        page.goto(guarded.url + "/method")
        assert page.inner_text("h1") == "How these figures are made"
    finally:
        context.close()
        guarded.kill()
