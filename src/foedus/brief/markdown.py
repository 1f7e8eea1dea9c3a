"""The brief as Markdown, for notes and mail; text from sources is escaped, so that none of it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.brief import labels
from foedus.brief.answers import parted, shared
from foedus.brief.html import by_supporter
from foedus.brief.mediation import by_mediator
from foedus.brief.model import BriefModel, Evidence, TimelineRow

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$^])")


def escape(text: str) -> str:
    """The text on one line with every character that Markdown or HTML could take for its own made plain."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    plain = re.sub(r"(?i)\b(https?|ftp|javascript|data|mailto)(:)", r"\1\\\2", plain)
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", plain))


def render(brief: BriefModel) -> str:
    """The whole brief; figures in it lead to the numbered evidence at its end."""
    lines = [f"# {escape(brief.title)}", ""]
    lines += _crisis(brief)
    lines += ["## 2. The answer", ""]
    full, thin = parted(brief.answers)
    lines += [f"- {escape(line)}" for line in (*(answer.line for answer in full), *shared(thin))]
    lines += ["Nobody beyond the sides acts in these sources."] if brief.alone else []
    lines += ["", *(f"{escape(line)}.  " for line in brief.silent), ""]
    if brief.mediation:
        lines += ["### Offers and attempts to mediate", ""]
        for title, code, rows in by_mediator(brief.mediation):
            quotes = "; ".join(f"“{escape(row.quote)}” {escape(row.who)} [{row.anchor}](#{row.anchor})" for row in rows)
            lines.append(f"- {escape(labels.capital(title))}: {escape(labels.name(code))}: {quotes}")
        lines += [""]
    lines += _ledger(brief)
    lines += _promises(brief)
    lines += _reasons(brief)
    lines += _timeline(brief)
    if brief.assessment:
        part = brief.assessment
        lines += [f"### {escape(part['title'])}", "", *(f"{escape(note)}  " for note in part["notes"]), ""]
        lines += (
            _table(part["columns"], [[escape(cell) for cell in row] for row in part["rows"]]) if part["rows"] else []
        )
        lines += [""]
    lines += _evidence(brief)
    lines += ["---", "", escape(" · ".join(f"{part} {version}" for part, version in brief.versions.items()))]
    return "\n".join(lines) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return ["None.", ""]
    head = "| " + " | ".join(heads) + " |"
    return [head, "|" + " --- |" * len(heads), *("| " + " | ".join(row) + " |" for row in rows), ""]


def _refs(evidence: Sequence[Evidence]) -> str:
    return " ".join(f"[{told.anchor}](#{told.anchor})" for told in evidence)


def _crisis(brief: BriefModel) -> list[str]:
    rows = [
        [
            f"{escape(labels.name(attack.attacked))} ({attack.attacked})",
            f"{escape(labels.name(attack.attacker))} ({attack.attacker})",
            labels.date(attack.date) + {"report": " (day of the report)", "given": " (given)"}.get(attack.dated, ""),
            " ".join(f"[{anchor}](#{anchor})" for anchor in attack.anchors[:8]),
        ]
        for attack in brief.crisis.attackers
    ]
    lines = ["## 1. The crisis", "", *_table(["Attacked", "By", "First attack", "Sentences"], rows)]
    lines += [f"> {escape(doubt)}\n" for doubt in brief.crisis.doubts]
    sources = [
        [
            source.key,
            escape(source.title),
            escape(", ".join(part for part in (source.byline, source.outlet) if part) or "not named"),
            labels.date(source.published) + (" (inferred)" if source.published_inferred else ""),
            str(source.events) if source.bearing else "no bearing",
        ]
        for source in brief.sources
    ]
    lines += _table(["", "Source", "Author, outlet", "Published", "Events"], sources)
    return lines + [f"- Not read: {escape(fault)}" for fault in brief.faults] + ([""] if brief.faults else [])


def _ledger(brief: BriefModel) -> list[str]:
    lines = ["## 3. Words and deeds", ""]
    for pair in brief.pairs:
        acts = {act.key: act for act in pair.acts}
        lines += [f"### {escape(labels.name(pair.supporter))} → {escape(labels.name(pair.client))}", ""]
        rows = []
        for _, title, keys in pair.groups:
            for key in keys:
                act = acts[key]
                notes = [
                    "on the client's behalf" if act.on_behalf else "",
                    act.standing if act.standing != "stands" else "",
                    "dated by the report" if act.dated == "report" else "",
                ]
                told = "; ".join(note for note in notes if note)
                rows.append(
                    [
                        title,
                        labels.date(act.date),
                        escape(act.what) + (f" ({told})" if told else ""),
                        str(act.reports),
                        _refs(act.evidence),
                    ]
                )
        lines += _table(["", "Date", "Act", "Reports", "Sentences"], rows)
    return lines


def _promises(brief: BriefModel) -> list[str]:
    lines = ["## 4. Promises", ""]
    if brief.commitments_note:
        lines += [f"> {escape(brief.commitments_note)}", ""]
    rows = [
        [
            f"{escape(labels.name(row.supporter))} → {escape(labels.name(row.toward))}",
            escape(row.treaty),
            f"**{row.asks}**, {row.status}",
            escape(row.reason),
            escape(row.source),
        ]
        # Standing promises of no aggression ask nothing new of anybody, and come last.
        for row in sorted(brief.commitments, key=lambda row: row.asks == "not aggress")
    ]
    return lines + _table(["Who, towards whom", "Treaty", "Asks now", "Why", "Source"], rows)


def _reasons(brief: BriefModel) -> list[str]:
    lines = ["## 5. Reasons the sources give", ""]
    for code, drivers in by_supporter(brief):
        lines += [f"### {escape(labels.name(code))}", ""]
        for title, pro, contra in drivers:
            lines += [f"**{title}**", ""]
            for side, rows in (("for", pro), ("against", contra)):
                for row in rows:
                    lines.append(f"- {side}: “{escape(row.quote)}” — {escape(row.who)} [{row.anchor}](#{row.anchor})")
            lines.append("")
    return lines if brief.reasons else [*lines, "None in words that we know.", ""]


def _timeline(brief: BriefModel) -> list[str]:
    def rows(acts: Sequence[TimelineRow]) -> list[list[str]]:
        found = []
        for row in acts:
            what = escape(row.what)
            mark = "" if row.standing in ("stands", "historical") else f" ({row.standing})"
            date = labels.date(row.date) + (" (day of the report)" if row.dated == "report" else "")
            found.append([date, (f"**{what}**" if row.material else what) + mark, _refs(row.evidence)])
        return found

    lines = ["## 6. Timeline", "", *_table(["Date", "Act", "Sentences"], rows(brief.timeline))]
    if brief.background:
        lines += ["### Background", "", *_table(["Date", "Act", "Sentences"], rows(brief.background))]
    said = [
        [escape(row.who), f"“{escape(row.what)}”" if row.quoted else escape(row.what), _refs([row.evidence])]
        for row in brief.claims
    ]
    lines += ["### Who says so", "", *_table(["Speaker", "What is said", "Where"], said), "### What to watch", ""]
    for watched in brief.watch:
        when = f" [{escape(', '.join(watched.dates))}]" if watched.dates else ""
        lines.append(
            f"- {watched.kind}{when}: {escape(watched.quote)} — {escape(watched.who)} "
            f"[{watched.anchor}](#{watched.anchor})"
        )
    return [*lines, ""]


def _evidence(brief: BriefModel) -> list[str]:
    lines = ["## 7. Evidence", "", "Sentences with events, and those quoted above.", ""]
    cited = {row.anchor for row in brief.reasons} | {row.anchor for row in brief.watch}
    cited |= {row.anchor for row in brief.mediation}
    cited |= {row.evidence.anchor for row in brief.claims}
    cited |= {anchor for attack in brief.crisis.attackers for anchor in attack.anchors}
    titles = {source.key: source.title for source in brief.sources}
    for document in brief.documents:
        lines += [f"### {document.key}: {escape(titles[document.key])}", ""]
        for paragraph in document.paragraphs:
            for sentence in paragraph.sentences:
                if not sentence.events and sentence.anchor not in cited:
                    continue
                words = "".join(f"{_mark(run.text, run.roles)}" for run in sentence.runs)
                lines.append(f'- <a id="{sentence.anchor}"></a>**{sentence.anchor}** {words}')
                lines += [f"  - {escape(event)}" for event in sentence.events]
        lines.append("")
    return lines


def _mark(text: str, roles: Sequence[str]) -> str:
    """A marked stretch with its roles in words, since Markdown has no colours."""
    plain = escape(text)
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    if not roles:
        return f"{lead}{plain}{tail}" if text.strip() else " "
    return f"{lead}**{plain}**<sub>{'+'.join(roles)}</sub>{tail}"
