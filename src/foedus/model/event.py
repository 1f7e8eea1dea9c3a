"""An event: one act, statement or withheld act, as `docs/codebook.md` has it (PLOVER with polarity, modality, speaker)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal

Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "future", "hypothetical"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]

QUADS: Final[dict[str, Quad]] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
VAGUE: Final = frozenset({"WEST", "GULF", "ANALYSTS", "MEDIA", "UNKNOWN"})
"""Collectives that may speak but never act in a scored event."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Why:
    """How the coder came to an event: what fired, what it competed with, in words a reviewer can check."""

    frame: str
    notes: tuple[str, ...] = ()
    rivals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event. `actor`, `recipient`, `speaker` are entity codes; offsets count characters of the document's text.

    `quote` is the evidence sentence, verbatim: `document.text[event.start:event.end] == event.quote`.
    `confidence` is the coder's probability that actor, recipient and type are all right.
    """

    actor: str
    recipient: str | None
    type: str
    mode: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    speaker: str | None = None
    date: str | None = None
    historical: bool = False
    quote: str = ""
    start: int = 0
    end: int = 0
    sentence: int = 0
    document: str = ""
    id: str = ""
    actor_span: Span | None = None
    recipient_span: Span | None = None
    predicate_span: Span | None = None
    speaker_span: Span | None = None
    actor_sector: str | None = None
    recipient_sector: str | None = None
    speaker_name: str | None = None
    contexts: tuple[str, ...] = ()
    confidence: float = 1.0
    why: Why | None = field(default=None, compare=False)
    coder: str = ""

    @property
    def quad(self) -> Quad:
        """The PLOVER quad class of the type."""
        return QUADS[self.type]

    @property
    def is_deed(self) -> bool:
        """A material act that happened (rule 1 of the codebook)."""
        return self.quad.startswith("material") and self.polarity == "positive" and self.modality == "actual"

    @property
    def is_withheld(self) -> bool:
        """An act that the text says did not happen."""
        return self.polarity == "negative"

    @property
    def kind(self) -> Literal["word", "deed", "withheld"]:
        """Word, deed or withheld deed (rule 1 of the codebook)."""
        if self.is_deed:
            return "deed"
        return "withheld" if self.is_withheld else "word"

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, codebook names first; spans become `[start, end]`."""
        # Field by field: `asdict` copies every value deeply, at ten times the cost, and a span tells itself better.
        plain: dict[str, Any] = {name: getattr(self, name) for name in _FIELDS}
        if self.why is not None:
            plain["why"] = asdict(self.why)
        for name in ("actor_span", "recipient_span", "predicate_span", "speaker_span"):
            span = getattr(self, name)
            plain[name] = None if span is None else [span.start, span.end]
        plain["kind"] = self.kind
        return plain


_FIELDS: Final = tuple(one.name for one in fields(Event))
