"""Figures of the estimates: the ladder of every third state, the drivers of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.web import estimates
from foedus.web.figures.figure import Figure, Row
from foedus.web.live import Live

if TYPE_CHECKING:
    from foedus.model.assessment import StateEstimate
    from foedus.world.world import World


def ladder(view: Live, world: World, what_if: tuple[str, ...] = ()) -> Figure:
    """How far each third state may go: the ladder with intervals."""
    found = estimates.assessment(view, world, what_if)
    rows = tuple(estimate_row(one) for one in found.states)
    columns = (
        "state", "name", "none", "verbal", "material", "military_aid", "force", "mediation", "beyond_words", "low", "high",
        "word", "joins", "joins_attackers", "duty",
    )  # fmt: skip
    extra = {"model": found.model, "sources": found.sources, "notes": list(found.notes), "what_if": list(found.what_if),
             "unchanged": list(found.unchanged)}  # fmt: skip
    title = "How far third states may go for the attacked side"
    note = "Probabilities with 90 % intervals; the word is that of ICD 203 for going beyond words."
    return Figure("ladder", title, columns, rows, note, extra)


def estimate_row(one: StateEstimate) -> Row:
    """One state's estimate, flat."""
    return {
        "state": one.state,
        "name": one.name,
        **{name: round(float(p), 5) for name, p in one.rungs.items()},
        "mediation": round(one.mediation, 5),
        "beyond_words": round(one.beyond_words.value, 5),
        "low": round(one.beyond_words.low, 5),
        "high": round(one.beyond_words.high, 5),
        "word": one.word,
        "joins": round(one.joins.value, 5),
        "joins_attackers": round(one.joins_attackers.value, 5),
        "duty": one.duty,
    }


def drivers(estimate: StateEstimate) -> Figure:
    """The waterfall of one state: what each driver adds to the log odds, from the base rate to the estimate."""
    rows: list[Row] = []
    for fall in (estimate.support, estimate.joining):
        rows.append(
            {"estimate": fall.what, "driver": "base rate", "effect": round(fall.base, 4), "factor": None, "facts": ""}
        )
        for one in fall.drivers:
            facts = "; ".join(f"{label}: {'not known' if value is None else value}" for label, value, _, _ in one.parts)
            rows.append(
                {
                    "estimate": fall.what,
                    "driver": one.group,
                    "effect": round(one.effect, 4),
                    "factor": round(one.factor, 4),
                    "facts": facts,
                }
            )
        rows.append(
            {"estimate": fall.what, "driver": "total", "effect": round(fall.total, 4), "factor": None, "facts": ""}
        )
    note = "Effects are log odds: base rate plus all effects is the estimate."
    return Figure(
        "drivers", f"Drivers: {estimate.name}", ("estimate", "driver", "effect", "factor", "facts"), tuple(rows), note
    )
