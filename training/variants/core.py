"""The bare clause in a corpus sentence: subject, verb and the rest, with the events that hang on its verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foedus.coding.parse import Sentence

from . import english
from .units import Event, Piece, Source

_TIME = re.compile(
    r"\b(last|yesterday|today|tonight|tomorrow|ago|earlier|later|since|after|before|until|during|next|this (week|month|year|morning)|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|"
    r"October|November|December|weekend|night|morning|evening|noon|dawn|dusk|midnight|week|month|year|day|hours?|weeks|months|years|"
    r"days|in May|\d{4}|already|now|again|still|recently|meanwhile|then|soon|once|twice|first|spring|summer|autumn|winter|week-end)\b"
)
_HEDGE = re.compile(
    r"\b(reportedly|allegedly|apparently|said|says|according|believed|likely|perhaps|supposedly|may|might|could|would|if|"
    r"never|not|n't|nor|neither|no|nobody|none|hardly|scarcely|refus\w+|only|but|without|either|yet|unless)\b",
    re.I,
)
_PRONOUNS = frozenset("it he they we i you".split())
_BAD_SUBJECTS = frozenset(
    "who which that what whoever this these those she there one each both all none nothing another other others".split()
)
_DROP = frozenset({"cc", "conj", "punct", "advcl", "parataxis", "mark", "intj", "dep", "meta", "preconj"})
_HELP = frozenset({"aux", "neg", "nsubj", "auxpass", "nsubjpass", "csubj", "expl"})


@dataclass
class Core:
    """`subject verb tail`, as pieces of text; `tail` leaves out what `timed` says of the time."""

    id: str
    published: str
    subject: str
    plural: bool
    lemma: str
    tail: str
    timed: str
    object: str | None
    rest: str
    events: list[Event]
    nested: list[Event] = field(default_factory=list)
    before: Piece | None = None
    particle: str = ""
    clausal: bool = False

    @property
    def type(self) -> str:
        return str(self.events[0]["type"])

    @property
    def subject_inside(self) -> str:
        return english.lower_first(self.subject)

    def be(self, tense: str) -> str:
        if self.subject.lower() == "i":
            return {"past": "was", "present": "am"}[tense]
        many = self.plural or self.subject.lower() in ("we", "you", "they")
        return {"past": ("was", "were"), "present": ("is", "are")}[tense][many]

    @property
    def have(self) -> str:
        return "have" if self.plural or self.subject.lower() in ("we", "i", "you", "they") else "has"

    @property
    def present(self) -> str:
        return self.lemma if self.have == "have" else english.third(self.lemma)


def cores(source: Source) -> list[Core]:
    """Clauses of a sentence whose verb is a past or present act that did happen; few sentences have more than one."""
    s = source.parsed
    made = []
    for v, _ in enumerate(s.words):
        if (
            s.pos[v] == "VERB"
            and s.tags[v] in ("VBD", "VBZ", "VBP", "VBN")
            and (s.heads[v] == v or s.deps[v] == "conj")
        ):
            core = _core(source, s, v)
            if core is not None:
                made.append(core)
    return made


def _core(source: Source, s: Sentence, v: int) -> Core | None:
    helpers = s.kids(v, "aux", "auxpass", "neg")
    if any(s.deps[k] != "aux" or s.lower[k] not in ("has", "have", "had", "'ve") for k in helpers):
        return None
    if s.tags[v] == "VBN" and not helpers:
        return None
    holder = v
    while s.kid(holder, "nsubj") is None:
        if s.deps[holder] != "conj" or s.pos[s.heads[holder]] not in ("VERB", "AUX"):
            return None
        holder = s.heads[holder]
        if s.kids(holder, "nsubjpass", "neg"):
            return None
    subject = s.kid(holder, "nsubj")
    assert subject is not None
    mine = [e for e in source.events if e["trigger"] == s.words[v]]
    if not mine or sum(word == s.words[v] for word in s.words) != 1:
        return None
    if any(e["polarity"] != "positive" or e["modality"] != "actual" or e.get("speaker") for e in mine):
        return None
    if len({e["type"] for e in mine}) != 1 or s.lower[subject] in _BAD_SUBJECTS:
        return None
    others = [e for e in source.events if e["trigger"] != s.words[v]]
    subject_words = _without_clauses(s, subject, s.subtree(subject))
    tail_kids = [k for k in s.children[v] if k > v and s.deps[k] not in _DROP | _HELP]
    if any(k < v and s.deps[k] in ("dobj", "ccomp", "xcomp", "prt") for k in s.children[v]):
        return None
    tail, timed, obj, rest, particle, clausal = [], [], None, [], "", False
    for k in tail_kids:
        words = (
            _without_clauses(s, k, s.subtree(k)) if s.deps[k] in ("dobj", "pobj", "prep", "dative") else s.subtree(k)
        )
        text = _text(s, words)
        if text is None:
            return None
        if s.deps[k] in ("prep", "npadvmod", "advmod", "obl", "tmod") and (
            _TIME.search(text) or s.deps[k] == "npadvmod"
        ):
            timed.append(text)
            continue
        if s.deps[k] == "dobj" and obj is None:
            obj = text
        else:
            rest.append(text)
            particle = text if s.deps[k] == "prt" else particle
        clausal = clausal or s.deps[k] in ("ccomp", "xcomp", "acomp", "attr", "oprd")
        tail.append(text)
    head = _text(s, subject_words)
    if head and (" - " in head or (s.lemmas[v] in ("give", "grant", "allow", "promise") and timed)):
        return None
    if head and "," in head and s.kid(subject, "conj") is None:
        return None
    body = " ".join(tail)
    if (
        head is None
        or not body
        or _HEDGE.search(f"{head} {body} {' '.join(timed)}")
        or len(body) > 160
        or len(head) > 90
    ):
        return None
    if _TIME.search(body) and any(e["date"] for e in mine):
        return None
    inside = f"{head} {body}"
    nested = []
    for e in others:
        if not re.search(rf"\b{re.escape(e['trigger'])}\b", inside):
            continue
        word = next((i for i, w in enumerate(s.words) if w == e["trigger"]), None)
        if word is None or s.pos[word] not in ("NOUN", "PROPN", "ADJ") or not _holds(e, inside) or e.get("speaker"):
            return None
        nested.append(e)
    for e in mine:
        if not _holds(e, inside):
            return None
    last = len(source.piece.sentences) - 1
    earlier = [e for e in source.piece.events if e["sentence"] < last]
    before = Piece("", source.piece.published, source.piece.sentences[:last], earlier)
    if s.lower[subject] in _PRONOUNS and not before.sentences:
        return None
    plural = (
        s.tags[subject] in ("NNS", "NNPS") or s.kid(subject, "conj") is not None or s.lower[subject] in ("they", "we")
    )
    if s.tags[subject] == "NNPS" and re.search(
        r"\b(States|Nations|Philippines|Netherlands|Emirates)$", s.words[subject]
    ):
        plural = False
    lemma = s.lemmas[v]
    if s.tags[v] == "VBD" and english.past(lemma) != s.lower[v]:
        return None
    if s.tags[v] == "VBN" and english.participle(lemma) != s.lower[v]:
        return None
    dated = bool(timed)
    keep = [dict(e, date=e["date"] if dated else None, historical=e["historical"] if dated else False) for e in mine]
    return Core(
        source.piece.id, source.piece.published, english.upper(head), plural, lemma, body, " ".join(timed), obj,
        " ".join(rest), keep, [dict(e) for e in nested], before if before.sentences else None, particle, clausal,
    )  # fmt: skip


def _holds(event: Event, text: str) -> bool:
    return all(event.get(k) is None or event[k].lower() in text.lower() for k in ("actor_text", "recipient_text"))


def _without_clauses(s: Sentence, top: int, words: list[int]) -> list[int]:
    """The phrase less its relative clauses and appositions, which would carry events of their own."""
    cut: set[int] = set()
    for k in words:
        if k != top and s.deps[k] in ("relcl", "acl", "appos", "advcl", "parataxis") and k > top:
            cut.update(s.subtree(k))
    kept = [k for k in words if k not in cut]
    while kept and s.pos[kept[-1]] in ("PUNCT", "CCONJ", "SCONJ"):
        kept.pop()
    return kept


def _text(s: Sentence, words: list[int]) -> str | None:
    """The text of consecutive words; None where a hole would be left in it."""
    if not words or words != list(range(words[0], words[-1] + 1)):
        return None
    text = s.text[s.starts[words[0]] : s.ends[words[-1]]].strip(" ,;:–—-")
    return None if text.count('"') % 2 or any(c in text for c in "“”()\n") or text.count(",") > 3 else text
