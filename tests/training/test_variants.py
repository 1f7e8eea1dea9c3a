"""The variant generator: what each rewriting does to the events, and that its output keeps the corpus's format."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from training.variants import build, core, english, fresh, names, nominal, rewrite, units  # noqa: E402
from training.variants.swap import swap  # noqa: E402


def _event(trigger, actor, recipient, kind, **more):
    event = {
        "sentence": 0,
        "trigger": trigger,
        "actor_text": actor[0],
        "actor": actor[1],
        "recipient_text": recipient[0],
    }
    event |= {"recipient": recipient[1], "type": kind, "mode": None, "polarity": "positive", "modality": "actual"}
    return event | {"speaker": None, "date": None, "historical": False} | more


@pytest.fixture(scope="module")
def docs():
    text = "France bombed two Libyan airfields on Tuesday. The harvest was poor."
    event = _event("bombed", ("France", "FRA"), ("Libyan", "LBY"), "ASSAULT", date="2011-03-22")
    return [
        {
            "id": "t",
            "published": "2011-03-24",
            "text": text,
            "sentences": text.replace(". T", ".|T").split("|"),
            "events": [event],
        }
    ]


@pytest.fixture(scope="module")
def clause(docs):
    source = next(units.sources(docs))
    (made,) = core.cores(source)
    return made


@pytest.mark.parametrize(
    ("lemma", "past", "done", "ing"),
    [
        ("withdraw", "withdrew", "withdrawn", "withdrawing"),
        ("ban", "banned", "banned", "banning"),
        ("deny", "denied", "denied", "denying"),
        ("invade", "invaded", "invaded", "invading"),
        ("expel", "expelled", "expelled", "expelling"),
        ("visit", "visited", "visited", "visiting"),
        ("let", "let", "let", "letting"),
        ("gas", "gassed", "gassed", "gassing"),
    ],
)
def test_verbs_are_inflected(lemma, past, done, ing):
    assert (english.past(lemma), english.participle(lemma), english.ing(lemma)) == (past, done, ing)


def test_clause_is_cut_from_its_sentence(clause):
    assert (clause.subject, clause.lemma, clause.tail, clause.timed) == (
        "France",
        "bomb",
        "two Libyan airfields",
        "on Tuesday",
    )
    assert not clause.plural


def test_swap_exchanges_names_codes_and_pointers(docs):
    source = next(units.sources(docs))
    made = swap(source.piece, random.Random(3))
    assert made is not None
    (event,) = made.events
    actor, recipient = names.forms(event["actor"], 2011), names.forms(event["recipient"], 2011)
    assert {event["actor"], event["recipient"]}.isdisjoint({"FRA", "LBY"})
    assert event["actor_text"].lower() == actor.full.lower()
    assert event["recipient_text"] == recipient.adjective
    assert "French" not in made.sentences[0]
    assert "Libya" not in made.sentences[0]


def test_swap_leaves_proper_names_that_no_table_knows():
    text = "Jan Hamacek struck Rosatom from the list."
    piece = units.Piece(
        "t", "2021-04-20", [text], [_event("struck", ("Jan Hamacek", "CZE"), ("Rosatom", "RUS"), "SANCTION")]
    )
    assert swap(piece, random.Random(1)) is None


def _all(kind, clause, tries=12):
    return [p for seed in range(tries) for p in kind(clause, random.Random(seed)) if p]


def test_negation_makes_every_event_negative(clause):
    made = _all(rewrite.negation, clause)
    assert made
    assert {e["polarity"] for p in made for e in p.events} == {"negative"}
    assert any("did not bomb two Libyan airfields on Tuesday" in p.sentences[-1] for p in made)


def test_wishes_and_powers_are_no_events(clause):
    made = _all(rewrite.vanished, clause)
    assert made
    assert all(not p.events for p in made)


def test_modality_types_win_over_modality(clause):
    made = _all(rewrite.modality, clause)
    threats = [p for p in made if "vowed to bomb" in p.sentences[-1] or "threatened to bomb" in p.sentences[-1]]
    assert threats
    assert {(e["type"], e["mode"], e["modality"]) for p in threats for e in p.events} == {
        ("THREATEN", "violence", "actual")
    }
    may = [
        p
        for p in made
        if "Should France bomb" in p.sentences[-1] or "may bomb" in p.sentences[-1] or "might bomb" in p.sentences[-1]
    ]
    assert may
    assert {(e["type"], e["modality"], e["date"]) for p in may for e in p.events} == {("ASSAULT", "hypothetical", None)}


def test_accusation_has_two_layers_and_denial_one(clause):
    made = _all(rewrite.spoken, clause, 40)
    accused = [p for p in made if "accuse" in p.sentences[-1]]
    assert accused
    for piece in accused:
        blame, act = piece.events
        assert (blame["type"], blame["recipient"], blame["speaker"]) == ("ACCUSE", "FRA", None)
        assert (act["type"], act["speaker"]) == ("ASSAULT", blame["actor"])
    denied = [p for p in made if "denied bombing" in p.sentences[-1]]
    assert {tuple(e["type"] for e in p.events) for p in denied} == {("REJECT",)}


def test_passive_keeps_the_act_and_loses_it_without_an_agent(clause):
    made = _all(rewrite.voice, clause)
    active = next(p for p in made if p.sentences[-1] == "Two Libyan airfields were bombed by France on Tuesday.")
    assert [(e["actor"], e["recipient"], e["date"]) for e in active.events] == [("FRA", "LBY", "2011-03-22")]
    assert all(not p.events for p in made if p.kind == "agentless")


def test_noun_stands_for_the_verb(clause):
    texts = [p.sentences[-1] for p in _all(nominal.nouns, clause)]
    assert any(
        "France's bombing of two Libyan airfields" in t or "bombing of two Libyan airfields by France" in t
        for t in texts
    )


def test_phrases_of_time_mean_their_dates():
    import datetime as dt

    day = dt.date(2011, 3, 24)
    seen = {}
    for seed in range(300):
        phrase, date, old = rewrite.when(day, random.Random(seed))
        seen[phrase] = (date, old)
    assert seen["yesterday"] == ("2011-03-23", False)
    assert seen["last month"] == ("2011-02", False)
    assert seen["on Tuesday"] == ("2011-03-22", False)
    assert all(old == (date[:4] < "2010") or date[:4] == "2010" for date, old in seen.values())


def test_drawn_sentences_are_sound_and_cover_all_types():
    rng, kinds, pieces = random.Random(5), set(), []
    for index in range(250):
        pieces += [*fresh.clause(rng, index)]
        whole = fresh.sentence(rng, index)
        pieces += [whole] if whole else []
    assert not any(build.faults(p) for p in pieces)
    kinds = {e["type"] for p in pieces for e in p.events}
    assert len(kinds) == 16


def test_templates_are_many_and_reach_every_type():
    lines = fresh._lines("clauses.txt")
    assert len(lines) >= 150
    assert len({line[0] for line in lines} | {line[0] for line in fresh._lines("sentences.txt")} - {"NONE"}) >= 16


def test_same_seed_gives_the_same_variants(docs):
    first, second = ([p.sentences for p in build.from_corpus(docs, random.Random(7), 60)] for _ in range(2))
    assert first == second
    assert len(first) > 20


def test_faults_are_seen():
    piece = units.Piece(
        "t", "2011-03-24", ["France slept."], [_event("bombed", ("France", "FRA"), (None, "LBY"), "ASSAULT")]
    )
    assert build.faults(piece)
