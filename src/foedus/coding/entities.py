"""Which entities a noun phrase of a parsed sentence stands for, and by what road.

A phrase reaches its entities through a name ("Moscow"), a nationality or possessive ("Iranian destroyers", "Iran's envoy"), a
complement ("the government of Sudan"), a pronoun, or a description that only the document makes clear ("its ally", "the two
countries", "the ministry"). The road is kept as `Ref.how`: later steps trust some roads more than others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from foedus.coding.parse import Sentence
from foedus.coding.words import words

if TYPE_CHECKING:
    from foedus.coding.discourse import Discourse

PERSONAL: Final = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
NEUTER: Final = frozenset({"it", "its", "itself"})
PLURAL: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST: Final = frozenset({"we", "us", "our", "ours", "i", "me", "my", "mine", "ourselves", "myself"})
SECOND: Final = frozenset({"you", "your", "yours"})
PRONOUNS: Final = SECOND | PERSONAL | NEUTER | PLURAL | FIRST
_BOTH: Final = frozenset({"two", "both", "each", "either", "neither"})
_PLACE_PREPOSITIONS: Final = frozenset(
    {"in", "at", "near", "around", "inside", "outside", "across", "off", "over", "above", "within", "opposite"}
)
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_PARTITIVE: Final = frozenset(
    """some many most several all none one two three four five six seven eight nine ten dozen dozens hundreds thousands scores members
    number part parts half remainder rest majority group crew any few hundred thousand handful couple pair bulk""".split()
)


@dataclass(frozen=True, slots=True)
class Ref:
    """An entity meant by the words `start` to `end` (exclusive) of a sentence, reached by the road `how`."""

    code: str
    how: str
    start: int
    end: int
    sector: str | None = None
    person: str | None = None


def spoken(how: str) -> bool:
    """Whether a road ends at words of the sentence; otherwise only the document so far knows the entity."""
    return not how.startswith(("focus", "quoted", "answered"))


@dataclass(slots=True)
class Named:
    """A name found in a sentence, placed on its words."""

    start: int
    end: int
    head: int
    code: str
    kind: str
    sector: str | None
    person: str | None
    plural: bool
    confidence: float = 1.0
    subject: bool = False
    sort: str = "state"


@dataclass(slots=True)
class Names:
    """The names of one sentence by the word they cover."""

    all: list[Named] = field(default_factory=list)
    at: dict[int, Named] = field(default_factory=dict)


def place(sentence: Sentence, mentions: Iterable[Any]) -> Names:
    """Puts the mentions found in the sentence's characters onto its words."""
    names = Names()
    starts = sentence.starts
    mentions = list(mentions)
    _list_of_states(sentence, mentions)
    for mention in mentions:
        covered = [i for i, s in enumerate(starts) if s < mention.end and sentence.ends[i] > mention.start]
        if not covered:
            continue
        first, last = covered[0], covered[-1]
        while last > first and sentence.tags[last] in {"POS", "''", "``", ","}:
            last -= 1
        inside = range(first, last + 1)
        loose = [i for i in inside if sentence.heads[i] not in inside or sentence.heads[i] == i] or [last]
        head = next((i for i in reversed(loose) if sentence.pos[i] in {"NOUN", "PROPN"}), loose[0])
        named = Named(
            first, last + 1, head, mention.code, mention.alias_kind, mention.sector, mention.person,
            plural=_several(sentence, head) and mention.alias_kind not in {"name", "abbrev", "official"},
            confidence=mention.confidence, sort=mention.kind,
        )  # fmt: skip
        named.subject = is_subject(sentence, head)
        names.all.append(named)
        for i in inside:
            names.at[i] = named
    for named in names.all:
        # Who shares a plural office with a subject ("the ministers of Britain, France and Germany") is one himself.
        for other in joined(sentence, named, names.all) if named.subject else ():
            other.subject = True
    return names


def _list_of_states(s: Sentence, mentions: Iterable[Any]) -> None:
    """Reads "the United States, Britain and Kuwait" as a list where the parser took the others for a name of the first."""
    states: dict[int, str] = {}
    for mention in mentions:
        if mention.kind == "state" and mention.alias_kind in {"name", "abbrev", "official"}:
            states |= {i: mention.code for i, at in enumerate(s.starts) if mention.start <= at < mention.end}
    for i, head in enumerate(s.heads):
        listed = s.kids(i, "cc") or any(s.kids(k, "cc") or s.kids(k, "conj") for k in s.kids(i, "conj"))
        if s.deps[i] == "appos" and listed and i in states and head in states and states[i] != states[head]:
            s.deps[i] = "conj"


def _several(s: Sentence, head: int) -> bool:
    """Whether a name is a plural or describes one: "the Russians", "American transports"."""
    return s.tags[head] in {"NNS", "NNPS"} or (s.deps[head] == "amod" and s.tags[s.heads[head]] in {"NNS", "NNPS"})


def joined(s: Sentence, named: Named, among: Iterable[Named]) -> list[Named]:
    """The names hung on `named` by "and", directly or by a chain, those that share its plural office with it included."""
    tops = _joined_inside(s, named)
    hung = _hung(s, [named.head, *tops]).union(tops)
    return [other for other in among if other.head != named.head and other.head in hung]


def _hung(s: Sentence, words: Iterable[int]) -> set[int]:
    """The words that hang on some words by "and", directly or by a chain."""
    found: set[int] = set()
    queue = list(words)
    while queue:
        # Downwards, for each word is then looked at once: a list without end would take minutes from below.
        new = [k for k in s.kids(queue.pop(), "conj") if k not in found]
        found.update(new)
        queue.extend(new)
    return found


def is_subject(sentence: Sentence, i: int) -> bool:
    """Whether word `i` heads, or is joined to the head of, a subject."""
    owned = False
    while sentence.deps[i] in {"conj", "poss", "compound", "amod", "appos", "nmod"} and sentence.heads[i] != i:
        if owned and sentence.deps[i] == "appos":
            return False  # "China, Pakistan's partner, said": Pakistan says nothing
        owned = owned or sentence.deps[i] in {"poss", "compound", "amod", "nmod"}
        i = sentence.heads[i]
    return sentence.deps[i] in {"nsubj", "nsubjpass", "ROOT"}


class Entities:
    """Answers, for one sentence of a document, which entities a noun phrase means."""

    def __init__(self, sentence: Sentence, names: Names, discourse: Discourse) -> None:
        self.sentence = sentence
        self.names = names
        self.discourse = discourse
        self._kept: dict[int, list[Ref]] = {}
        self._busy: set[int] = set()

    def phrase(self, i: int) -> list[Ref]:
        """Entities of the phrase headed by word `i`, those joined to it by "and" included, each code once."""
        s = self.sentence
        refs = list(self.single(i))
        for k in (*s.kids(i, "conj"), *_joined_inside(s, self.names.at.get(i))):
            if s.pos[k] in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"}:
                refs.extend(self.phrase(k))
        return _unique(refs)

    def single(self, i: int) -> list[Ref]:
        """Entities of the phrase headed by word `i` alone."""
        if i in self._kept:
            return self._kept[i]
        if i in self._busy:
            return []
        self._busy.add(i)
        refs = self._single(i)
        self._busy.discard(i)
        self._kept[i] = refs
        return refs

    def _named(self, i: int, how: str | None = None) -> list[Ref]:
        named = self.names.at.get(i)
        if named is None:
            return []
        return [Ref(named.code, how or named.kind, named.start, named.end, named.sector, named.person)]

    def _single(self, i: int) -> list[Ref]:
        s = self.sentence
        lower, lemma = s.lower[i], s.lemmas[i]
        named = self.names.at.get(i)
        if named is not None:
            return _unique([*self._beside(i, named), *self._named(i)])
        if lower in PRONOUNS:
            return self.discourse.pronoun(self, i)
        if lower in {"who", "which", "that", "whom", "whose"} and s.pos[i] in {"PRON", "DET", "SCONJ"}:
            return self._antecedent(i)
        if lower in _BOTH or (lower in {"latter", "former", "others", "other"} and s.pos[i] != "ADJ"):
            return self.discourse.pair(self, i)
        owners = self._modifiers(i)
        if lemma in words("nouns", "relational"):
            # "its ally", "the Saudi neighbour": a nationality names it, a possessor only says whose it is.
            direct = [ref for ref in owners if ref.how == "adj"]
            placed = [] if direct else self._complement(i, {"in", "at"})
            if direct or placed:
                return direct or placed
            apposed = self._apposed(i)
            return apposed or self.discourse.other(self, i, owners)
        if lemma in words("nouns", "pair") and any(s.lower[k] in _BOTH for k in s.children[i]) and not owners:
            return self.discourse.pair(self, i)
        if owners:
            return owners
        counted = [k for k in s.children[i] if s.lower[k] in _COUNTS or s.lower[k] in _BOTH]
        if (
            counted
            and s.tags[i] in {"NNS", "NNPS"}
            and (
                s.lower[counted[0]] in {"both", "each"}
                or any(s.lower[k] in {"the", "these", "those"} for k in s.children[i])
            )
        ):
            refs = self.discourse.pair(self, i, _COUNTS.get(s.lower[counted[0]], 2))
            if refs:
                return refs
        if lower in _COUNTS and any(s.lower[k] == "the" for k in s.children[i]) and not s.kids(i, "prep"):
            return self.discourse.pair(self, i, _COUNTS[lower])
        if lower in _PARTITIVE or lemma in _PARTITIVE or s.pos[i] == "NUM":
            inner = [
                ref
                for k in s.kids(i, "prep")
                if s.lower[k] in {"of", "from"}
                for p in s.kids(k, "pobj")
                for ref in self.phrase(p)
            ]
            if inner:
                return inner
        apposed = self._apposed(i)
        if apposed:
            return apposed
        made = [
            ref
            for k in s.kids(i, "acl")
            for j in s.kids(k, "agent")
            for p in s.kids(j, "pobj")
            for ref in self.phrase(p)
        ]
        if made:
            # "rockets fired by the Cambodian army": whose they are is said by the participle.
            return [Ref(ref.code, "made", ref.start, ref.end, ref.sector, ref.person) for ref in made]
        complement = self._complement(i, {"of", "from", "for"})
        if not complement and (s.pos[i], lemma) != ("NOUN", lemma) or not _names_act(lemma):
            complement = complement or self._complement(i, _PLACE_PREPOSITIONS)
        if complement:
            return complement
        if lemma in words("nouns", "papers") and any(s.lower[k] in {"the", "this", "its", "a"} for k in s.children[i]):
            return self.discourse.author(i)
        if (
            lemma in {"party", "side"}
            and s.tags[i] == "NNS"
            and any(s.lower[k] in {"all", "both", "warring"} for k in s.children[i])
        ):
            fought = self.discourse.pair(self, i)
            if fought:
                return fought
        if (
            s.pos[i] == "NOUN"
            and lemma in words("nouns", "people")
            and (lemma not in words("nouns", "craft") or s.deps[i] in {"nsubj", "nsubjpass"})
        ):
            return self.discourse.role(self, i)
        if (
            s.pos[i] in {"NOUN", "PROPN"}
            and lemma in words("nouns", "organ")
            and any(s.lower[k] in {"the", "this", "that"} for k in s.children[i])
        ):
            return self.discourse.role(self, i)
        return []

    def _beside(self, i: int, named: Named) -> list[Ref]:
        """Nationalities joined to the one inside a name's phrase ("British and French aircraft" where the phrase is French)."""
        s = self.sentence
        if i != named.head or named.kind in {"name", "person", "surname", "capital", "place"}:
            return []
        outside = [k for k in s.kids(i, "amod", "nmod", "compound") if not named.start <= k < named.end]
        return [ref for k in outside for ref in self._named(k, "adj") if ref.code != named.code]

    def _modifiers(self, i: int) -> list[Ref]:
        """Nationalities, possessors and name parts before a noun: the nearest kind wins, joined ones count together."""
        s = self.sentence
        adjectives: list[Ref] = []
        possessors: list[Ref] = []
        for k in s.children[i]:
            dep = s.deps[k]
            if dep in {"amod", "compound", "nmod", "nummod", "det", "npadvmod", "quantmod"}:
                for j in [k, *s.kids(k, "conj", "compound", "amod", "npadvmod")]:
                    named = self.names.at.get(j)
                    if named is not None and named.kind != "against":
                        adjectives.append(Ref(named.code, "adj", named.start, named.end, named.sector, named.person))
            elif dep == "poss":
                for ref in self.phrase(k):
                    possessors.append(
                        Ref(
                            ref.code,
                            "poss" if ref.how != "pron" else "pron-poss",
                            ref.start,
                            ref.end,
                            ref.sector,
                            ref.person,
                        )
                    )
        if adjectives and possessors and s.lemmas[i] not in words("nouns", "relational"):
            # "Russia's Syrian base" is Russia's; "Lukashenko's Belarusian government" is Belarus's either way.
            return _unique(possessors)
        return (
            _unique(adjectives or possessors)
            if s.lemmas[i] not in words("nouns", "relational")
            else _unique(adjectives + possessors)
        )

    def _complement(self, i: int, prepositions: Iterable[str]) -> list[Ref]:
        s = self.sentence
        for k in s.kids(i, "prep"):
            if s.lower[k] in prepositions:
                for p in s.kids(k, "pobj"):
                    refs = [ref for ref in self.phrase(p) if ref.how not in {"role", "other"}]
                    if refs:
                        how = "of" if s.lower[k] in {"of", "from", "for"} else "in"
                        return [Ref(ref.code, how, ref.start, ref.end, ref.sector, ref.person) for ref in refs]
        return []

    def _apposed(self, i: int) -> list[Ref]:
        return [
            ref for k in self.sentence.kids(i, "appos") for ref in self.phrase(k) if ref.how not in {"role", "other"}
        ]

    def _antecedent(self, i: int) -> list[Ref]:
        s = self.sentence
        for head in s.up(i):
            if s.deps[head] == "relcl":
                return (
                    self.single(s.heads[head])
                    if s.lower[i] == "whose" or not _joined_plural(s, head)
                    else self.phrase(s.heads[head])
                )
        return []


def _joined_inside(s: Sentence, named: Named | None) -> list[int]:
    """Words joined by "and" to one inside a plural office's name: France in "the ministers of Britain and France"."""
    if named is None or named.end - named.start < 2 or s.tags[named.head] not in {"NNS", "NNPS"}:
        return []
    inside = range(named.start, named.end)
    return [k for i in inside if i != named.head for k in s.kids(i, "conj") if k not in inside]


def _names_act(lemma: str) -> bool:
    from foedus.coding.frames import lexicon

    return any(frame.type for frame in lexicon().get((lemma, "NOUN"), ()))


def _joined_plural(s: Sentence, verb: int) -> bool:
    return s.tags[verb] in {"VBP"} or any(s.tags[k] == "VBP" for k in s.kids(verb, "aux", "auxpass"))


def _unique(refs: Iterable[Ref]) -> list[Ref]:
    seen: dict[str, Ref] = {}
    for ref in refs:
        seen.setdefault(ref.code, ref)
    return list(seen.values())
