"""The brief as one HTML file: no network, nothing live from a source, readable on screen, paper and by keyboard."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from foedus.brief import labels
from foedus.brief.answers import foremost, parted, standing
from foedus.brief.chart import draw
from foedus.brief.mediation import by_mediator
from foedus.brief.model import BriefModel


def render(brief: BriefModel) -> str:
    """The whole page. Styles and script stand inside and are named by hash in the page's own security policy."""
    style, script = part("shared.css") + part("brief.css"), part("brief.js")
    template = _environment().get_template("brief.html.j2")
    page: str = template.render(
        brief=brief,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        drawings={pair.key: draw(pair.chart) for pair in brief.pairs},
        acts={pair.key: {act.key: act for act in pair.acts} for pair in brief.pairs},
        sources={source.key: source for source in brief.sources},
        reasons=by_supporter(brief),
        foremost=[row for row in brief.commitments if foremost(brief.answers, row)],
        standing=standing(brief.commitments),
        parted=parted(brief.answers),
        mediators=by_mediator(brief.mediation),
        further=[row for row in brief.commitments if not foremost(brief.answers, row)],
    )
    return page


def by_supporter(brief: BriefModel) -> list[tuple[str, list[tuple[str, list[Any], list[Any]]]]]:
    """Reasons as supporter → driver → (for, against), in reading order; empty drivers left out."""
    grouped = []
    for code in dict.fromkeys(row.supporter for row in brief.reasons):
        drivers = []
        for key, title in brief.drivers:
            rows = [row for row in brief.reasons if row.supporter == code and row.driver == key]
            if rows:
                pro = [row for row in rows if row.stance == "for"]
                drivers.append((title, pro, [row for row in rows if row.stance == "against"]))
        grouped.append((code, drivers))
    return grouped


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("foedus.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        date=labels.date, name=labels.name, running=labels.running, capital=labels.capital, listed=labels.listed
    )
    environment.filters["slug"] = lambda code: re.sub(r"[^a-z0-9]+", "-", code.lower())
    environment.globals["plural"] = labels.plural
    return environment


@cache
def part(name: str) -> str:
    """A style or script of the page; `shared.css` is the workbench's too."""
    return (files("foedus.brief") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
