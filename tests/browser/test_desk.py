"""The reading desk: what is marked, what has no place, the queue, and two people at it at once."""

import re

from .test_views import ready


def test_spans_that_nest_and_cross_each_show_and_what_has_no_place_is_listed(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/desk/crossing")
    pieces = page.eval_on_selector_all(".text mark", "all => all.map(m => [m.textContent, m.className])")
    assert ["Russian", "actor speaker many"] in pieces, "a speaker inside an actor"
    assert ["of peace", "actor act many"] in pieces, "actor and act cross"
    assert page.inner_text(".text p").endswith("to Iran and its neighbours.")
    panel = page.locator("aside.cards")
    assert "could not be located" in panel.inner_text().lower()
    assert "without a place in the text: evidence sentence" in panel.inner_text()
    link = panel.locator("ul.queue a").first
    link.click()
    assert page.locator(".card.chosen").get_attribute("id") == "e" + link.get_attribute("data-light")


def test_of_the_chosen_event_alone_actor_and_act_stand_out(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/desk/nested")
    numbers = page.locator(".text sup a").count()
    assert numbers > 2, "one sentence holds several events"
    for number in range(numbers):
        page.locator(f".text sup a[data-light='{number}']").click()
        own = page.eval_on_selector_all(".text mark.own", "all => all.map(m => m.textContent)")
        rest = page.locator(".text mark.lit:not(.own)").count()
        card = page.locator(".card.chosen .what").inner_text()
        assert own, card
        assert rest > 0, "the other events of the sentence step back"
        if "condemned Israel" in card:
            assert "Israel" in own
            assert "United States" not in own


def test_a_long_word_does_not_leave_its_column(workbench, open_page):
    page = open_page()
    page.goto(workbench.url + "/desk/long")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text, cards = page.locator(".text").bounding_box(), page.locator("aside.cards").bounding_box()
    assert text["x"] + text["width"] <= cards["x"]


def test_the_queue_has_two_orders_and_forgets_what_was_voted_on(own, open_page):
    page = open_page()
    page.goto(own.url + "/desk")
    first = page.locator("ul.queue .what").first.inner_text()
    page.get_by_role("link", name="What the coder is least sure of").click()
    page.wait_for_url("**order=uncertain**")
    assert page.locator(".tabs a[aria-current]").inner_text() == "What the coder is least sure of"
    sure = [int(n) for n in re.findall(r"sure to (\d+)", page.locator("section[aria-labelledby='queue']").inner_text())]
    assert sure == sorted(sure), "the least certain comes first"
    page.get_by_role("link", name="What moves the figures most").click()
    assert page.locator("ul.queue .what").first.inner_text() == first
    target = page.locator("ul.queue .what").first.get_attribute("href")
    page.locator("ul.queue .what").first.click()
    page.locator(".card.chosen .up").click()
    page.locator(".card.chosen .up.on").wait_for()
    page.goto(own.url + "/desk")
    assert target not in page.eval_on_selector_all("ul.queue .what", "all => all.map(a => a.getAttribute('href'))")
    assert "AID" in page.inner_text("main") or "ASSAULT" in page.inner_text("main")


def test_a_comment_alone_is_kept_and_changes_nothing(own, open_page):
    page = open_page()
    before = page.request.get(own.url + "/api/crisis").json()["rows"]
    page.goto(own.url + "/desk/nested")
    page.keyboard.press("j")
    card = page.locator(".card.chosen")
    card.get_by_text("Correct or comment").click()
    card.get_by_label("Your name").last.fill("ann")
    card.get_by_label("Comment").fill("Look at this <b>again</b>.")
    card.get_by_role("button", name="Comment only").click()
    page.locator(".history").first.wait_for()
    assert "“Look at this <b>again</b>.”" in page.locator(".history").first.inner_text()
    assert page.request.get(own.url + "/api/crisis").json()["rows"] == before
    page.goto(own.url + "/desk")
    assert "Look at this <b>again</b>." in page.locator("section[aria-labelledby='log']").inner_text()


def test_two_reviewers_at_one_event_lose_nothing_and_the_card_says_that_they_differ(own, open_page):
    ann, ben = open_page(), open_page()
    for page in (ann, ben):
        page.goto(own.url + "/desk/nested")
        page.keyboard.press("j")
    for page, name, button in ((ann, "ann", ".up"), (ben, "ben", ".down")):
        card = page.locator(".card.chosen")
        card.get_by_label("Your name").first.fill(name)
        card.locator(button).click()
        page.locator(f".card.chosen {button}.on").wait_for()
    assert ben.locator(".card.chosen .history li").count() == 2
    assert "reviewers differ" in ben.locator(".card.chosen").inner_text()
    ben.goto(own.url + "/desk")
    aside = ben.locator("aside").inner_text()
    assert "ann: up, ben: down" in aside or "ben: down, ann: up" in aside
    assert "1, 1 of them by two or more" in aside


def test_enter_in_the_name_is_no_vote_and_the_name_goes_to_all_cards(own, open_page):
    page = open_page()
    page.goto(own.url + "/desk/nested")
    ready(page, "document")
    name = page.locator("#e0 .votes input[name='reviewer']")
    name.fill("ann")
    name.press("Enter")
    assert page.locator("#e1 .votes input[name='reviewer']").input_value() == "ann"
    page.locator("#e1 .up").click()
    page.locator("#e1 .up.on").wait_for()
    assert [one["event"] for one in page.request.get(own.url + "/api/reviews").json()["rows"]] == [
        page.locator("#e1 input[name='event']").first.input_value()
    ], "one vote, and not on the card that the name was written on"


def test_the_keyboard_stays_at_the_card_that_it_voted_on(own, open_page):
    page = open_page()
    page.goto(own.url + "/desk/nested")
    ready(page, "document")
    page.locator("#e1 .down").focus()
    page.keyboard.press("Enter")
    page.locator("#e1 .down.on").wait_for()
    page.locator("#e1:focus-within").wait_for()
    assert page.evaluate("document.activeElement.value") == "down"
    page.locator("#e1 .history button").focus()
    page.keyboard.press("Enter")
    page.locator("#e1 .history .gone").wait_for()
    page.locator("#e1:focus-within").wait_for()


def test_a_fault_is_in_sight_and_goes_when_the_next_try_succeeds(own, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 500})  # of its own: the console tells of the 422
    page = context.new_page()
    page.goto(own.url + "/desk/nested")
    ready(page, "document")
    page.evaluate("document.body.style.paddingBottom = '2000px'; scrollTo(0, 900)")
    card = page.locator("#e1")
    card.get_by_text("Correct or comment").click()
    card.get_by_label("Recipient").fill("Atlantis")
    card.get_by_role("button", name="Keep the correction").click()
    fault = page.locator("#faults p")
    fault.wait_for()
    assert "no actor that we know" in fault.inner_text()
    assert fault.bounding_box()["y"] > 0, "in sight, however far down the page is"
    card.get_by_label("Recipient").fill("China")
    card.get_by_role("button", name="Keep the correction").click()
    page.locator("#e1 .history").wait_for()
    assert "CHN" in page.locator("#e1 .history").inner_text()
    assert not page.locator("#faults").is_visible()
    context.close()


def test_a_vote_that_no_server_hears_is_not_pretended(own, chromium):
    context = chromium.new_context()  # of its own: the console tells of the lost connection
    page = context.new_page()
    page.goto(own.url + "/desk/nested")
    ready(page, "document")
    page.keyboard.press("j")
    own.kill()
    page.locator(".card.chosen .up").click()
    page.locator("#faults:not([hidden])").wait_for()
    assert "does not answer" in page.inner_text("#faults")
    assert page.locator(".card .up.on").count() == 0
    context.close()
