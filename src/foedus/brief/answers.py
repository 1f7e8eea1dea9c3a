"""The answer in a line for each supporter, and the treaties behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from foedus.actors.mentions import kind_of
from foedus.brief import labels
from foedus.brief.model import Answer, Commitment, CrisisPart
from foedus.model.duty import Duty
from foedus.model.ledger import Act, Ledger

_RANK = {"triggered": 0, "arguable": 1, "not triggered": 2}
_ASKS = {"defend": 0, "join the attack": 1, "consult": 2, "stay neutral": 3, "not aggress": 4, "none": 5}
_FIGHT = ("defend", "join the attack")
NO_TREATY = "no treaty in our list"
NO_STATE = "treaties are looked up for states only"
NOT_CHECKED = "treaties not looked up"
_APART = "towards the other side or both"
_FIGURES = (
    ("words", "statement", "statements"),
    ("deeds", "deed", "deeds"),
    ("promises", "promise or offer", "promises or offers"),
    ("refusals", "refusal", "refusals"),
    ("withheld", "act of help withheld", "acts of help withheld"),
    ("against", "act against it", "acts against it"),
)
_KEY = {"word": "words", "deed": "deeds", "promise": "promises", "refusal": "refusals", "withheld": "withheld"}


THIN_FROM = 6
"""Answers from which on those with a single act share a line."""


def answer(book: Ledger, duties: Sequence[Duty] | None, pair: str, mediations: int = 0) -> Answer:
    """The line, with every figure that stands in it; `mediations` are offers told of beside the ledger."""
    counts = book.counts
    claimed = Counter(_KEY[act.section] for act in book.claims if _counts(act))
    said, told = [], []
    for name, one, many in _FIGURES:
        if counts[name].acts or claimed[name] or name in ("words", "deeds"):
            extra = f" ({claimed[name]} more claimed)" if claimed[name] else ""
            said.append(labels.plural(counts[name].acts, one, many) + extra)
            if counts[name].acts or claimed[name]:
                told.append(said[-1])
    more = []
    if mediations:
        more.append(offers_to_mediate(mediations))
    if counts["hypothetical"].acts:
        more.append(labels.plural(counts["hypothetical"].acts, "possibility", "possibilities"))
    said += more
    told += more
    duty = duty_line(book, duties)
    supporter, client = labels.name(book.supporter), labels.name(book.client)
    return Answer(
        supporter=book.supporter,
        client=book.client,
        supporter_name=supporter,
        client_name=client,
        line=f"{supporter} → {client}: {', '.join(said)}; {duty}.",
        counts=counts,
        duty=duty,
        pair=pair,
        mediations=mediations,
        told=", ".join(told) or (labels.plural(counts["claims"].acts, "claim") if counts["claims"].acts else _APART),
    )


def offers_to_mediate(number: int) -> str:
    """ "1 offer or attempt to mediate"."""
    return labels.plural(number, "offer or attempt to mediate", "offers or attempts to mediate")


def parted(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Answers that deserve a line of their own, and those of one act and no duty, which can share one."""
    if len(answers) < THIN_FROM:
        return list(answers), []
    thin = [one for one in answers if _acts(one) <= 1 and not _bound(one)]
    return [one for one in answers if one not in thin], thin


def _acts(one: Answer) -> int:
    names = (*(name for name, _, _ in _FIGURES), "claims", "hypothetical")
    return sum(one.counts[name].acts for name in names) + one.mediations


def _bound(one: Answer) -> bool:
    return one.duty.startswith(("treaty: ", "declaration: ")) and not one.duty.endswith(
        (": no duty to defend", "not triggered")
    )


def shared(thin: Sequence[Answer]) -> list[str]:
    """The thin answers, a line for each client: "One act each, Iran: Oman (1 statement), Jordan (1 deed)"."""
    by_client: dict[str, list[str]] = {}
    for one in thin:
        by_client.setdefault(one.client_name, []).append(f"{one.supporter_name} ({one.told})")
    return [f"One act at most, towards {client}: {', '.join(states)}." for client, states in by_client.items()]


def _counts(act: Act) -> bool:
    """Whether a claimed act would stand in the line if a source vouched for it."""
    return act.section in _KEY and act.direction == ("against" if act.section == "refusal" else "for")


def duty_line(book: Ledger, duties: Sequence[Duty] | None) -> str:
    """What the supporter owes its client, in a few words: "treaty: consult, no duty to defend"."""
    if duties is None:
        return NOT_CHECKED
    owed = [duty for duty in duties if duty.state == book.supporter and duty.toward == book.client]
    if not owed:
        return NO_TREATY if kind_of(book.supporter) == "state" else NO_STATE
    parts = []
    defend = [duty for duty in owed if duty.asks in _FIGHT]
    defend.sort(key=lambda duty: _RANK[duty.status])
    rest = [duty for duty in owed if duty.asks in ("stay neutral", "consult") and duty.status != "not triggered"]
    if defend:
        status = defend[0].status
        what = f"duty to {defend[0].asks}"
        if status == "not triggered":
            parts.append(f"{what} not triggered")
        else:
            broken = ", broken by its own attack" if attacks(book) else ""
            parts.append(f"{'arguable ' if status == 'arguable' else ''}{what}{broken}")
    # Of two treaties that ask the same, one surely and one arguably, the line tells the sure one.
    asked: dict[str, str] = {}
    for duty in sorted(rest, key=lambda duty: _RANK[duty.status]):
        asked.setdefault(duty.asks, duty.asks if duty.status == "triggered" else f"{duty.asks} (arguable)")
    parts += asked.values()
    if not defend:
        parts.append("no duty to defend")
    told = [*defend[:1], *rest]
    declared = bool(told) and all(duty.treaty.kind == "declaration" for duty in told)
    return f"{'declaration' if declared else 'treaty'}: {', '.join(parts)}"


def attacks(book: Ledger) -> bool:
    """Whether the supporter itself attacks its client, as the sources tell it."""
    return any(
        (act.section, act.type, act.actor, act.recipient) == ("deed", "ASSAULT", book.supporter, book.client)
        for act in book.against
    )


def commitments(
    duties: Iterable[Duty],
    supporters: Sequence[str],
    crisis: CrisisPart,
    named: Sequence[str] = (),
    broken: Collection[tuple[str, str]] = (),
) -> tuple[Commitment, ...]:
    """Treaties between the supporters and either side, one row for each clause that bears on the crisis.

    Of states that are `named` and do nothing, only promises to defend the attacked are told; `broken` are pairs of a
    supporter and the one it attacks itself.
    """
    rows = []
    for duty in duties:
        pledged = duty.state in named and duty.side == "attacked" and duty.asks == "defend"
        if duty.state not in supporters and not pledged:
            continue
        treaty, clause = duty.treaty, duty.clause
        if duty.asks == "none" and treaty.clauses and len(treaty.parties) > 2:
            continue  # between these two of its parties it promises nothing: nobody looks for it here
        reason = duty.reason
        live = duty.asks in ("defend", "consult") and duty.status != "not triggered"
        if live and (duty.state, duty.toward) in broken:
            reason += f" {labels.capital(labels.running(duty.state))} breaks it by an attack of its own."
        rows.append(
            Commitment(
                supporter=duty.state,
                toward=duty.toward,
                side=duty.side,
                treaty=treaty.title,
                kind=treaty.kind,
                signed=treaty.signed,
                start=treaty.start,
                asks=duty.asks,
                status=duty.status,
                clause=clause.kind if clause else None,
                article=clause.article if clause else None,
                says=clause.says if clause else None,
                reason=reason,
                lacks=treaty.lacks,
                source=treaty.source,
                note=treaty.note,
            )
        )
    place = {code: number for number, code in enumerate(dict.fromkeys([*supporters, *named]))}
    rows.sort(
        key=lambda row: (place[row.supporter], row.side != "attacked", _RANK[row.status], _ASKS[row.asks], row.treaty)
    )
    return tuple(rows)


def foremost(answers: Sequence[Answer], row: Commitment) -> bool:
    """Whether a treaty bears on the answer: one with the client that asks something, or lacks what people expect.

    A standing promise of no aggression asks nothing new of anybody: `standing` tells those. A row of a state without an
    answer is there for its promise to defend.
    """
    clients = [one.client for one in answers if one.supporter == row.supporter]
    bears = row.status != "not triggered" or row.asks == "defend" or bool(row.lacks)
    return row.asks != "not aggress" and bears and (not clients or row.toward in clients)


def weightiest(rows: Iterable[Commitment]) -> list[tuple[list[str], Commitment]]:
    """Rows with what is asked of whom first; those that read alike share one, with all their supporters."""
    alike: dict[tuple[str, str, str], list[Commitment]] = {}
    for row in rows:
        alike.setdefault((row.toward, row.asks, row.reason), []).append(row)
    groups = sorted(alike.values(), key=lambda group: (_RANK[group[0].status], _ASKS[group[0].asks]))
    return [([row.supporter for row in group], group[0]) for group in groups]


def standing(rows: Iterable[Commitment]) -> str:
    """The promises of no aggression that stand, in a line: "Iraq and Jordan → Egypt; Egypt → Israel". Empty without."""
    promised: dict[str, list[str]] = {}
    for row in rows:
        if row.asks == "not aggress" and row.status != "not triggered":
            promised.setdefault(row.toward, []).append(labels.name(row.supporter))
    told = [f"{labels.listed(list(dict.fromkeys(who)))} → {labels.name(toward)}" for toward, who in promised.items()]
    return f"Standing promises of no aggression: {'; '.join(told)}." if told else ""


def silent(
    duties: Iterable[Duty],
    spoken: Iterable[str],
    named: Iterable[str],
    idle: Sequence[str] = (),
    mentioned: Collection[str] = (),
) -> tuple[str, ...]:
    """Third states without word or deed for either side in these sources although they are bound, or are named.

    `idle` have acts that count for neither side; of those merely `mentioned` nobody can say that the sources are silent.
    """
    told, bound = {*spoken, *idle}, dict[str, dict[str, list[str]]]()
    seen: set[str] = set()
    for duty in duties:
        if duty.state in told or duty.state in seen or duty.side != "attacked":
            continue
        if duty.asks in ("defend", "consult") and duty.status in ("triggered", "arguable"):
            seen.add(duty.state)
            found = (
                "named, but no act found" if duty.state in mentioned else "yet without word or deed in these sources"
            )
            treaties = bound.setdefault(f"Bound to {duty.asks} ({duty.status}), {found}", {})
            treaties.setdefault(duty.treaty.title, []).append(duty.state)
    lines = [f"{what}: {_by_treaty(treaties)}" for what, treaties in sorted(bound.items(), key=_duty_first)]
    if idle:
        lines.append(
            f"Acts towards both sides or neither, or in the background, only: {labels.listed([labels.name(code) for code in idle])}"
        )
    others = [labels.name(code) for code in dict.fromkeys(named) if code not in told | seen]
    if others:
        lines.append(f"Named without any act towards either side: {labels.listed(others)}")
    return tuple(lines)


def _duty_first(line: tuple[str, object]) -> int:
    """Duties to defend stand before those to consult."""
    return 0 if line[0].startswith("Bound to defend") else 1


def _by_treaty(treaties: dict[str, list[str]]) -> str:
    """ "Belgium and Canada (North Atlantic Treaty); Portugal (Anglo-Portuguese Alliance)", the largest treaty first."""
    parts = []
    for title, states in sorted(treaties.items(), key=lambda item: (-len(item[1]), item[0])):
        parts.append(f"{labels.listed(sorted(labels.name(code) for code in states))} ({title})")
    return "; ".join(parts)
