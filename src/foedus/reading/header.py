"""Title, byline, outlet and date from the lines above (and below) a story."""

from __future__ import annotations

import re

from foedus.reading import dates
from foedus.reading.boilerplate import judge
from foedus.reading.draft import Block, Draft

_FIELD = re.compile(
    r"(?P<key>title|headline|head|subject|date|published(?: on| at)?|publication date|pub date|posted(?: on| at)?|"
    r"first published|release date|updated(?: on| at)?|last (?:updated|modified)|author|authors|writer|byline|"
    r"written by|source|outlet|publication|publisher|newspaper|website|url|link|original|language|lang|section|topic|"
    r"dateline|location|id)\s*[:：]\s*(?P<value>.+)",
    re.I | re.S,
)
_PUBLISHED = re.compile(
    r"(?:first |originally |last )?(?:published|posted|issued|released|updated|modified|date|created)\b(?: "
    r"on| at)?[\s:：-]*",
    re.I,
)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}，。）]+")
_BY = re.compile(
    r"(?:by|written by|story by|text by|report by|analysis by|opinion by|reporting by|author)(?:\s*[:：]\s*"
    r"|\s+)(?P<name>.+)",
    re.I,
)
# A line that credits nobody by name: "From our Delhi correspondent", "By a staff reporter in Nairobi".
_STAFF = re.compile(
    r"(?:by|from) (?:an?|our|the) (?:[\w’'\-]+ ){0,4}?(?:correspondents?|staff|reporters?|writers?|desk|editors?|bureau"
    r"|newsroom|team|observer|analyst)(?: (?:in|at) [\w’'\- ]{2,40})?",
    re.I,
)
_PERSON = r"(?:(?:[A-ZÀ-ÞА-Я]\.)+|(?:Jr|Sr|St|Dr|Mr|Ms|Mrs)\.|[A-ZÀ-ÞА-Я][\w’'\-]*)"
_PARTICLE = r"(?:de|van|von|der|den|al|bin|ben|el|la|di|da|du|dos|ibn|le|ter|y|e)"
_NAME = re.compile(rf"{_PERSON}(?:[ \-](?:{_PERSON}|{_PARTICLE}(?= ))){{0,5}}")
_NAMES = re.compile(rf"{_NAME.pattern}(?:\s*(?:,|&|and|;)\s*(?:and )?{_NAME.pattern}){{0,5}}")
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ /,]+[A-ZÀ-Þ][\wÀ-ÿ.'’\-]*){0,5})"
    r"(?P<rest>(?:,?\s*(?P<date>[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,?\s+\d{4})?|\d{1,2}\s+[A-Z][a-z]{2,8}\.?(?:\s+\d{4})?))?"
    r"(?:,?\s*\((?P<agency>[^()\n]{2,40})\))?)"
    r"(?P<dash>\s*(?:—|–|--|-|:)\s+)(?=[\"“'‘A-ZÀ-Þ\d])"
)
# A line of place and day under the title of a statement: "Ankara, 3 May 1964".
_PLACED = re.compile(
    r"[A-ZÀ-Þ][\w'’.\-]*(?:,? (?:(?:de|del|la|el|al|of|the) )?[A-ZÀ-Þ][\w'’.\-]*){0,4}(?:,|:| [-–—])?\s+"
)
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)|[。！？]")
_STOP = re.compile(r"[.;:,。；][\"'”’)\]]*$")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\b\d{1,2}\s*[ap]\.?m\.?\b|\b(?-i:[A-Z]{2,4}T|GMT|UTC"
    r"|CET|IST)\b(?:[+-]\d+)?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:at|on|am|pm)\b|[|,•·\-–—/().:+]",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september"
    r"|october|november|december",
    re.I,
)
_HEADER_BLOCKS = 10


def read_header(draft: Draft) -> None:
    """Take title, byline, outlet, date and URL from the first blocks, which then are apparatus."""
    seen = 0
    body_seen = False
    for position, block in enumerate(draft.blocks):
        if block.kind is not None:
            continue
        if seen >= _HEADER_BLOCKS or body_seen:
            break
        seen += 1
        content = draft.content(block).strip()
        page_title = draft.extra.get("page_title")
        if (draft.title and _same(content, draft.title)) or (page_title and _same(content, page_title)):
            block.kind = "heading"
        elif len(content) <= 300 and (_field(draft, block, content) or _small_line(draft, block, content)):
            continue
        elif draft.title is None and _is_title(draft, position, content):
            draft.title = " ".join(content.split())
            block.kind = "heading"
        elif _SENTENCE.search(content) or len(content) > 200:
            body_seen = True
            _dateline(draft, position)


def dateline_of(content: str) -> re.Match[str] | None:
    """The dateline that a first paragraph begins with: a place in capitals, a date, an agency."""
    match = _DATELINE.match(content)
    if match is None:
        return None
    certain = match["date"] or match["agency"] or match["dash"].strip() in ("—", "–", "--")
    letters = [char for char in match["place"].split(",")[0] if char.isalpha()]
    return match if certain and sum(map(str.isupper, letters)) >= 0.8 * len(letters) else None


def stated_date(draft: Draft, content: str, replace: bool = False) -> bool:
    """Take the date in `content` as the day of publication; one without a year waits for `finish`."""
    iso, note = dates.parse(content)
    if iso is None:
        partial = next(iter(dates.find(content)), None)
        if partial is None or partial.day is None or "date_without_year" in draft.extra or draft.published:
            return partial is not None
        draft.extra["date_without_year"] = (partial.month, partial.day)
        return True
    if draft.published is None or replace:
        draft.published = iso
        if note:
            draft.note(f"date: {note}")
    return True


def names(text: str) -> str | None:
    """The person names that `text` begins with, or None: `Jane Doe and John Roe`."""
    text = re.sub(r"^(?:by|our correspondent)\s+", "", text.strip(), flags=re.I)
    match = _NAMES.match(text)
    if match is None or _NO_NAME.match(match[0]):
        return None
    found = " ".join(match[0].split()).rstrip(" ,.-")
    if found.isupper() and " " in found:
        found = re.sub(
            r"[A-ZÀ-Þ’']+",
            lambda part: part[0].capitalize() if len(part[0]) > 3 or part[0] not in ("AND",) else "and",
            found,
        )
    return found if 3 <= len(found) <= 160 else None


def find_url(text: str) -> str | None:
    """The first web address in a text, without the punctuation after it."""
    match = _URL.search(text)
    return match[0].rstrip(".,;:!?") if match else None


def _field(draft: Draft, block: Block, content: str) -> bool:
    match = _FIELD.fullmatch(content)
    if match is None:
        return False
    key, value = match["key"].lower(), match["value"].strip().strip('"“”')
    if key in ("title", "headline", "head", "subject"):
        draft.title = draft.title or " ".join(value.split())
        block.kind = "heading"
    elif "updated" in key or "modified" in key:
        if not dates.find(value):
            return False
        stated_date(draft, value)
        block.kind = "byline"
    elif key.startswith(("date", "publi", "pub", "posted", "first", "release")) and key not in (
        "publication",
        "publisher",
        "dateline",
    ):
        if not dates.find(value) and dates.parse(value)[0] is None:
            return False
        stated_date(draft, value, replace=draft.published is not None and "published" in draft.inferred)
        block.kind = "byline"
    elif key in ("author", "authors", "writer", "byline", "written by"):
        draft.byline = draft.byline or names(value) or value[:160]
        block.kind = "byline"
    elif key in ("url", "link", "original") or (key in ("source", "website") and find_url(value)):
        address = find_url(value)
        if address is None:
            return False
        draft.url = draft.url or address
        block.kind = "source"
    elif key in ("source", "outlet", "publication", "publisher", "newspaper", "website"):
        if len(value) > 80:
            return False
        draft.outlet = draft.outlet or _without_date(draft, value)
        block.kind = "source"
    elif key in ("language", "lang"):
        draft.language = draft.language or value
        block.kind = "other"
    elif key == "id" and len(value) <= 80 and " " not in value:
        draft.id = draft.id or value
        block.kind = "other"
    elif key in ("section", "topic", "location", "dateline"):
        block.kind = "other"
    return block.kind is not None


def _small_line(draft: Draft, block: Block, content: str) -> bool:
    """A byline, a line of date and place, a bare address; or several of them with bars between."""
    if find_url(content) == content:
        draft.url = draft.url or content
        block.kind = "source"
        return True
    parts = [part.strip() for part in re.split(r"\s*[|•·]\s*|\s+[–—]\s+", content) if part.strip()]
    if len(content) > 160 or not parts or len(parts) > 6:
        return False
    kinds = [_part(draft, part) for part in parts]
    if not any(kinds):
        return False
    for part, known in zip(parts, kinds, strict=True):
        if not known and len(part) > 40:
            return False
        if not known and draft.outlet is None and _NAME.fullmatch(part):
            draft.outlet = part
    block.kind = "byline"
    return True


def is_small_line(line: str) -> bool:
    """Whether a line only dates or signs a story, so that it belongs to no paragraph."""
    line = line.strip()
    if len(line) > 120 or not line:
        return False
    return _only_date(line) or _placed_date(line) or _staff_line(line) or _byline(line) is not None


def _staff_line(line: str) -> bool:
    match = _STAFF.match(line)
    if match is None:
        return False
    rest = line[match.end() :].strip(" ,.;|–—-")
    return not rest or _only_date(rest)


def _byline(line: str) -> tuple[str, str] | None:
    """Who signed a line, and what stands after the name; None where it is no byline."""
    match = _BY.fullmatch(line)
    if match is None:
        return None
    name = names(match["name"])
    rest = match["name"][len(name) :] if name else match["name"]
    if name is None or len(rest) > 60 or re.search(r"(?<![A-Z])[.!?]$", rest.strip()):
        return None
    if rest.strip() and not re.match(r"\s*(?:,|\||in [A-Z]|for [A-Z]|at [A-Z]|\(|[-–—/])", rest):
        return None
    return name, rest


def _part(draft: Draft, part: str) -> bool:
    if _only_date(part) or _placed_date(part):
        stated_date(draft, part)
        return True
    if _staff_line(part):
        stated_date(draft, part)
        return True
    found = _byline(part)
    if found is None:
        return False
    name, rest = found
    draft.byline = draft.byline or name
    if dates.find(rest):
        stated_date(draft, rest)
    return True


def _only_date(text: str) -> bool:
    found = dates.find(text)
    if not found:
        return False
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    rest = _CLOCK.sub(" ", _PUBLISHED.sub(" ", rest))
    return not re.search(r"[^\W\d_]{2,}", rest)


def _placed_date(line: str) -> bool:
    """Whether a line holds a place and a full date, and nothing else."""
    found = dates.find(line)
    if len(found) != 1 or found[0].iso is None or len(found[0].iso) != 10:
        return False
    one = found[0]
    return _PLACED.fullmatch(line[: one.start]) is not None and _only_date(line[one.start :])


def _without_date(draft: Draft, value: str) -> str:
    """`The Guardian, 28 June 2025` gives the outlet and states the date."""
    for one in dates.find(value):
        stated_date(draft, value[one.start : one.end])
        value = value[: one.start]
    return value.strip(" ,;()|–—-") or value


def _is_title(draft: Draft, position: int, content: str) -> bool:
    if not 6 <= len(content) <= 220 or len(content.split()) > 35 or "\n" in content.strip():
        return False
    if _STOP.search(content) or len(_SENTENCE.findall(content.rstrip("!?.\"'”’"))) >= 2:
        return False
    kind = judge(content)[0]
    if kind is not None and (kind != "navigation" or "|" in content[: len(content) // 2] or ":" not in content):
        return False
    if dateline_of(content):
        return False
    after = [block for block in draft.blocks[position + 1 : position + 12] if block.kind is None]
    return any(_SENTENCE.search(draft.content(block)) for block in after)


def _dateline(draft: Draft, position: int) -> None:
    block = draft.blocks[position]
    match = dateline_of(draft.content(block))
    if match is None:
        return
    take_dateline(draft, match)
    end = block.start + match.end()
    draft.blocks[position : position + 1] = [
        Block(block.start, block.start + len(match[0].rstrip()), "byline"),
        Block(end, block.end, None, block.heading),
    ]


def take_dateline(draft: Draft, match: re.Match[str]) -> None:
    """Keep place, agency and date of a dateline."""
    draft.extra.setdefault("dateline", " ".join((match["place"] + match["rest"]).split()))
    if match["agency"] and draft.outlet is None:
        draft.outlet = match["agency"].strip()
    if match["date"]:
        stated_date(draft, match["date"])


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold() != ""
