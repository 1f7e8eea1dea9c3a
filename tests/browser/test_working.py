"""An analyst's day: click through, walk by keys, ask what if, vote, correct, add, take home; and a server that dies."""

import re
import threading

from .conftest import run
from .test_views import ready

REPORT = (
    "Brazil condemned the Israeli strikes on Iran on Monday. Brazil sent medicine to Iran on June 17. "
    "The Brazilian president telephoned the Iranian president on Tuesday."
)


def test_a_bar_leads_to_its_sentence_in_its_document(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis")
    ready(page, "crisis")
    page.locator("svg.chart.figure a rect.b").first.click()
    assert re.search(r"#act-a\w+$", page.url)
    row = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert row.is_visible()
    row.locator(".quotes a").first.click()
    page.wait_for_selector(".card.chosen")
    assert page.locator(".text .lit").count() > 0


def test_a_figure_opens_what_it_counts(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis")
    figure = page.locator("ol.answers .figs a").last
    number = int(figure.locator("b").inner_text())
    figure.click()
    title = page.locator(f"[id='{page.url.split('#')[1]}']")
    assert title.is_visible()
    assert title.inner_text().endswith(f"· {number}")


def test_arrow_keys_walk_along_the_blocks(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/timeline")
    page.locator("svg.lanes.figure a").first.focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first


def test_every_view_is_reached_by_tab_alone(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/method")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {
        "Crisis",
        "Supporter",
        "Map",
        "Network",
        "Timeline",
        "Reading desk",
        "Search",
        "Track record",
        "Add",
    } <= seen


def test_a_what_if_is_toggled_shown_beside_and_shared_by_its_address(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/supporter/RUS")
    ready(page, "supporter")
    assert page.get_by_text("With the what-if").count() == 0
    page.get_by_role("button", name=re.compile("defence pact")).click()
    page.wait_for_selector("text=With the what-if")
    shared = page.url
    other = open_page()
    other.goto(shared)
    assert other.locator(".whatif a[aria-pressed='true']").count() == 1
    assert other.locator("svg.fall").count() == 4
    other.locator(".whatif a[aria-pressed='true']").click()
    other.wait_for_url(re.compile(r"/supporter/RUS(#.*)?$"))


def test_the_map_follows_its_day_and_keeps_it_in_the_address(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/map")
    ready(page, "map")
    late = page.inner_text("#map-caption")
    slider = page.locator("#day")
    slider.focus()
    page.keyboard.press("Home")
    assert page.inner_text("#map-caption") != late
    page.wait_for_url(re.compile(r"day=2025-06-\d\d"))
    page.reload()
    ready(page, "map")
    assert page.inner_text("#map-caption") != late
    assert page.locator("#map .land.attacked").count() >= 1


def test_figures_are_taken_home_as_svg_png_and_csv(workbench, open_page):
    page = open_page()
    for path, name in (
        ("/crisis", "words-and-deeds"),
        ("/map", "map"),
        ("/network", "matrix"),
        ("/timeline", "timeline"),
        ("/record", "calibration"),
    ):
        page.goto(workbench.url + path)
        ready(page, path[1:])
        figure = page.locator(f"figure[data-name^='{name}']").first
        with page.expect_download() as saved:
            figure.locator("button[data-save='svg']").click()
        text = saved.value.path().read_text(encoding="utf-8")
        assert text.startswith("<svg")
        assert "var(--" not in text, "colours must stand on their own"
        assert text.count("<path") + text.count("<rect") + text.count("<circle") > 5
        words = re.sub("<[^>]+>", " ", text)
        assert "Foedus 0" in words, "where it comes from"
        assert workbench.url in words
        legend = figure.locator(".key li").all_inner_texts()
        assert all(" ".join(one.split()) in words for one in legend)
        with page.expect_download() as saved:
            figure.locator("button[data-save='png']").click()
        data = saved.value.path().read_bytes()
        assert data.startswith(b"\x89PNG")
        assert len(data) > 4_000
        href = figure.get_by_role("link", name="CSV").get_attribute("href")
        assert page.request.get(workbench.url + href).text().count("\n") > 2


def test_voting_correcting_and_undoing_change_the_figures(own, open_page):
    from playwright.sync_api import expect

    page = open_page()
    before = page.request.get(own.url + "/api/crisis").json()
    events = page.request.get(own.url + "/api/events?actor=CHN").json()["rows"]
    counted = next(row for row in before["rows"] if row["supporter"] == "CHN")["words"]
    for event in events:
        page.goto(f"{own.url}/desk/{event['document']}?event={event['id'].replace('#', '%23')}")
        card = page.locator(".card.chosen")
        card.get_by_label("Your name").first.fill("ann")
        card.get_by_role("button", name=re.compile("^Down")).click()
        page.locator(".card.rejected").first.wait_for()
    after = page.request.get(own.url + "/api/crisis").json()
    left = next((row["words"] for row in after["rows"] if row["supporter"] == "CHN"), 0)
    assert left < counted
    card = page.locator(".card.rejected").first
    assert card.get_by_label("Your name").first.input_value() == "ann", "the name is kept"
    card.get_by_role("button", name="Undo").click()
    page.locator(".card .history .gone").first.wait_for()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    card = page.locator(".card.chosen")
    card.get_by_text("Correct or comment").click()
    card.get_by_label("Actor").fill("PAK")
    card.get_by_label("Comment").fill("It was Pakistan.")
    card.get_by_role("button", name="Keep the correction").click()
    page.wait_for_selector("text=CHN → PAK")
    page.goto(own.url + "/desk")
    assert "It was Pakistan." in page.inner_text("main")


def test_keys_walk_and_vote_at_the_desk(own, open_page):
    page = open_page()
    event = page.request.get(own.url + "/api/events").json()["rows"][0]
    page.goto(f"{own.url}/desk/{event['document']}")
    page.keyboard.press("j")
    assert page.locator(".card.chosen").get_attribute("id") == "e0"
    page.keyboard.press("j")
    assert page.locator(".card.chosen").get_attribute("id") == "e1"
    page.keyboard.press("u")
    page.locator("#e1 .up.on").wait_for()
    assert page.request.get(own.url + "/api/reviews").json()["total"] == 1


def test_two_reviewers_who_differ_are_shown_with_their_agreement(own, open_page):
    page = open_page()
    rows = page.request.get(own.url + "/api/events").json()["rows"][:4]
    for number, row in enumerate(rows):
        for name, verdict in (("ann", "up"), ("ben", "up" if number else "down")):
            body = {"event": row["id"], "verdict": verdict, "reviewer": name}
            assert page.request.post(own.url + "/api/reviews", data=body).status == 201
    page.goto(own.url + "/desk")
    assert "Where they differ" in page.inner_text("main") or "WHERE THEY DIFFER" in page.inner_text("main")
    alpha = page.request.get(own.url + "/api/agreement").json()["alpha"]
    assert f"{alpha:.2f}" in page.inner_text("aside")


def test_a_text_is_added_while_somebody_reads(own, open_page):
    page, reader = open_page(), open_page()
    reader.goto(own.url + "/crisis")
    page.goto(own.url + "/add")
    page.get_by_label("Title").fill("Brazil and Iran")
    page.get_by_label("Published").fill("2025-06-18")
    page.locator("textarea[name='text']").fill(REPORT)
    page.get_by_role("button", name="Add the text").click()
    page.locator(".job").first.wait_for()
    for path in ("/timeline", "/network", "/desk"):
        reader.goto(own.url + path)
    page.locator(".job.done").wait_for(timeout=60_000)
    page.get_by_role("link", name="Read it at the desk").click()
    assert "Brazil" in page.inner_text(".text")
    reader.goto(own.url + "/search?q=Brazilian")
    assert reader.locator(".hits article").count() == 1


def test_a_file_is_added_by_choosing_it_and_a_private_address_is_not(own, open_page):
    page = open_page()
    page.goto(own.url + "/add")
    page.locator("input[type='file']").set_input_files(
        {"name": "../../note.md", "mimeType": "text/markdown", "buffer": f"# A note\n\n{REPORT}".encode()}
    )
    page.locator(".job.done").wait_for(timeout=60_000)
    assert page.locator(".job b").first.inner_text() == "note.md"
    page.get_by_label("http:// or https://").fill("http://127.0.0.1:9/secret")
    page.get_by_role("button", name="Fetch").click()
    page.locator(".job.failed").wait_for(timeout=60_000)


def test_files_and_addresses_are_added_by_dropping_them(own, open_page):
    page = open_page()
    page.goto(own.url + "/add")
    ready(page, "add")
    assert page.get_by_text("Nothing has been added").is_visible()
    drop = """kind => {
        const held = new DataTransfer();
        if (kind === "files") { for (const n of ["one", "two"]) { held.items.add(new File([`${n}: Brazil sent aid to Iran.`], n + ".txt")); } }
        else { held.setData("text/plain", kind); }
        return held;
    }"""
    page.dispatch_event(".drop", "drop", {"dataTransfer": page.evaluate_handle(drop, "files")})
    page.locator(".job").nth(1).wait_for()
    assert page.locator(".job b").all_inner_texts() == ["one.txt", "two.txt"]
    assert not page.get_by_text("Nothing has been added").is_visible()
    assert page.locator("#pick").input_value() == "", "what is queued is not sent twice"
    page.dispatch_event(".drop", "drop", {"dataTransfer": page.evaluate_handle(drop, "https://www.example.org/a")})
    assert page.get_by_label("http:// or https://").input_value() == "https://www.example.org/a"
    page.dispatch_event(".drop", "drop", {"dataTransfer": page.evaluate_handle(drop, "Brazil sent aid.")})
    assert page.locator("textarea[name='text']").input_value() == "Brazil sent aid."


def test_light_and_dark_are_kept(workbench, open_page):
    page = open_page(color_scheme="light")
    page.goto(workbench.url + "/method")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name=re.compile("light and dark")).click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto(workbench.url + "/sources")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_pages_can_be_read_without_script(workbench, open_page):
    page = open_page(java_script_enabled=False)
    for path in ("/crisis", "/timeline", "/network", "/desk/rtl", "/supporter/RUS"):
        assert page.goto(workbench.url + path).status == 200
        assert page.locator("main h1").inner_text()
    assert page.locator("svg.chart").count() > 0


def test_reviews_outlive_a_server_that_is_killed(own, open_page):
    page = open_page()
    event = page.request.get(own.url + "/api/events").json()["rows"][0]["id"]
    acknowledged = []

    def review():
        import httpx

        with httpx.Client(base_url=own.url, timeout=10) as client:
            for number in range(10_000):
                try:
                    answer = client.post(
                        "/api/reviews", json={"event": event, "comment": f"number {number}", "reviewer": "ann"}
                    )
                except httpx.HTTPError:
                    return
                if answer.status_code == 201:
                    acknowledged.append(answer.json()["id"])

    writer = threading.Thread(target=review)
    writer.start()
    page.wait_for_timeout(1500)
    own.kill()
    writer.join()
    assert len(acknowledged) > 5
    again = run(own.folder)
    try:
        kept, offset = set(), 0
        while offset is not None:
            told = page.request.get(f"{again.url}/api/reviews?limit=500&offset={offset}").json()
            kept |= {row["id"] for row in told["rows"]}
            offset = told["next"]
        assert set(acknowledged) <= kept
    finally:
        again.kill()


def test_neighbours_are_lit_one_at_a_time_zoomed_and_put_in_the_middle_by_key(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/network")
    star = page.locator("svg.ego")
    whole = star.get_attribute("viewBox")
    page.locator("svg.ego a").first.focus()
    told = page.locator("#ego-told").inner_text()
    assert ":" in told
    page.keyboard.press("ArrowRight")
    assert page.locator("#ego-told").inner_text() != told
    assert page.locator("svg.ego a.in-light").count() == 1
    page.keyboard.press("+")
    assert float(star.get_attribute("viewBox").split()[2]) < float(whole.split()[2])
    box = star.bounding_box()
    before = star.get_attribute("viewBox")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + 70, steps=4)
    page.mouse.up()
    assert star.get_attribute("viewBox") != before
    page.get_by_role("button", name="Fit").click()
    assert star.get_attribute("viewBox").split() == [f"{float(n):g}" for n in whole.split()]
    middle = page.locator("svg.ego a").nth(1)
    code = middle.get_attribute("data-node")
    middle.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**centre={code}**")
    assert page.locator(".centre-name").text_content() == code


def test_the_escalation_is_played_when_it_is_opened(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/crisis")
    assert page.locator("svg.spread").count() == 0
    page.locator("#escalation summary").first.click()
    page.wait_for_selector("svg.spread", timeout=60_000)
    assert page.locator(".bar-joiners").count() > 0
    page.locator("#escalation details summary").click()
    assert "a wider war" in page.locator("#escalation table").inner_text()
