"""A document: one text with what is known about where it comes from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Apparatus:
    """A stretch of the original that is no part of the story: navigation, share bar, disclaimer, vote line, source link.

    `start` and `end` are offsets in `Document.original`; `kind` is one of
    `heading`, `navigation`, `share`, `disclaimer`, `vote`, `source`, `translation`, `byline`, `advert`, `other`.
    """

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Translation:
    """The fact that a text is a translated republication, and of what."""

    from_language: str | None = None
    republished_by: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, freed of its apparatus. Only `text` is needed; everything else may be unknown (None).

    `text` is the body; `segments` map it onto `original` as (start in text, start in original, length).
    `published` is `YYYY-MM-DD`, `YYYY-MM` or `YYYY`; names in `inferred` were worked out, not stated.
    `source` is the path or URL it was read from, `url` the address the text gives for itself.
    """

    text: str
    id: str = ""
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    format: str | None = None
    original: str = ""
    segments: tuple[tuple[int, int, int], ...] = ()
    apparatus: tuple[Apparatus, ...] = ()
    translation: Translation | None = None
    inferred: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)

    def __post_init__(self) -> None:
        if not self.original:
            object.__setattr__(self, "original", self.text)
            object.__setattr__(self, "segments", ((0, 0, len(self.text)),) if self.text else ())
        if not self.id:
            object.__setattr__(self, "id", self.content_hash[:16])

    @property
    def content_hash(self) -> str:
        """SHA-256 of title, date and body with white space normalised: the same story read twice has the same hash."""
        parts = (self.title or "", self.published or "", " ".join(self.text.split()))
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def to_original(self, offset: int) -> int:
        """Offset in `original` of a character of `text`."""
        for text_start, original_start, length in self.segments:
            if text_start <= offset < text_start + length:
                return original_start + offset - text_start
        raise IndexError(
            f"offset {offset} lies outside the body of {self.id} or in white space added between its parts"
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = asdict(self)
        plain["inferred"] = sorted(self.inferred)
        return plain
