from __future__ import annotations

from foedus.brief.reasons import cues, drivers, find
from foedus.brief.text import lay_out


def told(story, *sentences):
    document, events = story([(sentence, []) for sentence in sentences])
    rows = find([lay_out("d1", document, events)], ["RUS"], {"IRN", "ISR"}, {"RUS": "IRN"})
    return [(row.driver, row.stance) for row in rows]


def test_every_cue_has_a_known_driver():
    known = {key for key, _ in drivers()}
    assert {cue.driver for cue in cues()} == known
    assert {cue.stance for cue in cues()} == {"for", "against"}


def test_a_missing_clause_argues_against_and_a_war_elsewhere_too(story):
    found = told(
        story,
        "The agreement between Russia and Iran did not include a mutual defence clause.",
        "Russia cannot afford to help Iran while it fights a war in Ukraine.",
    )
    assert ("duty", "against") in found
    assert any(driver.startswith("capacity") and stance == "against" for driver, stance in found)


def test_what_is_about_somebody_else_is_no_reason_of_the_supporter(story):
    assert told(story, "Brazil cannot afford to help Chile because of its own war.") == []
