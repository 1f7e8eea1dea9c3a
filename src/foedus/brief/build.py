"""Puts the brief together: documents and events in, one model out."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from foedus import __version__
from foedus.brief import answers, contested, evidence, labels, mediation, pairs, reasons, timeline, watch
from foedus.brief import crisis as crises
from foedus.brief import estimates as estimated
from foedus.brief.model import BriefModel, CrisisPart, MediationRow, SourceLine
from foedus.brief.text import Text, lay_out, source_name
from foedus.errors import CrisisError, UnknownActorError
from foedus.ledger.background import mark
from foedus.ledger.rules import weights_version
from foedus.ledger.series import Step
from foedus.model.crisis import Crisis
from foedus.model.dates import bounds, earliest, is_date, latest
from foedus.model.document import Document
from foedus.model.duty import Duty
from foedus.model.event import VAGUE, Event
from foedus.model.ledger import Ledger

MOST_PAIRS = 12
"""Supporters shown with a chart; the rest keep their answer line."""
MOST_SILENT = 15
_TREATY = re.compile(r"\bTreaty (?:of|on|for)\b|\b(?:Treaty|Agreement|Charter|Convention)$|\bAgreement on\b")


def build(
    coded: Iterable[tuple[Document, Sequence[Event]]],
    *,
    attacked: Iterable[str] = (),
    attackers: Iterable[str] = (),
    on: str | None = None,
    supporters: Iterable[str] = (),
    client: str | None = None,
    since: str | None = None,
    until: str | None = None,
    step: Step | None = None,
    world: Any = None,
    faults: Iterable[str] = (),
    assessment: dict[str, Any] | None = None,
    estimates: bool = False,
) -> BriefModel:
    """The brief of some documents and their events.

    `world` (a `foedus.World`) brings the treaties; without it the brief says that they were not looked up. `faults` are
    lines on sources that could not be read; `estimates` adds how far each third state may go. Raises CrisisError where
    no crisis is found or given, InputError where a supporter, client or window cannot be.
    """
    texts = [
        lay_out(f"d{number}", document, mark(events, {document.id: document}))
        for number, (document, events) in enumerate(coded, 1)
    ]
    crisis = crises.find(texts, attacked, attackers, on)
    if crisis.looking_back:
        bring_near(texts, crisis)
    events = [event for text in texts for line in text.lines for event in line.events]
    settled = [event for text in texts for event in contested.settle(text)]
    books = pairs.choose(settled, texts, crisis, supporters=supporters, client=client, since=since, until=until)
    asked = [code.strip().upper() for code in supporters]
    idle = [book.supporter for book in books if not (asked or speaks(book))]
    books = [book for book in books if book.supporter not in idle]
    owed, notes = _duties(crisis, world)
    by_document = {text.document.id: text for text in texts}
    events_of: dict[str, list[Event]] = defaultdict(list)
    for event in settled:
        events_of[event.document].append(event)
    axis = pairs.axis(books[:MOST_PAIRS], crisis, step)
    shown = [pairs.pair(book, by_document, events_of, axis) for book in books[:MOST_PAIRS]]
    codes = [book.supporter for book in books]
    sides = [*crisis.attacked, *(attack.attacker for attack in crisis.attackers)]
    happened, background = timeline.rows(texts, [*sides, *codes])
    offers = mediation.find(texts, sides)
    offering = Counter(row.actor for row in offers if row.outcome == "live")
    answered = tuple(
        answers.answer(
            book,
            owed,
            shown[place].key if place < len(shown) else "",
            offering[book.supporter],
        )
        for place, book in enumerate(books)
    )
    if assessment is None and estimates and world is not None:
        assessment = estimated.section(crisis, answered, texts, world, _beside(offers, idle))
    between = {row.actor for row in offers}
    named = _named(texts, {*sides, *codes}, crisis.date)
    quiet = [] if asked else _states(_mentioned(texts) - {*sides, *codes}, crisis.date)
    given = reasons.find(texts, codes, sides, {book.supporter: book.client for book in books}, quiet)
    return BriefModel(
        title=_title(crisis),
        crisis=crisis,
        names={code: labels.name(code) for code in _codes(events, [*sides, *codes, *(row.supporter for row in given)])},
        sources=tuple(_source(text, set(sides)) for text in texts),
        faults=tuple(faults),
        covered=_covered(texts, events),
        versions=_versions(events),
        answers=answered,
        # Where only some supporters were asked for, nothing is said of the silence of the rest.
        silent=()
        if asked
        else answers.silent(owed or (), [*codes, *between], named, idle, _mentioned(texts))[:MOST_SILENT],
        pairs=tuple(shown),
        commitments=answers.commitments(
            owed or (),
            codes,
            crisis,
            named=[] if asked else [*idle, *named],
            broken={(book.supporter, book.client) for book in books if answers.attacks(book)},
        ),
        commitments_note=" ".join(notes),
        reasons=given,
        timeline=happened,
        background=background,
        claims=timeline.claims(texts, [*sides, *codes]),
        watch=watch.find(texts, [*sides, *codes]),
        documents=tuple(evidence.view(text) for text in texts),
        drivers=reasons.drivers(),
        mediation=offers,
        idle=tuple(idle),
        assessment=assessment,
    )


def _beside(offers: Sequence[MediationRow], idle: Iterable[str]) -> dict[str, str]:
    """What is told of actors without an answer, in a few words: they mediate, or act towards both sides or neither."""
    told = dict.fromkeys(idle, "acts towards both sides or neither only")
    for title, code, rows in reversed(mediation.by_mediator(offers)):
        told[code] = answers.offers_to_mediate(len(rows)) if rows[0].outcome == "live" else title
    return told


def speaks(book: Ledger) -> bool:
    """Whether a ledger has anything for its answer line."""
    counts = book.counts
    if any(counts[name].acts for name in counts if name not in ("historical", "asked", "denied")):
        return True
    # What somebody reports and another denies is something; a denial alone stands for neither side.
    return any(act.polarity == "positive" for act in book.denied)


def bring_near(texts: Sequence[Text], crisis: CrisisPart) -> None:
    """For sources that look back: what happened within a year of the attack is the crisis, not its background."""
    for text in texts:
        for line in text.lines:
            line.events = brought_near(line.events, crisis)


def brought_near(events: Sequence[Event], crisis: CrisisPart) -> list[Event]:
    """The same events; what falls within a year of the attack is no longer background."""
    days = [attack.date for attack in crisis.attackers if attack.date and attack.dated != "report"]
    if not days:
        return list(events)
    start = min(earliest(day) for day in days) - dt.timedelta(days=31)
    end = max(latest(day) for day in days) + dt.timedelta(days=366)

    def inside(event: Event) -> bool:
        if not event.date or not is_date(event.date):
            return True
        return start <= latest(event.date) and earliest(event.date) <= end

    return [replace(event, historical=False) if event.historical and inside(event) else event for event in events]


def _title(crisis: CrisisPart) -> str:
    attacked = labels.listed([labels.running(code) for code in crisis.attacked])
    attackers = labels.listed([labels.running(attack.attacker) for attack in crisis.attackers])
    return f"{labels.capital(attacked)}, attacked by {attackers}"


def _duties(crisis: CrisisPart, world: Any) -> tuple[list[Duty] | None, list[str]]:
    """Duties of all third states, or None with the reason why they could not be looked up."""
    if world is None:
        return None, ["Treaties were not looked up: no list of treaties was given."]
    if crisis.date is None:
        return None, ["Treaties were not looked up: the day of the attack is not known; give it with --on."]
    from foedus.world.duties import duties

    day = earliest(crisis.date)
    asked = Crisis(crisis.attacked, [attack.attacker for attack in crisis.attackers], day)
    try:
        return duties(asked, world), []
    except CrisisError as error:
        return None, [f"Treaties were not looked up: {error}."]


def _named(texts: Sequence[Text], known: set[str], on: str | None) -> list[str]:
    """Actors of the day that the texts with events name more than once, beyond those that act."""
    from foedus.actors.mentions import kind_of
    from foedus.actors.resolver import state

    seen: dict[str, int] = {}
    for text in texts:
        if any(line.events for line in text.lines):
            for line in text.lines:
                for mention in line.mentions:
                    if mention.code not in known and mention.code not in VAGUE and not mention.place:
                        seen[mention.code] = seen.get(mention.code, 0) + 1
    day = earliest(on) if on else None
    # A treaty that stands among the bodies under its own name does nothing itself.
    acting = [code for code in seen if not _TREATY.search(labels.name(code))]
    alive = [code for code in acting if day is None or kind_of(code) != "state" or _exists(state, code, day)]
    return sorted((code for code in alive if seen[code] > 1), key=lambda code: (-seen[code], code))


def _mentioned(texts: Sequence[Text]) -> set[str]:
    """Everybody whom the texts name, once at least and not only as a place."""
    return {mention.code for text in texts for line in text.lines for mention in line.mentions if not mention.place}


def _states(codes: Iterable[str], on: str | None) -> list[str]:
    """Those of the codes that are states on the day."""
    from foedus.actors.mentions import kind_of
    from foedus.actors.resolver import state

    day = earliest(on) if on else None
    return sorted(code for code in codes if kind_of(code) == "state" and (day is None or _exists(state, code, day)))


def _exists(state: Any, code: str, day: dt.date) -> bool:
    try:
        return state(code, day) is not None
    except UnknownActorError:
        return False


def _codes(events: Iterable[Event], more: Iterable[str]) -> list[str]:
    codes = set(more)
    for event in events:
        codes.update(code for code in (event.actor, event.recipient, event.speaker) if code)
    return sorted(codes)


def _source(text: Text, sides: set[str]) -> SourceLine:
    document = text.document
    count = sum(len(line.events) for line in text.lines)
    translation = None
    if document.translation:
        parts = ["Translated republication"]
        if document.translation.republished_by:
            parts.append(f"by {document.translation.republished_by}")
        if document.translation.from_language:
            parts.append(f"from {document.translation.from_language}")
        translation = " ".join(parts)
    url = document.url if document.url and document.url.startswith(("http://", "https://")) else None
    return SourceLine(
        key=text.key,
        title=document.title or source_name(document) or f"Document {document.id}",
        byline=document.byline,
        outlet=document.outlet,
        published=document.published,
        published_inferred="published" in document.inferred,
        url=url,
        file=source_name(document),
        language=document.language,
        translation=translation,
        words=len(document.text.split()),
        events=count,
        bearing=any({event.actor, event.recipient} & sides for line in text.lines for event in line.events),
        notes=document.notes,
    )


def _covered(texts: Sequence[Text], events: Iterable[Event]) -> tuple[str | None, str | None]:
    """First and last day that the reports of the crisis speak of, by their own dates."""
    days = [event.date for event in events if event.date and is_date(event.date) and not event.historical]
    days += [day for text in texts if (day := text.document.published) and is_date(day)]
    full = [day for day in days if bounds(day)[0] == bounds(day)[1]]
    if not full:
        return None, None
    return min(full, key=earliest), max(full, key=latest)


def _versions(events: Iterable[Event]) -> dict[str, str]:
    coders = sorted({event.coder for event in events if event.coder})
    return {
        "foedus": __version__,
        "coder": ", ".join(coders) or "not named",
        "intensities": weights_version(),
        "phrases for reasons": str(labels.table("reasons")["version"]),
        "phrases for what to watch": str(labels.table("watch")["version"]),
        "weights for finding the crisis": str(labels.table("crisis")["version"]),
    }
