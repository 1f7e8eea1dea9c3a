"""ICEWS, POLECAT, ACLED and UCDP GED: tables with a header, a row an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, Final

from foedus.errors import DataError, InputError
from foedus.model.event import QUADS
from foedus.ontology import plover
from foedus.ontology.cameo import CameoCode
from foedus.ontology.cameo import cameo as cameo_entry
from foedus.store.imports import codes
from foedus.store.imports.rows import Bad, Item, clean, day, event_row, mapped, number, quoted, tabbed

ICEWS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
POLECAT: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def cameo(code: str) -> CameoCode:
    """The entry of a CAMEO code. Raises Bad for text that is none."""
    try:
        return cameo_entry(code)
    except InputError:
        raise Bad(f"{code[:20]!r} is no CAMEO code") from None


def icews(stream: IO[bytes]) -> Iterator[Item]:
    """Rows of an ICEWS .tab file. Its key is (Event ID, Event Date): a second row with the same key is a reject."""
    rows = tabbed(stream)
    header = _header(rows, ICEWS, "an ICEWS .tab file")
    seen: set[str] = set()

    def make(cell: dict[str, str], text: str) -> dict[str, Any]:
        date = day(cell["Event Date"], "Event Date")
        key = clean(cell["Event ID"])
        if key is None:
            raise Bad("the row has no Event ID")
        if f"{key}:{date}" in seen:
            raise Bad(f"a second row with the key ({key}, {date})")
        entry = cameo(cell["CAMEO Code"])
        actor = _party(cell["Source Country"], cell["Source Name"], date)
        recipient = _party(cell["Target Country"], cell["Target Name"], date)
        story = clean(cell["Story ID"])
        row = event_row(
            "icews", f"{key}:{date}", actor=actor or codes.UNKNOWN,
            recipient=recipient or (codes.UNKNOWN if clean(cell["Target Name"]) else None), type=entry.type,
            mode=entry.mode, date=date, actor_name=clean(cell["Source Name"]), recipient_name=clean(cell["Target Name"]),
            actor_sector=codes.sector("icews", cell["Source Sectors"]),
            recipient_sector=codes.sector("icews", cell["Target Sectors"]), contexts=entry.context,
            source_code=cell["CAMEO Code"].strip(), intensity=number(cell["Intensity"], "Intensity"),
            sentence=_whole(cell["Sentence Number"], "Sentence Number"), place=clean(cell["City"]),
            country=codes.named(clean(cell["Country"]), date), url=f"icews:story:{story}" if story else None,
            latitude=number(cell["Latitude"], "Latitude"), longitude=number(cell["Longitude"], "Longitude"), raw=text,
        )  # fmt: skip
        seen.add(f"{key}:{date}")
        return row

    yield from mapped(rows, header, make)


def polecat(stream: IO[bytes]) -> Iterator[Item]:
    """Rows of a POLECAT .txt file. Tabs too many inside a row are a reject; a stray Headline column is dropped."""
    rows = tabbed(stream)
    first = next(rows, None)
    if first is None or "Event ID" not in first[2] or "Actor Name Raw" not in first[2]:
        raise DataError("not a POLECAT .txt file: its header lacks Event ID and Actor Name Raw")
    header = first[2]
    known = set(header)
    missing = [name for name in POLECAT if name not in known]
    if missing:
        raise DataError(f"not a POLECAT .txt file of a known kind: its header lacks {', '.join(missing[:5])}")

    def make(cell: dict[str, str], text: str) -> dict[str, Any]:
        date = day(cell["Event Date"], "Event Date")
        key = clean(cell["Event ID"])
        if key is None:
            raise Bad("the row has no Event ID")
        kind = (clean(cell["Event Type"]) or "").upper()
        if kind not in QUADS:
            raise Bad(f"Event Type {cell['Event Type'][:30]!r} is no PLOVER type")
        published = clean(cell["Publication Date"])
        name, other = (
            clean(cell[f"{side} Name"]) or clean(cell[f"{side} Name Raw"]) for side in ("Actor", "Recipient")
        )
        return event_row(
            "polecat", key, actor=_party(cell["Actor Country"], name, date) or codes.UNKNOWN,
            recipient=_party(cell["Recipient Country"], other, date) or (codes.UNKNOWN if other else None), type=kind,
            mode=_mode(kind, clean(cell["Event Mode"])), date=date, published=day(published) if published else None,
            actor_name=name, recipient_name=other,
            actor_sector=codes.sector("polecat", f"{cell['Primary Actor Sector']};{cell['Actor Sectors']}", ";"),
            recipient_sector=codes.sector(
                "polecat", f"{cell['Primary Recipient Sector']};{cell['Recipient Sectors']}", ";"
            ),
            contexts=" ".join(part.strip() for part in re.split("[;,]", clean(cell["Contexts"]) or "") if part.strip())
            or None,
            source_code=kind, intensity=number(cell["Intensity"], "Intensity"), place=clean(cell["Placename"]),
            country=_party(cell["Country"], cell["Country"], date), latitude=number(cell["Latitude"], "Latitude"),
            longitude=number(cell["Longitude"], "Longitude"), raw=_without_strays(header, cell, text),
        )  # fmt: skip

    yield from mapped(rows, header, make)


_ACLED: Final[dict[str, tuple[str | None, str | None]]] = {
    "Armed clash": ("ASSAULT", "firearms"),
    "Government regains territory": ("ASSAULT", None),
    "Non-state actor overtakes territory": ("ASSAULT", None),
    "Chemical weapon": ("ASSAULT", "unconventional"),
    "Air/drone strike": ("ASSAULT", "aerial"),
    "Suicide bomb": ("ASSAULT", "suicide-attack"),
    "Shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons"),
    "Remote explosive/landmine/IED": ("ASSAULT", "explosives"),
    "Grenade": ("ASSAULT", "explosives"),
    "Sexual violence": ("ASSAULT", "sexual"),
    "Attack": ("ASSAULT", None),
    "Abduction/forced disappearance": ("ASSAULT", "abduct"),
    "Peaceful protest": ("PROTEST", "demo"),
    "Protest with intervention": ("PROTEST", "demo"),
    "Excessive force against protesters": ("PROTEST", "demo"),
    "Violent demonstration": ("PROTEST", "riot"),
    "Mob violence": ("PROTEST", "riot"),
    "Agreement": ("SUPPORT", None),
    "Arrests": ("COERCE", "arrest"),
    "Looting/property destruction": ("ASSAULT", "destroy"),
    "Headquarters or base established": ("MOBILIZE", None),
    "Change to group/activity": (None, None),
    "Disrupted weapons use": (None, None),
    "Non-violent transfer of territory": (None, None),
    "Other": (None, None),
    # Event types of the years before sub-event types.
    "Battle-No change of territory": ("ASSAULT", None),
    "Battle-Government regains territory": ("ASSAULT", None),
    "Battle-Non-state actor overtakes territory": ("ASSAULT", None),
    "Remote violence": ("ASSAULT", None),
    "Riots/Protests": ("PROTEST", None),
    "Violence against civilians": ("ASSAULT", None),
    "Strategic development": (None, None),
}
_ONE_SIDED: Final = frozenset(
    {"Sexual violence", "Attack", "Abduction/forced disappearance", "Violence against civilians"}
)
_FORCES: Final = re.compile(
    r"(?:Military|Police|Security|Border|Coast Guard|Civil Defen[cs]e)\s+Forces of (?:the )?(?P<who>.+)|"
    r"Government of (?:the )?(?P<gov>.+)",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"\s*\(\d{4}\s*-\s*(?:\d{4})?\)")


def acled(stream: IO[bytes]) -> Iterator[Item]:
    """Rows of an ACLED CSV export. Its two actors have no direction, save where one side attacks civilians."""
    rows = quoted(stream)
    header = _header(rows, ("event_id_cnty", "event_date", "actor1", "actor2"), "an ACLED export")
    if not {"sub_event_type", "event_type"} & set(header):
        raise DataError("not an ACLED export: its header lacks sub_event_type")

    def make(cell: dict[str, str], text: str) -> dict[str, Any]:
        date = _plain_day(cell["event_date"], "event_date")
        key = clean(cell["event_id_cnty"])
        if key is None:
            raise Bad("the row has no event_id_cnty")
        # Until 2018 there were event types alone.
        name = "sub_event_type" if clean(cell.get("sub_event_type")) else "event_type"
        sub = clean(cell.get(name)) or ""
        if sub not in _ACLED:
            raise Bad(f"{name} {sub[:40]!r} is not in ACLED's codebook")
        kind, mode = _ACLED[sub]
        where = clean(cell.get("country"))
        one, other = clean(cell["actor1"]), clean(cell["actor2"])
        count = clean(cell.get("source"))
        return event_row(
            "acled", key, actor=_acled_actor(one, date) or codes.UNKNOWN,
            recipient=_acled_actor(other, date) or (codes.UNKNOWN if other else None), type=kind, mode=mode, date=date,
            actor_name=one, recipient_name=other, actor_sector=codes.sector("acled", cell.get("inter1"), ";"),
            recipient_sector=codes.sector("acled", cell.get("inter2"), ";"), source_code=sub,
            directed=sub in _ONE_SIDED, quote=clean(cell.get("notes")), mentions=len(count.split(";")) if count else None,
            place=clean(cell.get("location")), country=codes.named(where, date),
            latitude=number(cell.get("latitude"), "latitude"), longitude=number(cell.get("longitude"), "longitude"), raw=text,
        )  # fmt: skip

    yield from mapped(rows, header, make)


def ucdp(stream: IO[bytes]) -> Iterator[Item]:
    """Rows of a UCDP GED CSV. Fighting between two sides has no direction; violence against civilians has."""
    rows = quoted(stream)
    needed = ("id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "best")
    # Up to version 5 estimates were called so.
    header = _header(rows, needed, "a UCDP GED table", {f"{name}_est": name for name in ("best", "high", "low")})

    def make(cell: dict[str, str], text: str) -> dict[str, Any]:
        first, last = _plain_day(cell["date_start"], "date_start"), _plain_day(cell["date_end"], "date_end")
        key, sort = clean(cell["id"]), clean(cell["type_of_violence"])
        if key is None or sort not in ("1", "2", "3"):
            raise Bad("the row has no id" if key is None else f"type_of_violence {sort!r} is not 1, 2 or 3")
        one, other = clean(cell["side_a"]), clean(cell["side_b"])
        where = codes.named(_gw_name(clean(cell.get("country"))), first)
        b = where if sort == "3" else _gw(cell.get("gwnob"), first) or _ucdp_name(other, first)
        return event_row(
            "ucdp", key, actor=_gw(cell.get("gwnoa"), first) or _ucdp_name(one, first) or codes.UNKNOWN,
            recipient=b or codes.UNKNOWN, type="ASSAULT", recipient_sector="CIV" if sort == "3" else None,
            # An event that took days is dated by as much as its days have in common.
            date=first if first == last else first[:7] if first[:7] == last[:7] else first[:4] if first[:4] == last[:4]
            else None, published=None, actor_name=one, recipient_name=other, source_code=f"type_of_violence {sort}",
            directed=sort == "3", intensity=number(cell["best"], "best"),
            mentions=_whole(cell.get("number_of_sources"), "number_of_sources", least=0),
            quote=clean(cell.get("source_headline")), place=clean(cell.get("where_coordinates")), country=where,
            latitude=number(cell.get("latitude"), "latitude"), longitude=number(cell.get("longitude"), "longitude"), raw=text,
        )  # fmt: skip

    yield from mapped(rows, header, make)


def _header(
    rows: Iterator[tuple[int, str, list[str]]],
    needed: tuple[str, ...],
    what: str,
    others: dict[str, str] | None = None,
) -> list[str]:
    """Column names as they are known here, whatever their case; `others` are the names that other years used."""
    first = next(rows, None)
    told = [name.strip().strip('"') for name in first[2]] if first else []
    known = {name.lower(): name for name in needed} | (others or {})
    header = [known.get(name.lower(), name.lower() if needed[0].islower() else name) for name in told]
    missing = [name for name in needed if name not in header]
    if missing:
        raise DataError(f"not {what}: its header lacks {', '.join(missing[:5])}")
    return header


def _plain_day(value: str, name: str) -> str:
    """A day of a data set that never wrote its dates with strokes: who did so since may have meant either order."""
    if "/" in value:
        raise Bad(f"{name} {value[:40]!r} may be day/month or month/day; write YYYY-MM-DD")
    return day(value, name)


def _party(where: str | None, name: str | None, date: str) -> str | None:
    """An entity from a country cell (code or name), else from the actor's name."""
    told = clean(where)
    if told:
        found = codes.country(told, date) or _PLACES.get(told) or codes.named(told, date)
        if found:
            return found
        if ", " in told and (found := codes.named(told.split(", ")[0], date)):
            return found
    return codes.named(clean(name), date)


_PLACES: Final = {"Occupied Palestinian Territory": "PSE"}


def _mode(kind: str, told: str | None) -> str | None:
    if told is None:
        return None
    mode = told.strip().lower().replace(" ", "-")
    return mode if mode in plover.types()[kind].modes else None


def _whole(value: str | None, name: str, least: int | None = None) -> int | None:
    found = number(value, name)
    if found is None or (least is not None and found < least):
        return None
    if abs(found) > 2**31 - 1:
        raise Bad(f"{name} {value!r} is too large")
    return int(found)


def _without_strays(header: list[str], cell: dict[str, str], text: str) -> str:
    return text if tuple(header) == POLECAT else "\t".join(cell[name] for name in POLECAT)


def _acled_actor(name: str | None, date: str) -> str | None:
    if name is None:
        return None
    plain = _YEARS.sub("", name)
    if match := _FORCES.match(plain):
        return codes.named(match["who"] or match["gov"], date) or codes.named(plain, date)
    return codes.named(plain, date)


def _gw(value: str | None, date: str) -> str | None:
    from foedus.actors.systems import from_gw
    from foedus.errors import UnknownActorError

    text = clean(value)
    if text is None or not text.isdigit():
        return None
    try:
        return from_gw(int(text), date)
    except UnknownActorError:
        return None


def _gw_name(name: str | None) -> str | None:
    return re.sub(r"\s*\([^)]*\)", "", name).strip() if name else None


def _ucdp_name(name: str | None, date: str) -> str | None:
    if name is None:
        return None
    return codes.named(_gw_name(name.removeprefix("Government of ")), date)


__all__ = ["ICEWS", "POLECAT", "acled", "cameo", "icews", "polecat", "ucdp"]
