"""A ledger: what one third state has said and done in a crisis, act by act, each with the reports that tell of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Section = Literal["word", "deed", "refusal", "withheld", "promise", "asked"]
"""What kind of act: see `docs/ledger.md`. `asked` is the client turning to the supporter."""

Direction = Literal["for", "against", "adversary", "neutral"]
"""Whom the act serves: the client, nobody but to the client's harm, the client's adversary, neither side."""

Standing = Literal["stands", "claimed", "hypothetical", "denied", "historical"]
"""How sure the sources are. Only `stands` is counted in the headline; the rest are kept apart, never dropped."""

Dated = Literal["event", "report", "none"]


@dataclass(frozen=True, slots=True)
class Report:
    """One sentence in one document that tells of an act. Offsets count characters of that document's text."""

    document: str
    start: int
    end: int
    quote: str
    event: str = ""
    date: str | None = None
    published: str | None = None
    speaker: str | None = None
    speaker_name: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Act:
    """One act, however many reports tell of it.

    `date` is what the reports agree on best (`dated` says whether from the text or, failing that, from the day of the
    first report); `weight` is the unsigned intensity of its type; `on_behalf` marks an act against the client's
    adversary that the text ties to the client's cause.
    """

    id: str
    section: Section
    direction: Direction
    standing: Standing
    actor: str
    recipient: str | None
    type: str
    mode: str | None
    polarity: str
    modality: str
    date: str | None
    dated: Dated
    weight: float
    on_behalf: bool = False
    speakers: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()

    @property
    def sources(self) -> int:
        """Number of different documents that tell of the act."""
        return len({report.document for report in self.reports})

    @property
    def intensity(self) -> float:
        """Weight, plus for the client, minus against it; 0 for what was withheld or serves the adversary or nobody."""
        if self.section == "withheld":
            return 0.0
        return {"for": self.weight, "against": -self.weight}.get(self.direction, 0.0)


@dataclass(frozen=True, slots=True)
class Count:
    """Acts, the sum of their signed intensities, and reports: coverage stands beside the count, never inside it."""

    acts: int = 0
    intensity: float = 0.0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class Bucket:
    """One step of the time axis. `start` is its first day; each tuple holds ids of acts."""

    start: str
    words: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All acts of `supporter` that bear on `client` or `adversaries` within the window.

    The properties hold acts that stand, apart from `claims`, `hypothetical`, `denied` and `historical`.
    """

    supporter: str
    client: str
    adversaries: tuple[str, ...]
    since: str | None
    until: str | None
    acts: tuple[Act, ...]
    weights_version: str

    def _standing(self, section: Section) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if act.section == section and act.standing == "stands")

    @property
    def words(self) -> tuple[Act, ...]:
        """Statements for the client, acts on its behalf included."""
        return tuple(act for act in self._standing("word") if act.direction == "for")

    @property
    def deeds(self) -> tuple[Act, ...]:
        """Material acts that happened and serve the client."""
        return tuple(act for act in self._standing("deed") if act.direction == "for")

    @property
    def withheld(self) -> tuple[Act, ...]:
        """Help to the client that the text says did not come."""
        return tuple(act for act in self._standing("withheld") if act.direction == "for")

    @property
    def refusals(self) -> tuple[Act, ...]:
        """What the supporter refused the client."""
        return tuple(act for act in self._standing("refusal") if act.direction == "against")

    @property
    def promises(self) -> tuple[Act, ...]:
        """What the supporter agreed, offered or announced to the client."""
        return tuple(act for act in self._standing("promise") if act.direction == "for")

    @property
    def against(self) -> tuple[Act, ...]:
        """Hostile words and deeds towards the client, refusals apart."""
        return tuple(
            act
            for act in self.acts
            if act.standing == "stands" and act.direction == "against" and act.section in ("word", "deed")
        )

    @property
    def to_adversary(self) -> tuple[Act, ...]:
        """Friendly acts to the client's adversary, kept apart from the score; help that did not come to it is none."""
        return tuple(
            act
            for act in self.acts
            if act.standing == "stands" and act.direction == "adversary" and act.section != "withheld"
        )

    @property
    def asked(self) -> tuple[Act, ...]:
        """What the client asked of the supporter."""
        return tuple(act for act in self.acts if act.section == "asked" and act.standing in ("stands", "claimed"))

    @property
    def claims(self) -> tuple[Act, ...]:
        """Acts that rest on somebody else's word alone."""
        return tuple(act for act in self.acts if act.standing == "claimed" and act.section != "asked")

    @property
    def hypothetical(self) -> tuple[Act, ...]:
        """Acts that may, might or could be, or that are only foreseen."""
        return tuple(act for act in self.acts if act.standing == "hypothetical")

    @property
    def denied(self) -> tuple[Act, ...]:
        """Acts that one side reports and another, or the actor itself, denies."""
        return tuple(act for act in self.acts if act.standing == "denied")

    @property
    def historical(self) -> tuple[Act, ...]:
        """Background from before the story's own news."""
        return tuple(act for act in self.acts if act.standing == "historical")

    @property
    def counts(self) -> dict[str, Count]:
        """Counts and intensities by section name."""
        names = ("words", "deeds", "withheld", "refusals", "promises", "against", "to_adversary", "asked")
        apart = ("claims", "hypothetical", "denied", "historical")
        return {name: count(getattr(self, name)) for name in (*names, *apart)}

    def act(self, key: str) -> Act:
        """The act with this id; KeyError if there is none."""
        for act in self.acts:
            if act.id == key:
                return act
        raise KeyError(key)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain: dict[str, Any] = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name != "acts"
        }
        plain["adversaries"] = list(self.adversaries)
        plain["counts"] = {name: asdict(number) for name, number in self.counts.items()}
        plain["acts"] = [act_dict(act) for act in self.acts]
        return plain

    def to_frame(self) -> Any:
        """One row an act, as a pandas DataFrame; `reports` is their number, `quote` the first one's sentence."""
        import pandas as pd

        rows = []
        for act in self.acts:
            row = act_dict(act)
            reports = row.pop("reports")
            row["speakers"] = " ".join(act.speakers)
            row["denied_by"] = " ".join(act.denied_by)
            row |= {
                "reports": len(reports),
                "documents": act.sources,
                "quote": act.reports[0].quote if act.reports else None,
            }
            rows.append(row)
        return pd.DataFrame(rows, columns=list(FRAME_COLUMNS))


FRAME_COLUMNS = (
    "id", "section", "direction", "standing", "on_behalf", "actor", "recipient", "type", "mode", "polarity",
    "modality", "date", "dated", "weight", "intensity", "speakers", "denied_by", "reports", "documents", "quote",
)  # fmt: skip


def act_dict(act: Act) -> dict[str, Any]:
    """Plain values of an act for JSON."""
    plain = asdict(act)
    plain["intensity"] = act.intensity
    plain["sources"] = act.sources
    return plain


def count(acts: tuple[Act, ...]) -> Count:
    """Number, intensity and reports of some acts."""
    return Count(
        acts=len(acts),
        intensity=round(sum(act.intensity for act in acts), 2),
        reports=sum(len(act.reports) for act in acts),
    )
