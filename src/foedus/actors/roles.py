"""Titles beside a name: `Russian foreign minister`, `president of Iran`, `the UK's Ministry of Defence`."""

from __future__ import annotations

from typing import NamedTuple

from foedus.actors.index import index
from foedus.actors.tables import Title
from foedus.actors.tables import words as word_list
from foedus.actors.text import fold

Spans = list[tuple[int, int]]

MODIFIERS = word_list("modifiers")
FORMER = word_list("former")
_VERBLIKE = word_list("verblike")


class Role(NamedTuple):
    """A title with the tokens it covers (`first` to `last`, exclusive)."""

    title: Title
    first: int
    last: int
    former: bool
    words: str


def words(text: str, spans: Spans, first: int, last: int) -> str:
    """The folded words of a stretch of tokens."""
    return " ".join(fold(text[start:end]) for start, end in spans[first:last])


def _gap(text: str, spans: Spans, right: int) -> str:
    return text[spans[right - 1][1] : spans[right][0]]


def at(text: str, spans: Spans, first: int) -> tuple[Title, int] | None:
    """The longest title that starts at a token, with the token after it."""
    if first >= len(spans):
        return None
    for keys, title in index().titles.get(fold(text[slice(*spans[first])]), ()):
        last = first + len(keys)
        if last <= len(spans) and all(
            fold(text[slice(*spans[first + offset])]) == part
            and (offset == 0 or len(_gap(text, spans, first + offset)) == 1)
            for offset, part in enumerate(keys)
        ):
            return title, last
    return None


def right_of(text: str, spans: Spans, last: int, bare: bool) -> Role | None:
    """The title after a name: `’s president`, ` foreign ministry`, ` deputy chairman of the Security Council`.

    `bare` is set for a plain name without possessive, where a word such as `forces` may as well be a verb.
    """
    position, count = last, len(spans)
    if position < count and _gap(text, spans, position) in ("'", "’", "ʼ"):
        if fold(text[slice(*spans[position])]) != "s":
            return None
        position, bare = position + 1, False
    elif position < count and text[spans[position - 1][1] : spans[position][0]] in ("' ", "’ "):
        bare = False
    first, former = position, False
    for _ in range(4):
        if position >= count or len(_gap(text, spans, position)) > (2 if position == last else 1):
            return None
        if _gap(text, spans, position).strip(" -'’\n"):
            return None
        found = at(text, spans, position)
        if found:
            title, end = found
            word = fold(text[slice(*spans[position])])
            if bare and word in _VERBLIKE and end == position + 1:
                return None
            title, end = _of_institution(text, spans, title, end)
            return Role(title, first, end, former, words(text, spans, position, end))
        word = fold(text[slice(*spans[position])])
        if word not in MODIFIERS:
            return None
        former = former or word in FORMER
        position += 1
    return None


def _of_institution(text: str, spans: Spans, title: Title, last: int) -> tuple[Title, int]:
    """`deputy head` + `of the General Staff`: the office takes its institution in."""
    position = last
    if title.form != "person" or position >= len(spans) or fold(text[slice(*spans[position])]) not in ("of", "for"):
        return title, last
    if _gap(text, spans, position) != " ":
        return title, last
    position += 1
    if position < len(spans) and fold(text[slice(*spans[position])]) == "the":
        position += 1
    inner = at(text, spans, position)
    if inner is None or inner[0].form != "institution":
        return title, last
    role = f"{title.canonical} of the {inner[0].canonical}"
    return Title(role, index().canonical.get(role, role), "person", title.sector), inner[1]


def left_of(text: str, spans: Spans, first: int) -> Role | None:
    """The title before a name: `the president of `, `foreign ministry of the `."""
    position = first - 1
    if position >= 0 and fold(text[slice(*spans[position])]) == "the":
        position -= 1
    if position < 1 or fold(text[slice(*spans[position])]) not in ("of", "for"):
        return None
    if any(_gap(text, spans, step).strip() for step in range(position, first + 1) if step > 0):
        return None
    found = ending(text, spans, position, index().titles_by_last)
    if found is None:
        return None
    title, start = found
    if title.form != "person" and fold(text[slice(*spans[position])]) == "for":
        return None  # "drones for Russia"; but "spokesman for Iran"
    former = start > 0 and fold(text[slice(*spans[start - 1])]) in FORMER
    return Role(title, start, first, former, words(text, spans, start, position))


def before(text: str, spans: Spans, first: int) -> Role | None:
    """The title straight before a person: `President `, `Mr `, `Foreign Minister `."""
    if first < 1 or _gap(text, spans, first) not in (" ", ". ", "\u00a0"):
        return None
    found = ending(text, spans, first, index().prefixes_by_last)
    if found is None:
        return None
    title, start = found
    former = start > 0 and fold(text[slice(*spans[start - 1])]) in FORMER
    return Role(title, start, first, former, title.canonical)


def ending(
    text: str, spans: Spans, last: int, table: dict[str, list[tuple[tuple[str, ...], Title]]]
) -> tuple[Title, int] | None:
    """The longest title that ends before a token, with the token where it starts."""
    for keys, title in table.get(fold(text[slice(*spans[last - 1])]), ()):
        start = last - len(keys)
        if start < 0 or (title.form == "prefix" and not text[spans[start][0]].isupper()):
            continue
        if all(
            fold(text[slice(*spans[start + offset])]) == part
            and (offset == 0 or len(_gap(text, spans, start + offset)) <= 2)
            for offset, part in enumerate(keys)
        ):
            return title, start
    return None
