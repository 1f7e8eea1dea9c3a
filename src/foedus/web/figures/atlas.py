"""The figure behind the map: who is for whom by date, the shapes of the day, and the places of capitals."""

from __future__ import annotations

import csv
import datetime as dt
import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from foedus.brief import labels
from foedus.model.dates import earliest
from foedus.web.figures.acts import kind_of
from foedus.web.figures.figure import Figure, Row
from foedus.web.live import Live, span
from foedus.web.shelf import Shelf

if TYPE_CHECKING:
    from foedus.world.world import World


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

    def make(view: Live) -> Figure:
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
        shapes, notes = shapes_of(view, day, world)
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


def shapes_of(view: Live, day: dt.date, world: World) -> tuple[dict[str, str], list[str]]:
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
