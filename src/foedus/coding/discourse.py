"""What a document has spoken of so far: who "it", "she", "the two countries", "its ally", "the ministry" are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from foedus.coding.binding import governing_subjects, own_subjects
from foedus.coding.dealings import Dealings
from foedus.coding.entities import FIRST, NEUTER, PERSONAL, SECOND, Entities, Named, Ref, joined
from foedus.coding.parse import Sentence
from foedus.coding.turns import turn, voice_of
from foedus.coding.words import words
from foedus.model.event import VAGUE

if TYPE_CHECKING:
    from collections.abc import Iterable

FOCUS: Final = 8
"""Actors of the document that a sentence may mean without naming them."""
_REACH: Final = 5
"""Sentences back that a pronoun or description may point to."""
_OFFICES: Final = frozenset({"ministry", "parliament", "presidency", "chancellery", "cabinet"})
"""Organs of which a state has one: spoken of in full once, the bare word means the same one."""
_PORTFOLIOS: Final = frozenset(
    "foreign defence defense interior finance health oil energy trade war justice information culture intelligence".split()
)
_ENVOYS: Final = frozenset(
    {"diplomat", "delegate", "negotiator", "official", "aide", "adviser", "deputy", "representative"}
)
_OF_STATES: Final = frozenset("regime junta army navy cabinet".split())
"""What states have and bodies of states do not."""
_SIDES: Final = frozenset({"side", "party", "belligerent", "combatant", "foe", "enemy", "adversary"})
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
    sort: str = "state"


@dataclass(slots=True)
class Discourse:
    """The running memory of one document. `voice` is whose statement it is (first person outside quotes), where known."""

    voice: str | None = None
    seen: list[Seen] = field(default_factory=list)
    quoted: str | None = None
    here: int = 0
    asked: bool = False
    """Whether the current sentence is a question put to the voice of the document (a press conference, an interview)."""
    joined: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Actors named together ("Riyadh and Tehran"), by sentence: what "the two countries" and "both" point to."""
    dealings: Dealings = field(default_factory=Dealings)
    offices: dict[str, str] = field(default_factory=dict)
    """Whose the last "Peruvian foreign ministry" was, and so whose a later "the foreign ministry" is."""
    standing: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    """For each actor named so far: the sentence that named it last, how many did, whether it was a subject there."""

    def take_turn(self, text: str) -> None:
        """Notes whose turn it is where a sentence opens a question or an answer; the questions are the press's."""
        whose = turn(text)
        if whose:
            self.asked = whose == "Q"
            self.quoted = None

    def dealt(self, actor: str, recipient: str, force: bool) -> None:
        """Notes that one did or said something to another in the current sentence, and whether it was by force."""
        self.dealings.note(self.here, actor, recipient, force)

    def close(self, entities: Entities) -> None:
        """Remembers the names of a sentence once it is done."""
        for named in sorted(entities.names.all, key=lambda n: n.start):
            if named.code not in VAGUE:
                self.seen.append(self._seen(entities, named))
                last, times, subject = self.standing.get(named.code, (-1, 0, False))
                again = last == self.here
                self.standing[named.code] = (
                    self.here,
                    times + (not again),
                    named.subject or (again and subject),
                )
        s = entities.sentence
        self._note_offices(entities)
        if self.voice is None:
            self.voice = next(
                (named.code for named in entities.names.all if named.subject and named.code not in VAGUE), None
            )
        for named in entities.names.all:
            group = [named, *joined(s, named, entities.names.all)]
            codes = tuple(dict.fromkeys(item.code for item in group if item.code not in VAGUE))
            if len(codes) > 1:
                self.joined.append((self.here, codes))
        for i, word in enumerate(s.lower):
            # A pronoun in subject place keeps its entity in focus for the next sentence.
            if (word in PERSONAL or word in NEUTER) and s.deps[i] in {"nsubj", "nsubjpass"}:
                for ref in entities.single(i):
                    self.seen.append(Seen(self.here, i, ref.code, word in PERSONAL, True, False, ref.person))
        self.seen.sort(key=lambda item: (item.sentence, item.word))
        self.here += 1

    def _note_offices(self, entities: Entities) -> None:
        for i, lemma in enumerate(entities.sentence.lemmas):
            if lemma in _OFFICES:
                refs = [ref for ref in entities.single(i) if ref.code not in VAGUE]
                if len(refs) == 1 and (refs[0].how != "role" or self._office(entities.sentence, i)):
                    for key in {_office_name(entities.sentence, i), lemma}:
                        self.offices[key] = refs[0].code

    def _office(self, s: Sentence, i: int) -> str | None:
        """Whose office the phrase at word `i` names, where the document named it in full before."""
        return self.offices.get(_office_name(s, i))

    def _seen(self, entities: Entities, named: Named) -> Seen:
        s = entities.sentence
        joined = any(
            named2.head != named.head and s.heads[named2.head] == named.head and s.deps[named2.head] == "conj"
            for named2 in entities.names.all
        )
        return Seen(
            self.here, named.start, named.code, named.kind in _PEOPLE_KINDS, named.subject, named.plural or joined, named.person,
            adjective=named.kind in {"adjective"}, sort=named.sort,
        )  # fmt: skip

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def pronoun(self, entities: Entities, i: int) -> list[Ref]:
        """Entities of the pronoun at word `i`."""
        s = entities.sentence
        word = s.lower[i]
        if word in FIRST:
            code = self._first_person(entities, i)
            return [Ref(code, "pron", i, i + 1)] if code else []
        if word in SECOND:
            return [Ref(self.voice, "pron", i, i + 1)] if self.voice and self.asked else []
        own = own_subjects(entities, i)
        here = [
            self._seen(entities, named) for named in entities.names.all if named.start < i and named.code not in VAGUE
        ]
        here = [item for item in here if item.code not in own]
        governing = governing_subjects(entities, i)
        if word in PERSONAL:
            held = self._office_holder(entities, governing)
            if held and held.code not in own:
                return [Ref(held.code, "pron", i, i + 1, None, held.person)]
            return self._first_of([self._persons(here, governing), self._persons_before()], i)
        if word in NEUTER:
            return self._first_of([self._things(here, governing), self._things_before(own)], i)
        return self._plural(entities, here, governing, own, i)

    def _office_holder(self, entities: Entities, governing: list[int]) -> Ref | None:
        """Whom the nearest subject above names by his office alone ("Israel's ambassador said that his country …")."""
        s = entities.sentence
        for k in governing[:1]:
            if s.lemmas[k] in words("nouns", "person") | _ENVOYS and s.tags[k] == "NN":
                refs = [ref for ref in entities.single(k) if ref.code not in VAGUE]
                if len(refs) == 1:
                    return refs[0]
        return None

    def _first_of(self, choices: list[Seen | None], i: int) -> list[Ref]:
        for choice in choices:
            if choice is not None:
                return [Ref(choice.code, "pron", i, i + 1, None, choice.name)]
        return []

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
        recent = [
            item
            for item in self.seen
            if self.here - item.sentence <= _REACH and not item.person and item.code not in own
        ]
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
            leading = {item.code for item in sentence if item.subject}
            group = next((codes for at, codes in self.joined if at == self.here - back and set(codes) <= leading), ())
            if group and not own & set(group):
                return [Ref(code, "pron", i, i + 1) for code in group[:4]]
            subjects = list(dict.fromkeys(item.code for item in sentence if item.subject and item.plural)) or list(
                dict.fromkeys(item.code for item in sentence if item.subject)
            )
            if subjects:
                return [Ref(code, "pron", i, i + 1) for code in subjects[:4]]
        last = here[-1:] or before[-1:]
        return [Ref(item.code, "pron", i, i + 1) for item in last]

    def interlocutors(self, doers: list[Ref]) -> list[Ref]:
        """Whoever last dealt with the doers, placed on the first of them."""
        other = self.dealings.interlocutor({ref.code for ref in doers}, self.here)
        return [Ref(other, "answered", doers[0].start, doers[0].end)] if other else []

    # -- descriptions --------------------------------------------------------------------------------------------------

    def _first_person(self, entities: Entities, i: int) -> str | None:
        """Who says "we": whoever the sentence quotes, else whoever was quoted last, else whose statement the document is."""
        s = entities.sentence
        for head in [i, *s.up(i)]:
            for verb in [head, *s.kids(head, "parataxis", "ccomp")]:
                if s.pos[verb] == "VERB" and s.lemmas[verb] in words("speech", "verbs"):
                    for k in s.kids(verb, "nsubj"):
                        if s.lower[k] not in FIRST:
                            refs = entities.single(k)
                            if refs:
                                return refs[0].code
        inside = sum(1 for k in range(i) if s.words[k] in {'"', "“", "``"}) % 2 == 1
        return (self.quoted or self.voice) if inside else (self.voice or self.quoted)

    def author(self, i: int) -> list[Ref]:
        """Whoever a statement or text speaks for: who last spoke, else whose document it is."""
        subjects = [item.code for item in self.seen if item.subject and self.here - item.sentence <= _REACH]
        code = subjects[-1] if subjects else self.voice
        return [Ref(code, "role", i, i + 1)] if code else []

    def pair(self, entities: Entities, i: int, n: int = 2) -> list[Ref]:
        """The last `n` states spoken of together ("the two countries", "each", "the four"), the clause's own subject left out."""
        own = own_subjects(entities, i)
        s = entities.sentence
        if s.lemmas[i] in _SIDES and n == 2:
            fought = self.dealings.sides(own)
            if fought:
                return [Ref(code, "pair", i, i + 1) for code in fought]
        if s.lemmas[i] not in words("nouns", "bodies"):
            sort = {item.code for item in self.seen if item.sort != "body"} | {
                named.code for named in entities.names.all if named.sort != "body"
            }
        else:
            sort = {item.code for item in self.seen if item.sort == "body"}
        for sentence, codes in reversed(self.joined):
            if self.here - sentence <= _REACH and len(codes) == n and not own & set(codes) and set(codes) <= sort:
                return [Ref(code, "pair", i, i + 1) for code in codes]
        if n == 2 and s.lemmas[i] not in {"man", "woman"} and (main := self.dealings.main_pair(own, sort)):
            return [Ref(code, "pair", i, i + 1) for code in main]
        here = [named.code for named in sorted(entities.names.all, key=lambda item: item.start) if named.start < i]
        met = [*(item.code for item in self.seen if self.here - item.sentence <= _REACH), *here]
        recent = [
            code for code in dict.fromkeys(reversed(met)) if code not in VAGUE and code not in own and code in sort
        ][:n]
        return [Ref(code, "pair", i, i + 1) for code in reversed(recent)] if len(recent) == n else []

    def focus(self, but: set[str]) -> list[str]:
        """Actors that the document speaks of most, late mentions and subjects counting more, those in `but` left out."""
        weight: dict[str, float] = dict.fromkeys(self.standing, 0.1)
        for item in self.seen:
            weight[item.code] = weight.get(item.code, 0) + (2 if item.subject else 1) / (
                1 + 0.3 * (self.here - item.sentence)
            )
        return [code for code in sorted(weight, key=lambda code: -weight[code]) if code not in but][:FOCUS]

    def other(self, entities: Entities, i: int, owners: list[Ref]) -> list[Ref]:
        """Whoever stands opposite the owner ("its ally", "her counterpart"): the last other state spoken of."""
        mine = {ref.code for ref in owners}
        if not mine:
            mine = {ref.code for k in governing_subjects(entities, i)[:1] for ref in entities.phrase(k)}
        here = [
            n.code
            for n in sorted(entities.names.all, key=lambda n: n.start)
            if n.code not in VAGUE and not n.start <= i < n.end
        ]
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
                        placed = [
                            n
                            for p in s.kids(k, "pobj")
                            if (n := entities.names.at.get(p)) and n.kind in {"place", "capital", "name", "city"}
                        ]
                        if placed:
                            return [Ref(placed[0].code, "role", i, i + 1)]
                break
        office = self._office(s, i) if s.lemmas[i] in _OFFICES else None
        if office:
            return [Ref(office, "role", i, i + 1)]
        person = s.lemmas[i] in words("nouns", "person")
        definite = any(
            s.lower[k] in {"the", "this", "that", "these", "those", "its", "his", "her", "their"} for k in s.children[i]
        )
        here = [n for n in entities.names.all if n.start < i and n.code not in VAGUE and n.subject]
        if person and definite:
            seen = self._persons_before()
            if seen is not None and not here:
                return [Ref(seen.code, "role", i, i + 1, None, seen.name)]
        own = own_subjects(entities, i)
        here = [n for n in here if n.code not in own]
        lemma = s.lemmas[i]
        wanted = (
            "body"
            if lemma in words("nouns", "bodies") and definite
            else "group"
            if lemma in words("nouns", "groups") and definite
            else None
        )
        if wanted:
            fitting = [n.code for n in entities.names.all if n.start < i and n.sort == wanted and n.code not in own]
            before = [
                item
                for item in self.seen
                if item.sort == wanted and item.code not in own and self.here - item.sentence <= _REACH
            ]
            fitting += [
                item.code for item in sorted(before, key=lambda item: (-item.sentence, not item.subject, -item.word))
            ]
            if fitting:
                return [Ref(fitting[0], "role", i, i + 1)]
        if lemma in {"kingdom", "monarchy", "emirate", "sultanate"}:
            crowned = [
                item.code for item in self.seen if item.code in words("nouns", "kingdoms") and item.code not in own
            ]
            if crowned:
                return [Ref(crowned[-1], "role", i, i + 1)]
        if lemma in _OF_STATES:
            here = [n for n in here if n.sort != "body"]
            own = own | {item.code for item in self.seen if item.sort == "body"}
        if here:
            return [Ref(here[-1].code, "role", i, i + 1)]
        last = self._things_before(own) or self._persons_before()
        if last is not None and last.code in own:
            return []
        return [Ref(last.code, "role", i, i + 1)] if last else []


def _office_name(s: Sentence, i: int) -> str:
    """The office's name without its state: "foreign ministry", or only "ministry"."""
    before = s.lower[i - 1] if i else ""
    return f"{before} {s.lemmas[i]}" if before in _PORTFOLIOS else s.lemmas[i]


def opened(title: str | None, mentions: Iterable[Any]) -> Discourse:
    """The memory of a document at its beginning: its voice where the title names one, and whom the title names (`mentions`)."""
    codes = [mention.code for mention in mentions]
    titled = {code: (-1, 1, False) for code in codes if code not in VAGUE}
    return Discourse(voice=voice_of(title, codes), standing=titled)
