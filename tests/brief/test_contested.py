from __future__ import annotations

import pytest

from foedus.brief import contested
from foedus.brief.text import lay_out

OWN = {"type": "ASSAULT", "confidence": 0.9}


def victim(story, sentence, code, ground, *more, published):
    act = OWN | {"actor": code, "recipient": code, "spans": {"recipient": ground}}
    text = lay_out("d1", *story([(sentence, [act]), *more], published=published))
    return contested.victim(text, text.lines[0].events[0], contested.rivals(text))


@pytest.mark.parametrize(
    ("sentence", "code", "ground", "published", "other"),
    [
        ("Egyptian guns shelled Gaza.", "PSE", "Gaza", "1956-10-30", "EGY"),
        ("Ethiopian troops stormed the Ogaden.", "ETH", "the Ogaden", "1977-07-20", "SOM"),
        ("Chadian troops took the Aouzou Strip.", "TCD", "the Aouzou Strip", "1987-08-08", "LBY"),
    ],
)
def test_who_attacks_contested_ground_attacks_its_claimant(story, sentence, code, ground, published, other):
    assert victim(story, sentence, code, ground, published=published) == (other, True)


def test_a_claim_that_has_ended_is_none(story):
    assert victim(story, "Chad bombed Aouzou.", "TCD", "Aouzou", published="2005-01-01") is None


def test_ground_on_no_list_goes_to_the_one_rival_that_is_told_of(story):
    rival = ("Togolese aircraft bombed Accra.", [{"actor": "TGO", "recipient": "GHA", "type": "ASSAULT"}])
    sentence = "Ghanaian forces attacked Hohoe."
    assert victim(story, sentence, "GHA", "Hohoe", rival, published="1994-01-06") == ("TGO", False)
    assert victim(story, sentence, "GHA", "Hohoe", published="1994-01-06") is None


@pytest.mark.parametrize(("actor", "found"), [("Its troops", ("EGY", True)), ("Gunmen", None)])
def test_troops_are_their_state_s_and_gunmen_nobody_s(story, actor, found):
    act = OWN | {"actor": "PSE", "recipient": "PSE", "spans": {"actor": actor, "recipient": "Gaza"}}
    text = lay_out("d1", *story([(f"{actor} stormed Gaza.", [act])], published="1956-10-30"))
    assert contested.victim(text, text.lines[0].events[0], {}) == found


def test_people_and_rebels_at_home_are_no_ground(story):
    rival = ("Togolese aircraft bombed Accra.", [{"actor": "TGO", "recipient": "GHA", "type": "ASSAULT"}])
    assert victim(story, "Ghana shot its own people.", "GHA", "its own people", rival, published="1994-01-06") is None
