"""What a document has spoken of so far: who "it", "she", "the two countries", "its ally", "the ministry" are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from foedus.coding.entities import FIRST, NEUTER, PERSONAL, Entities, Named, Ref
from foedus.coding.parse import Sentence
from foedus.coding.words import words
from foedus.model.event import VAGUE

_REACH: Final = 5
"""Sentences back that a pronoun or description may point to."""
_PEOPLE_KINDS: Final = frozenset({"person", "title", "surname"})


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity met earlier in the document."""

    sentence: int
    word: int
    code: str
    person: bool
    subject: bool
    plural: bool
    name: str | None = None
    adjective: bool = False


@dataclass(slots=True)
class Discourse:
    """The running memory of one document. `voice` is whose statement it is (first person outside quotes), where known."""

    voice: str | None = None
    seen: list[Seen] = field(default_factory=list)
    quoted: str | None = None
    here: int = 0

    def close(self, entities: Entities) -> None:
        """Remembers the names of a sentence once it is done."""
        for named in sorted(entities.names.all, key=lambda n: n.start):
            if named.code not in VAGUE:
                self.seen.append(self._seen(entities, named))
        s = entities.sentence
        for i, word in enumerate(s.lower):
            # A pronoun in subject place keeps its entity in focus for the next sentence.
            if (word in PERSONAL or word in NEUTER) and s.deps[i] in {"nsubj", "nsubjpass"}:
                for ref in entities.single(i):
                    self.seen.append(Seen(self.here, i, ref.code, word in PERSONAL, True, False, ref.person))
        self.seen.sort(key=lambda item: (item.sentence, item.word))
        self.here += 1

    def _seen(self, entities: Entities, named: Named) -> Seen:
        s = entities.sentence
        joined = any(named2.head != named.head and s.heads[named2.head] == named.head and s.deps[named2.head] == "conj" for named2 in entities.names.all)
        return Seen(
            self.here, named.start, named.code, named.kind in _PEOPLE_KINDS, named.subject, named.plural or joined, named.person,
            adjective=named.kind in {"adjective"},
        )  # fmt: skip

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def pronoun(self, entities: Entities, i: int) -> list[Ref]:
        """Entities of the pronoun at word `i`."""
        s = entities.sentence
        word = s.lower[i]
        if word in FIRST:
            code = self.quoted or self.voice
            return [Ref(code, "pron", i, i + 1)] if code else []
        own = self._own_subjects(entities, i)
        here = [self._seen(entities, named) for named in entities.names.all if named.start < i and named.code not in VAGUE]
        here = [item for item in here if item.code not in own]
        governing = self._governing_subjects(entities, i)
        if word in PERSONAL:
            return self._first_of([self._persons(here, governing), self._persons_before()], i)
        if word in NEUTER:
            return self._first_of([self._things(here, governing), self._things_before(own)], i)
        return self._plural(entities, here, governing, own, i)

    def _first_of(self, choices: list[Seen | None], i: int) -> list[Ref]:
        for choice in choices:
            if choice is not None:
                return [Ref(choice.code, "pron", i, i + 1, None, choice.name)]
        return []

    def _own_subjects(self, entities: Entities, i: int) -> set[str]:
        """An object pronoun is never its own clause's subject ("the Russians leased it three tankers")."""
        s = entities.sentence
        if s.deps[i] in {"poss", "nsubj", "nsubjpass"}:
            return set()
        for head in s.up(i):
            if s.pos[head] in {"VERB", "AUX"}:
                return {n.code for k in s.kids(head, "nsubj", "nsubjpass") for j in s.subtree(k) if (n := entities.names.at.get(j)) and n.subject}
        return set()

    def _governing_subjects(self, entities: Entities, i: int) -> list[int]:
        """Words that head the subjects of the clauses above word `i`, nearest first."""
        s = entities.sentence
        found = []
        inside = i
        for head in s.up(i):
            for k in s.kids(head, "nsubj", "nsubjpass"):
                if k != inside and k < i and not s.under(i, k):
                    found.append(k)
            inside = head
        return found

    @staticmethod
    def _pick(here: list[Seen], governing: list[int], entities_heads: dict[int, Seen]) -> Seen | None:
        for k in governing:
            if k in entities_heads:
                return entities_heads[k]
        subjects = [item for item in here if item.subject]
        return (subjects or here or [None])[-1]  # type: ignore[list-item]

    def _persons(self, here: list[Seen], governing: list[int]) -> Seen | None:
        persons = [item for item in here if item.person]
        return self._pick(persons, governing, {item.word: item for item in persons})

    def _persons_before(self) -> Seen | None:
        recent = [item for item in self.seen if self.here - item.sentence <= _REACH and item.person]
        if not recent:
            return None
        last = recent[-1].sentence
        subjects = [item for item in recent if item.sentence == last and item.subject]
        return subjects[0] if subjects else recent[-1]

    def _things(self, here: list[Seen], governing: list[int]) -> Seen | None:
        things = [item for item in here if not item.person and not item.plural]
        return self._pick(things, governing, {item.word: item for item in things})

    def _things_before(self, own: set[str]) -> Seen | None:
        recent = [item for item in self.seen if self.here - item.sentence <= _REACH and not item.person and item.code not in own]
        if not recent:
            recent = [item for item in self.seen if self.here - item.sentence <= 1 and item.code not in own]
        if not recent:
            return None
        last = recent[-1].sentence
        subjects = [item for item in recent if item.sentence == last and item.subject and not item.plural]
        return subjects[0] if subjects else recent[-1]

    def _plural(self, entities: Entities, here: list[Seen], governing: list[int], own: set[str], i: int) -> list[Ref]:
        for k in governing:
            refs = entities.phrase(k)
            if refs and (len(refs) > 1 or entities.sentence.tags[k] in {"NNS", "NNPS"}):
                return [Ref(ref.code, "pron", i, i + 1) for ref in refs if ref.code not in own]
        plural = [item for item in here if item.plural]
        if plural:
            return [Ref(plural[-1].code, "pron", i, i + 1)]
        before = [item for item in self.seen if self.here - item.sentence <= 2 and item.code not in own]
        for back in range(1, 3):
            sentence = [item for item in before if item.sentence == self.here - back]
            subjects = list(dict.fromkeys(item.code for item in sentence if item.subject and item.plural)) or list(
                dict.fromkeys(item.code for item in sentence if item.subject)
            )
            if subjects:
                return [Ref(code, "pron", i, i + 1) for code in subjects[:4]]
        last = here[-1:] or before[-1:]
        return [Ref(item.code, "pron", i, i + 1) for item in last]

    # -- descriptions --------------------------------------------------------------------------------------------------

    def pair(self, entities: Entities, i: int) -> list[Ref]:
        """The last two states spoken of ("the two countries", "each")."""
        here = [n.code for n in sorted(entities.names.all, key=lambda n: n.start) if n.start < i]
        codes = list(dict.fromkeys(reversed([*(item.code for item in self.seen if self.here - item.sentence <= _REACH), *here])))
        codes = [code for code in codes if code not in VAGUE][:2]
        return [Ref(code, "pair", i, i + 1) for code in reversed(codes)] if len(codes) == 2 else []

    def other(self, entities: Entities, i: int, owners: list[Ref]) -> list[Ref]:
        """Whoever stands opposite the owner ("its ally", "her counterpart"): the last other state spoken of."""
        mine = {ref.code for ref in owners}
        if not mine:
            mine = {ref.code for k in self._governing_subjects(entities, i)[:1] for ref in entities.phrase(k)}
        here = [n.code for n in sorted(entities.names.all, key=lambda n: n.start) if n.code not in VAGUE and not n.start <= i < n.end]
        before = [item.code for item in self.seen if self.here - item.sentence <= _REACH]
        for code in [*reversed(here), *reversed(before)]:
            if code not in mine:
                return [Ref(code, "other", i, i + 1)]
        return []

    def role(self, entities: Entities, i: int) -> list[Ref]:
        """The state or body whose "army", "ministry", "president" or "crowd" is meant: by place in the clause, else the focus."""
        s = entities.sentence
        for head in s.up(i):
            if s.deps[head] == "relcl" and any(s.lower[k] == "where" for k in s.children[head]):
                refs = entities.single(s.heads[head])
                if refs:
                    return [Ref(refs[0].code, "role", i, i + 1)]
            if s.pos[head] == "VERB":
                for k in s.kids(head, "prep"):
                    if s.lower[k] in {"in", "at", "outside"}:
                        placed = [n for p in s.kids(k, "pobj") if (n := entities.names.at.get(p)) and n.kind in {"place", "capital", "name", "city"}]
                        if placed:
                            return [Ref(placed[0].code, "role", i, i + 1)]
                break
        person = s.lemmas[i] in words("nouns", "person")
        definite = any(s.lower[k] in {"the", "this", "that", "these", "those", "its", "his", "her", "their"} for k in s.children[i])
        here = [n for n in entities.names.all if n.start < i and n.code not in VAGUE and n.subject]
        if person and definite:
            seen = self._persons_before()
            if seen is not None and not here:
                return [Ref(seen.code, "role", i, i + 1, None, seen.name)]
        if here:
            return [Ref(here[-1].code, "role", i, i + 1)]
        before = self._things_before(set()) or self._persons_before()
        return [Ref(before.code, "role", i, i + 1)] if before else []


def voice_of(sentence: Sentence, names: list[Named]) -> str | None:
    """Whose statement a document is: the subject of its first sentence, where one is named."""
    subjects = [named.code for named in names if named.subject and named.code not in VAGUE]
    return subjects[0] if subjects else None
