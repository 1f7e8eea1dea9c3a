"""Treaties and duties as a person or a program reads them: a table for the terminal, JSON, CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.errors import CrisisError, InputError, UnknownActorError
from foedus.model.crisis import Crisis
from foedus.model.dates import day
from foedus.model.duty import Duty
from foedus.model.treaty import Clause, Treaty
from foedus.world import treaties as law
from foedus.world.world import World

if TYPE_CHECKING:
    from rich.console import RenderableType


def treaties(state: str, other: str | None, on: str | None, form: str = "table", history: str | None = None) -> str:
    """Commitments of a state (with another, on a day) as text in `form` (table, json, csv).

    Raises InputError for a name that means no state, or a date that is none.
    """
    date = _date(on)
    world = World.load(history) if history else World.shipped()
    codes = [code_of(name, date) for name in (state, other) if name is not None]
    if len(set(codes)) < len(codes):
        raise InputError(f"{state!r} and {other!r} are one state ({codes[0]}); name two, or one alone")
    first, second = codes[0], codes[1] if len(codes) > 1 else None
    found = world.treaties(first, second, date)
    waiting = world.pending(first, second, date) if date else []
    if form == "json":
        return _json([treaty_dict(treaty, date) for treaty in [*found, *waiting]])
    if form == "csv":
        return _csv([_treaty_row(treaty) for treaty in [*found, *waiting]])
    names = " and ".join(f"{world.name(code)} ({code})" for code in codes)
    when = f"in force on {date.isoformat()}" if date else "of all times"
    lines = [f"[bold]Commitments of {names}, {when}[/bold]"]
    if not found:
        lines.append("None on record. No record is no proof that there was none.")
    blocks: list[RenderableType] = ["\n".join(lines)]
    blocks.extend(_treaty_block(treaty, codes, date, world) for treaty in found)
    if waiting:
        blocks.append("[bold]Signed, but not in force on that day[/bold]")
        blocks.extend(_treaty_block(treaty, codes, date, world) for treaty in waiting)
    return _print(blocks)


def duties(
    attacked: str,
    by: str,
    on: str,
    state: str | None = None,
    at: str | None = None,
    disputed: bool = False,
    full: bool = False,
    form: str = "table",
    history: str | None = None,
) -> str:
    """What treaties ask of third states, as text in `form`; `full` lists bare non-aggression and empty ties too.

    Raises InputError or CrisisError for a fault in what was given."""
    from foedus.world.duties import duties as judge

    date = _date(on)
    assert date is not None
    world = World.load(history) if history else World.shipped()
    crisis = Crisis(_codes(attacked, date), _codes(by, date), date, at, disputed)
    found = judge(crisis, world)
    only = code_of(state, date) if state else None
    if only:
        if only in {*crisis.attacked, *crisis.attackers}:
            raise CrisisError(f"{only} stands in the crisis itself; --state takes a third state")
        found = [duty for duty in found if duty.state == only]
    if form == "json":
        return _json([_duty_row(duty) for duty in found])
    if form == "csv":
        return _csv([_duty_row(duty) for duty in found])
    return _print(_duty_blocks(crisis, found, only, full, world))


def code_of(name: str, on: dt.date | None = None) -> str:
    """The entity code of a code or name. Raises UnknownActorError where it means nobody (on that day)."""
    from foedus.actors import resolver

    actor = resolver.resolve(name.strip(), on=on)
    shown = repr(name.strip() if len(name) <= 80 else name.strip()[:80] + "…")
    if actor is None and on is not None and resolver.resolve(name.strip()) is not None:
        raise UnknownActorError(f"{shown} is no state or group on {on.isoformat()}; name the one of that time")
    if actor is None and on is None:
        known = {party.code for treaty in law.shipped() for party in treaty.parties}
        if name.strip().upper() in known:
            return name.strip().upper()
    if actor is None:
        raise UnknownActorError(f"{shown} means no state or group; try its code (RUS) or full name (Russia)")
    return actor.code


def remarks(names: Iterable[str], on: str | None, history: str | None) -> list[str]:
    """Lines on what was taken for granted: which of two states a name was taken for, and tables that are not there."""
    date = _date(on)
    lines = []
    for name in names:
        code = code_of(name, date)
        for other in _namesakes(name, code, date):
            lines.append(f"{name.strip()!r} was taken for {_called(code)}; for {_called(other)} write {other}")
    if history and "atop_alliance" not in (World.load(history).tables or ()):
        lines.append(f"{history} holds no table of ATOP (atop_alliance): only the shipped list was looked up")
    return lines


def _namesakes(name: str, code: str, on: dt.date | None) -> list[str]:
    """Other states that bear a name in their own: there are two of Congo."""
    from foedus.actors.mentions import find

    if name.strip() == code:
        return []
    bare = re.sub(r"^the\s+", "", name.strip(), flags=re.I)
    found = find(bare, (on or dt.date.today()).isoformat(), relaxed=True)
    return [
        other
        for one in found
        if one.code == code
        for other in one.alternatives
        if bare.casefold() in _called(other).casefold()
    ]


def _called(code: str) -> str:
    return f"{World.shipped().name(code)} ({code})"


def treaty_dict(treaty: Treaty, on: dt.date | None = None) -> dict[str, Any]:
    """Plain values for JSON: the record, and whether it was in force on the day asked about."""
    plain = asdict(treaty)
    if treaty.start == law.NEVER:
        plain["start"] = None
    if on is not None:
        plain["in_force"] = law.in_force(treaty, on)
        plain["members"] = law.members(treaty, on)
    return plain


def _duty_row(duty: Duty) -> dict[str, Any]:
    row = duty.to_dict()
    if row["in_force"] == law.NEVER:
        row["in_force"] = None
    return row


def _codes(names: str, on: dt.date) -> list[str]:
    return [code_of(name, on) for name in names.split(",") if name.strip()]


def _date(on: str | None) -> dt.date | None:
    if on is None:
        return None
    try:
        return day(on.strip())
    except ValueError as error:
        raise InputError(f"--on {error}") from None


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _treaty_row(treaty: Treaty) -> dict[str, Any]:
    return {
        "id": treaty.id,
        "title": treaty.title,
        "kind": treaty.kind,
        "parties": " ".join(dict.fromkeys(party.code for party in treaty.parties)),
        "signed": treaty.signed,
        "start": None if treaty.start == law.NEVER else treaty.start,
        "end": treaty.end,
        "clauses": " ".join(dict.fromkeys(clause.kind for clause in treaty.clauses)),
        "lacks": " ".join(treaty.lacks),
        "source": treaty.source,
        "confidence": treaty.confidence,
        "provenance": treaty.provenance,
        "note": treaty.note,
    }


def _treaty_block(treaty: Treaty, codes: Sequence[str], on: dt.date | None, world: World) -> RenderableType:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    head = Text(treaty.title, style="bold cyan")
    head.append(f"  {treaty.kind}{', secret' if treaty.secret else ''}", style="dim")
    members = law.members(treaty, on) if on else list(dict.fromkeys(party.code for party in treaty.parties))
    signed = f"signed {treaty.signed}, " if treaty.signed and treaty.signed != treaty.start else ""
    end = f" until {treaty.end}" if treaty.end else ""
    lines = [
        Text(f"{signed}{_entry(treaty)}{end} · {_members(members, codes, world)}"),
        *(_clause_line(clause, world, on) for clause in treaty.clauses),
    ]
    if treaty.lacks:
        lacking = " or ".join(law.PROSE.get(kind, kind) for kind in treaty.lacks)
        lines.append(Text(f"✗ holds no {lacking} clause", style="yellow"))
    elif not treaty.clauses:
        lines.append(Text("✗ holds no clause on an attack", style="yellow"))
    if treaty.note:
        lines.append(Text(f"note: {treaty.note}", style="dim"))
    origin = "" if treaty.provenance == "foedus" else f" · from {treaty.provenance}"
    lines.append(Text(f"source: {treaty.source} · confidence {treaty.confidence}{origin}", style="dim"))
    return Group(head, Padding(Group(*lines), (0, 0, 0, 2)))


def _entry(treaty: Treaty) -> str:
    return "not in force as far as is known" if treaty.start == law.NEVER else f"in force {treaty.start}"


def _members(members: Sequence[str], codes: Sequence[str], world: World) -> str:
    if len(members) > 8:
        return f"{len(members)} parties: {', '.join(members)}"
    return ", ".join(f"{world.name(code)} ({code})" for code in members)


def _clause_line(clause: Clause, world: World, on: dt.date | None) -> Any:
    from rich.text import Text

    line = Text("• ")
    line.append(law.PROSE[clause.kind], style="bold")
    line.append(f", {clause.article}" if clause.article else "")
    if clause.by or clause.to:
        owed = f" to {world.names(clause.to)}" if clause.to else ""
        line.append(f" ({world.names(clause.by) if clause.by else 'each party'}{owed})", style="magenta")
    line.append(f": {clause.says}")
    told = _conditions(clause, world)
    if told:
        line.append(f" [{'; '.join(told)}]", style="dim")
    if clause.start or clause.end:
        ended = on is not None and not law.within(clause.start, clause.end, on)
        line.append(f" ({clause.start or ''}–{clause.end or ''}{', not on that day' if ended else ''})", style="dim")
    return line


def _conditions(clause: Clause, world: World) -> list[str]:
    given = clause.conditions
    told = []
    if given.adversaries:
        told.append(f"only against {world.names(given.adversaries, 'or')}")
    if given.not_adversaries:
        told.append(f"not against {world.names(given.not_adversaries, 'or')}")
    if given.locations:
        told.append(f"only in {', '.join(given.locations)}")
    if given.conflict:
        told.append(f"on {given.conflict}")
    if given.unprovoked:
        told.append("only if unprovoked")
    if given.attackers_min > 1:
        told.append(f"only against {given.attackers_min} or more")
    if given.within:
        told.append(f"made for {given.within}")
    if given.choice:
        told.append("each chooses its means")
    if given.process:
        told.append(f"first {given.process}")
    if given.released:
        told.append("falls away if the other attacks a third state")
    if given.note:
        told.append(given.note)
    return told


def _duty_blocks(
    crisis: Crisis, found: Sequence[Duty], only: str | None, full: bool, world: World
) -> list[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    whom = world.name(only) if only else "third states"
    head = Text(
        f"{world.names(crisis.attacked)} attacked by {world.names(crisis.attackers)} "
        f"on {crisis.date.isoformat()}: what treaties ask of {whom}",
        style="bold",
    )
    if not found:
        return [head, "No treaty on record binds a third state to either side. No record is no proof."]
    shown = [duty for duty in found if only or full or duty.asks not in {"not aggress", "none"}]
    blocks: list[RenderableType] = [head]
    for status, style in (("triggered", "bold green"), ("arguable", "bold yellow"), ("not triggered", "dim")):
        rows = _grouped(duty for duty in shown if duty.status == status)
        if not rows:
            continue
        title = Text(status.capitalize(), style=style)
        table = Table(title=title, title_justify="left", expand=True, box=None, padding=(0, 1))
        table.add_column("who", ratio=3, overflow="fold")
        table.add_column("asks", min_width=9, overflow="fold")
        table.add_column("toward", min_width=12, overflow="fold")
        table.add_column("by which clause, and why", ratio=8, overflow="fold")
        for group in rows:
            first = group[0]
            states = [duty.state for duty in group]
            who = f"{world.name(states[0])} ({states[0]})" if len(states) == 1 else ", ".join(states)
            table.add_row(who, first.asks, f"{world.name(first.toward)} ({first.side})", Text(first.reason))
        blocks.append(table)
    if len(blocks) == 1:
        blocks.append("No treaty on record asks a third state to defend, join, stay neutral or consult.")
    blocks.extend(_conflict_block(shown, world))
    if len(shown) < len(found):
        blocks.append(_rest([duty for duty in found if duty not in shown], world))
    return blocks


def _conflict_block(found: Sequence[Duty], world: World) -> list[RenderableType]:
    from rich.text import Text

    helping: dict[str, list[Duty]] = {}
    for duty in found:
        if duty.conflict and duty.asks in {"defend", "join the attack", "stay neutral"}:
            helping.setdefault(duty.state, []).append(duty)
    groups: dict[str, list[str]] = {}
    for state, owed in helping.items():
        asked = "; ".join(dict.fromkeys(f"{d.asks} {world.name(d.toward)} ({d.treaty.title})" for d in owed))
        groups.setdefault(f"asked to {asked}, but {owed[0].conflict}", []).append(world.name(state))
    if not groups:
        return []
    text = Text("Conflicts of duty", style="bold red")
    for told, states in groups.items():
        text.append(f"\n  • {', '.join(states)}: {told}", style="not bold default")
    return [text]


def _rest(found: Sequence[Duty], world: World) -> RenderableType:
    from rich.text import Text

    states: dict[tuple[str, str], set[str]] = {}
    for duty in found:
        states.setdefault((duty.asks, duty.toward), set()).add(duty.state)
    parts = [
        f"{len(who)} {'state has' if len(who) == 1 else 'states have'} "
        + (
            f"promised {world.name(toward)} no aggression"
            if asks == "not aggress"
            else f"ties to {world.name(toward)} without a duty here"
        )
        for (asks, toward), who in states.items()
    ]
    return Text(f"Besides: {'; '.join(parts)}. See them with --all, or one state with --state.", style="dim")


def _grouped(found: Iterable[Duty]) -> list[list[Duty]]:
    """Duties of many states that read alike, put on one line, the weightiest asks first."""
    groups: dict[tuple[str, str, str], list[Duty]] = {}
    for duty in found:
        groups.setdefault((duty.asks, duty.toward, duty.reason), []).append(duty)
    weight = ["defend", "join the attack", "stay neutral", "consult", "not aggress", "none"]
    return sorted(groups.values(), key=lambda group: (weight.index(group[0].asks), group[0].treaty.id))


def _print(blocks: Sequence[RenderableType]) -> str:
    import sys

    from rich.console import Console

    out = io.StringIO()
    terminal = sys.stdout.isatty()
    console = Console(file=out, force_terminal=terminal, width=None if terminal else 120, highlight=False)
    for block in blocks:
        console.print(block)
        console.print()
    return out.getvalue()
