"""The catalogue of research data: what there is, whose it is, which version, on what terms, and how to cite it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from foedus.errors import DataError


@dataclass(frozen=True, slots=True)
class Reference:
    """One work to cite. `rest` holds the other BibTeX fields as written there."""

    key: str
    kind: str
    author: str
    title: str
    year: str
    rest: str

    def bibtex(self, version: str) -> str:
        """The entry, with the version of the data as a note."""
        fields = [
            f"author = {{{self.author}}}",
            f"title = {{{{{self.title}}}}}",
            f"year = {{{self.year}}}",
            *self.rest.split("}, "),
        ]
        closed = [field if field.endswith("}") else field + "}" for field in fields]
        return f"@{self.kind}{{{self.key},\n  " + ",\n  ".join([*closed, f"note = {{{version}}}"]) + "\n}"

    def text(self) -> str:
        """The entry as a line of a bibliography."""
        authors = " and ".join(self.author.split(" and "))
        where = ", ".join(part.partition("= {")[2].rstrip("}") for part in self.rest.split("}, "))
        return f"{authors} ({self.year}). {self.title}. {where}.".replace("--", "–")


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table. `url` is None where its keeper asks users to fetch it by hand from `page`.

    `sha256` and `size` (bytes) are of the file at `url`, None where they are not recorded; `official` names the
    keepers' own files that Foedus reads in its place.
    """

    name: str
    file: str
    what: str
    keeper: str
    version: str
    span: str
    licence: str
    page: str
    cite: tuple[str, ...]
    url: str | None = None
    sha256: str | None = None
    size: int | None = None
    official: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Dataset]:
    """Every known table by name."""
    return {
        entry["name"]: Dataset(
            **{key: value for key, value in entry.items() if key not in ("bytes", "cite", "official")},
            size=entry.get("bytes"),
            cite=tuple(entry["cite"]),
            official=tuple(entry.get("official", ())),
        )
        for entry in _document()["dataset"]
    }


@lru_cache(maxsize=1)
def references() -> dict[str, Reference]:
    """Every work to cite, by key."""
    return {key: Reference(key=key, **entry) for key, entry in _document()["reference"].items()}


def dataset(name: str) -> Dataset:
    """One table's entry. Raises DataError that offers the nearest names."""
    found = catalogue().get(name)
    if found is None:
        near = difflib.get_close_matches(name, catalogue(), n=3, cutoff=0.4)
        offer = f"did you mean {', '.join(near)}?" if near else "see `foedus data list`"
        raise DataError(f"no data set is called {name!r}; {offer}")
    return found


def citations(names: Iterable[str], form: Literal["text", "bibtex"] = "text") -> str:
    """What to cite for these tables: each work once, with the data and versions it stands for.

    Names that are no data set (such as Foedus's own record of states) are passed over: they need no citation of others.
    """
    stands_for: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        entry = catalogue().get(name)
        for key in entry.cite if entry else ():
            assert entry is not None
            stands_for.setdefault(key, []).append(f"{entry.name} {entry.version}")
    works = references()
    if form == "bibtex":
        return "\n\n".join(works[key].bibtex("Data: " + ", ".join(data)) for key, data in stands_for.items())
    return "\n".join(f"{works[key].text()} [{', '.join(data)}]" for key, data in stands_for.items())


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    text = files("foedus.world.history").joinpath("data", "catalogue.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
