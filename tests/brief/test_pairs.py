from __future__ import annotations

from foedus.brief import crisis, pairs
from foedus.brief.text import lay_out
from foedus.ledger.index import Index
from foedus.model.event import Event

WAR = ("Rwanda attacked Congo.", [{"actor": "RWA", "recipient": "COD", "type": "ASSAULT"}])


def chosen(story, *told):
    document, coded = story([WAR, *told])
    text = lay_out("d1", document, coded)
    events = [event for line in text.lines for event in line.events]
    return {book.supporter: book for book in pairs.choose(events, [text], crisis.find([text]))}


def test_troops_sent_to_a_friend_are_a_deed_for_it(story):
    send = (
        "Zimbabwe sent soldiers to Kinshasa.",
        [{"actor": "ZWE", "recipient": "COD", "type": "MOBILIZE", "mode": "troops"}],
    )
    stand = ("Zimbabwe promised to stand by Congo.", [{"actor": "ZWE", "recipient": "COD", "type": "AGREE"}])
    book = chosen(story, send, stand)["ZWE"]
    assert (book.client, len(book.deeds), len(book.against)) == ("COD", 1, 0)


def test_troops_moved_by_nobody_s_friend_stay_a_threat(story):
    send = (
        "Angola massed soldiers against Congo.",
        [{"actor": "AGO", "recipient": "COD", "type": "MOBILIZE", "mode": "troops"}],
    )
    assert chosen(story, send)["AGO"].deeds == () or chosen(story, send)["AGO"].client == "RWA"


def test_help_withheld_from_the_attacker_is_told_of_the_attacker(story):
    none = (
        "China has not armed Rwanda.",
        [{"actor": "CHN", "recipient": "RWA", "type": "AID", "polarity": "negative"}],
    )
    book = chosen(story, none)["CHN"]
    assert (book.client, len(book.withheld)) == ("RWA", 1)


def test_an_offer_to_both_sides_takes_neither(story):
    to = [{"actor": "ZAF", "recipient": side, "type": "AGREE"} for side in ("COD", "RWA")]
    book = chosen(story, ("South Africa offered Congo and Rwanda to mediate.", to))["ZAF"]
    assert {(act.direction, act.mode) for act in book.acts} == {("neutral", "third-party")}


def test_third_actors_are_those_that_turn_to_a_side():
    events = [Event("CHN", "RWA", "SUPPORT"), Event("COD", "UN", "REQUEST"), Event("FRA", "BEL", "SUPPORT")]
    assert sorted(pairs.third(events, {"RWA", "COD"})) == ["CHN", "UN"]


def test_a_deed_of_arms_outweighs_words():
    sides = ("COD",), ("RWA",)
    told = [
        Event("BEL", "RWA", "ASSAULT", quote="Belgian guns fired on Rwandan troops in the attack.", start=1, end=9),
        Event("BEL", "COD", "ACCUSE", quote="Belgium blamed Congo.", start=100, end=120),
        Event("BEL", "COD", "THREATEN", quote="Belgium warned Congo.", start=200, end=220),
    ]
    assert pairs.book(Index(told, {}), "BEL", *sides).client == "COD"


def test_a_doubted_blow_makes_no_friend_a_foe():
    sides = ("COD",), ("RWA",)
    told = [
        Event("BEL", "COD", "SUPPORT", quote="Belgium stands by Congo.", start=1, end=9),
        Event(
            "BEL", "COD", "ASSAULT", quote="That Belgians attack Congo is baseless.", start=90, end=99, confidence=0.3
        ),
    ]
    assert pairs.book(Index(told, {}), "BEL", *sides).client == "COD"
