"""An assessment: how far every third state will go for the attacked side, why, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from foedus.model.crisis import Crisis

if TYPE_CHECKING:
    import pandas as pd

Rung = Literal["none", "verbal", "material", "military_aid", "force"]
RUNGS: Final[tuple[Rung, ...]] = ("none", "verbal", "material", "military_aid", "force")
"""The support ladder; mediation is kept beside it, since it takes no side."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A probability with the ends of its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Driver:
    """One step of a waterfall: a family of facts and what they add to the log odds.

    `factor` is the same as a factor of the odds; `parts` are the facts in the family that weigh most, each as
    (label, value, effect, source).
    """

    group: str
    effect: float
    parts: tuple[tuple[str, float | None, float, str], ...] = ()

    @property
    def factor(self) -> float:
        """What the odds are multiplied by."""
        import math

        return math.exp(self.effect)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the base rate to the estimate, exactly: `base` plus all effects equals `total` (log odds)."""

    what: str
    base: float
    drivers: tuple[Driver, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Case:
    """A historical case: what a third state did when someone was attacked. `likeness` is 1 for alike in all that is compared."""

    crisis: str
    date: str
    attacked: str
    attackers: str
    third_state: str
    rung: str
    likeness: float
    alike: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A single change of facts and what it does to the chance of going beyond words and of joining."""

    what_if: str
    says: str
    beyond_words: float
    joins: float
    by: float


@dataclass(frozen=True, slots=True)
class StateEstimate:
    """One third state. Probabilities of the rungs sum to 1; `mediation` stands beside them.

    `beyond_words` is the chance of material support or more, `joins` of showing or using force for the attacked side,
    `joins_attackers` for the attackers; `if_war` is `joins` if the crisis grows into a war. `word` is the ICD-203 word for
    `beyond_words`. `duty` is the weightiest duty in one line; `missing` names facts the model had to do without.
    """

    state: str
    name: str
    rungs: Mapping[str, float]
    beyond_words: Interval
    joins: Interval
    joins_attackers: Interval
    if_war: float
    mediation: float
    word: str
    duty: str
    joining: Waterfall
    support: Waterfall
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    changes: tuple[Change, ...] = ()
    record: str = ""

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """The drivers of support, the weightiest first."""
        return tuple(sorted(self.support.drivers, key=lambda driver: -abs(driver.effect)))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = asdict(self)
        plain["rungs"] = dict(self.rungs)
        for name in ("joining", "support"):
            for step, driver in zip(plain[name]["drivers"], getattr(self, name).drivers, strict=True):
                step["factor"] = driver.factor
        return plain


@dataclass(frozen=True, slots=True)
class Assessment:
    """All third states, the likeliest to go beyond words first.

    `base_case` holds the estimates without the what-ifs where some were asked for, and `unchanged` those of them that
    change nothing.
    """

    crisis: Crisis
    states: tuple[StateEstimate, ...]
    model: str
    sources: str
    notes: tuple[str, ...] = ()
    what_if: tuple[str, ...] = ()
    base_case: Assessment | None = None
    unchanged: tuple[str, ...] = ()
    spread: Mapping[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __getitem__(self, state: str) -> StateEstimate:
        for one in self.states:
            if one.state == state:
                return one
        raise KeyError(state)

    def __len__(self) -> int:
        return len(self.states)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "crisis": {
                "attacked": list(self.crisis.attacked),
                "attackers": list(self.crisis.attackers),
                "date": self.crisis.date.isoformat(),
            },
            "model": self.model,
            "sources": self.sources,
            "notes": list(self.notes),
            "what_if": list(self.what_if),
            "unchanged": list(self.unchanged),
            "states": [one.to_dict() for one in self.states],
            "base_case": None if self.base_case is None else self.base_case.to_dict(),
            "spread": None if self.spread is None else dict(self.spread),
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a third state: rungs, mediation, beyond words and joining with intervals, word, duty."""
        import pandas as pd

        rows = [
            {
                "state": one.state,
                "name": one.name,
                **{f"p_{rung}": one.rungs[rung] for rung in RUNGS},
                "p_mediation": one.mediation,
                "beyond_words": one.beyond_words.value,
                "beyond_words_low": one.beyond_words.low,
                "beyond_words_high": one.beyond_words.high,
                "word": one.word,
                "joins": one.joins.value,
                "joins_low": one.joins.low,
                "joins_high": one.joins.high,
                "joins_attackers": one.joins_attackers.value,
                "joins_if_war": one.if_war,
                "duty": one.duty,
            }
            for one in self.states
        ]
        return pd.DataFrame(rows)

    def for_brief(self, most: int = 12) -> dict[str, Any]:
        """The section of a brief: title, notes, columns and rows as text."""
        rows = [
            [
                f"{one.name} ({one.state})",
                *(percent(one.rungs[rung]) for rung in RUNGS),
                percent(one.mediation),
                f"{percent(one.beyond_words.value)} ({percent(one.beyond_words.low)} to {percent(one.beyond_words.high)})",
                one.word,
                one.duty,
            ]
            for one in self.states[:most]
        ]
        columns = [
            "third state", "none", "words", "material", "military aid", "force", "mediates", "beyond words (90 %)",
            "in words", "duty",
        ]  # fmt: skip
        title = "How far third states may go for the attacked side"
        return {"title": title, "notes": list(self.notes), "columns": columns, "rows": rows}


def percent(p: float) -> str:
    """A probability for people: whole per cent, small ones as `<1 %`."""
    if p < 0.005:
        return "<1 %"
    return f"{100 * p:.0f} %" if p < 0.995 else ">99 %"


def icd203(p: float) -> str:
    """The ICD-203 word for a probability."""
    for limit, word in (
        (0.05, "almost no chance"),
        (0.20, "very unlikely"),
        (0.45, "unlikely"),
        (0.55, "roughly even"),
        (0.80, "likely"),
        (0.95, "very likely"),
    ):
        if p < limit:
            return word
    return "almost certain"
