from dataclasses import replace

import numpy as np
import pytest

from foedus.coding import when
from foedus.coding.assemble import assemble
from foedus.coding.decide import TYPES, VAGUE_VOICES, Decision
from foedus.coding.space import predicates
from foedus.coding.when import readings

LEAST = {"event": 0.25, "place": 0.5, "joint": 0.15, "type": 0.3, "roles": 0.35, "voice": 0.3, "time": 0.3}


def decision(p, kind, sure, actor, recipient, voice="", time=0, times=0):
    types = np.full(len(TYPES) + 1, (1 - sure) / len(TYPES), np.float32)
    types[TYPES.index(kind)] = sure
    return Decision(
        types,
        np.array([0.95 if o.ref.code == actor else 0.01 for o in p.actors], np.float32),
        np.array([0.95 if o.ref.code == recipient else 0.01 for o in p.recipients], np.float32),
        0.0, 0.0, np.array([1, 0, 0], np.float32),
        np.array([float(code == voice) for code in (*VAGUE_VOICES, *(o.ref.code for o in p.voices))], np.float32),
        np.array([float(k == time) for k in range(times + 1)], np.float32), 0.0,
    )  # fmt: skip


@pytest.mark.parametrize(("sure", "expected"), [(0.9, "SANCTION"), (0.3, "ACCUSE")])
def test_the_surer_of_model_and_rules_wins(read, at, sure, expected):
    entities = read("Peru condemned Chile.")
    (p,) = [p for p in predicates(entities) if p.word == at(entities, "condemned")]
    (event,) = assemble(entities, [p], [decision(p, "SANCTION", sure, "PER", "CHL")], LEAST)
    assert (event.actor.code, event.recipient.code, event.type) == ("PER", "CHL", expected)
    assert 0 < event.confidence <= 1


def test_below_the_bar_there_is_no_event(read, at):
    entities = read("Peru resembles Chile.")
    (p,) = [p for p in predicates(entities) if p.word == at(entities, "resembles")]
    assert assemble(entities, [p], [decision(p, "ACCUSE", 0.1, "PER", "CHL")], LEAST) == []


def one(read, at, text, word):
    entities = read(text)
    (p,) = [p for p in predicates(entities) if p.word == at(entities, word)]
    return entities, p


@pytest.mark.parametrize("voice", ["ANALYSTS", "BOL", ""])
def test_the_surest_voice_is_the_speaker(read, at, voice):
    entities, p = one(read, at, "Peru condemned Chile in the presence of Bolivia.", "condemned")
    (event,) = assemble(entities, [p], [decision(p, "ACCUSE", 0.9, "PER", "CHL", voice=voice)], LEAST)
    assert (event.source.code if event.source else "") == voice


def test_the_rules_keep_their_speaker_where_the_model_wavers(read, at):
    entities, p = one(read, at, "Bolivia said that Peru attacked Chile.", "attacked")
    made = decision(p, "ASSAULT", 0.9, "PER", "CHL")
    made.voices[:] = 1 / len(made.voices)
    (event,) = assemble(entities, [p], [made], LEAST)
    assert event.source.code == "BOL"


def test_the_picked_time_dates_the_act(read, at):
    entities, p = one(read, at, "Peru condemned Chile on Friday.", "condemned")
    times = readings(when.times(entities.sentence.text, "2020-06-30"), "2020-06-30")
    assert [w.date for w in times] == ["2020-06-26", "2020-07-03", "2020-06-30"]
    (event,) = assemble(entities, [p], [decision(p, "ACCUSE", 0.9, "PER", "CHL", time=2, times=3)], LEAST, times)
    assert (event.dated, event.time.date) == (True, "2020-07-03")


def test_what_not_only_happened_did_happen(read, at):
    entities, p = one(read, at, "Peru not only condemned Chile but left.", "condemned")
    made = replace(decision(p, "ACCUSE", 0.9, "PER", "CHL"), negative=0.9)
    (event,) = assemble(entities, [p], [made], LEAST)
    assert not event.scope.negative


def test_the_means_to_a_wish_is_hypothetical(read, at):
    entities, p = one(read, at, "Peru does not want to lose its trade by supporting Chile.", "supporting")
    (event,) = assemble(entities, [p], [decision(p, "SUPPORT", 0.9, "PER", "CHL")], LEAST)
    assert event.scope.hypothetical


@pytest.mark.parametrize(("chance", "expected"), [(0.4, "2020-03-01"), (0.3, None)])
def test_the_day_spoken_of_last_needs_half_the_chance_of_no_date(read, at, chance, expected):
    entities, p = one(read, at, "Peru attacked Chile.", "attacked")
    dates = readings([], None, "2020-03-01")
    made = replace(decision(p, "ASSAULT", 0.9, "PER", "CHL", times=1), times=np.array([1 - chance, chance], np.float32))
    (event,) = assemble(entities, [p], [made], {**LEAST, "time": 0.0}, times=dates)
    assert (event.time.date if event.time else None) == expected


def both(read, at, text, verb, noun, of_verb, of_noun):
    entities = read(text)
    found = [p for p in predicates(entities) if p.word in (at(entities, verb), at(entities, noun))]
    kinds = {at(entities, verb): of_verb, at(entities, noun): of_noun}
    made = assemble(entities, found, [decision(p, *kinds[p.word]) for p in found], LEAST)
    return {(c.actor.code, c.recipient.code, c.type) for c in made}


def test_nobody_condemns_what_he_did_himself(read, at):
    text = "Peru condemned the strikes on Bolivia by Chile."
    told = both(read, at, text, "condemned", "strikes", ("ACCUSE", 0.9, "PER", "CHL"), ("ASSAULT", 0.9, "PER", "BOL"))
    assert told == {("PER", "CHL", "ACCUSE")}
    told = both(read, at, text, "condemned", "strikes", ("ACCUSE", 0.9, "PER", "CHL"), ("ASSAULT", 0.9, "CHL", "BOL"))
    assert told == {("PER", "CHL", "ACCUSE"), ("CHL", "BOL", "ASSAULT")}


def test_an_accusation_does_not_fall_on_the_victim(read, at):
    entities, p = one(read, at, "Peru condemned the strikes on Bolivia.", "condemned")
    assert assemble(entities, [p], [decision(p, "ACCUSE", 0.9, "PER", "BOL")], LEAST) == []
    entities, p = one(read, at, "Peru filed a complaint against Bolivia.", "filed")
    assert len(assemble(entities, [p], [decision(p, "ACCUSE", 0.9, "PER", "BOL")], LEAST)) == 1


def test_an_accusation_falls_on_whom_its_object_names_as_the_doer(read, at):
    entities, p = one(read, at, "Peru condemned the violation of Bolivia's borders by Chile.", "condemned")
    (event,) = assemble(entities, [p], [decision(p, "ACCUSE", 0.9, "PER", "BOL")], LEAST)
    assert (event.actor.code, event.recipient.code) == ("PER", "CHL")


def favoured(read, at, text, fought=()):
    """Whom Peru's "solidarity" goes to where the model gives it to Bolivia for sure and to Chile nearly so."""
    entities = read(text)
    entities.discourse.dealings.clashes += fought
    (p,) = [p for p in predicates(entities) if p.word == at(entities, "expressed")]
    made = decision(p, "SUPPORT", 0.9, "PER", "BOL")
    made.recipients[[o.ref.code for o in p.recipients].index("CHL")] = 0.85
    return {c.recipient.code for c in assemble(entities, [p], [made], LEAST)}


def test_nobody_backs_both_sides_of_a_fight_unless_it_says_so(read, at):
    apart = "Peru deplored the Chilean raid and expressed solidarity with Bolivia."
    assert favoured(read, at, apart, [("CHL", "BOL")]) == {"BOL"}
    assert favoured(read, at, apart) == {"BOL", "CHL"}
    assert favoured(read, at, "Peru expressed solidarity with Bolivia and Chile.", [("CHL", "BOL")]) == {"BOL", "CHL"}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Peru promised to defend Bolivia against Chilean reprisals.", "promised", {"BOL"}),
        ("Peru offered Bolivia to mediate in the Chilean quarrel.", "offered", {"BOL", "CHL"}),
    ],
)
def test_a_promise_is_made_to_one_side_and_mediation_offered_to_both(read, at, text, word, expected):
    entities, p = one(read, at, text, word)
    entities.discourse.dealings.clashes.append(("CHL", "BOL"))
    made = decision(p, "AGREE", 0.9, "PER", "BOL")
    made.recipients[[o.ref.code for o in p.recipients].index("CHL")] = 0.85
    assert {c.recipient.code for c in assemble(entities, [p], [made], LEAST)} == expected


def test_missiles_are_stopped_for_whom_they_were_meant(read, at):
    entities, p = one(read, at, "Peru intercepted Chilean missiles over its coast.", "intercepted")
    entities.discourse.dealings.clashes.append(("CHL", "BOL"))
    (event,) = assemble(entities, [p], [decision(p, "AID", 0.9, "PER", "CHL")], LEAST)
    assert (event.actor.code, event.recipient.code) == ("PER", "BOL")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Peru will attack Chile on Monday.", "2020-06-26", "2020-06-29"),
        ("Peru is expected to attack Chile on Monday.", "2020-06-26", "2020-06-29"),
        ("Peru attacked Chile on Monday.", "2020-06-26", "2020-06-22"),
    ],
)
def test_what_will_be_on_a_weekday_is_on_the_one_to_come(read, at, text, published, expected):
    entities = read(text)
    word = at(entities, "attacked" if "attacked" in text else "attack")
    (p,) = [p for p in predicates(entities) if p.word == word]
    times = readings(when.times(text, published), published)
    made = decision(p, "ASSAULT", 0.9, "PER", "CHL", time=1, times=len(times))
    (event,) = assemble(entities, [p], [made], LEAST, times)
    assert event.time.date == expected


def test_the_day_of_what_an_act_answers_is_not_its_own(read, at):
    text = "Peru attacked Chile overnight in retaliation for the bombing of its consulate on June 1."
    entities, p = one(read, at, text, "attacked")
    times = readings(when.times(text, "2020-06-26"), "2020-06-26")
    pick = next(k for k, w in enumerate(times, 1) if w.date == "2020-06-01")
    made = decision(p, "ASSAULT", 0.9, "PER", "CHL", time=pick, times=len(times))
    (event,) = assemble(entities, [p], [made], LEAST, times)
    assert event.time is None or event.time.date != "2020-06-01"
