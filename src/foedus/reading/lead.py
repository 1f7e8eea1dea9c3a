"""The lead of a republished or translated article: who published what, when, by whom; and that it is translated."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading import dates, header
from foedus.reading.draft import Block, Draft
from foedus.reading.language import normal

_QUOTED = re.compile(
    r"“([^“”]{2,250})”|\"([^\"]{2,250})\"|«([^«»]{2,250})»|„([^„“”]{2,250})[“”]|《([^《》]{2,250})》|‘([^‘’]{2,250})’(?!\w)"
)
_WORK = (
    r"(?:articles?|essays?|commentar(?:y|ies)|reports?|op-?eds?|opinion pieces?|pieces?|analys[ei]s|stor(?:y"
    r"|ies)|columns?|editorials?|interviews?|texts?|posts?|papers?|dispatch(?:es)?|statements?|speech(?:es)?)"
)
# What makes a paragraph such a lead, and not a mention of an article in the story itself.
_TRIGGER = re.compile(
    rf"\b(?:is|are|was|were|has been|have been) (?:hereby |now |here |fully |partly |machine[- "
    rf"])?(?:translated|compiled|excerpted|reproduced|reprinted|republished|adapted)\b"
    rf"|\b(?:translation|full text|text|translated text|translated version|compilation|abridged "
    rf"version|edited version|excerpts?)(?: of (?:the|this) {_WORK})? (?:is|are|reads|follows|goes)(?: "
    rf"as follows| below|[:：])?"
    rf"|\b(?:the|this|its) (?:full )?{_WORK} (?:reads? |is |runs? |states |says )?(?:in full )?as follows\b"
    rf"|\b(?:translated|compiled|adapted|republished|reprinted|reproduced)(?: and \w+)? (?:below|here|as "
    rf"follows|from|by|into|with permission|for)\b"
    rf"|\bthe following is (?:a|an|the) (?:\w+ ){{0,3}}(?:translation|{_WORK}|excerpts?)\b"
    rf"|\b(?:originally|first) (?:published|appeared|written|posted|printed|run)\b"
    rf"|\b(?:this|the following|below is an?) (?:is )?(?:a |an |the )?(?:\w+ )?translation\b"
    rf"|\btranslation of an? (?:\w+ )?{_WORK}\b|译文|编译|全文如下",
    re.I,
)
_TRANSLATED = re.compile(r"translat|compiled (?:as follows|below|from)|(?:is|been) compiled|译文|编译", re.I)
_TITLE_CUE = re.compile(
    r"(?:\b(?:titled|entitled|headlined|captioned|called|named|under the (?:title|headline|heading)(?: "
    r"of)?|with the (?:title|headline)(?: of)?|"
    r"whose title (?:is|was)|title\s*[:：]|headline\s*[:：])|题为|标题为)\s*[:：,]?\s*(?:of\s+)?$",
    re.I,
)
_DESCRIPTOR = (
    r"(?:websites?|web ?sites?|sites?|newspapers?|papers?|dail(?:y|ies)|weekl(?:y|ies)|tabloid|broadsheet"
    r"|magazines?|journals?|"
    r"periodicals?|monthly|quarterly|outlets?|media|portals?|platforms?|broadcasters?|channels?|networks?"
    r"|(?:news )?agenc(?:y|ies)|"
    r"wire services?|publications?|think[- ]tanks?|blogs?|newsletters?|services?|institutes?|foundations?)"
)
_PUBLISH = (
    r"(?:published|carried|ran|posted|released|printed|featured|issued|publishes|carries|runs|features|has published|"
    r"has carried|reported|wrote|writes|recently published|also published)"
)
_SUBJECT = re.compile(
    rf"^(?P<subject>.{{2,160}}?)\s*,?\s*(?:\b(?:recently|also|has|have|yesterday|today|earlier)\s+)*\b{_PUBLISH}\b",
    re.S,
)
# "This essay was first published …": the subject is the work, and the publisher comes after.
_PASSIVE = re.compile(
    rf"\b(?:{_WORK}|translation|text)(?!s? (?:website|magazine|agency)\b)\b|\b(?:is|was|were|are|been)\b(?: "
    rf"\w+)?\s*$|^\W*(?:first|originally)?\W*$",
    re.I,
)
_IN = re.compile(
    r"\b(?:(?i:published|appeared|posted|printed|carried|run|featured|reprinted|republished|adapted|translated"
    r"|taken|excerpted|written))"
    r"(?: (?:originally|first|here|online|and translated|and \w+ed))?(?: in [A-Z]\w+(?= (?:by|in|on)))? "
    r"(?:in|by|on|at|from|for) (?P<outlet>.+)",
    re.S,
)
_AUTHOR = re.compile(
    r"(?:\b(?:authored|written|penned|co-?authored|co-?written|signed|contributed)(?: jointly)? "
    r"by|\b(?:the )?authors?(?: of (?:the|this) \w+)?"
    r"(?:\s*[:：,]| (?:is|are|was|were))|(?<!translated )(?<!published )(?<!compiled )(?<!republished "
    r")(?<!owned )(?<!edited )\bby)\s+"
    r"(?:its |their |the |our |a |an )?(?:[a-z][\w-]* ){0,6}?(?P<name>(?-i:[A-ZÀ-Þ]).{2,120})",
    re.I | re.S,
)
_FROM_LANGUAGE = re.compile(
    r"\b(?:from|original(?:ly)?(?: \w+)? in|in its original|out of|into \w+ from)(?: the)?(?: "
    r"original)? (?P<language>(?-i:[A-Z])[a-z]+)\b",
    re.I,
)
_TRANSLATOR = re.compile(
    r"\b(?:translated|translation|compiled)(?: from(?: the)?(?: \w+)? \w+)?(?: and \w+)? by (?P<name>.{2,120})",
    re.I | re.S,
)
_LINE = re.compile(
    r"(?:\(?(?:translated|translation|translator|trans\.|english translation|machine translation)(?:\b"
    r"|(?=:)).{0,140}\)?|译者\s*[:：].{0,60})",
    re.I | re.S,
)
_SENTENCE_BREAK = re.compile(r"(?<![A-Z])(?<!\bMr)(?<!\bDr)(?<!\bMs)[.!?:：。][\"”’)]*(?:\s+|$)")
_AFTER_OUTLET = re.compile(
    r"\s+(?:by|and|under|with|titled|entitled|written|authored|translated|where|which)\s|[;(\n]|\.(?:\s|$)"
)
# Sentences that go on with the lead: `Translated by X.`, `The author is Y.`
_FURTHER = re.compile(
    r"(?:(?:it (?:was|is|has been) )?(?:translated|translation|compiled|abridged|reprinted|republished"
    r"|edited)\b|(?:the )?(?:authors?|translator)(?: is| are|:)"
    r"|the (?:full |translated )?(?:text|article|translation) (?:is|reads|follows))"
    r"[^\n]{0,200}?(?:(?<![A-Z])[.:。：](?:\s+|$)|$)",
    re.I,
)
_WHEN = re.compile(r"(?:,?\s*(?:\bon|dated|in its|in the|of))?\s*$", re.I)
_FIRST, _LAST = 4, 8


@dataclass(slots=True)
class Lead:
    """What a lead states; `end` is where it ends in its paragraph."""

    end: int
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    date: dates.Found | None = None
    translated: bool = False
    from_language: str | None = None
    translator: str | None = None


def read_lead(draft: Draft) -> None:
    """Find the lead near the top or the foot, take what it states, and set it apart as `translation`."""
    # On a page the lead may stand outside of what was taken for the story.
    free = [index for index, block in enumerate(draft.blocks) if block.kind in (None, "other", "source")]
    top, foot = free[:_FIRST], [index for index in free[-_LAST:] if index not in free[:_FIRST]]
    for index in (*top, *reversed(foot)):
        block = draft.blocks[index]
        content = draft.content(block)
        if len(content) > 6000:
            continue
        lead = parse(content)
        if lead is None:
            continue
        _take(draft, lead, content[: lead.end])
        if draft.verbatim:
            return
        rest = block.start + lead.end
        kind = "translation" if lead.translated else "source"
        pieces = [Block(block.start, block.start + len(content[: lead.end].rstrip()), kind)]
        if rest < block.end:
            pieces.append(Block(rest, block.end, None, block.heading))
        draft.blocks[index : index + 1] = pieces
        return


def parse(paragraph: str) -> Lead | None:
    """The lead that a paragraph is or begins with; None where it is none."""
    head = paragraph[:900]
    trigger = next((match for match in _TRIGGER.finditer(head) if not _inside_quotes(head, match.start())), None)
    if trigger is None:
        if len(paragraph) <= 160 and _LINE.fullmatch(paragraph.strip()):
            return _facts(paragraph, len(paragraph))
        return None
    if len(paragraph) <= 160 and _LINE.fullmatch(paragraph.strip()) and _TRANSLATED.search(paragraph):
        return _facts(paragraph, len(paragraph))
    end = next(
        (m.end() for m in _SENTENCE_BREAK.finditer(head, trigger.end() - 1) if not _inside_quotes(head, m.start())),
        None,
    )
    if end is None:
        end = len(head) if len(paragraph) == len(head) else trigger.end()
    while further := _FURTHER.match(paragraph, end):
        end = further.end()
    lead = _facts(paragraph[:end], end)
    names_work = re.search(rf"\b{_WORK}\b|文章", paragraph[:end], re.I) is not None
    sure = lead.title or (lead.outlet and (lead.date or lead.byline or lead.translated))
    if not (sure or (lead.translated and names_work and len(paragraph) <= 400)):
        return None
    # A long paragraph of the story that happens to speak of a translation is no lead: there the trigger comes late.
    return lead if names_work or lead.title or len(paragraph) <= 300 else None


def _facts(text: str, end: int) -> Lead:
    lead = Lead(end=end, translated=_TRANSLATED.search(_QUOTED.sub(" ", text)) is not None)
    quotes = [
        (match.start(), match.end(), next(part for part in match.groups() if part)) for match in _QUOTED.finditer(text)
    ]
    for start, _, words in quotes:
        if _TITLE_CUE.search(text[:start]):
            lead.title = words.strip().rstrip(",.")
            break
    if lead.title is None:
        for start, _, words in quotes:
            if re.search(rf"\b{_WORK}\s*,?\s*[:：]?\s*$", text[:start], re.I) and len(words.split()) >= 3:
                lead.title = words.strip().rstrip(",.")
                break
    bare = text if lead.title is None else text.replace(lead.title, " " * len(lead.title), 1)
    lead.date = next((one for one in dates.find(bare) if one.day), None) or next(iter(dates.find(bare)), None)
    lead.outlet = _outlet(bare, lead)
    author = next((match for match in _AUTHOR.finditer(_blank_translator(bare))), None)
    if author:
        name = header.names(author["name"])
        lead.byline = name if name and name != lead.outlet else None
    if lead.translated:
        codes = (_language(match["language"]) for match in _FROM_LANGUAGE.finditer(text))
        lead.from_language = next((code for code in codes if code), None)
        if match := _TRANSLATOR.search(text):
            lead.translator = header.names(match["name"])
    return lead


def _language(word: str) -> str | None:
    """The code of a language named in full, `Russian`; None for every other word."""
    code = normal(word) if len(word) >= 4 and word.isalpha() else None
    return code if code and len(code) == 2 else None


def _blank_translator(text: str) -> str:
    return _TRANSLATOR.sub(lambda match: " " * (match.start("name") - match.start()) + ", ", text)


def _outlet(text: str, lead: Lead) -> str | None:
    """The publisher: what published, or what it was published in."""
    plain = text
    for one in reversed(dates.find(text)):
        before = _WHEN.sub("", text[: one.start])
        plain = before + " " * (one.end - len(before)) + plain[one.end :]
    plain = re.sub(r"^\W*(?:(?:on|according to|editor.s note|note|source)\b\s*[:：,]?\s*)*,?\s*", "", plain, flags=re.I)
    subject = _SUBJECT.match(plain)
    if subject and not _PASSIVE.search(subject["subject"]) and (name := _name_in(subject["subject"])):
        return name
    for match in _IN.finditer(plain):
        name = _name_in(_AFTER_OUTLET.split(match["outlet"], maxsplit=1)[0])
        if name and _language(name) is None:
            return name
    return None


def _name_in(phrase: str) -> str | None:
    """The proper name in `the British newspaper The Guardian`, `Germany's Der Spiegel magazine`, `the website of X`."""
    if match := _QUOTED.search(phrase):
        return next(part for part in match.groups() if part).strip().rstrip(",.")
    if match := re.search(rf"\b{_DESCRIPTOR} (?:of|for) (?:the )?(?P<name>[A-ZÀ-Þ].*)", phrase):
        name = match["name"]
        return _name_in(name) if re.search(rf"\b{_DESCRIPTOR}\b", name) else _tidy(name)
    parts = re.split(rf"\b{_DESCRIPTOR}\b\s*,?", phrase)
    named = [part for part in parts if re.search(r"[A-ZÀ-Þ]", part)]
    if not named:
        return None
    last = named[-1] if len(parts) > 1 and parts[-1].strip() else named[0]
    return _tidy(last)


def _tidy(name: str) -> str | None:
    name = name.strip(" ,.;:'\"’“”")
    name = re.sub(r"[’']s$", "", name)
    name = re.sub(r"^(?:[A-Z][\w.]*(?: [A-Z]\w+)?)[’']s\s+(?=[A-ZÀ-Þ])", "", name)
    match = re.search(r"[A-ZÀ-Þ][\w&.’'\-]*(?:[ ](?:of|the|de|la|le|and|for|in|&|[A-ZÀ-Þ\d][\w&.’'\-]*))*", name)
    if match is None:
        return None
    found = re.sub(r"(?: (?:of|the|de|la|le|and|for|in|&))+$", "", match[0]).strip(" .,")
    return found if 2 <= len(found) <= 80 and found.lower() not in ("the", "this", "it", "he", "she") else None


def _inside_quotes(text: str, position: int) -> bool:
    return any(match.start() < position < match.end() - 1 for match in _QUOTED.finditer(text))


def _take(draft: Draft, lead: Lead, words: str) -> None:
    from foedus.model.document import Translation

    if lead.title:
        if draft.title and draft.title != lead.title:
            draft.extra.setdefault("page_title", draft.title)
        draft.title = lead.title
    if lead.outlet:
        if draft.outlet and draft.outlet != lead.outlet:
            draft.extra.setdefault("republished_by", draft.outlet)
        draft.outlet = lead.outlet
    draft.byline = lead.byline or draft.byline
    if lead.date:
        if lead.date.year is None and lead.date.day is not None:
            if draft.published and len(draft.published) == 10:
                draft.hints.insert(0, ("page's own date", draft.published))
            draft.published = None
            draft.extra["date_without_year"] = (lead.date.month, lead.date.day)
        elif lead.date.iso:
            if draft.published and draft.published != lead.date.iso:
                draft.extra.setdefault("republished", draft.published)
            draft.published = lead.date.iso
            draft.inferred.discard("published")
    if lead.translated:
        note = " ".join(words.split())[:400]
        by = draft.extra.get("republished_by") or lead.translator
        draft.translation = Translation(lead.from_language, by, note)
