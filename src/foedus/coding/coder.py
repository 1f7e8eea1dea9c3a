"""From a document to its events.

Sentences are cut and looked at first: only those with a name (or a pronoun) and a word of the lexicon are parsed. Syntax and
lexicon then propose candidates, and a decider keeps those that are events. Every event carries how it was found (`Event.why`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Protocol

from foedus.coding import decide, when
from foedus.coding.assemble import assemble
from foedus.coding.attribution import quoted_speaker
from foedus.coding.candidates import Candidate, candidates
from foedus.coding.discourse import opened
from foedus.coding.entities import PRONOUNS, Entities, Names, Ref, place, spoken
from foedus.coding.headlines import lowered, shouted
from foedus.coding.modes import contexts, mode
from foedus.coding.naming import Naming
from foedus.coding.parse import Sentence, parse
from foedus.coding.sentences import split
from foedus.coding.space import predicates
from foedus.coding.threads import one_thread
from foedus.coding.windows import hidden
from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import VAGUE, Event, Span, Why

VERSION: Final = "local-4"
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+")
_BATCH: Final = 32
"""Documents parsed together: enough to fill the parser's batches, few enough to keep memory flat."""


class Backend(Protocol):
    """What another coder must offer to stand in for the local one."""

    version: str

    def code_batch(self, documents: Sequence[Document]) -> list[list[Event]]:
        """Events of each document, in order."""
        ...


class Coder:
    """Codes documents into events. Loads its models once; `backend` is `local` or an object with `code_batch`.

    Raises InputError for an unknown back end and ModelError where a model file is missing or altered.
    """

    def __init__(self, backend: str | Backend = "local") -> None:
        if isinstance(backend, str):
            if backend != "local":
                raise InputError(
                    f"there is no coder back end {backend!r}; use 'local' or pass an object with `code_batch`"
                )
            self._backend: Backend = LocalBackend()
        else:
            self._backend = backend
        self._relations: Any = None

    @property
    def version(self) -> str:
        """Name and version of what codes; it is written into every event."""
        return self._backend.version

    def code(self, document: Document) -> list[Event]:
        """Events of one document, in text order."""
        return self._backend.code_batch([document])[0]

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        """Pairs of document and events, in the order given, never holding more than a few batches.

        `workers` above 1 codes in as many processes.
        """
        stream = iter(documents)
        if workers <= 1:
            while batch := list(islice(stream, _BATCH)):
                yield from zip(batch, self._backend.code_batch(batch), strict=True)
            return
        from foedus.coding.workers import code_in_processes

        yield from code_in_processes(self._backend, stream, workers, _BATCH)

    def relations(
        self, items: Sequence[tuple[str, tuple[int, int] | None, tuple[int, int] | None]]
    ) -> list[tuple[str, float]]:
        """PLOVER type and probability for each (text, actor span, recipient span); either span may be None."""
        if self._relations is None:
            from foedus.coding.relations import Relations

            self._relations = Relations.load()
        result: list[tuple[str, float]] = self._relations.predict(items)
        return result


class LocalBackend:
    """The shipped coder: syntax, lexicon, actor data and the learned decider."""

    version = VERSION

    def __init__(self, learned: bool = True) -> None:
        self._decider = decide.decider() if learned and decide.available() else None

    def code_batch(self, documents: Sequence[Document]) -> list[list[Event]]:
        """Events of each document; the parser sees the sentences of all of them together."""
        with one_thread():
            return self._code_batch(documents)

    def _code_batch(self, documents: Sequence[Document]) -> list[list[Event]]:
        plans = [self._plan(document) for document in documents]
        wanted = [sentence for plan in plans for sentence, mentions, parse_it in plan if parse_it]
        for _ in parse(wanted):
            pass
        read = self._read(documents, plans) if self._decider is not None else {}
        return [self._code(document, plan, read) for document, plan in zip(documents, plans, strict=True)]

    def _read(
        self, documents: Sequence[Document], plans: list[list[tuple[Sentence, list[Any], bool]]]
    ) -> dict[int, decide.Reading]:
        """Each parsed sentence as the encoder reads it, by identity; the title stands before a document's first."""
        assert self._decider is not None
        jobs, parsed = [], []
        for document, plan in zip(documents, plans, strict=True):
            own = [(sentence, mentions) for sentence, mentions, _ in plan if len(sentence)]
            if own:
                title = document.title or ""
                jobs.append(
                    [
                        (title, [], hidden(Naming(document.published, title).title)),
                        *((s.text, s.starts, hidden(m)) for s, m in own),
                    ]
                )
                parsed.append([sentence for sentence, _ in own])
        return {
            id(sentence): reading
            for own, readings in zip(parsed, self._decider.read(jobs), strict=True)
            for sentence, reading in zip(own, readings[1:], strict=True)
        }

    def _find_events(
        self, entities: Entities, read: dict[int, decide.Reading], times: list[when.When], published: str | None
    ) -> list[Candidate]:
        if self._decider is None:
            return candidates(entities)
        found = predicates(entities)
        decisions = self._decider.decide(entities, found, read[id(entities.sentence)], times, published)
        return assemble(entities, found, decisions, self._decider.meta["thresholds"], times, self._decider.knots)

    def _plan(self, document: Document) -> list[tuple[Sentence, list[Any], bool]]:
        """The sentences of a document with their names, and whether each is worth parsing."""
        if document.language not in (None, "en"):
            return []
        naming = Naming(document.published, document.title)
        plan = []
        for index, (start, end) in enumerate(split(document.text)):
            text = document.text[start:end]
            mentions = naming.mentions(text)
            if shouted(text):
                titled = text.title()
                mentions = _both(mentions, naming.mentions(titled) if len(titled) == len(text) else [])
                text = lowered(text, [(m.start, m.end) for m in mentions])
            sentence = Sentence(text, start, index)
            plan.append((sentence, mentions, _promising(sentence.text, mentions)))
        return plan

    def _code(
        self, document: Document, plan: list[tuple[Sentence, list[Any], bool]], read: dict[int, decide.Reading]
    ) -> list[Event]:
        discourse = opened(document.title, Naming(document.published, document.title).title)
        events: list[Event] = []
        about = contexts(document.text) if plan else ()
        anchor: str | None = None
        story: int | None = None
        for sentence, mentions, _ in plan:
            names = place(sentence, mentions) if len(sentence) else Names()
            entities = Entities(sentence, names, discourse)
            discourse.take_turn(sentence.text)
            if len(sentence):
                whens = when.times(sentence.text, document.published, anchor)
                times = when.readings(whens, document.published, anchor, story)
                found = self._find_events(entities, read, times, document.published)
                for c in found:
                    if c.recipient:
                        happened = not (c.scope.negative or c.scope.hypothetical)
                        discourse.dealt(c.actor.code, c.recipient.code, c.type == "ASSAULT" and happened)
                events.extend(_event(document, entities, candidate, whens, about) for candidate in found)
                discourse.quoted = quoted_speaker(entities) or discourse.quoted
                story = when.last_year(whens, story)
                anchor = next((w.date for w in reversed(whens) if w.date and len(w.date) == 10), anchor)
            discourse.close(entities)
        return events


def _promising(text: str, mentions: list[Any]) -> bool:
    """Whether a sentence could hold an event: it names somebody, or points back to somebody."""
    if any(mention.code not in VAGUE for mention in mentions):
        return True
    lowered = {word.lower() for word in _WORD.findall(text)}
    return bool(lowered & (PRONOUNS | _POINTERS)) and len(lowered) > 2


def _both(first: list[Any], second: list[Any]) -> list[Any]:
    """Two lists of mentions as one, in order; where they overlap the first stands ("US" in capitals is no "us")."""
    added = [m for m in second if not any(m.start < o.end and o.start < m.end for o in first)]
    return sorted([*first, *added], key=lambda m: m.start)


_POINTERS: Final = frozenset("the both each two its their his her".split())


def _event(document: Document, e: Entities, c: Candidate, whens: list[when.When], about: tuple[str, ...]) -> Event:
    s = e.sentence
    if c.dated:
        date = c.time.date if c.time else None
    else:
        time = when.belongs(s, whens, c.word)
        date = time.date if time and not time.limit else None
    modality = (
        "hypothetical"
        if c.scope.hypothetical or (c.source and c.source.doubt)
        else "future"
        if c.scope.future
        else "actual"
    )
    speaker = c.source.code if c.source else None
    return Event(
        actor=c.actor.code,
        recipient=c.recipient.code if c.recipient else None,
        type=c.type,
        mode=mode(s, c.word, c.type, c.mode),
        polarity="negative" if c.scope.negative else "positive",
        modality=modality,  # type: ignore[arg-type]
        speaker=speaker,
        date=date,
        historical=when.is_historical(date, document.published) if date else c.historical,
        quote=document.text[s.start : s.start + len(s.text)],
        start=s.start,
        end=s.start + len(s.text),
        sentence=s.index,
        document=document.id,
        id=f"{document.id}:{s.start}:{c.word}:{c.actor.code}:{c.recipient.code if c.recipient else '-'}:{c.type}",
        actor_span=_span(s, c.actor),
        recipient_span=_span(s, c.recipient),
        predicate_span=Span(s.start + s.starts[c.word], s.start + s.ends[c.word]),
        speaker_span=_span(s, c.source.ref) if c.source and c.source.ref else None,
        actor_sector=c.actor.sector,
        recipient_sector=c.recipient.sector if c.recipient else None,
        speaker_name=(c.source.ref.person if c.source and c.source.ref else None) or (c.actor.person if speaker == c.actor.code else None),
        contexts=about,
        why=_why(c),
        confidence=round(c.confidence, 4),
        coder=VERSION,
    )  # fmt: skip


def _why(c: Candidate) -> Why:
    notes = [f"actor by {c.actor_how}", f"recipient by {c.recipient_how}"]
    if c.scope.cue:
        notes.append(f"scope: {c.scope.cue}")
    return Why(c.frame.name or "no frame", tuple(notes), c.weighed or tuple((rival.name, 0.0) for rival in c.rivals))


def _span(s: Sentence, ref: Ref | None) -> Span | None:
    if ref is None or not spoken(ref.how):
        return None  # the sentence does not name it; its place there is the predicate's or the doer's
    return Span(s.start + s.starts[ref.start], s.start + s.ends[ref.end - 1])
