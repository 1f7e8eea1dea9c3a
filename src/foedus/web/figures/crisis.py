"""Figures of the crisis: answer lines, the acts behind the bars, duties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from foedus.brief import labels
from foedus.model.ledger import Act
from foedus.web.figures.figure import Figure, Row
from foedus.web.live import Live

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
ACT_COLUMNS: Final = (
    "id", "supporter", "client", "section", "direction", "standing", "on_behalf", "date", "dated", "what", "type", "mode",
    "intensity", "reports", "documents", "speakers", "denied_by", "quotes",
)  # fmt: skip


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
