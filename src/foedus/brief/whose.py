"""Whose reason a sentence gives: the state bound, the owner of a duty, whoever a pronoun stands for, else the state named first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from foedus.brief.labels import table
from foedus.brief.text import Line, Mention, Text
from foedus.model.event import VAGUE

_BINDS = re.compile(r"\b(?:oblig|bind|bound|commit|requir|compel)\w*\s+(?:only\s+)?(?:the\s+)?$", re.IGNORECASE)
_SAYS = re.compile(
    r"(?i)\b(?:said|says?|told (?:\w+ ){1,3}|argue[sd]?|claim(?:s|ed)?|warn(?:s|ed)?|believe[sd]?|thinks?|thought|notes?|noted|"
    r"add(?:s|ed)|insist(?:s|ed)|stat(?:es|ed)|declared?)(?: that)?\s+(?:the\s+)?$"
)
_JOINED = re.compile(r"(?:,|,?\s+and|\s+or)\s+(?:the\s+)?")
_OWN = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,2}$")
_PERSONAL = re.compile(r"\W*(?:he|she|his|her)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]urs?|I|[Mm]y)\b")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]?")
_CLAUSE = re.compile(r",?\s+(?:but|and|while|whereas|although|though|because|since|yet|so|that|if)\s+|:\s+")
_ASIDE = re.compile(r",\s+(?:an?|the|its|his|her|which|who|whose|long|once|though|although)\b[^,;]*,")
"""Words set apart beside a name: "Chile, an old friend of Peru, …"."""
_PREPOSITION = (
    r"(?:after|amid|as|at|before|by|despite|during|for|from|given|in|of|on|since|to|under|unlike|with|without)\b"
)
_OPENS = re.compile(rf"\W*{_PREPOSITION}[^,;]*,", re.IGNORECASE)
"""Words before the subject of a sentence: "After Chile's attack on Peru, …"."""
_LEAD = re.compile(rf"\W*(?:(?!{_PREPOSITION})[\w'’-]+\W+){{0,3}}", re.IGNORECASE)
"""What may stand before the subject of a clause: its title, "also the"."""
_IMPERSONAL = re.compile(
    r"(?i)it\s+(?:\w+\s+)?(?:seem|appear|show|reveal|indicate|mean|suggest|follow|is|was|remain)\w*\s+(?:\w+\s+){0,3}?(?:that|whether|how)\b"
)
_OTHERS = re.compile(r"\b(?:countries|states|nations|governments|capitals|others|nobody|no one)\b[^,;]{0,12}$")
_BACK = 2
"""A person is looked for in so many sentences before."""


def flat(text: Text, line: Line) -> str:
    """The sentence on one line, every character in its place."""
    return re.sub(r"\s", " ", text.document.text[line.start : line.end])


class Thread:
    """Who the sentences of a text are about, read in order."""

    def __init__(self, text: Text, wanted: Iterable[str], parties: Iterable[str], quiet: Iterable[str] = ()) -> None:
        """The `quiet` are states that do nothing in the crisis: theirs is a reason only where grammar says so."""
        self._text = text
        self._wanted, self._parties = set(wanted), set(parties)
        self._told = self._wanted | set(quiet)
        self._about: str | None = None
        self._titled: str | None = None
        self._before: list[list[Mention]] = []

    def title(self, line: Line) -> None:
        """A section title sets what the sentences under it are about."""
        ours = self._ours(_named(line))
        self._titled = ours[0].code if ours else self._titled
        self._about = self._titled or self._about
        self._before.clear()

    def read(self, line: Line) -> None:
        """Go on after a sentence."""
        named = _named(line)
        ours = self._ours(named)
        if ours:
            self._about = ours[0].code
        elif named and not {mention.code for mention in named} & self._parties:
            self._about = None
        opening = _OPENS.match(flat(self._text, line))
        cut = line.start + opening.end() if opening else line.start
        self._before.append(sorted(named, key=lambda mention: mention.start < cut))

    def holders(self, line: Line, start: int, end: int) -> tuple[str, ...]:
        """The supporters for whom the phrase at these characters of the sentence (`flat`) is a reason."""
        words = flat(self._text, line)
        named = _named(line)
        if _OTHERS.search(words[:start]) or self._speaks_of_others(line, words, named, start):
            return ()
        left = words.rfind(";", 0, start) + 1
        right = words.find(";", end) if words.find(";", end) >= 0 else len(words)
        here = [mention for mention in named if left <= mention.start - line.start < right]
        for mention in here:
            if _BINDS.search(words[: mention.start - line.start]) and mention.start - line.start >= start:
                return self._only(mention, here, words, line)
        for mention in reversed(here):
            if _OWN.fullmatch(words[mention.end - line.start : start]):
                return self._only(mention, here, words, line)
        said = next((m for m in here if not m.place and _SAYS.search(words[left : m.start - line.start])), None)
        if said is not None and said.end - line.start <= start:
            return self._only(said, here, words, line)
        subject = self._subject(line, words, here, left, start)
        if subject is not None and subject.code not in self._parties:
            return self._only(subject, here, words, line)
        pronoun = self._pronoun(words[left:])
        if pronoun and not any(mention.start - line.start < left + pronoun.end() + 1 for mention in here):
            code = self._antecedent(pronoun.group()) if left == 0 else self._last_subject(line, words, named, left)
            if code is None:
                code = self._about
            if code is not None:
                return (code,) if code in self._told else ()
            # A "he" stands for somebody else than the states named.
            here = [] if _PERSONAL.match(pronoun.group()) else [mention for mention in here if not mention.place]
            return self._only(self._ours(here)[0], here, words, line) if self._ours(here) else ()
        ours = self._ours(here) or (self._ours(named) if not here else [])
        if ours:
            return self._only(ours[0], here or named, words, line)
        return (self._about,) if self._about is not None and not named else ()

    def _pronoun(self, words: str) -> re.Match[str] | None:
        """The pronoun that a clause begins with, unless it is an "it" that stands for nobody ("It shows that…")."""
        words = words.lstrip()
        return (
            None if _IMPERSONAL.match(words) else re.match(table("reasons")["words"]["pronoun"], words, re.IGNORECASE)
        )

    def _subject(self, line: Line, words: str, here: list[Mention], left: int, start: int) -> Mention | None:
        """Whom the clause that ends at `start` begins with; a clause without its own takes that of the clause before."""
        asides = [aside.span() for aside in _ASIDE.finditer(words, left, start)]
        pairs = [(one.end - line.start, two.start - line.start) for one, two in pairwise(here)]
        listed = [pair for pair in pairs if _JOINED.fullmatch(words, *pair)]  # "Chile and Peru" is one subject
        cuts = [
            cut
            for cut in _CLAUSE.finditer(words, left, start)
            if not any(first <= cut.start() < last for first, last in listed)
        ]
        for opening in [*(cut.end() for cut in reversed(cuts)), left]:
            if any(first < opening < last for first, last in asides):
                continue
            for mention in here:
                at, end = mention.start - line.start, mention.end - line.start
                if opening <= at < start and not mention.place and _LEAD.fullmatch(words[opening:at]):
                    return None if re.match("['’]", words[end:]) else mention
            if any(opening <= mention.start - line.start < start for mention in here):
                return None
        return None

    def _last_subject(self, line: Line, words: str, named: list[Mention], left: int) -> str | None:
        """Whom the part of the sentence before a semicolon is about."""
        first = next((mention for mention in named if mention.start - line.start < left and not mention.place), None)
        return first.code if first else self._antecedent("it")

    def _only(self, mention: Mention, among: list[Mention], words: str, line: Line) -> tuple[str, ...]:
        """The supporter named there, and those joined to it by "and"."""
        found = [mention]
        for other in among:
            last = found[-1]
            if other.start >= last.end and _JOINED.fullmatch(words[last.end - line.start : other.start - line.start]):
                found.append(other)
        return tuple(dict.fromkeys(one.code for one in found if one.code in self._told))

    def _ours(self, named: list[Mention]) -> list[Mention]:
        return [mention for mention in named if mention.code in self._wanted]

    def _antecedent(self, pronoun: str) -> str | None:
        """Of "he" the last sentence's first person, of "it" whoever the last sentence names first; None where it names nobody."""
        before = self._before[-_BACK:]
        if _PERSONAL.match(pronoun):
            people = (mention for named in reversed(before) for mention in named if mention.person)
            return next((mention.code for mention in people), None)
        return next((mention.code for mention in before[-1] if not mention.place), None) if before else None

    def _speaks_of_others(self, line: Line, words: str, named: list[Mention], start: int) -> bool:
        """Whether the phrase stands in quoted words that speak neither of the speaker nor of a supporter."""
        for quoted in _QUOTED.finditer(words):
            if quoted.start() < start < quoted.end() and len(quoted.group().split()) > 4:
                inside = [m for m in named if quoted.start() <= m.start - line.start < quoted.end()]
                return not self._ours(inside) and not _FIRST_PERSON.search(quoted.group())
        return False


def _named(line: Line) -> list[Mention]:
    return [mention for mention in line.mentions if mention.code not in VAGUE]
