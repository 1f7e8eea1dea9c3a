"""One clause held against one crisis: what it asks, whether it is triggered, and the condition that decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from foedus.model.crisis import Crisis
from foedus.model.dates import earliest
from foedus.model.duty import Ask, Duty, Status
from foedus.model.treaty import Clause, Treaty
from foedus.world import attacks as record
from foedus.world import treaties as law
from foedus.world.words import possessive, verb

if TYPE_CHECKING:
    from foedus.world.world import World

Side = Literal["attacked", "attackers"]

ASKS: Final[dict[str, Ask]] = {
    "defense": "defend",
    "offense": "join the attack",
    "neutrality": "stay neutral",
    "nonaggression": "not aggress",
    "consultation": "consult",
}
PLAIN: Final = frozenset(
    {"armed attack", "attack", "aggression", "armed aggression", "external attack", "invasion", "war", "act of war"}
)
"""Kinds of conflict that any attack of one state on another is."""
DEFENSIVE: Final = PLAIN - {"war", "act of war"}
"""Those that speak of a party that is attacked, not of one that attacks."""


@dataclass(slots=True)
class Finding:
    """What speaks for, against and leaves open, collected condition by condition."""

    met: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """One failed condition ends it; one doubt leaves it open."""
        return "not triggered" if self.failed else "arguable" if self.doubts else "triggered"

    @property
    def deciding(self) -> list[str]:
        """The conditions that decide."""
        return self.failed[:1] or self.doubts or self.met


def judge(clause: Clause, treaty: Treaty, state: str, toward: str, crisis: Crisis, world: World) -> Duty | None:
    """The duty of `state` towards `toward` under `clause`; None where the clause does not run between the two."""
    if not runs(clause, state, toward, crisis):
        return None
    side: Side = "attacked" if toward in crisis.attacked else "attackers"
    test = {
        "defense": _defense,
        "offense": _offense,
        "neutrality": _neutrality,
        "nonaggression": _nonaggression,
        "consultation": _consultation,
    }[clause.kind]
    finding = test(clause, treaty, toward, side, crisis, world)
    _suspended(finding, treaty, (state, toward), crisis, world)
    own = record.attacking(state, toward, crisis.date, world.attacks)
    if own is not None and clause.kind in {"defense", "consultation"}:
        # Whoever attacks the party itself breaks the promise; nobody waits for its help.
        finding.failed.insert(0, f"{world.names((state,))} itself attacks {world.names((toward,))} ({own.what})")
    status, deciding = finding.status, finding.deciding
    if own is None and (status != "not triggered" or clause.kind == "defense"):
        held = record.held(crisis, toward, treaty.id, clause.kind, world.attacks)
        if held is not None:
            status, deciding = held.status, [held.says]
    return Duty(
        state=state,
        toward=toward,
        side=side,
        asks=ASKS[clause.kind],
        status=status,
        treaty=treaty,
        clause=clause,
        reason=_sentence(clause, treaty, status, deciding, world),
    )


def runs(clause: Clause, state: str, toward: str, crisis: Crisis) -> bool:
    """Whether the clause, on that day, is owed by `state` to `toward`."""
    return (
        (not clause.by or state in clause.by)
        and (not clause.to or toward in clause.to)
        and law.within(clause.start, clause.end, crisis.date)
    )


def reference(treaty: Treaty, article: str | None = None) -> str:
    """`North Atlantic Treaty (1949), Article 5`."""
    year = (treaty.signed or treaty.start)[:4]
    title = treaty.title if year in treaty.title else f"{treaty.title} ({year})"
    return f"{title}, {article}" if article else title


def others(side: Side, crisis: Crisis) -> tuple[str, ...]:
    """Those whom a party on `side` stands against."""
    return crisis.attackers if side == "attacked" else crisis.attacked


def _defense(clause: Clause, treaty: Treaty, toward: str, side: Side, crisis: Crisis, world: World) -> Finding:
    finding = Finding()
    name = world.names((toward,))
    against = others(side, crisis)
    if side == "attackers":
        began = record.answered(crisis, toward, world.attacks)
        if began is None:
            finding.failed.append(f"it protects a party that is attacked, and here {name} is the attacker")
            return finding
        finding.doubts.append(f"here {name} attacks, but in a war that the other side opened ({began.what})")
        where = began.places or (toward,)
    else:
        finding.met.append(f"{name} is attacked by {world.names(against)}")
        where = _where(toward, crisis, world)
    _adversary(finding, clause, against, world)
    _number(finding, clause, against)
    _kind(finding, clause, against, crisis, world)
    _war(finding, clause, world)
    _provocation(finding, clause, toward, side, crisis, world)
    _location(finding, clause, toward, where, crisis, world)
    if side == "attacked":
        _fellow(finding, clause, treaty, against, crisis, world)
    _means(finding, clause)
    return finding


def _offense(clause: Clause, treaty: Treaty, toward: str, side: Side, crisis: Crisis, world: World) -> Finding:
    finding = Finding()
    against = others(side, crisis)
    if side == "attacked" and not clause.conditions.within:
        finding.failed.append(f"it is about wars that {world.names((toward,))} begins, and here it is attacked")
        return finding
    finding.met.append(f"{world.names((toward,))} is at war with {world.names(against)}")
    _adversary(finding, clause, against, world)
    _kind(finding, clause, against, crisis, world)
    _war(finding, clause, world)
    _means(finding, clause)
    return finding


def _neutrality(clause: Clause, treaty: Treaty, toward: str, side: Side, crisis: Crisis, world: World) -> Finding:
    finding = Finding()
    against = others(side, crisis)
    if side == "attackers" and (clause.conditions.unprovoked or _of_attacks(clause.conditions.conflict)):
        finding.failed.append(
            f"it is owed to a party that is attacked, and here {world.names((toward,))} is the attacker"
        )
        return finding
    state = "is attacked by" if side == "attacked" else "is at war with"
    finding.met.append(f"{world.names((toward,))} {state} {world.names(against)}, who may get no help")
    _adversary(finding, clause, against, world)
    _number(finding, clause, against)
    _kind(finding, clause, against, crisis, world)
    if side == "attacked":
        _provocation(finding, clause, toward, side, crisis, world)
    return finding


def _nonaggression(clause: Clause, treaty: Treaty, toward: str, side: Side, crisis: Crisis, world: World) -> Finding:
    finding = Finding()
    name = world.names((toward,))
    if side == "attackers" and clause.conditions.released:
        finding.failed.append(f"the promise falls away when {name} itself attacks a third state")
        return finding
    # Such a clause may bar force, hostile alliances or meddling: what it bars stands in its own words before this.
    finding.met.append(f"the promise to {name} stands, whoever began")
    if side == "attackers" and crisis.date.year >= 1946:
        finding.met.append("collective self-defence for the attacked (Article 51 of the UN Charter) stays open")
    return finding


def _consultation(clause: Clause, treaty: Treaty, toward: str, side: Side, crisis: Crisis, world: World) -> Finding:
    finding = Finding()
    name = world.names((toward,))
    against = others(side, crisis)
    if side == "attackers":
        if clause.conditions.unprovoked or _of_attacks(clause.conditions.conflict):
            finding.failed.append(f"it speaks of a party that is attacked, and here {name} is the attacker")
            return finding
        if clause.conditions.conflict is None:
            finding.doubts.append(
                f"it speaks of threats to the peace or to a party, and here the attack is {possessive(name)} own"
            )
    else:
        finding.met.append(f"{name} is attacked by {world.names(against)}")
    _adversary(finding, clause, against, world)
    if clause.conditions.conflict:
        _kind(finding, clause, against, crisis, world)
    if side == "attacked" and (clause.conditions.areas or clause.conditions.locations):
        _location(finding, clause, toward, _where(toward, crisis, world), crisis, world)
    _means(finding, clause)
    return finding


def _of_attacks(conflict: str | None) -> bool:
    """Whether the kind of conflict is one that a party suffers: "aggression", "attack by a state"."""
    return conflict is not None and any(conflict == kind or conflict.startswith(f"{kind} ") for kind in DEFENSIVE)


def _adversary(finding: Finding, clause: Clause, against: tuple[str, ...], world: World) -> None:
    wanted, barred = clause.conditions.adversaries, clause.conditions.not_adversaries
    if wanted:
        hit = [code for code in against if code in wanted]
        if not hit:
            finding.failed.append(f"it looks to {world.names(wanted, 'or')} alone, not to {world.names(against)}")
        else:
            finding.met.append(f"{world.names(hit)} is among the adversaries it names")
    if barred and all(code in barred for code in against):
        finding.failed.append(f"it excepts {world.names(against)}")


def _number(finding: Finding, clause: Clause, against: tuple[str, ...]) -> None:
    least = clause.conditions.attackers_min
    if least > 1 and len(against) < least:
        finding.failed.append(f"it waits for {least} or more adversaries, and here there is {len(against)}")
    elif least > 1:
        finding.met.append(f"there are {len(against)} adversaries, as it asks")


def _kind(finding: Finding, clause: Clause, against: tuple[str, ...], crisis: Crisis, world: World) -> None:
    wanted = clause.conditions.conflict
    groups = all(not world.is_state(code, crisis.date) for code in against)
    if wanted == "attack by a state":
        if groups:
            finding.failed.append(f"it is about attacks by states, and {world.names(against)} is none")
    elif wanted is not None and wanted not in PLAIN:
        finding.doubts.append(f"it is about {wanted}, and whether this is such a case is for the parties to say")
    elif groups:
        finding.doubts.append(
            f"{world.names(against)} is no state, and the text does not say whether such an attack counts"
        )


def _war(finding: Finding, clause: Clause, world: World) -> None:
    war = clause.conditions.within
    if war and not clause.conditions.adversaries:
        finding.doubts.append(f"it was made for {war}, and whether this is that war must be shown")
    elif war and not finding.failed:
        finding.met.append(f"it was made for {war}")


def _provocation(finding: Finding, clause: Clause, toward: str, side: Side, crisis: Crisis, world: World) -> None:
    if side == "attackers":
        return
    name = world.names((toward,))
    began = record.opened(crisis, toward, world.attacks)
    known = [attack for attack in record.find(crisis, world.attacks) if toward in attack.attacked]
    if began is not None:
        finding.doubts.append(f"{name} is attacked in a war that it opened itself ({began.what})")
    elif clause.conditions.unprovoked and known and known[0].disputed:
        finding.doubts.append(f"the attack must be unprovoked, and {known[0].disputed}")
    elif clause.conditions.unprovoked and crisis.disputed:
        finding.doubts.append("the attack must be unprovoked, and who began is disputed")
    elif clause.conditions.unprovoked:
        finding.met.append("nothing on record shows that it was provoked")


def _where(toward: str, crisis: Crisis, world: World) -> tuple[str, ...]:
    """Where the attack on `toward` falls: as given, as on record, or else its home territory."""
    if crisis.place:
        return (crisis.place,)
    known = [attack for attack in record.find(crisis, world.attacks) if toward in attack.attacked and attack.places]
    return known[0].places if known else (toward,)


def _location(
    finding: Finding, clause: Clause, toward: str, where: tuple[str, ...], crisis: Crisis, world: World
) -> None:
    standing = {place: record.standing(place, toward, crisis.date) for place in where}
    named = world.places(where)
    ours = [place for place in where if standing[place] != "foreign"]
    if not ours:
        finding.failed.append(f"the fighting falls on {named}, which is no territory of {world.names((toward,))}")
        return
    if all(standing[place] == "claimed" for place in ours):
        finding.doubts.append(
            f"the fighting falls on {named}, and whether that is territory of {world.names((toward,))} is contested"
        )
    wanted, areas = clause.conditions.locations, clause.conditions.areas
    if areas:
        covered = [place for place in ours if any(record.covers(area, place) for area in areas)]
        label = ", ".join(wanted) or world.places(areas)
        if not covered:
            finding.failed.append(f"it covers {label}, and the attack falls on {named}")
        else:
            finding.met.append(f"{world.places(covered)} lies within {label}")
    elif wanted:
        finding.doubts.append(f"it covers {', '.join(wanted)}, and it must be shown that the attack falls there")


def _fellow(
    finding: Finding, clause: Clause, treaty: Treaty, against: tuple[str, ...], crisis: Crisis, world: World
) -> None:
    fellows = [code for code in against if law.party(treaty, code, crisis.date)]
    # A guarantee that names whom it protects holds against the guarantors too; a mutual pact seldom says so.
    if (
        not clause.to
        and fellows
        and len(fellows) == len(against)
        and not set(fellows) & set(clause.conditions.adversaries)
    ):
        parties = "is itself a party" if len(fellows) == 1 else "are themselves parties"
        finding.doubts.append(f"{world.names(fellows)} {parties}, and the text does not settle that case")


def _means(finding: Finding, clause: Clause) -> None:
    if clause.conditions.choice:
        finding.met.append("each party chooses its own means")
    if clause.conditions.process:
        finding.met.append(f"first {verb(clause.conditions.process, 'come')} {clause.conditions.process}")


def _suspended(finding: Finding, treaty: Treaty, pair: tuple[str, str], crisis: Crisis, world: World) -> None:
    for code in pair:
        member = law.party(treaty, code, crisis.date)
        if member and member.suspended and earliest(member.suspended) <= crisis.date:
            finding.doubts.append(f"{world.names((code,))} has suspended its part since {member.suspended}")


def _sentence(clause: Clause, treaty: Treaty, status: Status, deciding: list[str], world: World) -> str:
    subject = world.names(clause.by) if clause.by else "each party"
    asks = verb(treaty.title, "ask")
    link = {"triggered": "triggered, as", "arguable": "arguable, as", "not triggered": "not triggered, as"}[status]
    note = f" ({clause.conditions.note})" if clause.conditions.note else ""
    return (
        f"{reference(treaty, clause.article)}, {asks} {subject} {clause.says}{note}: {link} "
        + "; ".join(deciding)
        + "."
    )
