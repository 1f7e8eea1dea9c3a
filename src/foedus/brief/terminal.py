"""The brief in a terminal, in the order of its sections, for a reader in a hurry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.brief import labels
from foedus.brief.answers import foremost, parted, shared, standing, weightiest
from foedus.brief.mediation import by_mediator
from foedus.brief.model import Answer, BriefModel, Chart, Pair, ReasonLine

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MOST_ROWS = 14
MOST_PAIRS = 4
MOST_QUOTES = 3
MOST_MEDIATION = 6
MOST_REASONS = 12
MOST_ESTIMATES = 6
KEY = "█ for  ▓ on its behalf  ▒ against  ░ to the other side  · both  ▚ claimed, hypothetical  □ withheld  ◆ promise"
BARS = {"for": "█", "behalf": "▓", "against": "▒", "adversary": "░", "neutral": "·"}


def show(brief: BriefModel, console: Console) -> None:
    """Print the brief. Text from sources is printed as text: markup in it has no effect."""
    from rich.rule import Rule
    from rich.text import Text

    console.print()
    console.print(Text(brief.title, style="bold"), justify="left")
    _crisis(brief, console)
    console.print(Rule("2  The answer", align="left", style="dim"))
    full, thin = parted(brief.answers)
    for answer in full:
        _say(console, Text(answer.line))
        _held_back(brief, answer, console)
    for line in shared(thin):
        _say(console, Text(line))
    for title, code, told in by_mediator(brief.mediation)[:MOST_MEDIATION]:
        quotes = " ".join(f"“{row.quote}”" for row in told)
        _say(console, Text(f"{title}: {labels.name(code)}: {quotes}", style="dim"))
    if brief.alone:
        _say(console, Text("No third state or body says or does anything towards either side in these sources."))
    for line in brief.silent:
        _say(console, Text(line + ".", style="dim"))
    console.print(Rule("3  Words and deeds", align="left", style="dim"))
    if brief.pairs:
        _say(console, Text(KEY, style="dim"))
    for pair in brief.pairs[:MOST_PAIRS]:
        _bars(pair, console)
    _promises(brief, console)
    _reasons(brief, console)
    _timeline(brief, console)
    _said(brief, console)
    _estimates(brief, console)
    console.print(Rule("7  Evidence", align="left", style="dim"))
    paragraphs = [part for document in brief.documents for part in document.paragraphs]
    marked = sum(bool(sentence.events) for part in paragraphs for sentence in part.sentences)
    _say(
        console,
        Text(
            f"{labels.plural(marked, 'sentence')} in {labels.plural(len(brief.documents), 'source')} bear events; "
            "-o brief.html shows every one in its place, marked."
        ),
    )
    versions = " · ".join(f"{part} {version}" for part, version in brief.versions.items())
    _say(console, Text(versions, style="dim"))


def _say(console: Console, text: Text) -> None:
    """A paragraph set in from the edge, wrapped lines too."""
    from rich.padding import Padding

    console.print(Padding(text, (0, 0, 0, 2)))


def _held_back(brief: BriefModel, answer: Answer, console: Console) -> None:
    """What was refused or offered, in the sources' words: a bare "2 refusals" leaves the reader asking of what."""
    from rich.text import Text

    pair = next((one for one in brief.pairs if one.key == answer.pair), None)
    if pair is None:
        return
    quotes: dict[str, str] = {}
    for act in pair.acts:
        told = {"refusal": "refused", "promise": "offered"}.get(act.section)
        if told and act.standing == "stands" and act.direction in ("for", "against") and act.evidence:
            quotes.setdefault(act.evidence[0].quote, told)
    for quote, told in list(quotes.items())[:MOST_QUOTES]:
        _say(console, Text(f"  {told}: “{quote}”", style="dim"))


def _crisis(brief: BriefModel, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("1  The crisis", align="left", style="dim"))
    how = {"event": "", "sentence": "", "report": " (day of the report)", "given": " (given)", "none": ""}
    for attack in brief.crisis.attackers:
        _say(
            console,
            Text(
                f"{labels.name(attack.attacked)} ({attack.attacked}) attacked by {labels.name(attack.attacker)} "
                f"({attack.attacker}): {labels.date(attack.date)}{how[attack.dated]}; "
                f"{labels.plural(attack.reports, 'sentence')}"
            ),
        )
    for doubt in brief.crisis.doubts:
        _say(console, Text(doubt, style="yellow"))
    first, last = brief.covered
    span = f", {labels.date(first)} to {labels.date(last)}" if first else ""
    _say(console, Text(f"{labels.plural(len(brief.sources), 'source')} read{span}:", style="dim"))
    for source in brief.sources:
        who = ", ".join(part for part in (source.byline, source.outlet) if part) or "not named"
        bearing = labels.plural(source.events, "event") if source.bearing else "no bearing"
        console.print(
            Text(f"  · {source.title} — {who}, {labels.date(source.published)} ({bearing})", style="dim"),
            overflow="ellipsis",
            no_wrap=True,
        )
    for fault in brief.faults:
        _say(console, Text("not read: " + fault, style="yellow"))


def _bars(pair: Pair, console: Console) -> None:
    from rich.text import Text

    console.print(
        Text(f"\n  {labels.name(pair.supporter)} → {labels.name(pair.client)}, by {pair.chart.step}", style="bold")
    )
    columns = [*pair.chart.columns]
    room = max(console.width - 14, 20)
    filled = [place for place, column in enumerate(columns) if column.words or column.deeds or column.promises]
    if filled and len(columns) > room:
        columns = columns[: room - 1]
    undated = pair.chart.undated
    words = [column.words for column in columns] + ([(), undated.words] if undated else [])
    deeds = [column.deeds for column in columns] + ([(), undated.deeds] if undated else [])
    promises = [column.promises for column in columns] + ([(), undated.promises] if undated else [])
    tall = min(max((len(stack) for stack in words), default=0), 8)
    deep = min(max((len(stack) for stack in deeds), default=0), 8)
    if any(promises):
        console.print(
            Text("          " + "".join("◆" if stack else " " for stack in promises), style="blue"), no_wrap=True
        )
    for level in range(tall, 0, -1):
        label = "   words  " if level == 1 else "          "
        console.print(Text(label + "".join(_glyph(stack, level) for stack in words)), no_wrap=True)
    if not tall:
        _say(console, Text(" words  none", style="dim"))
    console.print(Text("          " + _axis(pair.chart, len(columns)), style="dim"), no_wrap=True)
    for level in range(1, deep + 1):
        label = "   deeds  " if level == 1 else "          "
        console.print(Text(label + "".join(_glyph(stack, level) for stack in deeds)), no_wrap=True)
    if not deep:
        _say(console, Text(" deeds  none", style="dim"))


def _glyph(stack: object, level: int) -> str:
    blocks = stack if isinstance(stack, tuple) else ()
    if len(blocks) < level:
        return " "
    block = blocks[level - 1]
    if block.pattern == "hollow":
        return "□"
    return "▚" if block.pattern == "hatched" else BARS[block.style]


def _axis(chart: Chart, columns: int) -> str:
    line = list("─" * columns)
    for _, place in chart.attacks:
        if place < columns:
            line[place] = "▲"
    if not columns:
        return "no day given"
    ends = f" {chart.columns[0].label} to {chart.columns[columns - 1].label}; ▲ attack"
    return "".join(line) + ends


def _promises(brief: BriefModel, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("4  Promises", align="left", style="dim"))
    first = weightiest(row for row in brief.commitments if foremost(brief.answers, row))
    if brief.commitments_note:
        _say(console, Text(brief.commitments_note, style="yellow"))
    for supporters, row in first[:MOST_ROWS]:
        clause = f" ({row.clause}{', ' + row.article if row.article else ''})" if row.clause else ""
        line = Text(f"{labels.listed([labels.name(code) for code in supporters])} → {labels.name(row.toward)}: ")
        line.append(f"{row.asks}, {row.status}", style="bold")
        line.append(f"{clause}. {row.reason}")
        _say(console, line)
    _more(len(first), console)
    if told := standing(brief.commitments):
        _say(console, Text(told))
    further = [row for row in brief.commitments if row.asks != "not aggress" and not foremost(brief.answers, row)]
    if further:
        rest = labels.plural(len(further), "further clause", "further clauses")
        _say(console, Text(f"… and {rest} towards either side in -o brief.html", style="dim"))
    if not brief.commitments and not brief.commitments_note:
        _say(console, Text("No treaty between these actors and either side in our list for that day."))
    for pair in brief.pairs:
        for act in pair.acts:
            if act.section == "promise" and act.standing == "stands" and act.direction == "for":
                _say(console, Text(f"◆ {labels.date(act.date)}: {act.what}"))


def _reasons(brief: BriefModel, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("5  Reasons the sources give", align="left", style="dim"))
    titles = dict(brief.drivers)
    rows = _strongest(brief.reasons)
    for drivers, row in rows:
        sign, style = ("+", "green") if row.stance == "for" else ("−", "red")
        named = ", ".join(titles[driver].lower() for driver in drivers)
        line = Text(f"{sign} {labels.name(row.supporter)}, {named}: ", style=style)
        line.append(f"“{row.quote}” ", style="default")
        line.append(row.who, style="dim")
        _say(console, line)
    if not brief.reasons:
        _say(console, Text("None in words that we know."))
    left = len({(row.supporter, row.anchor, row.stance) for row in brief.reasons}) - len(rows)
    if left > 0:
        _say(console, Text(f"… and {left} more in -o brief.html", style="dim"))


def _strongest(reasons: Sequence[ReasonLine]) -> list[tuple[list[str], ReasonLine]]:
    """One row a sentence and stance with all its drivers, and of each supporter one for and one against by driver, in turn."""
    merged: dict[tuple[str, str, str], tuple[list[str], ReasonLine]] = {}
    for row in reasons:
        drivers, _ = merged.setdefault((row.supporter, row.anchor, row.stance), ([], row))
        if row.driver not in drivers:
            drivers.append(row.driver)
    seen: Counter[tuple[str, str, str]] = Counter()
    ranked = []
    for place, (drivers, row) in enumerate(merged.values()):
        key = (row.supporter, drivers[0], row.stance)
        ranked.append((seen[key], place, drivers, row))
        seen[key] += 1
    chosen = sorted(ranked, key=lambda item: item[:2])[:MOST_REASONS]
    return [(drivers, row) for _, _, drivers, row in sorted(chosen, key=lambda item: item[1])]


def _timeline(brief: BriefModel, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("6  Timeline, who says so, what to watch", align="left", style="dim"))
    for row in brief.timeline[: 2 * MOST_ROWS]:
        doubt = "" if row.standing == "stands" else f" [{row.standing}]"
        dated = "~" if row.dated == "report" else " "
        line = Text(f"{dated}{labels.date(row.date):<18} ", style="dim")
        line.append(row.what, style="bold" if row.material else "default")
        line.append(f"{doubt}{f' ×{row.reports}' if row.reports > 1 else ''}", style="dim")
        _say(console, line)
    if len(brief.timeline) > 2 * MOST_ROWS:
        _say(console, Text(f"… and {len(brief.timeline) - 2 * MOST_ROWS} more in -o brief.html", style="dim"))


def _said(brief: BriefModel, console: Console) -> None:
    from rich.text import Text

    if brief.claims:
        _say(console, Text("\nWho says so", style="bold"))
    for row in brief.claims[:MOST_ROWS]:
        what = f"“{row.what}”" if row.quoted else row.what
        _say(console, Text(f"{row.who}: {what}"))
    _more(len(brief.claims), console)
    if brief.watch:
        _say(console, Text("\nWhat to watch", style="bold"))
    for watched in brief.watch[:MOST_ROWS]:
        when = f" [{', '.join(watched.dates)}]" if watched.dates else ""
        line = Text(f"{watched.kind}{when}: ", style="magenta")
        line.append(f"{watched.quote} ", style="default")
        line.append(watched.who, style="dim")
        _say(console, line)
    _more(len(brief.watch), console)


def _estimates(brief: BriefModel, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    part = brief.assessment
    if not part:
        return
    console.print(Rule(part["title"], align="left", style="dim"))
    for row in part["rows"][:MOST_ESTIMATES]:
        shown = dict(zip(part["columns"], row, strict=True))
        _say(
            console,
            Text(
                f"{shown['Third state']}: beyond words {shown['Beyond words']}; words {shown['words']}, arms {shown['arms']}, "
                f"force {shown['force']}, mediates {shown['mediates']}. Told so far: {shown['Told so far']}. "
                f"{shown['Main drivers']}."
            ),
        )
    if len(part["rows"]) > MOST_ESTIMATES:
        _say(console, Text(f"… and {len(part['rows']) - MOST_ESTIMATES} more in -o brief.html", style="dim"))
    for note in part["notes"]:
        _say(console, Text(note, style="dim"))


def _more(number: int, console: Console) -> None:
    from rich.text import Text

    if number > MOST_ROWS:
        _say(console, Text(f"… and {number - MOST_ROWS} more in -o brief.html", style="dim"))
