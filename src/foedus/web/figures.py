"""Every figure of the pages as plain values: columns, rows, and what a drawing needs besides. One place for page, JSON and CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from foedus.brief import labels
from foedus.brief.coded import cell
from foedus.ledger import rules
from foedus.ledger.matching import group
from foedus.model.dates import bounds, earliest, is_date
from foedus.model.event import QUADS, VAGUE, Event
from foedus.model.ledger import Act
from foedus.web import estimates
from foedus.web.live import Live, span
from foedus.web.shelf import Shelf

if TYPE_CHECKING:
    from foedus.model.assessment import StateEstimate
    from foedus.world.world import World

Row = dict[str, Any]
MATRIX: Final = 14
NEIGHBOURS: Final = 18
MOST_EVENTS: Final = 100_000
"""Events that the matrix counts: of more, the newest, and its note says so."""


@dataclass(frozen=True)
class Figure:
    """A figure's values. `columns` name what every row holds; `extra` is for the drawing; `note` tells how to read it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    extra: Row = field(default_factory=dict)

    def to_dict(self) -> Row:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "note": self.note,
            "columns": list(self.columns),
            "rows": list(self.rows),
            **self.extra,
        }

    def to_csv(self) -> bytes:
        """The rows with a header. A cell that a spreadsheet could take for a formula is led by an apostrophe."""
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([cell(_flat(row.get(name))) for name in self.columns])
        return file.getvalue().encode("utf-8", "replace")


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value


# -- the crisis ------------------------------------------------------------------------------------------------

COUNTS: Final = (
    "words",
    "deeds",
    "promises",
    "refusals",
    "withheld",
    "against",
    "to_adversary",
    "claims",
    "hypothetical",
)


def answers(view: Live) -> Figure:
    """The answer lines with every count."""
    rows = tuple(
        {
            "supporter": one.supporter,
            "client": one.client,
            "name": one.supporter_name,
            **{name: one.counts[name].acts for name in COUNTS},
            "reports": sum(one.counts[name].reports for name in ("words", "deeds")),
            "duty": one.duty,
        }
        for one in view.answers
    )
    return Figure(
        "answers", view.title, ("supporter", "client", "name", *COUNTS, "reports", "duty"), rows,
        "Acts, not reports: one act is counted once, however many reports tell of it.", {"crisis": crisis(view)},
    )  # fmt: skip


def crisis(view: Live) -> Row:
    """Who was attacked by whom, since when, and how that was found."""
    return {
        "attacked": list(view.sides[0]),
        "attackers": [
            {"code": one.attacker, "date": one.date, "dated": one.dated, "reports": one.reports}
            for one in view.crisis.attackers
        ],
        "date": view.crisis.date,
        "found": view.crisis.found,
        "doubts": list(view.crisis.doubts),
        "since": view.ask.since,
        "until": view.ask.until,
    }


ACT_COLUMNS: Final = (
    "id", "supporter", "client", "section", "direction", "standing", "on_behalf", "date", "dated", "what", "type", "mode",
    "intensity", "reports", "documents", "speakers", "denied_by", "quotes",
)  # fmt: skip


def act_rows(view: Live, supporter: str, acts: Iterable[Act], what: dict[str, str], client: str) -> list[Row]:
    """Acts of a ledger, each with its reports."""
    rows = []
    for act in acts:
        told = {
            name: getattr(act, name)
            for name in (
                "id",
                "section",
                "direction",
                "standing",
                "on_behalf",
                "date",
                "dated",
                "type",
                "mode",
                "intensity",
            )
        }
        rows.append(
            told
            | {
                "supporter": supporter,
                "client": client,
                "what": what.get(act.id, ""),
                "reports": len(act.reports),
                "documents": act.sources,
                "speakers": list(act.speakers),
                "denied_by": list(act.denied_by),
                "quotes": [report.quote for report in act.reports[:3]],
                "evidence": [
                    {
                        "document": report.document,
                        "event": report.event,
                        "start": report.start,
                        "quote": report.quote,
                        "published": report.published,
                        "speaker": report.speaker,
                        "speaker_name": report.speaker_name,
                        "confidence": report.confidence,
                        "title": view.headers[report.document].label if report.document in view.headers else None,
                    }
                    for report in act.reports
                ],
            }
        )
    return rows


def bars(view: Live, supporter: str, book: Any, pair: Any) -> Figure:
    """The acts behind the mirrored bars of one pair."""
    what = {line.key: line.what for line in pair.acts}
    rows = act_rows(view, supporter, book.acts, what, book.client)
    title = f"Words and deeds: {labels.name(supporter)} towards {labels.name(book.client)}"
    return Figure("bars", title, ACT_COLUMNS, tuple(rows), "One row an act.", {"step": pair.chart.step})


def duties(view: Live) -> Figure:
    """What treaties ask of every third state."""
    columns = (
        "state", "toward", "side", "asks", "status", "title", "article", "clause", "signed", "in_force", "reason", "source",
    )  # fmt: skip
    rows = tuple(duty.to_dict() for duty in view.duties)
    return Figure("duties", "What treaties ask", columns, rows, view.duties_note)


# -- estimates ---------------------------------------------------------------------------------------------------


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


# -- acts of everybody -------------------------------------------------------------------------------------------


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

    def make() -> Figure:
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


def tally(view: Live, shelf: Shelf) -> tuple[list[Row], str | None]:
    """Words and deeds between every two actors in the window: acts, hostile ones apart, and their reports.

    And the day up to which events are left out, where there are too many.
    """

    def make() -> tuple[list[Row], str | None]:
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
        events = shelf.corrected(events)
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

    return shelf.memo(("tally", view.ask.since, view.ask.until), make)


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
    note += f" Events up to {cut} are left out: there are too many; set a window to see them." if cut else ""
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


# -- the map -----------------------------------------------------------------------------------------------------


@cache
def atlas() -> tuple[Row, ...]:
    """Shapes of the map with the state that each belongs to."""
    text = (files("foedus.web") / "data" / "atlas.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def successors() -> dict[str, Row]:
    """States that are gone, and the shapes of today that stand in for them."""
    text = (files("foedus.web") / "data" / "successors.csv").read_text(encoding="utf-8")
    return {row["code"]: row for row in csv.DictReader(io.StringIO(text))}


def world_map(view: Live, shelf: Shelf, world: World) -> Figure:
    """Who is for whom: acts of third states towards either side, with dates, for arcs, dashes and the slider."""

    def make() -> Figure:
        rows: list[Row] = []
        for code, book in view.books.items():
            what = {line.key: line.what for line in view.pairs[code].acts}
            for act in book.acts:
                if act.standing != "stands" or act.direction not in ("for", "against", "adversary"):
                    continue
                if act.section in ("withheld", "asked"):
                    continue
                toward = act.recipient if act.direction == "adversary" else book.client
                rows.append(
                    {
                        "state": code,
                        "toward": toward,
                        "client_side": "attacked" if book.client in view.sides[0] else "attackers",
                        "direction": act.direction,
                        "kind": "deed" if act.section == "deed" else "word",
                        "date": act.date,
                        "what": what.get(act.id, ""),
                        "reports": len(act.reports),
                        "id": act.id,
                    }
                )
        rows.sort(key=lambda row: (row["date"] is None, row["date"] or "", row["state"], row["id"]))
        day = earliest(view.crisis.date) if view.crisis.date else dt.date.today()
        shapes, notes = _shapes(view, day, world)
        points = {code: point for code in {*view.both, *view.books} if (point := _capital(code))}
        limits = span(view)
        extra: Row = {
            "sides": {"attacked": list(view.sides[0]), "attackers": list(view.sides[1])},
            "names": {code: labels.name(code) for code in {*view.both, *view.books}},
            "shapes": shapes,
            "points": points,
            "limits": [limits[0].isoformat(), limits[1].isoformat()] if limits else None,
            "date": day.isoformat(),
            "notes": notes,
            "bodies": sorted(code for code in view.books if kind_of(code) != "state"),
        }
        columns = ("date", "state", "toward", "client_side", "direction", "kind", "what", "reports")
        note = "Arcs are deeds, dashes words; hatched: no act in these sources, which is not the same as neutral."
        return Figure("map", f"Who stands where: {view.title}", columns, tuple(rows), note, extra)

    return view.keep(("map",), make)


def _shapes(view: Live, day: dt.date, world: World) -> tuple[dict[str, str], list[str]]:
    """State of each shape on the day, by the shape's name; and what to say where today's borders stand in."""
    wanted = {*view.both, *view.books}
    stand_in: dict[str, str] = {}
    notes = []
    for code, row in successors().items():
        if world.is_state(code, day):
            for piece in row["pieces"].split():
                if not world.is_state(piece, day):
                    stand_in[piece] = code
            if code in wanted:
                notes.append(f"{labels.name(code)}: {row['note']}.")
    shapes: dict[str, str] = {}
    for shape in atlas():
        code = str(shape["code"])
        if code:
            shapes[str(shape["name"])] = stand_in.get(code, code)
    if day.year < 2008:
        notes.append(f"Borders are those of today, not of {day.year}: the atlas has no others.")
    return shapes, notes


@cache
def _capital(code: str) -> tuple[float, float] | None:
    from foedus.errors import FoedusError
    from foedus.world.present.facts import Facts

    try:
        _, lat, lon = Facts.shipped().capital(code)
    except (FoedusError, KeyError):
        return None
    return (round(float(lon), 3), round(float(lat), 3))


Maker = Callable[..., Figure]
