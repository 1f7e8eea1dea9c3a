"""The steps that every format shares: from a draft to a document."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from foedus.errors import SourceError
from foedus.model.document import Apparatus, Document
from foedus.reading import addresses, boilerplate, dates, header, language, lead
from foedus.reading.decode import clean
from foedus.reading.draft import Draft, assemble
from foedus.reading.options import Options

_Parts = tuple[str, tuple[tuple[int, int, int], ...], tuple[Apparatus, ...]]
_KEEP_ALL = "only headings and notices were found; all of it is kept as the body"


def finish(draft: Draft, name: str, options: Options) -> Document:
    """Tell body and apparatus apart, work out what is not stated, and close the document.

    Raises SourceError where there is no text at all.
    """
    if not draft.original.strip():
        raise SourceError(name, "empty: there is no text in it")
    for label in ("title", "byline", "outlet", "url"):
        value = getattr(draft, label)
        if value is not None:
            setattr(draft, label, " ".join(clean(str(value), []).split())[:1000] or None)
    _drop_malformed(draft)
    lead.read_lead(draft)
    if draft.verbatim:
        _look_only(draft)
        text, segments, apparatus = _whole(draft)
    else:
        header.read_header(draft)
        boilerplate.mark(draft)
        _from_apparatus(draft)
        text, segments, apparatus = _assembled(draft)
    _publication(draft, name, text, options.today)
    if draft.translation and draft.translation.republished_by is None:
        split = addresses.parts(draft.url)
        if split is not None and split.hostname:
            draft.translation = replace(draft.translation, republished_by=split.hostname.removeprefix("www."))
    return Document(
        text=text,
        id=draft.id,
        title=draft.title,
        byline=draft.byline,
        outlet=draft.outlet,
        published=draft.published,
        source=draft.source,
        url=draft.url,
        language=options.language or language.detect(text, draft.language),
        format=draft.format,
        original=draft.original,
        segments=segments,
        apparatus=apparatus,
        translation=draft.translation,
        inferred=frozenset(draft.inferred),
        notes=tuple(draft.notes),
        extra=draft.extra,
    )


def _drop_malformed(draft: Draft) -> None:
    """What is stated as an address and is none says nothing of the text, which is kept."""
    if draft.url and addresses.parts(draft.url) is None:
        draft.note(f"the address {draft.url[:100]!r} is malformed and left out")
        draft.url = None


def _whole(draft: Draft) -> _Parts:
    return draft.original, ((0, 0, len(draft.original)),), ()


def _assembled(draft: Draft) -> _Parts:
    result = assemble(draft.original, draft.blocks, draft.cuts)
    if result[0].strip():
        return result
    rescued = [
        block
        for block in draft.blocks
        if block.kind in ("heading", "other", "navigation", "byline", "source", "advert", "share", "vote")
    ]
    if draft.format == "html":
        rescued = [block for block in rescued if block.kind == "heading"] or rescued
    for block in rescued or draft.blocks:
        block.kind = None
    draft.note(_KEEP_ALL)
    return assemble(draft.original, draft.blocks, draft.cuts)


def _look_only(draft: Draft) -> None:
    """A record's text stays whole, but its dateline still tells where and when."""
    start = draft.original[:400]
    match = header.dateline_of(start.lstrip())
    if match:
        header.take_dateline(draft, match)


def _from_apparatus(draft: Draft) -> None:
    """What source and byline lines at the foot state, where the head stated nothing."""
    for block in draft.blocks:
        content = draft.content(block) if block.kind in ("source", "byline") else ""
        if not content:
            continue
        if block.kind == "source":
            if draft.url is None:
                draft.url = header.find_url(content)
            _, colon, value = content.partition(":")
            if colon and draft.outlet is None and len(value) <= 60 and "://" not in value:
                draft.outlet = value.strip(" .") or None
        elif draft.byline is None and " by " in content.lower()[:40]:
            after = content[content.lower().index(" by ") + 4 :]
            draft.byline = header.names(after.split(" in ")[0].split(";")[0])


def _publication(draft: Draft, name: str, text: str, today: dt.date) -> None:
    """The year left out, the date in an address or a file's name, and a date that is still to come."""
    partial = draft.extra.pop("date_without_year", None)
    split = addresses.parts(draft.url)
    if split is not None and (hint := dates.in_address(split.path)):
        draft.hints.insert(0, ("address", hint))
    if draft.published is None and partial is not None:
        month, day = partial
        year, why = dates.year_of(month, day, text, draft.hints, today)
        draft.published = f"{year:04d}-{month:02d}-{day:02d}"
        draft.inferred.add("published")
        draft.note(f"the year of {month:02d}-{day:02d} is not stated; {year} {why}")
    elif draft.published is None and draft.hints:
        label, draft.published = draft.hints[0]
        draft.inferred.add("published")
        draft.note(f"no date is stated; {draft.published} is from the {label}")
    if draft.published and dates_later(draft.published, today):
        draft.note(f"the publication date {draft.published} lies in the future; check it")


def dates_later(published: str, today: dt.date) -> bool:
    """Whether even the first day that a date may mean is past tomorrow (time zones differ by a day)."""
    from foedus.model.dates import earliest

    return earliest(published) > today + dt.timedelta(days=1)
