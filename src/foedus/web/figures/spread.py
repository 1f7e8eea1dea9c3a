"""The escalation as a figure: how many join, which coalitions come about, how likely a wider war is, who is pivotal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from foedus.brief import labels
from foedus.web import estimates
from foedus.web.figures.figure import Figure, Row
from foedus.web.live import Live

if TYPE_CHECKING:
    from foedus.world.world import World

CHANCES: Final = (
    ("somebody_joins", "at least one third state joins"),
    ("wider_war", "a wider war: three or more join, or some on each side"),
    ("both_sides", "joiners on both sides"),
    ("major_power_joins", "a major power joins"),
)
LEAST: Final = 0.005
"""States that join in fewer runs than this share are left out of the rows; the JSON has them all."""


def spread(view: Live, world: World) -> Figure:
    """Each row is a share of the runs: of a chance, a number of joiners, a coalition, or one state's joining.

    `alone` is a state's joining before anybody reacts to anybody.
    """
    told = estimates.assessment(view, world, spread=True).spread
    assert told is not None
    rows: list[Row] = [_row("chance", text, told[key]) for key, text in CHANCES]
    rows += [_row("joiners", number, share) for number, share in told["joiners"].items()]
    rows += [_row("coalition", coalition(one), one["share"]) for one in told["coalitions"]]
    states = [one | {"share": one["attacked_side"] + one["attackers_side"]} for one in told["states"]]
    for one in sorted(states, key=lambda one: (-one["share"], one["state"])):
        if one["share"] >= LEAST:
            side = "attacked" if one["attacked_side"] >= one["attackers_side"] else "attackers"
            alone = one["attacked_side_alone"] + one["attackers_side_alone"]
            rows.append(_row("state", one["state"], one["share"], round(alone, 5), side))
    note = f"Shares of {told['runs']:,} plays of the crisis, in which later joiners see earlier ones."
    columns = ("what", "item", "share", "alone", "side")
    return Figure("spread", "Who joins when others join", columns, tuple(rows), note, {"summary": dict(told)})


def _row(what: str, item: str, share: float, alone: float | None = None, side: str | None = None) -> Row:
    return {"what": what, "item": item, "share": round(float(share), 5), "alone": alone, "side": side}


def coalition(one: dict[str, Any]) -> str:
    """Who joins whom in an outcome, in words."""
    parts = [
        f"{labels.listed([labels.name(code) for code in one[side]])} for the {whom}"
        for side, whom in (("attacked_side", "attacked"), ("attackers_side", "attackers"))
        if one[side]
    ]
    return "; ".join(parts) or "nobody joins"
