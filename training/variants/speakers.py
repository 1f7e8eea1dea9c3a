"""Whose word it is: speakers of all sorts, with the code that stands for them."""

from __future__ import annotations

import random

from . import english, names

_VAGUE = (
    ("two diplomats", "UNKNOWN"), ("witnesses", "UNKNOWN"), ("a source close to the talks", "UNKNOWN"), ("aid workers", "UNKNOWN"),
    ("three people who saw the cable", "UNKNOWN"), ("residents", "UNKNOWN"), ("several officials", "UNKNOWN"),
    ("a person with knowledge of the matter", "UNKNOWN"), ("human rights monitors", "UNKNOWN"), ("traders", "UNKNOWN"),
    ("an officer who asked not to be named", "UNKNOWN"), ("two bankers", "UNKNOWN"), ("survivors", "UNKNOWN"),
    ("analysts", "ANALYSTS"), ("military analysts", "ANALYSTS"), ("one analyst", "ANALYSTS"), ("experts", "ANALYSTS"),
    ("most observers", "ANALYSTS"), ("a historian of the region", "ANALYSTS"), ("researchers", "ANALYSTS"),
    ("local media", "MEDIA"), ("newspapers", "MEDIA"), ("press reports", "MEDIA"), ("state television", "MEDIA"),
    ("several newspapers", "MEDIA"), ("local radio", "MEDIA"),
)  # fmt: skip
_BODIES = (
    ("the United Nations", "UN", 1946), ("a UN spokesman", "UN", 1946), ("NATO", "NATO", 1950), ("NATO officials", "NATO", 1950),
    ("the European Union", "EU", 1995), ("EU diplomats", "EU", 1995), ("the IAEA", "IAEA", 1958), ("the African Union", "AU", 2003),
    ("the Arab League", "ARAB LEAGUE", 1946), ("the OSCE", "OSCE", 1996),
)  # fmt: skip
_STATE = (
    "{a} officials", "the {a} foreign ministry", "the {a} government", "{a} diplomats", "the {a} defence ministry", "{n}", "{c}",
    "the {a} ambassador", "a {a} spokesman", "{a} intelligence officers", "the {a} army", "the foreign minister of {n}",
    "a senior {a} official", "a {a} general", "the government of {n}", "the {a} president", "{a} commanders",
)  # fmt: skip


def speaker(rng: random.Random, year: int, without: frozenset[str]) -> tuple[str, str]:
    """A phrase that can open `… said`, and the code of whom it names."""
    luck = rng.random()
    if luck < 0.3:
        return rng.choice(_VAGUE)
    if luck < 0.4:
        fit = [(phrase, code) for phrase, code, since in _BODIES if since <= year and code not in without]
        if fit:
            return rng.choice(fit)
    state = names.draw(rng, year, 1, without)[0]
    return of_state(rng, state), state.code


def of_state(rng: random.Random, state: names.Forms) -> str:
    pattern = rng.choice(_STATE)
    if "{c}" in pattern and not state.capital:
        pattern = "{n}"
    text = pattern.format(a=state.adjective, n=state.full, c=state.capital)
    return (
        f"{english.article(state.adjective)} {text[2:]}"
        if text.startswith("a ") and pattern.startswith("a {a}")
        else text
    )


def many(phrase: str) -> bool:
    """Whether the speaker takes a plural verb."""
    last = phrase.split(" of ")[0].split()[-1]
    return (
        last.endswith(("s", "media"))
        and not last.endswith("ss")
        and phrase.split()[-1] not in ("States", "Nations", "Netherlands", "Philippines", "Emirates")
        or phrase.startswith(("three", "two"))
    )
