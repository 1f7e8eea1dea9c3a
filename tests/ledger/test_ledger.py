from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.ledger.ledger import ledger
from foedus.model.document import Document
from foedus.model.event import QUADS, Event

COUNTER = iter(range(10**9))


def event(actor, recipient, type_, quote="A sentence.", **more):
    more.setdefault("document", "d1")
    number = next(COUNTER)
    more.setdefault("start", number * 1000)
    more.setdefault("end", more["start"] + len(quote))
    return Event(actor, recipient, type_, quote=quote, id=f"e{number}", **more)


def book(*events, **more):
    settings = {"supporter": "RUS", "client": "IRN", "adversaries": ["USA", "ISR"]} | more
    return ledger(events, **settings)


def test_sections_of_acts_towards_the_client():
    found = book(
        event("RUS", "IRN", "SUPPORT", "Russia praised Iran."),
        event("RUS", "IRN", "AID", "Russia sent Iran generators."),
        event("RUS", "IRN", "AGREE", "Russia promised Iran wheat."),
        event("RUS", "IRN", "REJECT", "Russia refused Iran jets.", mode="assist"),
        event("RUS", "IRN", "AID", "Russia sent Iran no missiles.", polarity="negative"),
        event("RUS", "IRN", "ACCUSE", "Russia blamed Iran for the delay."),
        event("IRN", "RUS", "REQUEST", "Iran asked Russia for radars.", mode="assist"),
    )
    assert [len(part) for part in (found.words, found.deeds, found.promises, found.refusals)] == [1, 1, 1, 1]
    assert [len(part) for part in (found.withheld, found.against, found.asked)] == [1, 1, 1]
    assert found.counts["deeds"].intensity == 8.0
    assert found.counts["withheld"].intensity == 0, "help that did not come weighs nothing"
    assert found.counts["refusals"].intensity == -5.0


def test_condemning_the_attacker_counts_on_behalf_only_when_tied_to_the_crisis():
    tied = event("RUS", "USA", "ACCUSE", "Russia condemned the American strikes.", mode="disapprove")
    own = event("RUS", "USA", "ACCUSE", "Russia criticised American tariffs on steel.", document="d2")
    found = book(tied, own)
    assert [(act.on_behalf, act.direction) for act in found.words] == [(True, "for")]
    assert [act.direction for act in found.acts if not act.on_behalf] == ["neutral"]


def test_an_act_is_tied_by_a_neighbouring_sentence_or_by_the_attack_in_its_document():
    strike = event("USA", "IRN", "ASSAULT", "America struck.", start=0, end=15, date="2025-06-22")
    beside = event("CSK", "USA", "SANCTION", "Prague followed suit.", start=16, end=37)
    far = event("CSK", "USA", "SANCTION", "Prague recalled its envoy.", start=5000, end=5026)
    older = event("CSK", "USA", "SANCTION", "Prague raised duties.", start=9000, end=9021, date="2025-01-05")
    found = book(strike, beside, far, older, supporter="CSK")
    assert {act.reports[0].quote: act.on_behalf for act in found.acts} == {
        "Prague followed suit.": True,
        "Prague recalled its envoy.": True,
        "Prague raised duties.": False,
    }


def test_an_attack_on_somebody_else_is_not_the_clients_cause():
    same = {"start": 50, "end": 110}
    blame = event("KWT", "IRN", "ACCUSE", "Kuwait condemned the Iranian attack on Qatar.", **same)
    strike = event("IRN", "QAT", "ASSAULT", "Kuwait condemned the Iranian attack on Qatar.", **same)
    found = ledger([blame, strike], supporter="KWT", client="USA", adversaries=["IRN"])
    assert [(act.direction, act.on_behalf) for act in found.acts] == [("neutral", False)]


def test_friendly_acts_to_the_adversary_stay_apart():
    found = book(event("RUS", "USA", "COOPERATE", "Russia sold America uranium during the war."))
    assert found.deeds == ()
    assert [act.direction for act in found.to_adversary] == ["adversary"]
    assert found.counts["to_adversary"].intensity == 0


def test_help_that_did_not_come_to_the_adversary_is_no_friendly_act():
    found = book(event("RUS", "USA", "AID", "Russia took no part in the American strikes.", polarity="negative"))
    assert [act.section for act in found.acts] == ["withheld"]
    assert found.to_adversary == ()


def test_appeals_to_the_adversary_count_only_where_they_demand_an_end():
    stop = event("RUS", "ISR", "REQUEST", "Russia called on Israel to stop the attack.")
    talk = event("RUS", "ISR", "REQUEST", "Russia asked Israel to attend the talks on the war.", document="d2")
    assert [act.reports[0].quote for act in book(stop, talk).words] == ["Russia called on Israel to stop the attack."]


def test_claims_hypotheticals_denials_and_background_stand_apart():
    found = book(
        event("RUS", "IRN", "AID", "Iran says that Russia sent radars.", speaker="IRN"),
        event("RUS", "IRN", "AID", "Russia may send jets to Iran.", modality="hypothetical"),
        event("RUS", "IRN", "COOPERATE", "In 2015 Russia sold Iran batteries.", historical=True, date="2015"),
        event("RUS", "IRN", "ASSAULT", "Iran says Russia shelled a boat.", speaker="IRN", document="d3"),
        event("RUS", "IRN", "ASSAULT", "Moscow says it shelled nothing.", speaker="RUS", polarity="negative"),
    )
    assert found.deeds == ()
    assert [len(part) for part in (found.claims, found.hypothetical, found.historical)] == [1, 1, 1]
    assert {act.standing for act in found.acts if act.type == "ASSAULT"} == {"denied"}
    denied = next(act for act in found.acts if act.type == "ASSAULT" and act.polarity == "positive")
    assert denied.denied_by == ("RUS",)


def test_a_statement_vouches_for_itself():
    found = book(event("RUS", "IRN", "SUPPORT", "Peskov said Russia stood by Iran.", speaker="RUS"))
    assert len(found.words) == 1


def test_talks_are_the_supporters_whoever_is_named_first():
    found = book(event("IRN", "RUS", "CONSULT", "Araghchi met Putin.", mode="visit"))
    assert [act.actor for act in found.words] == ["RUS"]


def test_one_act_in_many_sources_is_one_act_with_many_reports():
    told = [
        event("RUS", "USA", "ACCUSE", quote, document=f"d{place}", date=date)
        for place, (quote, date) in enumerate(
            [
                ("Russia's Foreign Ministry strongly condemned the American strikes on Iran.", "2025-06-22"),
                ("Moscow condemned the American strikes on Iranian sites as irresponsible.", "2025-06-22"),
                ("The Foreign Ministry in Moscow condemned the strikes on Iran by America.", None),
            ]
        )
    ]
    documents = [Document(f"text {place}", id=f"d{place}", published="2025-06-22") for place in range(3)]
    found = book(*told, documents=documents)
    assert len(found.words) == 1
    assert (len(found.words[0].reports), found.words[0].sources) == (3, 3)
    assert found.counts["words"].reports == 3
    assert found.words[0].date == "2025-06-22"


def test_two_dates_far_apart_are_two_acts():
    quote = "Russia condemned the strikes on Iran."
    found = book(
        event("RUS", "ISR", "ACCUSE", quote, date="2025-06-13"),
        event("RUS", "ISR", "ACCUSE", quote, date="2025-06-22", document="d2"),
    )
    assert [act.date for act in found.words] == ["2025-06-13", "2025-06-22"]


def test_different_modes_are_different_acts():
    found = book(
        event("RUS", "IRN", "CONSULT", "Putin spoke with Pezeshkian.", mode="phone", date="2025-06-13"),
        event("RUS", "IRN", "CONSULT", "Putin spoke with Pezeshkian.", mode="visit", date="2025-06-13", document="d2"),
    )
    assert len(found.words) == 2


def test_the_window_keeps_what_may_fall_inside_and_what_has_no_date():
    acts = [
        event("RUS", "IRN", "AID", "One load.", date="2025-06-10"),
        event("RUS", "IRN", "AID", "Second shipment.", date="2025-06"),
        event("RUS", "IRN", "AID", "Third convoy.", date="2025-07-01"),
        event("RUS", "IRN", "AID", "Fourth train."),
    ]
    found = book(*acts, since="2025-06-13", until="2025-06-30")
    assert [act.date for act in found.deeds] == ["2025-06", None]
    assert (found.since, found.until) == ("2025-06-13", "2025-06-30")


def test_an_undated_act_takes_the_day_of_its_report_and_says_so():
    documents = [Document("text", id="d1", published="2025-06-28")]
    (act,) = book(event("RUS", "IRN", "SUPPORT"), documents=documents).words
    assert (act.date, act.dated) == ("2025-06-28", "report")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"client": "RUS"}, "different"),
        ({"adversaries": ["RUS"]}, "different"),
        ({"adversaries": ["IRN"]}, "different"),
        ({"since": "2025-07", "until": "2025-06"}, "empty"),
        ({"since": "yesterday"}, "no date"),
        ({"client": " "}, "empty code"),
    ],
)
def test_input_at_fault_is_named(settings, words):
    with pytest.raises(InputError, match=words):
        book(**settings)


def test_frame_and_dict_hold_every_act():
    found = book(
        event("RUS", "IRN", "SUPPORT", date="2025-06-13"),
        event("RUS", "USA", "ACCUSE", "Russia condemned the attack.", date="2025-06-22"),
    )
    frame = found.to_frame()
    assert list(frame["type"]) == ["SUPPORT", "ACCUSE"]
    assert list(frame["on_behalf"]) == [False, True]
    plain = found.to_dict()
    assert plain["counts"]["words"]["acts"] == 2
    assert plain["acts"][0]["reports"][0]["quote"]
    assert found.act(plain["acts"][0]["id"]).type == "SUPPORT"
    with pytest.raises(KeyError):
        found.act("nothing")


EVENTS = st.lists(
    st.builds(
        lambda pair, type_, polarity, modality, speaker, date, historical, document, place: Event(
            *pair, type_, polarity=polarity, modality=modality, speaker=speaker, date=date, historical=historical,
            document=document, start=place * 100, end=place * 100 + 20, quote=f"Sentence {place} about the strikes.",
            id=f"{document}{place}",
        ),
        st.sampled_from([("RUS", "IRN"), ("RUS", "USA"), ("IRN", "RUS"), ("USA", "IRN"), ("RUS", None), ("CHN", "IRN")]),
        st.sampled_from(sorted(QUADS)),
        st.sampled_from(["positive", "negative"]),
        st.sampled_from(["actual", "future", "hypothetical"]),
        st.sampled_from([None, "RUS", "IRN", "MEDIA"]),
        st.sampled_from([None, "2025", "2025-06", "2025-06-13", "2025-06-22"]),
        st.booleans(),
        st.sampled_from(["d1", "d2", "d3"]),
        st.integers(0, 6),
    ),
    max_size=30,
)  # fmt: skip


@given(EVENTS)
def test_no_report_is_lost_and_none_is_counted_twice(events):
    found = book(*events)
    bearing = [
        one
        for one in events
        if (one.actor == "RUS" and one.recipient in ("IRN", "USA"))
        or (one.actor == "IRN" and one.recipient == "RUS" and one.type in ("REQUEST", "CONSULT"))
    ]
    assert sum(len(act.reports) for act in found.acts) == len(bearing)
    parts = (
        found.words,
        found.deeds,
        found.promises,
        found.refusals,
        found.withheld,
        found.against,
        found.to_adversary,
    )
    apart = (found.claims, found.hypothetical, found.denied, found.historical)
    seen = [id(act) for part in (*parts, *apart) for act in part]
    assert len(seen) == len(set(seen)), "an act stands in one part only"


@given(EVENTS)
def test_the_order_of_the_sources_does_not_change_the_counts_of_kinds(events):
    forward = {act.type for act in book(*events).acts}
    assert forward == {act.type for act in book(*reversed(events)).acts}


def test_mediation_takes_no_side_though_it_is_offered_to_one():
    (act,) = book(event("RUS", "IRN", "AGREE", "Russia offered Tehran to mediate.")).acts
    assert (act.direction, act.mode) == ("neutral", "third-party")


def test_an_appeal_to_both_sides_in_one_sentence_is_for_neither():
    both = [
        event("RUS", side, "REQUEST", "Russia told both sides to stop.", mode="yield", start=7)
        for side in ("IRN", "ISR")
    ]
    assert {act.direction for act in book(*both).acts} == {"neutral"}


def test_troops_that_leave_a_friend_are_help_that_ended_and_those_that_came_by_force_a_deed():
    left = event("RUS", "IRN", "RETREAT", "Russia withdrew its troops from Iran.", mode="withdraw")
    assert [len(part) for part in (book(left).withheld, book(left).deeds)] == [1, 0]
    came = event("RUS", "IRN", "ASSAULT", "Russia invaded Iran.")
    assert len(book(came, left).deeds) == 1


def test_a_sanction_on_the_attacker_while_its_attack_lasts_is_for_the_attacked_in_any_source():
    strike = event("USA", "IRN", "ASSAULT", "America struck.", date="2025-06-22")
    ban = event("RUS", "USA", "SANCTION", "Moscow banned imports of steel.", document="d2", date="2025-06-24")
    before = event("RUS", "USA", "SANCTION", "Moscow raised duties.", document="d3", date="2025-01-24")
    assert [act.direction for act in book(strike, ban, before).acts] == ["neutral", "for"]
    assert [act.direction for act in book(ban).acts] == ["neutral"]


def test_to_freeze_the_wealth_of_the_invaded_is_not_done_against_it():
    strike = event("USA", "IRN", "ASSAULT", "America invaded Iran.", date="2025-06-22")
    freeze = event("RUS", "IRN", "SANCTION", "Russia froze Iranian assets.", mode="discontinue")
    assert not book(strike, freeze).against
    assert len(book(freeze).against) == 1
    answer = event("IRN", "USA", "ASSAULT", "Iran bombed America.", date="2025-06-21")
    assert len(book(strike, answer, freeze).against) == 1
