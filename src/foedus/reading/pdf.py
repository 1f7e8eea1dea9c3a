"""PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from foedus.errors import SourceError
from foedus.reading import dates
from foedus.reading.decode import clean
from foedus.reading.draft import Block, Draft
from foedus.reading.options import Options
from foedus.reading.plain import add_paragraph, line_break, paragraphs

_NO_TEXT = "a PDF without text (scanned pages); run OCR on it first (for example `ocrmypdf in.pdf out.pdf`)"
_PAGE_NUMBER = re.compile(r"[\s\-–—|]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|]*", re.I)
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*$")


def draft_pdf(data: bytes, name: str, options: Options) -> Draft:
    """A draft of a PDF: pages one after the other, lines joined to paragraphs, running heads and page numbers apart."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # Its warnings on slightly broken files are not for our users.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages: list[str] = []
    size = 0
    notes: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(name, "a PDF locked with a password; save it without one")
        for page in reader.pages:
            pages.append(clean(page.extract_text() or "", notes))
            size += len(pages[-1])
            if size > options.max_bytes:
                raise options.too_large(name)
        about = reader.metadata
        title = str(about.title).strip() if about and about.title else None
        author = str(about.author).strip() if about and about.author else None
        made = about.creation_date_raw if about else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        AssertionError,
    ) as error:
        raise SourceError(name, "a damaged PDF that cannot be read; save it again, or give its text") from error
    if sum(char.isalnum() for page in pages for char in page) < 20:
        raise SourceError(name, _NO_TEXT)
    draft = _layout(pages)
    draft.notes.extend(notes)
    if title and not re.search(r"\.(?:docx?|pdf|indd|qxd)$|^untitled|^microsoft word", title, re.I):
        draft.title = title
    draft.byline = author if author and " " in author else None
    if made and (day := dates.parse(str(made).removeprefix("D:")[:8])[0]) and len(day) == 10:
        draft.hints.append(("PDF's date of creation", day))
    return draft


def _layout(pages: list[str]) -> Draft:
    pages = [page.replace("\r\n", "\n").replace("\r", "\n").strip("\n") for page in pages]
    repeated = _running_lines(pages)
    draft = Draft(original="\n\n".join(pages), format="pdf")
    for start, end in paragraphs(draft.original):
        _lines(draft, start, end, repeated)
    return draft


def _running_lines(pages: list[str]) -> set[str]:
    """First and last lines that come back on three pages or more, whatever their number says."""
    seen: Counter[str] = Counter()
    for page in pages:
        found = [line.strip() for line in page.split("\n") if line.strip()]
        seen.update({_numberless(line) for line in found[:2] + found[-2:]})
    return {line for line, count in seen.items() if count >= max(3, 0.4 * len(pages)) and _headlike(line)}


def _headlike(line: str) -> bool:
    return 0 < len(line) <= 100 and not _SENTENCE_END.search(line)


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())


def _lines(draft: Draft, start: int, end: int, repeated: set[str]) -> None:
    """Group the lines between two blank ones: a short line that ends a sentence closes a paragraph."""
    text = draft.original
    spans: list[tuple[int, int]] = []
    position = start
    for line in text[start:end].split("\n"):
        spans.append((position, position + len(line)))
        position += len(line) + 1
    widest = max((stop - begin for begin, stop in spans), default=0)
    group: list[tuple[int, int]] = []

    def close() -> None:
        if group:
            before = len(draft.blocks)
            add_paragraph(draft, group[0][0], group[-1][1])
            if len(draft.blocks) - before > 1:
                _join(draft, before)
            group.clear()

    for begin, stop in spans:
        line = text[begin:stop].strip()
        if not line:
            continue
        if _PAGE_NUMBER.fullmatch(line) or _numberless(line) in repeated:
            close()
            draft.blocks.append(
                Block(begin + text[begin:stop].index(line), begin + text[begin:stop].index(line) + len(line), "other")
            )
            continue
        group.append((begin, stop))
        if _SENTENCE_END.search(line) and stop - begin < 0.8 * widest:
            close()
    close()


def _join(draft: Draft, first: int) -> None:
    """Lines that run on are one block; a short line without a full stop before a capital is a heading of its own."""
    text = draft.original
    lines = draft.blocks[first:]
    widest = max(line.end - line.start for line in lines)
    merged: list[Block] = []
    for line in lines:
        if merged:
            last = merged[-1]
            previous = text[last.start : last.end].rsplit("\n", 1)[-1]
            runs_on = len(previous.strip()) > 0.6 * widest or text[line.start].islower()
            if runs_on and widest >= 40:
                draft.cuts.append(line_break(text, last.end, line.start))
                last.end = line.end
                continue
        merged.append(line)
    draft.blocks[first:] = merged
