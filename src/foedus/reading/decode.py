"""From bytes to text: byte order marks, declared and detected encodings; binary data are refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from foedus.errors import SourceError
from foedus.reading.language import certainty

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})["']""", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 60_000
# Web pages that declare these mean their larger Windows cousins (WHATWG Encoding Standard, section 4.2).
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "utf-8", "us-ascii": "utf-8", "gb2312": "gb18030"}
_BINARY = "binary data, not a text; give a text, web page, PDF, feed, table or archive"


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, list[str]]:
    """Text of `data` and notes on what had to be done; raises SourceError for binary data.

    Line ends become `\\n` and null characters go, so offsets are true to the text returned.
    """
    notes: list[str] = []
    encoding = _marked(data)
    if encoding is not None:
        mark = next(mark for mark, known in _MARKS if known == encoding)
        text = data[len(mark) :].decode(encoding, "replace")
    else:
        text = _unmarked(data, declared or declared_in(data), notes)
    text = clean(text, notes)
    head = text[:_SAMPLE]
    if head and (len(_CONTROL.findall(head)) > 0.02 * len(head) or head.count("�") > 0.1 * len(head)):
        raise SourceError(name, _BINARY)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def clean(text: str, notes: list[str]) -> str:
    """Without null characters and lone surrogates, which no store can hold; leaves a note."""
    if "\x00" in text:
        notes.append(f"{text.count(chr(0))} null character(s) removed")
        text = text.replace("\x00", "")
    if _SURROGATE.search(text):
        notes.append("characters that are no Unicode text were replaced")
        text = _SURROGATE.sub("�", text)
    return text


def declared_in(data: bytes) -> str | None:
    """The encoding that an HTML or XML head declares."""
    head = data[:4096]
    match = _XML.search(head) or _META.search(head)
    return match[1].decode("ascii") if match else None


def looks_binary(head: bytes) -> bool:
    """Whether the first bytes are certainly no text in any encoding that we read."""
    if _marked(head) or not head:
        return False
    if _wide(head):
        return False
    zeros = head.count(0)
    control = sum(head.count(bytes([code])) for code in (*range(1, 9), 11, *range(14, 27), 28, 29, 30, 31))
    return zeros > 0.05 * len(head) or control > 0.05 * len(head)


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero in every other byte."""
    head = data[:2000]
    if len(head) < 8 or head.count(0) < 0.3 * len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _unmarked(data: bytes, declared: str | None, notes: list[str]) -> str:
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    if declared:
        meant = _MEANT.get(declared.lower(), declared)
        try:
            return data.decode(meant)
        except LookupError:
            notes.append(f"declared encoding {declared!r} is unknown; detected instead")
        except UnicodeError:
            notes.append(f"not valid in its declared encoding {declared}; detected instead")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > 1000 and _share_of_bad_utf8(data) < 0.001:
            notes.append("a few bytes are not valid UTF-8 and were replaced")
            return data.decode("utf-8", "replace")
    encoding = _detected(data)
    notes.append(f"encoding not declared; read as {encoding}")
    return data.decode(encoding, "replace")


def _share_of_bad_utf8(data: bytes) -> float:
    return data.decode("utf-8", "replace").count("�") / max(1, len(data))


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # The stretch around the first bytes that are not ASCII tells more than a long plain beginning.
    first = next((match.start() for match in re.finditer(rb"[\x80-\xff]", data)), 0)
    start = max(0, first - 2000)
    sample = data[start : start + _SAMPLE]
    candidates = list(dict.fromkeys(match.encoding for match in list(from_bytes(sample))[:8]))
    # Other scripts write whole words beyond ASCII; single letters here and there are accents.
    accents = not re.search(rb"[\x80-\xff]{2}", sample)
    candidates = [one for one in candidates if one not in ("ascii", "utf_8")]
    if accents:
        candidates = [one for one in candidates if _script(sample.decode(one, "replace")) == "LATIN"]
    if not candidates:
        return "cp1252"
    # Several code pages of a script decode the same bytes; the one that gives words of a language is the right one.
    texts = {one: sample.decode(one, "replace") for one in candidates}
    script = _script(texts[candidates[0]])
    if script == "LATIN" and "cp1252" not in texts:
        # A short text says too little to tell rare code pages from the common one, which wins where both give words.
        candidates = ["cp1252", *candidates]
        texts["cp1252"] = sample.decode("cp1252", "replace")
    return max((one for one in candidates if _script(texts[one]) == script), key=lambda one: certainty(texts[one]))


def _script(text: str) -> str:
    """The script of most letters beyond ASCII: the first word of their Unicode names, all of East Asia as one."""
    counts: Counter[str] = Counter()
    for char in text[:4000]:
        if char > "\x7f" and char.isalpha():
            name = unicodedata.name(char, "none").split()[0]
            counts["CJK" if name in ("HIRAGANA", "KATAKANA", "HANGUL", "HALFWIDTH", "FULLWIDTH") else name] += 1
    return counts.most_common(1)[0][0] if counts else "LATIN"
