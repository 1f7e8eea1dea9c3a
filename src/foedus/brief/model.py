"""What a brief holds, before any face is put on it: plain frozen values, in the order in which they are read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from foedus.model.ledger import Count, Direction, Section, Standing

WatchKind = Literal["to watch", "rules out", "threatens", "fears", "announces", "expects", "possible"]
Outcome = Literal["live", "split", "turned down", "ended"]
"""What became of an offer to mediate; `split`: one side took it, the other refused."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source read. `key` names it inside the brief (`d1`); `bearing` says whether it holds any event."""

    key: str
    title: str
    byline: str | None
    outlet: str | None
    published: str | None
    published_inferred: bool
    url: str | None
    file: str | None
    language: str | None
    translation: str | None
    words: int
    events: int
    bearing: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker and the day of its first attack as the sources have it."""

    attacker: str
    attacked: str
    date: str | None
    dated: Literal["event", "sentence", "report", "given", "none"]
    reports: int
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrisisPart:
    """Who was attacked by whom, and how that was found. `doubts` are sentences for the reader."""

    attacked: tuple[str, ...]
    attackers: tuple[Attack, ...]
    date: str | None
    found: Literal["found in the sources", "given"]
    doubts: tuple[str, ...] = ()
    looking_back: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that a figure rests on. `anchor` is its place in the brief."""

    anchor: str
    document: str
    quote: str
    source: str
    published: str | None
    speaker: str | None = None
    speaker_name: str | None = None


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act of a pair's ledger, in words."""

    key: str
    section: Section
    direction: Direction
    standing: Standing
    on_behalf: bool
    date: str | None
    dated: str
    what: str
    type: str
    mode: str | None
    intensity: float
    reports: int
    speakers: tuple[str, ...]
    denied_by: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One act in the chart. `style` is one of the keys of the legend, `pattern` its second cue."""

    act: str
    style: Literal["for", "behalf", "against", "adversary", "neutral"]
    pattern: Literal["solid", "hatched", "hollow"]
    title: str
    dated: str = "event"


@dataclass(frozen=True, slots=True)
class Column:
    """One step of the time axis."""

    start: str
    label: str
    words: tuple[Block, ...]
    deeds: tuple[Block, ...]
    promises: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Words above, deeds below, one axis; acts without a day stand apart.

    `attacks` names the columns (by place) in which the attacks began, with who attacked.
    """

    step: str
    columns: tuple[Column, ...]
    undated: Column
    attacks: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer for one supporter: the line, and every figure in it; `told` has those that are not nil, in words."""

    supporter: str
    client: str
    supporter_name: str
    client_name: str
    line: str
    counts: dict[str, Count]
    duty: str
    pair: str
    mediations: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class MediationRow:
    """A sentence in which a third actor offers or tries to mediate, or is refused or ends it; `who` tells it."""

    actor: str
    quote: str
    anchor: str
    who: str
    outcome: Outcome = "live"


@dataclass(frozen=True, slots=True)
class Pair:
    """A supporter and its client with all acts, by group of the table twin: name, title, ids of acts."""

    key: str
    supporter: str
    client: str
    adversaries: tuple[str, ...]
    chart: Chart
    acts: tuple[ActLine, ...]
    groups: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A treaty between a supporter and one side, and what one of its clauses asks now."""

    supporter: str
    toward: str
    side: str
    treaty: str
    kind: str
    signed: str | None
    start: str
    asks: str
    status: str
    clause: str | None
    article: str | None
    says: str | None
    reason: str
    lacks: tuple[str, ...]
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A sentence that argues for or against helping; `who` argues it, `cue` is the phrase that told us."""

    supporter: str
    driver: str
    stance: Literal["for", "against"]
    quote: str
    anchor: str
    who: str
    cue: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One act of anybody's."""

    date: str | None
    dated: str
    what: str
    actor: str
    recipient: str | None
    type: str
    standing: Standing
    material: bool
    reports: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one speaker says, kept apart from what the author vouches for: a coded claim, or words quoted."""

    speaker: str | None
    who: str
    what: str
    quoted: bool
    date: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class WatchRow:
    """What a source expects, fears, threatens, announces or rules out. `dates` are the words for time in the sentence."""

    kind: WatchKind
    quote: str
    anchor: str
    who: str
    dates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence with the roles it plays (`actor`, `act`, `recipient`, `speaker`)."""

    text: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceView:
    """One sentence in its document, marked. `events` tell in words what was coded from it."""

    anchor: str
    runs: tuple[Run, ...]
    events: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph, or a section title standing alone."""

    heading: bool
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole source with its marks."""

    key: str
    paragraphs: tuple[ParagraphView, ...]


@dataclass(frozen=True, slots=True)
class BriefModel:
    """The whole brief. `assessment` is filled where estimates were asked for: plain values (title, notes, rows)."""

    title: str
    crisis: CrisisPart
    names: dict[str, str]
    sources: tuple[SourceLine, ...]
    faults: tuple[str, ...]
    covered: tuple[str | None, str | None]
    versions: dict[str, str]
    answers: tuple[Answer, ...]
    silent: tuple[str, ...]
    pairs: tuple[Pair, ...]
    commitments: tuple[Commitment, ...]
    commitments_note: str
    reasons: tuple[ReasonLine, ...]
    timeline: tuple[TimelineRow, ...]
    background: tuple[TimelineRow, ...]
    claims: tuple[ClaimRow, ...]
    watch: tuple[WatchRow, ...]
    documents: tuple[DocumentView, ...]
    drivers: tuple[tuple[str, str], ...] = ()
    assessment: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()
    mediation: tuple[MediationRow, ...] = ()
    idle: tuple[str, ...] = ()
    """Third actors whose acts are towards both sides or neither, or background."""

    @property
    def alone(self) -> bool:
        """Whether no third actor does or says anything, for a side, for neither or between the two."""
        return not (self.answers or self.mediation or self.idle)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)
