"""Words for codes and acts: what a person reads instead of `RUS ACCUSE USA`."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.model.dates import bounds, is_date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of this room, parsed once."""
    return tomllib.loads((files("foedus.brief") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def name(code: str) -> str:
    """The common name of a code, or the code itself where none is known."""
    vague: dict[str, str] = table("labels")["names"]["vague"]
    if code in vague:
        return vague[code]
    try:
        from foedus.actors.resolver import name as known
    except ImportError:
        return code
    try:
        return known(code) or code
    except Exception as error:  # an unknown code is shown as it is, whatever the resolver says of it
        from foedus.errors import FoedusError

        if isinstance(error, FoedusError | KeyError):
            return code
        raise


@cache
def _with_article() -> frozenset[str]:
    return frozenset(" ".join(part.split()) for part in table("labels")["names"]["article"].split(","))


def running(code: str) -> str:
    """The name inside a sentence, with its article."""
    known = name(code)
    return f"the {known}" if known in _with_article() else known


def capital(text: str) -> str:
    """The text with its first letter raised."""
    return text[:1].upper() + text[1:]


def act(
    actor: str,
    recipient: str | None,
    event_type: str,
    mode: str | None = None,
    polarity: str = "positive",
    modality: str = "actual",
    ground: str | None = None,
    nameless: str | None = None,
) -> str:
    """An act as a short sentence without its full stop: "Russia criticised the United States".

    `ground` is the place struck, where an actor struck what counts as its own; `nameless` the words for attackers
    without a name, who struck the state that stands as actor.
    """
    labels = table("labels")
    words = labels["mode"].get(f"{event_type} {mode}") or labels["type"][event_type]
    if polarity == "negative":
        helper = {"hypothetical": "may not", "future": "will not"}.get(modality, "did not")
        verb = f"{helper} {words['base']}"
    elif modality == "actual":
        verb = words["past"]
    else:
        verb = f"{'may' if modality == 'hypothetical' else 'is to'} {words['base']}"
    parts = [capital(nameless or running(actor)), verb]
    if recipient == actor and not nameless:
        parts.append(words["to"].format(r=ground or "its own side"))
    elif recipient:
        parts.append(words["to"].format(r=running(recipient)))
    if words.get("tail"):
        parts.append(words["tail"])
    return " ".join(parts)


def date(text: str | None) -> str:
    """A date as a person writes it: 22 June 2025, June 2025, 2025; "no date" for None."""
    if not text or not is_date(text):
        return "no date"
    first, _ = bounds(text)
    if len(text) == 4:
        return text
    month = f"{MONTHS[first.month - 1]} {first.year}"
    return month if len(text) == 7 else f"{first.day} {month}"


def short_day(day: dt.date) -> str:
    """A day for a narrow axis: 22 Jun."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """ "1 deed", "3 deeds"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: list[str] | tuple[str, ...]) -> str:
    """ "a, b and c"."""
    items = list(items)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
