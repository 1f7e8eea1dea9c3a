"""Everything that happened, act by act, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foedus.brief import contested, evidence, labels, quotes, wording
from foedus.brief.model import ClaimRow, Evidence, TimelineRow
from foedus.brief.pairs import person
from foedus.brief.text import Text
from foedus.ledger import rules
from foedus.ledger.matching import group
from foedus.model.dates import earliest, is_date
from foedus.model.event import VAGUE, Event


def rows(texts: Sequence[Text], parties: Iterable[str]) -> tuple[tuple[TimelineRow, ...], tuple[TimelineRow, ...]]:
    """Acts in which one of `parties` takes part, dated ones in order, undated ones last; background apart."""
    wanted = set(parties)
    by_id = {text.document.id: text for text in texts}
    events = [event for text in texts for line in text.lines for event in line.events]
    published = {text.document.id: text.document.published for text in texts}
    now: list[TimelineRow] = []
    before: list[TimelineRow] = []
    acts = group(
        (event for event in events if _takes_part(event, wanted) and not wording.again(event, events)), published
    )
    for row in _merged(_row(found, by_id, published) for found in acts):
        (before if row.standing == "historical" else now).append(row)
    place = {line.anchor: (number, at) for number, text in enumerate(texts) for at, line in enumerate(text.lines)}

    def order(row: TimelineRow) -> tuple[object, ...]:
        where = min((place[told.anchor] for told in row.evidence if told.anchor in place), default=(0, 0))
        return (row.date is None, row.date or "", row.dated == "report", where)

    return tuple(sorted(now, key=order)), tuple(sorted(before, key=order))


def _merged(rows: Iterable[TimelineRow]) -> list[TimelineRow]:
    """Acts without a day of their own that read alike are one to a reader: they share a row with all their sentences."""
    found: dict[tuple[object, ...], TimelineRow] = {}
    for row in rows:
        key: tuple[object, ...] = (row.what, row.date, row.dated, row.standing)
        if row.dated == "event":
            # On a day that the text gives, two acts of a kind may be two; one sentence still tells one.
            key = (*key, tuple(told.anchor for told in row.evidence))
        if key in found:
            one = found[key]
            both = tuple(dict.fromkeys([*one.evidence, *row.evidence]))
            found[key] = replace(one, reports=one.reports + row.reports, evidence=both)
        else:
            found[key] = row
    return list(found.values())


def _takes_part(event: Event, wanted: set[str]) -> bool:
    return event.actor not in VAGUE and bool({event.actor, event.recipient} & wanted)


def _row(found: list[Event], texts: dict[str, Text], published: dict[str, str | None]) -> TimelineRow:
    order = {"stands": 0, "claimed": 1, "denied": 2, "hypothetical": 3, "historical": 4}
    found = sorted(found, key=lambda event: order[rules.standing(event)])
    lead = found[0]
    mode = next((event.mode for event in found if event.mode), None)
    dates = [event.date for event in found if event.date and is_date(event.date)]
    date, dated = (max(dates, key=len), "event") if dates else (None, "none")
    if date is None and not lead.historical and rules.standing(lead) in ("stands", "claimed"):
        days = [day for event in found if (day := published.get(event.document)) and is_date(day)]
        if days:
            date, dated = min(days, key=earliest), "report"
    people = [who for event in found if event.document in texts and (who := person(texts[event.document], event))]
    what = _told(texts.get(lead.document), replace(lead, mode=mode))
    if people:
        what = f"{what} ({labels.listed(list(dict.fromkeys(people)))})"
    return TimelineRow(
        date=date,
        dated=dated,
        what=what,
        actor=lead.actor,
        recipient=lead.recipient,
        type=lead.type,
        standing="stands" if rules.denies(lead) and not lead.historical else rules.standing(lead),
        material=lead.is_deed,
        reports=len(found),
        evidence=tuple(
            dict.fromkeys(evidence.of(texts[event.document], event) for event in found if event.document in texts)
        ),
    )


def _told(text: Text | None, event: Event) -> str:
    """An event in words; what an actor did on its own ground, or some nameless to it, as the text has it."""
    ground = contested.ground(text, event) if text else None
    nameless = contested.nameless(text, event) if text else None
    return wording.told(event, ground, nameless)


def claims(texts: Iterable[Text], parties: Iterable[str]) -> tuple[ClaimRow, ...]:
    """What rests on somebody's word: coded claims and words quoted, with their speakers, as the sources have them."""
    wanted = set(parties)
    found: list[ClaimRow] = []
    for text in texts:
        for line in text.lines:
            source = text.document.outlet or text.document.title or text.label
            spoken = quotes.quotations(text, line)
            for said in spoken:
                told = Evidence(
                    line.anchor, text.key, text.quote(line), source, text.document.published, said.code, said.who
                )
                if said.code in wanted or {mention.code for mention in line.mentions} & wanted:
                    found.append(
                        ClaimRow(said.code, labels.capital(said.who), said.words, True, text.document.published, told)
                    )
            for event in line.events:
                untold = rules.denies(event) and (event.speaker in VAGUE or wording.again(event, line.events))
                if event.speaker and _takes_part(event, wanted) and not untold:
                    who = event.speaker_name or labels.capital(labels.running(event.speaker))
                    if event.speaker_name and event.speaker not in VAGUE:
                        who = f"{who} ({labels.name(event.speaker)})"
                    what = _told(text, event)
                    found.append(ClaimRow(event.speaker, who, what, False, event.date, evidence.of(text, event)))
    return tuple(dict.fromkeys(found))
