"""Sentences of our own: clauses and whole sentences from the two text files, and the lexicon's own verbs, between drawn states."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from . import english, names, nominal, rewrite
from .core import Core
from .units import Event, Piece

_HERE = Path(__file__).parent
_TROOPS = {
    "ASSAULT": ("{a} troops", "{a} soldiers", "{a} forces"), "MOBILIZE": ("the {a} army", "the {a} general staff"),
    "COERCE": ("{a} police", "{a} agents", "the {a} navy"), "PROTEST": ("{a} students", "{a} farmers"),
}  # fmt: skip
_AERIAL = ("{a} jets", "{a} warplanes", "the {a} air force")
_WORDS = (
    "the {a} foreign ministry",
    "the {a} government",
    "{a} diplomats",
    "{a} ministers",
    "the {a} cabinet",
    "the {a} leadership",
)
_OFFICES = {"president": "President", "prime minister": "Prime Minister", "foreign minister": "Foreign Minister"}
_PEOPLE = frozenset(
    {"abduct", "beat", "torture", "sexual", "arrest", "deport", "convict", "expel", "firearms", "targeted", "release"}
)
_GROUPS = ("two {a} diplomats", "three {a} engineers", "{a} journalists", "four {a} sailors", "a group of {a} officers")


@cache
def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    text = (_HERE / name).read_text("utf-8")
    return tuple(
        tuple(p.strip() for p in line.split("|")) for line in text.splitlines() if line and not line.startswith("#")
    )


@cache
def _verbs() -> tuple[tuple[str, ...], ...]:
    """(type, mode, verb, particle, preposition) of the lexicon's verbs that take the other state straight or after one preposition."""
    made = []
    with resources.files("foedus.coding.data").joinpath("frames.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["pos"] != "VERB" or not row["type"] or row["object"] or row["xcomp"]:
                continue
            if (
                any(flag in row["flags"] for flag in ("weak", "hypothetical", "block", "negates", "modal", "speech"))
                or "-" in row["lemma"]
            ):
                continue
            where = row["recipient"]
            straight = where.split("|")[0] == "dobj" and (not row["prep"] or "pobj" not in where)
            single = re.fullmatch(r"pobj:(\w+)", where)
            if straight or single:
                made.append(
                    (
                        row["type"],
                        row["mode"],
                        row["lemma"],
                        row["particle"],
                        "" if straight or not single else single[1],
                    )
                )
    return tuple(made)


def _day(rng: random.Random) -> dt.date:
    year = rng.randint(1990, 2025) if rng.random() < 0.7 else rng.randint(1925, 1989)
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randint(0, 364))


def _subject(rng: random.Random, state: names.Forms, kind: str, mode: str) -> tuple[str, bool]:
    """How the actor is named, and whether that is a plural."""
    luck = rng.random()
    if luck < 0.4:
        return state.full, False
    if luck < 0.5 and state.capital:
        return state.capital, False
    if luck < 0.62 and kind in (
        "AGREE",
        "SUPPORT",
        "CONSULT",
        "ACCUSE",
        "REJECT",
        "REQUEST",
        "THREATEN",
        "CONCEDE",
        "SANCTION",
    ):
        offices = [o for o in _OFFICES if o in state.persons]
        if offices:
            office = rng.choice(offices)
            person = rng.choice(state.persons[office])
            return rng.choice((person, f"{_OFFICES[office]} {names.surname(person, state.code)}")), False
    shapes = _AERIAL if mode == "aerial" else _TROOPS.get(kind, _WORDS)
    shape = rng.choice(shapes).format(a=state.adjective)
    return shape, not shape.startswith("the ")


def _event(
    trigger: str, actor: tuple[str, str], recipient: tuple[str | None, str | None], kind: str, mode: str
) -> Event:
    return {
        "sentence": 0, "trigger": trigger, "actor_text": actor[0], "recipient_text": recipient[0], "actor": actor[1],
        "recipient": recipient[1], "type": kind, "mode": mode or None, "polarity": "positive", "modality": "actual",
        "speaker": None, "date": None, "historical": False,
    }  # fmt: skip


def core(rng: random.Random, index: int) -> Core | None:
    """A clause with drawn states, as if it had been cut from a document."""
    day = _day(rng)
    pair = names.draw(rng, day.year, 3)
    first, second = pair[0], pair[1]
    if rng.random() < 0.6:
        kind, mode, lemma, tail = rng.choice(_lines("clauses.txt"))
        shown = second.full
        values = {
            "b": second.full,
            "ba": second.adjective,
            "bc": second.capital or second.full,
            "ban": english.article(second.adjective),
        }
        named = second.adjective if "{ba}" in tail else second.capital or second.full if "{bc}" in tail else shown
        tail = tail.format(**values)
    else:
        kind, mode, lemma, particle, prep = rng.choice(_verbs())
        named = second.full
        if mode in _PEOPLE or lemma in ("kill", "murder", "slay", "jail", "imprison"):
            named = rng.choice(_GROUPS).format(a=second.adjective)
        tail = " ".join(w for w in (particle, prep, named) if w)
    subject, plural = _subject(rng, first, kind, mode)
    recipients = [(named, second.code)]
    if rng.random() < 0.12 and tail.endswith(second.full) and named == second.full:
        tail += f" and {pair[2].full}"
        recipients.append((pair[2].full, pair[2].code))
    actors = [(subject, first.code)]
    if rng.random() < 0.1 and subject == first.full and len(recipients) == 1:
        subject, plural = f"{first.full} and {pair[2].full}", True
        tail = re.sub(r"\bits\b", "their", tail)
        actors.append((pair[2].full, pair[2].code))
    made = [_event(lemma, a, r, kind, mode) for a in actors for r in recipients]
    if plural:
        tail = re.sub(r"\bits\b", "their", tail)
    if subject.split()[0] in ("President", "Prime", "Foreign") or (
        subject != first.full and " " in subject and not plural and not subject.startswith("the ")
    ):
        tail = re.sub(r"\bits\b", "his", tail)
    return Core(f"fresh-{index}", day.isoformat(), english.upper(subject), plural, lemma, tail, "", None, "", made)


def clause(rng: random.Random, index: int) -> Iterator[Piece]:
    """One plain sentence and two rewritings of a drawn clause."""
    made = core(rng, index)
    if made is None:
        return
    found = [p for f in (rewrite.tense, rewrite.distance, *rng.sample(rewrite.KINDS, 4)) for p in f(made, rng) if p]
    for piece in rng.sample(found, min(3, len(found))):
        piece.kind = f"frames, {piece.kind}"
        yield piece


def sentence(rng: random.Random, index: int) -> Piece | None:
    """A whole sentence from the file with drawn states."""
    lines = _lines("sentences.txt")
    kind, mode, marks, text = rng.choice([x for x in lines if x[2] == "none"] if rng.random() < 0.4 else lines)
    day = _day(rng)
    a, b, c = names.draw(rng, day.year, 3)
    values = {
        "a": a.full, "b": b.full, "c": c.full, "aa": a.adjective, "ba": b.adjective, "ca": c.adjective, "aps": nominal.possessive(a.full),
        "ac": a.capital or a.full, "bc": b.capital or b.full, "aa_up": a.adjective, "Aan": english.upper(english.article(a.adjective)),
        "Ban": english.upper(english.article(b.adjective)), "ban": english.article(b.adjective),
    }  # fmt: skip
    by = next((values[k] for k in ("aps", "a", "aa", "aa_up") if "{" + k + "}" in text), a.full)
    by = a.full if by == values["aps"] else by
    to = b.full if "{b}" in text else b.adjective if "{ba}" in text else None
    trigger = re.search(r"\*(\w+)\*", text)
    flags = marks.split(",")
    line = english.upper(text.replace("*", "").format(**values))
    made: list[Event] = []
    if "none" not in flags and trigger:
        if "self" in flags:
            sides = [((by, a.code), (None, a.code))]
        else:
            sides = [((by, a.code), (to, b.code))]
            sides += [((to or b.full, b.code), (by, a.code))] if "both" in flags else []
        made = [_event(trigger[1], (x[0], x[1]), y, kind, mode) for x, y in sides]
        for event in made:
            event["polarity"] = "negative" if "neg" in flags else "positive"
            event["modality"] = "hypothetical" if "hyp" in flags else "future" if "fut" in flags else "actual"
    shell = Core(f"fresh-s{index}", day.isoformat(), a.full, False, "be", "", "", None, "", made)
    return rewrite.build(shell, f"frames, {'nothing' if not made else 'sentence'}", line, made)
