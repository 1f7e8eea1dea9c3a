"""An assessment in the terminal: the ranked table, one state opened, what-ifs side by side, the escalation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.model.assessment import RUNGS, Assessment, StateEstimate, Waterfall, percent

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 18
_WIDE = 130


def show(found: Assessment, console: Console, *, most: int = 15, state: str | None = None) -> None:
    """Print the table of third states, or one state in full."""
    from rich.markup import escape

    console.print(f"[bold]{escape(str(found.crisis))}[/bold]")
    console.print(f"[dim]{escape(found.model)}; {escape(found.sources)}. Chances of 90 % intervals in brackets.[/dim]")
    if state is None:
        _ranked(found, console, most)
    else:
        one(found[state], console)
    if found.base_case is not None:
        _side_by_side(found, console, state)
    if found.spread is not None:
        _escalation(found, console)
    for note in found.notes:
        console.print(f"[dim]note: {escape(note)}[/dim]")


def _ranked(found: Assessment, console: Console, most: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    wide = console.width >= _WIDE
    table = Table(
        title="How far third states may go for the attacked side",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    table.add_column("third state", no_wrap=wide)
    for rung in RUNGS:
        table.add_column(rung.replace("military_aid", "arms").replace("verbal", "words"), justify="right", no_wrap=True)
    table.add_column("medi-\nates" if not wide else "mediates", justify="right", no_wrap=True)
    for name in ("beyond words", "duty", "main drivers") if wide else ("beyond words; duty; drivers",):
        table.add_column(name)
    for row in found.states[:most]:
        main = ", ".join(f"{'+' if d.effect > 0 else '−'} {d.group}" for d in row.drivers[:2])
        beyond = row.beyond_words
        chance = f"{row.word}, {percent(beyond.value)} ({percent(beyond.low)}–{percent(beyond.high)})"
        table.add_row(
            f"{row.name} ({row.state})",
            *(percent(row.rungs[rung]) for rung in RUNGS),
            percent(row.mediation),
            # A narrow terminal gets one column of several lines: cut-off cells would hide the answer.
            *((chance, row.duty, main) if wide else ("\n".join(part for part in (chance, row.duty, main) if part),)),
        )
    console.print(table)
    if len(found) > most:
        console.print(
            f"[dim]{len(found) - most} more states, each less likely to go beyond words; --all lists them.[/dim]"
        )


def one(row: StateEstimate, console: Console) -> None:
    """Print one third state: rungs, waterfalls, cases, changes, track record."""
    from rich.markup import escape
    from rich.table import Table

    console.print(f"\n[bold]{escape(row.name)} ({row.state})[/bold]  duty: {escape(row.duty)}")
    rungs = ", ".join(f"{rung.replace('_', ' ')} {percent(row.rungs[rung])}" for rung in RUNGS)
    console.print(f"Rungs: {rungs}; mediation {percent(row.mediation)}.")
    console.print(
        f"Beyond words: {row.word}, {percent(row.beyond_words.value)} "
        f"({percent(row.beyond_words.low)}–{percent(row.beyond_words.high)}). Shows or uses force for the attacked: "
        f"{row.joins.value:.1%} ({row.joins.low:.1%}–{row.joins.high:.1%}); for the attackers: "
        f"{row.joins_attackers.value:.1%}. If it grows into a war: {row.if_war:.1%}."
    )
    waterfall(row.support, console)
    waterfall(row.joining, console)
    for line in row.evidence:
        console.print(f"  reports: {escape(line)}")
    _cases(row, console)
    if row.changes:
        changes = Table(title="What would change this", title_justify="left")
        for column in ("if there were", "beyond words", "shows or uses force", "write it as"):
            changes.add_column(column)
        for change in row.changes:
            changes.add_row(
                escape(change.says), f"{change.beyond_words:.1%}", f"{change.joins:.1%}", escape(change.what_if)
            )
        console.print(changes)
    console.print(f"Track record: {row.record}")
    if row.missing:
        told = "; ".join(row.missing[:6]) + (f" and {len(row.missing) - 6} more" if len(row.missing) > 6 else "")
        console.print(f"[dim]missing for the model: {escape(told)}[/dim]")


def _cases(row: StateEstimate, console: Console) -> None:
    """The nearest cases: a table where there is room, two lines each where cells would have to break words."""
    from rich.markup import escape
    from rich.table import Table

    told = [(case, ", ".join(case.alike) or "kind of states only") for case in row.cases]
    if console.width < _WIDE:
        console.print("Nearest historical cases")
        for case, alike in told:
            console.print(
                f"  {case.date} {escape(case.crisis)}: {case.attacked} attacked by {case.attackers}; {case.third_state} went to "
                f"[bold]{case.rung.replace('_', ' ')}[/bold]"
            )
            console.print(f"[dim]    likeness {case.likeness:.2f}: {alike}[/dim]")
        return
    cases = Table(title="Nearest historical cases", title_justify="left")
    for column in ("crisis", "date", "attacked by", "third state", "it went to", "likeness", "alike in"):
        cases.add_column(column)
    for case, alike in told:
        cases.add_row(
            escape(case.crisis), case.date, f"{case.attacked} by {case.attackers}", case.third_state,
            case.rung.replace("_", " "), f"{case.likeness:.2f}", alike,
        )  # fmt: skip
    console.print(cases)


def waterfall(fall: Waterfall, console: Console, most: int = 8) -> None:
    """Print a waterfall, pros to the left and cons to the right, from the base to the total."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    width = _WIDTH if console.width >= _WIDE else _WIDTH // 2
    table = Table(title=f"Drivers: {fall.what}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("for", justify="right", no_wrap=True, min_width=width)
    table.add_column("against", no_wrap=True, min_width=width)
    table.add_column("driver")
    table.add_column("odds ×", justify="right", no_wrap=True)
    table.add_column("facts that weigh most", ratio=1)
    table.add_row("", "", "base rate", "", f"{_chance(fall.base):.2%}")
    largest = max((abs(driver.effect) for driver in fall.drivers), default=1.0) or 1.0
    rest = sum(driver.effect for driver in fall.drivers[most:])
    for driver in fall.drivers[:most]:
        bar = "█" * max(1, round(width * abs(driver.effect) / largest))
        facts = "; ".join(
            f"{label}{'' if value is None else f' = {value:.3g}'} [{source}]"
            for label, value, _, source in driver.parts[:2]
        )
        table.add_row(
            bar if driver.effect > 0 else "",
            bar if driver.effect <= 0 else "",
            driver.group,
            f"{driver.factor:.2f}",
            _plain(facts),
        )
    if fall.drivers[most:]:
        import math

        table.add_row("", "", f"{len(fall.drivers) - most} lesser drivers", f"{math.exp(rest):.2f}", "")
    table.add_row("", "", "estimate", "", f"{_chance(fall.total):.2%}", style="bold")
    console.print(table)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _chance(log_odds: float) -> float:
    import math

    return 1 / (1 + math.exp(-log_odds))


def _side_by_side(found: Assessment, console: Console, state: str | None) -> None:
    from rich.markup import escape
    from rich.table import Table

    base = found.base_case
    assert base is not None
    for text in found.unchanged:
        console.print(
            f"[yellow]The what-if {escape(repr(text))} changes nothing: every figure stays as it was.[/yellow]"
        )
    old = {row.state: row for row in base.states}
    rows = [row for row in found.states if row.state in old]
    rows.sort(key=lambda row: -abs(row.beyond_words.value - old[row.state].beyond_words.value))
    chosen = [row for row in rows if row.state == state] if state else rows[:8]
    table = Table(title=f"What if: {escape('; '.join(found.what_if))}", title_justify="left")
    for column in ("third state", "beyond words", "base case", "shows or uses force", "base case"):
        table.add_column(column)
    for row in chosen:
        before = old[row.state]
        table.add_row(
            f"{row.name} ({row.state})", f"{row.beyond_words.value:.1%}", f"{before.beyond_words.value:.1%}",
            f"{row.joins.value:.2%}", f"{before.joins.value:.2%}",
        )  # fmt: skip
    console.print(table)


def _escalation(found: Assessment, console: Console) -> None:
    from rich.table import Table

    told = found.spread
    assert told is not None
    console.print(
        f"\n[bold]Escalation[/bold], {told['runs']:,} runs: somebody joins {told['somebody_joins']:.1%}, three or more or both "
        f"sides {told['wider_war']:.1%}, a major power {told['major_power_joins']:.1%}; {told['mean_joiners']:.2f} joiners on average."
    )
    if told["pivotal"]:
        pivot = told["pivotal"]
        console.print(
            f"Pivotal: {pivot['state']}, which joins in {pivot['joins']:.1%} of the runs and then brings in "
            f"{pivot['more_joiners']:.2f} others on average."
        )
    table = Table(title="Likeliest outcomes", title_justify="left")
    for column in ("share", "joins the attacked", "joins the attackers"):
        table.add_column(column)
    for coalition in told["coalitions"]:
        table.add_row(
            f"{coalition['share']:.1%}",
            ", ".join(coalition["attacked_side"]) or "nobody",
            ", ".join(coalition["attackers_side"]) or "nobody",
        )
    console.print(table)
