"""One event row as a record of another's format. A row that a format would tell falsely is left out, with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from foedus.errors import InputError
from foedus.store.imports.tables import ICEWS, POLECAT

Row = Mapping[str, Any]

_DAYS: Final = (
    "dates known to the month or year alone are left out; an event whose own day is unknown bears that of its report",
    "rows that do not say which of two acted on the other (battles in ACLED and UCDP) are left out",
    "which events are background, and how many reports a source counted",
)
LOSSES: Final[dict[str, tuple[str, ...]]] = {
    "jsonl": (),
    "parquet": (),
    "csv": ("a cell that a spreadsheet would take for a formula is led by an apostrophe",),
    "plover": (
        "documents' texts, and `why`",
        "several spans of one event: only the sentence is carried",
        "what PLOVER has no field for travels under the key `foedus`, which other programs ignore",
        "what comes home is of the data set `plover`, without its document and offsets; the line stays in `raw`",
    ),
    "polecat": (
        "withheld, future and hypothetical events are left out: the format would tell them as done",
        "speakers, sentences, offsets, confidence and the coder's reasons",
        "rows without a PLOVER type are left out",
        *_DAYS,
    ),
    "icews": (
        "withheld, future and hypothetical events are left out: the format would tell them as done",
        "modes, contexts, speakers, quotes and offsets; a PLOVER type is written as the root code of its CAMEO family",
        *_DAYS,
    ),
    "geojson": ("events without coordinates are left out", "documents' texts, spans and the coder's reasons"),
}
"""What each format cannot carry. An empty tuple: a round trip loses nothing."""

TO_CAMEO: Final = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "087", "REQUEST": "020", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170", "ASSAULT": "190",
}  # fmt: skip
_OURS: Final = (
    "dataset", "polarity", "modality", "kind", "speaker", "speaker_name", "historical", "confidence", "document",
    "sentence", "published", "directed", "source_id", "source_code", "mentions",
)  # fmt: skip


class LeftOut(Exception):
    """The row cannot be told truly in this format; the message says why."""


def plover(row: Row) -> dict[str, Any]:
    """A PLOVER JSONL record."""
    if row["type"] is None:
        raise LeftOut("no PLOVER type")
    entities = {}
    for side in ("actor", "recipient"):
        entities[side] = None if row[side] is None else {
            "code": row[side], "sector": row[f"{side}_sector"], "entity_text": row[f"{side}_name"],
        }  # fmt: skip
    day = row["date"]
    return {
        "id": row["id"],
        "has_event": True,
        "date": day,
        **entities,
        "event": row["type"],
        "mode": row["mode"],
        "context": (row["contexts"] or "").split(),
        "quad_code": row["quad"],
        "event_scale": row["intensity"],
        "event_loc": None if row["place"] is None and row["latitude"] is None else {
            "name": row["place"], "country": row["country"], "lat": row["latitude"], "lon": row["longitude"],
        },
        "text": row["quote"],
        "link": row["url"],
        "coder": row["coder"],
        "comment": None,
        "foedus": {name: row[name] for name in _OURS},
    }  # fmt: skip


def _told_as_done(row: Row) -> None:
    if row["type"] is None:
        raise LeftOut("no PLOVER type")
    if row["polarity"] == "negative":
        raise LeftOut("withheld")
    if row["modality"] not in ("actual", None):
        raise LeftOut(str(row["modality"]))
    if row["directed"] is False and row["recipient"] is not None:
        raise LeftOut("does not say who acted on whom")


def _full_date(row: Row) -> str:
    if row["day"] is None:
        raise LeftOut("no date")
    if row["date"] and len(row["date"]) < 10:
        raise LeftOut("date known to the month or year alone")
    return str(row["day"])


def _as_it_came(row: Row, columns: int) -> list[str] | None:
    """The cells that a row came with, where it can go out with them: one from elsewhere may hold anything in `raw`."""
    cells = _LINE_END.sub(" ", row["raw"] or "").split("\t")
    return cells if len(cells) == columns else None


_LINE_END: Final = re.compile(r"[\r\n]+")


def polecat(row: Row) -> list[str]:
    """The cells of a POLECAT row; a row that came from POLECAT goes out as it came."""
    if row["dataset"] == "polecat" and (cells := _as_it_came(row, len(POLECAT))):
        return cells
    _told_as_done(row)
    cow = {side: _cow(row[side], row["day"]) for side in ("actor", "recipient")}
    told = {
        "Event ID": row["id"], "Event Date": _full_date(row), "Event Type": row["type"], "Event Mode": row["mode"],
        "Intensity": row["intensity"], "Quad Code": str(row["quad"]).upper(),
        "Contexts": ";".join((row["contexts"] or "").split()), "Actor Name": row["actor_name"] or name_of(row["actor"]),
        "Actor Country": row["actor"], "Actor COW": cow["actor"], "Primary Actor Sector": row["actor_sector"],
        "Actor Sectors": row["actor_sector"], "Actor Name Raw": row["actor_name"],
        "Recipient Name": row["recipient_name"] or name_of(row["recipient"]), "Recipient Country": row["recipient"],
        "Recipient COW": cow["recipient"], "Primary Recipient Sector": row["recipient_sector"],
        "Recipient Sectors": row["recipient_sector"], "Recipient Name Raw": row["recipient_name"],
        "Placename": row["place"], "Country": row["country"], "Latitude": row["latitude"],
        "Longitude": row["longitude"], "Source": row["url"], "Publication Date": row["published"], "Language": "en",
        "Version": row["coder"],
    }  # fmt: skip
    return [_cell(told.get(name)) for name in POLECAT]


def icews(row: Row) -> list[str]:
    """The cells of an ICEWS row; a row that came from ICEWS goes out as it came."""
    if row["dataset"] == "icews" and (cells := _as_it_came(row, len(ICEWS))):
        return cells
    if row["dataset"].startswith("gdelt"):
        code = row["source_code"]
    else:
        _told_as_done(row)
        code = TO_CAMEO[row["type"]]
    from foedus.ontology.cameo import cameo

    try:
        entry = cameo(code)
    except InputError:
        raise LeftOut("no CAMEO code") from None
    told = {
        "Event ID": row["id"], "Event Date": _full_date(row), "Source Name": row["actor_name"] or name_of(row["actor"]),
        "Source Sectors": row["actor_sector"], "Source Country": name_of(row["actor"]), "Event Text": entry.name,
        "CAMEO Code": code, "Intensity": entry.goldstein if row["intensity"] is None else row["intensity"],
        "Target Name": row["recipient_name"] or name_of(row["recipient"]), "Target Sectors": row["recipient_sector"],
        "Target Country": name_of(row["recipient"]), "Story ID": row["document"], "Sentence Number": row["sentence"],
        "City": row["place"], "Country": name_of(row["country"]), "Latitude": row["latitude"],
        "Longitude": row["longitude"],
    }  # fmt: skip
    return [_cell(told.get(name)) or "NA" for name in ICEWS]


def geojson(row: Row) -> dict[str, Any]:
    """A GeoJSON feature."""
    if row["latitude"] is None or row["longitude"] is None:
        raise LeftOut("no coordinates")
    if not (-90 <= row["latitude"] <= 90 and -180 <= row["longitude"] <= 180):
        raise LeftOut("coordinates outside the earth")
    dropped = {"latitude", "longitude", "spans", "why", "raw", "start_char", "end_char", "sentence"}
    told = {
        name: str(value) if name == "day" and value else value for name, value in row.items() if name not in dropped
    }
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
        "properties": told,
    }


def whole(row: Row) -> dict[str, Any]:
    """Every column of a row, as our own JSONL carries rows that have no document."""
    return {"row": {name: str(value) if name == "day" and value else value for name, value in row.items()}}


def json_line(record: Any) -> str:
    """A record as one line of JSON."""
    return json.dumps(record, ensure_ascii=False, default=str) + "\n"


def tab_line(cells: list[str]) -> str:
    """Cells as one line, separated by tabs."""
    return "\t".join(cells) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # These formats have no quoting: a tab or a line end inside a cell would break the row.
    return " ".join(str(value).split()) if isinstance(value, str) else str(value)


def name_of(code: str | None) -> str | None:
    """The name of an entity code; the code itself where it has none."""
    from foedus.actors.systems import name
    from foedus.errors import UnknownActorError

    if code is None:
        return None
    try:
        return name(code)
    except UnknownActorError:
        return code


def _cow(code: str | None, day: Any) -> int | None:
    from foedus.actors.systems import cow
    from foedus.errors import UnknownActorError

    if code is None or day is None:
        return None
    try:
        return cow(code, day)
    except UnknownActorError:
        return None
