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


def rows(story, *sentences, supporters=("PER", "BRA"), sides=("CHL", "BOL"), clients=None):
    document, events = story([(sentence, []) for sentence in sentences])
    found = find([lay_out("d1", document, events)], supporters, sides, clients or {"PER": "CHL", "BRA": "CHL"})
    return [(row.supporter, row.driver, row.stance) for row in found]


def test_a_duty_that_is_denied_argues_against(story):
    for sentence in (
        "No treaty obliges Peru to defend Chile.",
        "Peru has no defence agreement with Chile that obliges it to act.",
        "The pact of 1950 binds Peru to defend Chile's coast, not its islands.",
        "Peru's treaty with Chile lapsed in 1993.",
    ):
        assert rows(story, sentence) == [("PER", "duty", "against")], sentence


def test_a_duty_belongs_to_whom_it_binds_or_who_owns_it(story):
    bound = "The treaty between Brazil and Chile commits Peru to help Chile."
    assert rows(story, bound) == [("PER", "duty", "for")]
    assert rows(story, "Brazil said that Argentina's obligations under the treaty did not extend to Chile.") == []


def test_what_is_denied_is_no_reason_for_helping(story):
    assert rows(story, "Peru promised that no foreign troops may be stationed near Chile.") == []


def test_a_he_is_the_person_named_last_and_not_a_state_of_some_place(story):
    found = rows(story, "President Lula spoke of Brazil.", "He did not want to risk a war over the embassy in Lima.")
    assert found == [("BRA", "cost", "against")]
    assert rows(story, "President Boric hesitated.", "He did not want to risk war over Lima.") == []


def test_quoted_words_on_others_are_no_reason_of_the_speaker(story):
    assert rows(story, 'Peru said, "Many countries are ready to provide Chile with weapons."') == []
    assert rows(story, 'Peru said, "We are ready to provide Chile with weapons."') == [("PER", "capacity", "for")]


def test_an_appeal_to_both_sides_is_no_tie_to_both(story):
    assert rows(story, "Peru urged restraint on both sides of the war.") == []
    assert rows(story, "Peru sells arms to both sides.") == [("PER", "ties", "against")]


def test_ties_argue_for_the_one_they_are_with(story):
    assert rows(story, "Peru and Chile have a strategic partnership.") == [("PER", "ties", "for")]
    assert rows(story, "Peru and Bolivia have a strategic partnership.") == [("PER", "ties", "against")]


def test_a_war_of_its_own_and_a_fear_to_annoy_hold_back_all_who_are_named(story):
    found = rows(
        story,
        "Peru and Brazil do not want to annoy Bolivia over the war.",
        "Peru was fighting in Ecuador and Colombia.",
    )
    assert found == [("PER", "capacity", "against"), ("PER", "ties", "against"), ("BRA", "ties", "against")]
    left = rows(story, "Peru offered to mediate.", "Its war in Ecuador leaves it little to spare.")
    assert left == [("PER", "capacity", "against")]
    assert rows(story, "Peru is fighting in Chile.") == []


def test_a_treaty_with_somebody_else_and_the_means_of_others_are_no_reason(story):
    assert rows(story, "Peru's treaty with Ecuador, by contrast, binds Peru to come to the aid of its ally.") == []
    assert rows(story, "Peru said that a number of countries were ready to supply Chile with weapons.") == []


def test_who_is_to_be_annoyed_has_no_reason_of_his_own(story):
    """The fear is Ecuador's; Brazil is only whom it would annoy."""
    before = "Brazil condemned Bolivia."
    tied = "Its war at home leaves it little to spare, and it does not want to annoy Brazil."
    assert rows(story, before, "Ecuador offered to mediate.", tied) == []
    assert rows(story, before, f"Ecuador helped Chile; {tied[:1].lower()}{tied[1:]}") == []
    own = [("PER", "capacity", "against"), ("PER", "ties", "against")]
    assert rows(story, before, "Peru offered to mediate.", tied) == own
    assert rows(story, before, f"Peru helped Chile; {tied[:1].lower()}{tied[1:]}") == own


def test_words_set_apart_beside_a_name_are_not_its_subject(story):
    assert rows(story, "Ecuador, an ally of Peru, does not want to quarrel with Brazil over the war.") == []
    found = rows(story, "Peru, an ally of Brazil, wants quiet and does not want to quarrel with Bolivia.")
    assert found == [("PER", "ties", "against")]


def test_a_past_trade_with_both_sides_holds_nobody_back(story):
    assert rows(story, "Peru sold drones to both sides before the war.") == []


def test_a_sentence_argues_what_follows_its_but(story):
    duty = [("PER", "duty", "against")]
    assert rows(story, "Peru and Chile signed a strategic partnership, but it has no mutual defence clause.") == duty
    granted = "Although Peru and Chile have a strategic partnership, no treaty binds Peru to fight."
    assert rows(story, granted) == duty


def test_weighing_a_new_war_is_no_want_of_means(story):
    assert rows(story, "Peru had to weigh the pros and cons of a new war in the region.") == []


def test_a_duty_to_something_only_is_a_limit(story):
    assert rows(story, "The entente obliges Peru to give Chile diplomatic support only.") == [
        ("PER", "duty", "against")
    ]
    assert rows(story, "The alliance binds Peru to act only if Bolivia attacks.") == [("PER", "duty", "against")]


def test_who_does_nothing_has_reasons_too_where_grammar_gives_them(story):
    def quiet(sentence):
        document, events = story([(sentence, [])])
        found = find([lay_out("d1", document, events)], ["PER"], {"CHL", "BOL"}, {"PER": "CHL"}, ["COL", "ECU"])
        return [(row.supporter, row.driver) for row in found]

    assert quiet("Ecuador, which buys gas from Chile, does not want to risk its supplies.") == [("ECU", "cost")]
    assert quiet("It seems that by the fall of Ecuador's king the army of Peru has been weakened in the war.") == [
        ("PER", "capacity")
    ]


def test_a_habit_is_no_past_that_takes_a_reason_away(story):
    sentence = "Peru, which buys copper from Chile, does not want to risk its supplies."
    trade = {"type": "COOPERATE", "actor": "PER", "recipient": "CHL", "historical": True}
    document, events = story([(sentence, [trade])])
    found = find([lay_out("d1", document, events)], ["PER"], {"CHL", "BOL"}, {"PER": "CHL"})
    assert [(row.driver, row.stance) for row in found] == [("cost", "against")]
