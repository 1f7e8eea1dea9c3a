"""What the decider sees of a predicate and of an option, beside the encoder's vectors: roads, frames, scope, syntax as numbers.

The order of the columns is part of a shipped model: add at the end, never reorder, and raise `LAYOUT` when it changes.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

import numpy as np

from foedus.coding.discourse import FOCUS
from foedus.coding.entities import Entities
from foedus.coding.space import Option, Predicate
from foedus.coding.when import When, belongs, clause
from foedus.model.event import QUADS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from foedus.coding.parse import Sentence

LAYOUT: Final = 5
TYPES: Final = tuple(QUADS)
_TYPE_AT: Final = {name: k for k, name in enumerate(TYPES)}
_FOCUS: Final = tuple(f"focus{k + 1}" for k in range(FOCUS))
_HOWS: Final = (
    "subject", "by", "shared", "control", "participle", "possessor", "nationality", "between", "light", "clause", "none", "named", "answered",
    "object", "dative", "object-owner", "object-inside", "complement-subject", "complement-object", "antecedent", "compound", "inward", 
    *_FOCUS, "object-by", "source", "quoted",
)  # fmt: skip
_PREPOSITIONS: Final = (
    "to",
    "against",
    "on",
    "with",
    "from",
    "at",
    "into",
    "over",
    "for",
    "of",
    "between",
    "in",
    "upon",
    "toward",
    "by",
    "near",
)
_ROADS: Final = ("prep", "object-prep", "verb-prep", "complement-prep")
_HOW_AT: Final = {name: k for k, name in enumerate((*_HOWS, *(f"{r}:{p}" for r in _ROADS for p in _PREPOSITIONS)))}
_KINDS: Final = (
    "name", "demonym", "adjective", "capital", "seat", "place", "force", "agency", "company", "people", "abbrev", "person", "surname", "title", "body",
    "group", "adj", "poss", "pron", "pron-poss", "of", "in", "role", "pair", "other", "answered", "inside", "compound", "inward", 
    "made", *_FOCUS, "source", "quoted",
)  # fmt: skip
_KIND_AT: Final = {name: k for k, name in enumerate(_KINDS)}
_FLAGS: Final = (
    "symmetric",
    "both-ways",
    "needs-recipient",
    "weak",
    "speech",
    "claims",
    "factive",
    "opaque",
    "negates",
    "promise",
    "threat",
    "hypothetical",
    "modal",
)
_POS: Final = ("VERB", "NOUN", "AUX", "ADJ", "PROPN")
_DEPS: Final = (
    "ROOT",
    "conj",
    "ccomp",
    "xcomp",
    "advcl",
    "relcl",
    "acl",
    "pcomp",
    "dobj",
    "pobj",
    "nsubj",
    "nsubjpass",
    "amod",
    "compound",
    "attr",
    "parataxis",
    "appos",
)
_TAGS: Final = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS")
_PATH: Final = 40
_DOUBTS: Final = ("none", "own", "named", "MEDIA", "ANALYSTS", "UNKNOWN")

PREDICATE_WIDTH: Final = 3 * len(TYPES) + 3 + len(_FLAGS) + len(_POS) + len(_DEPS) + len(_TAGS) + 8 + len(_DOUBTS) + 4
_TIME_KINDS: Final = (
    "dmy", "mdy", "iso", "dm", "md", "my", "ofmonth", "lastmonth_name", "later", "ago", "since_unit", "weekof", "lastday", "weekago", "rel",
    "yesterday", "nextday", "clock", "ordinal", "sameday", "weekday", "month", "year", "bareyear", "issued", "anchor",
)  # fmt: skip
TIME_WIDTH: Final = len(_TIME_KINDS) + 22
OPTION_WIDTH: Final = len(_HOW_AT) + len(_KINDS) + 4 + _PATH + 8 + len(TYPES) + 6 + 9


def predicate_features(e: Entities, p: Predicate) -> NDArray[np.float32]:
    """One row of `PREDICATE_WIDTH` numbers for a predicate."""
    s, row, at = e.sentence, np.zeros(PREDICATE_WIDTH, np.float32), 0
    typed = [f for f in p.frames if f.type]
    if typed:
        row[at + _TYPE_AT[typed[0].type]] = 1
        for rival in typed[1:4]:
            row[at + len(TYPES) + _TYPE_AT[rival.type]] = 1
    at += 2 * len(TYPES)
    if p.ruled:
        row[at + _TYPE_AT[p.ruled]] = 1
    at += len(TYPES)
    row[at] = p.ruled is None
    at += 1
    row[at], row[at + 1] = not p.frames, bool(p.frames) and not typed
    at += 2
    for k, flag in enumerate(_FLAGS):
        row[at + k] = bool(p.frame and flag in p.frame.flags)
    at += len(_FLAGS)
    for names, value in ((_POS, s.pos[p.word]), (_DEPS, s.deps[p.word]), (_TAGS, s.tags[p.word])):
        if value in names:
            row[at + names.index(value)] = 1
        at += len(names)
    over = p.scope
    row[at : at + 8] = (
        over.negative,
        over.hypothetical,
        over.future,
        over.will,
        over.wished,
        over.conditional,
        p.passive,
        p.inward,
    )
    at += 8
    row[at + _DOUBTS.index(_doubt(p))] = 1
    at += len(_DOUBTS)
    best_actor = min((o.rank for o in p.actors), default=4)
    best_recipient = min((o.rank for o in p.recipients), default=4)
    row[at : at + 4] = (best_actor == 0, best_recipient == 0, best_recipient <= 2, bool(p.actors))
    return row


def _doubt(p: Predicate) -> str:
    if p.source is None:
        return "none"
    if p.source.code in {"MEDIA", "ANALYSTS", "UNKNOWN"}:
        return p.source.code
    return "own" if any(o.rank == 0 and o.ref.code == p.source.code for o in p.actors) else "named"


def option_features(e: Entities, p: Predicate, option: Option, counterpart: bool) -> NDArray[np.float32]:
    """One row of `OPTION_WIDTH` numbers for an option; `counterpart` says that syntax also proposes it for the other place."""
    s, row, at = e.sentence, np.zeros(OPTION_WIDTH, np.float32), 0
    how = _HOW_AT.get(option.how)
    if how is not None:
        row[how] = 1
    at += len(_HOW_AT)
    kind = _KIND_AT.get(option.ref.how)
    if kind is not None:
        row[at + kind] = 1
    at += len(_KINDS)
    row[at + option.rank] = 1
    at += 4
    steps, clauses = _path(s, p.word, option.ref.start, row, at)
    at += _PATH
    word = option.ref.start
    row[at : at + 8] = (
        word < p.word, word >= p.word, min(abs(word - p.word), 20) / 20, min(steps, 10) / 10, clauses == 0, min(clauses, 4) / 4,
        s.deps[word] in {"nsubj", "nsubjpass", "poss"}, counterpart,
    )  # fmt: skip
    at += 8
    if p.frame and p.frame.type:
        row[at + _TYPE_AT[p.frame.type]] = 1
    at += len(TYPES)
    row[at : at + 6] = (
        p.passive, s.pos[p.word] in {"NOUN", "PROPN"}, p.inward, bool(p.source and p.source.code == option.ref.code),
        option.ref.code in p.ruled_actors, option.ref.code in p.ruled_recipients,
    )  # fmt: skip
    at += 6
    last, times, subject = e.discourse.standing.get(option.ref.code, (-9, 0, False))
    since = e.discourse.here - last
    row[at : at + 9] = (
        since == 1, since == 2, since in {3, 4}, since > 4, min(times, 5) / 5, subject, since == 1 and subject,
        option.ref.code == e.discourse.voice, option.ref.code == e.discourse.quoted,
    )  # fmt: skip
    return row


def time_features(
    e: Entities, p: Predicate, when: When, among: list[When], published: str | None
) -> NDArray[np.float32]:
    """One row of `TIME_WIDTH` numbers for a time that may be the predicate's."""
    s, row = e.sentence, np.zeros(TIME_WIDTH, np.float32)
    if when.kind in _TIME_KINDS:
        row[_TIME_KINDS.index(when.kind)] = 1
    at = len(_TIME_KINDS)
    word = word_at(s, when)
    late = bool(published and when.date and when.date > published[: len(when.date)])
    row[at : at + 11] = (
        when.limit, when.since, when.other, late, when.date is None, len(when.date or "") == 4, len(when.date or "") == 7,
        p.scope.will or p.scope.future, p.scope.hypothetical, p.scope.negative, s.tags[p.word] in {"VBD", "VBN"},
    )  # fmt: skip
    if word is None:
        return row
    at += 11
    mine, its = clause(s, p.word), clause(s, word)
    here = [w for w in among if w.start >= 0 and not w.other]
    nearest = min(here, key=lambda w: abs((word_at(s, w) or 0) - p.word), default=None)
    row[at : at + 11] = (
        belongs(s, here, p.word) is when, mine == its, s.under(word, p.word), min(abs(word - p.word), 20) / 20, word > p.word,
        s.under(mine, its) and mine != its, s.under(its, mine) and mine != its, len(here) == 1, nearest is when,
        s.deps[mine] in {"conj", "relcl", "acl"}, any(s.tags[k] == "VBN" or s.lemmas[k] == "have" for k in s.kids(mine, "aux")),
    )  # fmt: skip
    return row


def word_at(s: Sentence, when: When) -> int | None:
    """The first word of a time, None where it does not stand in the sentence."""
    if when.start < 0:
        return None
    return next((k for k in range(len(s)) if s.ends[k] > when.start), None)


def _path(s: Sentence, a: int, b: int, row: NDArray[np.float32], at: int) -> tuple[int, int]:
    """Marks the grammatical links between two words; returns their number and the clauses crossed."""
    above_a, above_b = [a, *s.up(a)], [b, *s.up(b)]
    meet = next((w for w in above_a if w in above_b), above_a[-1])
    up = above_a[: above_a.index(meet)] if meet in above_a else above_a
    down = above_b[: above_b.index(meet)] if meet in above_b else above_b
    clauses = 0
    for way, words in (("u", up), ("d", down)):
        for w in words:
            dep = s.deps[w]
            row[at + zlib.crc32(f"{way}{dep}{s.lower[w] if dep == 'prep' else ''}".encode()) % _PATH] = 1
            clauses += dep in {"ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp"}
    return len(up) + len(down), clauses
