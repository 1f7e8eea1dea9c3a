"""`foedus assess`: how far each third state will go for the attacked side, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from foedus.model.crisis import Crisis
    from foedus.model.event import Event

app = typer.Typer(add_completion=False)
_EPILOG = 'Example: foedus assess --attacked IRN --by ISR,USA --on 2025-06-22 --state RUS --what-if "RUS-IRN: defense"'


@app.command(epilog=_EPILOG)
def assess(
    attacked: Annotated[str, typer.Option(help="Who was attacked: codes or names, with commas.")],
    by: Annotated[str, typer.Option(help="Who attacked: codes or names, with commas.")],
    on: Annotated[str, typer.Option(help="The day of the attack (YYYY-MM-DD).")],
    state: Annotated[
        str | None, typer.Option(help="Open one third state: drivers, cases, what would change it.")
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(help='Change a fact: "RUS-IRN: defense", "RUS: own_war=no", "USA not attacker". May be repeated.'),
    ] = None,
    spread: Annotated[bool, typer.Option("--spread", help="Play the escalation: who joins when others join.")] = False,
    runs: Annotated[int, typer.Option(min=100, max=2_000_000, help="Runs of --spread.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Seed of --spread.")] = 1,
    history: Annotated[Path | None, typer.Option(help="Folder of research tables, for crises they reach.")] = None,
    events: Annotated[
        Path | None, typer.Option(help="Coded events (.jsonl of `foedus code`) that move the estimate.")
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Take the events from this store instead.", metavar="DIR")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="List every third state.")] = False,
    output_format: Annotated[str, typer.Option("--format", help="table, json or csv.")] = "table",
) -> None:
    """How far each third state will go for the attacked side, why, and what would change it."""
    from rich.console import Console

    from foedus.assess.assess import assess as estimate
    from foedus.errors import CrisisError
    from foedus.model.crisis import Crisis
    from foedus.model.dates import day
    from foedus.world.show import code_of
    from foedus.world.world import World

    if output_format not in {"table", "json", "csv"}:
        raise typer.BadParameter(f"--format is {output_format!r}; give table, json or csv")
    if events is not None and store is not None:
        raise typer.BadParameter("give either --events or --store, not both")
    try:
        date = day(on.strip())
    except ValueError as error:
        raise CrisisError(f"--on {error}") from None
    crisis = Crisis(
        [code_of(name, date) for name in attacked.split(",") if name.strip()],
        [code_of(name, date) for name in by.split(",") if name.strip()],
        date,
    )
    chosen = code_of(state, date) if state else None
    world = World.load(history) if history else World.shipped()
    given = None
    if events is not None:
        from foedus.assess.inputs import read_events

        given = read_events(events)
    elif store is not None:
        given = _stored(store, crisis)
    with Console(stderr=True).status("estimating"):
        found = estimate(crisis, world, given, what_if or (), state=chosen, spread=spread, runs=runs, seed=seed)
    if output_format == "json":
        plain = found.to_dict()
        if chosen:
            plain["states"] = [one for one in plain["states"] if one["state"] == chosen]
        print(json.dumps(plain, ensure_ascii=False, allow_nan=False))
    elif output_format == "csv":
        print(found.to_frame().to_csv(index=False), end="")
    else:
        from foedus.assess.show import show

        show(found, Console(), most=len(found) if everyone else 15, state=chosen)


def _stored(folder: Path, crisis: Crisis) -> list[Event]:
    """What a store has of acts by or towards the sides; of a hundred million events the rest is never read."""
    from foedus.store.store import Store

    sides = [*crisis.attacked, *crisis.attackers]
    with Store(folder, create=False) as held:
        found = held.headers("actor IN (SELECT unnest(?)) OR recipient IN (SELECT unnest(?))", [sides, sides])
    return sorted(found, key=lambda event: (event.document, event.start, event.id))
