"""Figures of everybody's acts: timeline, matrix, neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from foedus.brief import labels
from foedus.ledger import rules
from foedus.ledger.matching import group
from foedus.model.dates import bounds, earliest, is_date
from foedus.model.event import QUADS, VAGUE, Event
from foedus.web.figures.figure import Figure, Row
from foedus.web.live import Live, span
from foedus.web.shelf import Shelf
from foedus.web.wanted import Wanted, moved_in, moved_out

TALLY: Final = ("tally",)
"""Under which name a view keeps its tally."""
MATRIX: Final = 14
NEIGHBOURS: Final = 18
MOST_EVENTS: Final = 100_000
"""Events that the matrix counts: of more, the newest, and its note says so."""


def grouped(events: Sequence[Event], published: dict[str, str | None]) -> list[Row]:
    """One row an act of anybody's: what, date, standing, section, and its events."""
    order = {"stands": 0, "claimed": 1, "denied": 2, "hypothetical": 3, "historical": 4}
    rows = []
    for found in group([event for event in events if event.actor not in VAGUE], published):
        found = sorted(found, key=lambda event: order[rules.standing(event)])
        lead = found[0]
        mode = next((event.mode for event in found if event.mode), None)
        dates = [event.date for event in found if event.date and is_date(event.date)]
        date, dated = (max(dates, key=len), "event") if dates else (None, "none")
        if date is None and not lead.historical:
            days = [day for event in found if (day := published.get(event.document)) and is_date(day)]
            if days:
                date, dated = min(days, key=earliest), "report"
        rows.append(
            {
                "id": lead.id,
                "actor": lead.actor,
                "recipient": lead.recipient,
                "type": lead.type,
                "mode": mode,
                "what": labels.act(lead.actor, lead.recipient, lead.type, mode, lead.polarity, lead.modality),
                "date": date,
                "dated": dated,
                "section": rules.section(lead),
                "standing": rules.standing(lead),
                "material": QUADS[lead.type].startswith("material"),
                "hostile": QUADS[lead.type].endswith("conflict"),
                "polarity": lead.polarity,
                "modality": lead.modality,
                "reports": len(found),
                "document": lead.document,
                "start": lead.start,
                "quote": lead.quote,
            }
        )
    return rows


def timeline(shelf: Shelf, view: Live) -> Figure:
    """Every act of the parties and the third states with a ledger, and what followed each promise."""

    def make(view: Live) -> Figure:
        wanted = view.both | set(view.books)
        own = [event for event in view.events if event.actor in wanted]
        rows = sorted(grouped(own, view.published), key=lambda row: (row["date"] is None, row["date"] or "", row["id"]))
        columns = (
            "date", "dated", "actor", "recipient", "what", "type", "section", "standing", "reports", "followed_by", "quote",
        )  # fmt: skip
        follows = _follows(rows)
        names = {row["id"]: row for row in rows}
        after = {promise: (later, how) for promise, later, how in follows}
        for row in rows:
            told = after.get(row["id"])
            row["followed_by"] = f"{told[1]}: {names[told[0]]['what']}, {names[told[0]]['date']}" if told else None
        note = (
            "A promise is joined to the first later act of the same actor towards the same recipient that does, or refuses, "
            "something for it; whether that keeps or breaks the promise is for the reader to say."
        )
        limits = span(view)
        extra = {
            "follows": [list(one) for one in follows],
            "limits": [limits[0].isoformat(), limits[1].isoformat()] if limits else None,
        }
        return Figure("timeline", f"Timeline: {view.title}", columns, tuple(rows), note, extra)

    return view.keep(("timeline",), make)


def _follows(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """(promise, later act, `deed` or `refusal`): the first dated act after a promise that answers it, within the pair."""
    by_pair: defaultdict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        if row["date"] and row["standing"] in ("stands", "claimed"):
            by_pair[row["actor"], row["recipient"]].append(row)
    found = []
    for mine in by_pair.values():
        for promise in mine:
            if promise["section"] != "promise":
                continue
            for later in mine:
                if earliest(later["date"]) <= bounds(promise["date"])[1] or later is promise:
                    continue
                if later["section"] == "deed" and not later["hostile"]:
                    found.append((promise["id"], later["id"], "deed"))
                    break
                if later["section"] in ("refusal", "withheld"):
                    found.append((promise["id"], later["id"], "refusal"))
                    break
    return found


def tally(view: Live, shelf: Shelf) -> tuple[list[Row], str]:
    """Words and deeds between every two actors in the window: acts, hostile ones apart, and their reports.

    And which events are left out, where there are too many.
    """

    def make(view: Live) -> tuple[list[Row], str]:
        where, params = ["NOT historical", "recipient IS NOT NULL"], list[Any]()
        for limit, sign in ((view.ask.since, ">="), (view.ask.until, "<=")):
            if limit:
                where.append(f"(day IS NULL OR day {sign} CAST(? AS DATE))")
                params.append(bounds(limit)[0 if sign == ">=" else 1].isoformat())
        # The most active actors of the window, so that a store of years does not become a million objects here.
        busy = shelf.store.sql(
            "SELECT code FROM (SELECT actor AS code, count(*) AS n FROM events WHERE type IS NOT NULL AND "
            + " AND ".join(where)
            + " GROUP BY 1) ORDER BY n DESC, code LIMIT 60",
            params,
        )
        codes_ = [row[0] for row in busy if row[0] not in VAGUE]
        where += ["actor IN (SELECT unnest(?))", "recipient IN (SELECT unnest(?))"]
        events, cut = shelf.newest(" AND ".join(where), [*params, codes_, codes_], MOST_EVENTS)
        window = Wanted(since=view.ask.since, until=view.ask.until)
        gone = moved_out(shelf, view.ask.since, view.ask.until)
        events = [*(one for one in events if one.id not in gone), *moved_in(shelf, events, window)]
        events = [one for one in shelf.corrected(events) if not one.historical]
        documents = {event.document for event in events}
        published = {name: header.published for name, header in shelf.headers(documents).items()}
        cells: dict[tuple[str, str], Row] = {}
        for row in grouped(events, published):
            if row["standing"] != "stands" or row["polarity"] != "positive" or row["recipient"] in VAGUE:
                continue
            if row["actor"] == row["recipient"] or row["recipient"] is None:
                continue
            cell = cells.setdefault(
                (row["actor"], row["recipient"]),
                {
                    "actor": row["actor"], "recipient": row["recipient"], "words": 0, "deeds": 0, "hostile_words": 0,
                    "hostile_deeds": 0, "reports": 0,
                },
            )  # fmt: skip
            kind = "deeds" if row["material"] and row["modality"] == "actual" else "words"
            cell[kind] += 1
            cell[f"hostile_{kind}"] += row["hostile"]
            cell["reports"] += row["reports"]
        rows = sorted(cells.values(), key=lambda one: (-one["words"] - one["deeds"], one["actor"], one["recipient"]))
        return rows, cut

    return view.keep(TALLY, make)


def matrix(view: Live, shelf: Shelf) -> Figure:
    """Actors by row act on actors by column: words and deeds. A pair without acts is left out, which is not zero."""
    rows, cut = tally(view, shelf)
    busy: Counter[str] = Counter()
    for row in rows:
        busy[row["actor"]] += row["words"] + row["deeds"]
        busy[row["recipient"]] += row["words"] + row["deeds"]
    sides = [*view.sides[0], *view.sides[1]]
    shown = [code for code in sides if code in busy]
    shown += [code for code, _ in busy.most_common() if code not in shown][: max(MATRIX - len(shown), 0)]
    columns = ("actor", "recipient", "words", "hostile_words", "deeds", "hostile_deeds", "reports")
    note = "The row acts on the column. Blank: no act in these sources, which is not the same as none in the world."
    note += f" Of the events {cut} are left out: there are too many; set a window to see them." if cut else ""
    return Figure("matrix", "Who acts on whom", columns, tuple(rows), note, {"shown": shown})


def ego(view: Live, shelf: Shelf, centre: str) -> Figure:
    """The neighbours of one actor, the busiest first, up to a cap that is said."""
    met: dict[str, Row] = {}
    for row in tally(view, shelf)[0]:
        if centre not in (row["actor"], row["recipient"]):
            continue
        other = row["recipient"] if row["actor"] == centre else row["actor"]
        one = met.setdefault(
            other,
            {"code": other, "name": labels.name(other), "kind": kind_of(other), "words": 0, "deeds": 0,
             "hostile_words": 0, "hostile_deeds": 0, "acts_out": 0, "acts_in": 0, "reports": 0},
        )  # fmt: skip
        for name in ("words", "deeds", "hostile_words", "hostile_deeds", "reports"):
            one[name] += row[name]
        one["acts_out" if row["actor"] == centre else "acts_in"] += row["words"] + row["deeds"]
    ranked = sorted(met.values(), key=lambda one: (-one["words"] - one["deeds"], one["code"]))
    kinds = ("state", "body", "group", "collective")
    shown = sorted(ranked[:NEIGHBOURS], key=lambda one: (kinds.index(one["kind"]), -one["words"] - one["deeds"]))
    columns = (
        "code",
        "name",
        "kind",
        "words",
        "hostile_words",
        "deeds",
        "hostile_deeds",
        "acts_out",
        "acts_in",
        "reports",
    )
    note = f"{len(shown)} of {len(ranked)} neighbours, the busiest." if len(ranked) > len(shown) else ""
    title = f"Around {labels.name(centre)}"
    return Figure(
        "ego", title, columns, tuple(ranked), note, {"centre": centre, "shown": [one["code"] for one in shown]}
    )


@cache
def kind_of(code: str) -> str:
    """`state`, `body`, `group` or `collective`."""
    from foedus.actors.mentions import kind_of as known

    found = str(known(code))
    return found if found in ("state", "body", "group") else "collective"
