"""What the corpus holds, counted from its files.

    python training/corpus/describe.py [--write] [--gold PATH/documents.jsonl]

Prints the parts, styles, regions, years and types in Markdown; `--write` puts them into README.md. `--gold` also counts
sentences that stand word for word in an evaluation file; there must be none.
"""

from __future__ import annotations

import argparse
import collections
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BEGIN, END = "<!-- corpus:begin -->", "<!-- corpus:end -->"
MATERIAL = {"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
Doc = dict[str, Any]


def load(path: Path) -> list[Doc]:
    """The documents of one file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def counts(docs: list[Doc]) -> tuple[int, int, int, int]:
    """Documents, sentences, events, sentences without events."""
    sentences = sum(len(d["sentences"]) for d in docs)
    busy = sum(len({e["sentence"] for e in d["events"]}) for d in docs)
    return len(docs), sentences, sum(len(d["events"]) for d in docs), sentences - busy


def listed(values: Iterable[str], limit: int) -> str:
    """The commonest values with their numbers, and how many others there are."""
    tally = collections.Counter(values).most_common()
    head = ", ".join(f"{name} {n}" for name, n in tally[:limit])
    rest = tally[limit:]
    return head + (f", and {len(rest)} more labels with {sum(n for _, n in rest)} documents" if rest else "")


def is_deed(e: dict[str, Any]) -> bool:
    """Rule 1 of the codebook."""
    return e["type"] in MATERIAL and e["polarity"] == "positive" and e["modality"] == "actual"


def description(parts: dict[str, list[Doc]]) -> str:
    """The tables, in Markdown."""
    docs = [d for part in parts.values() for d in part]
    events = [e for d in docs for e in d["events"]]
    lines = ["| part | documents | sentences | events | sentences without events |", "|---|---|---|---|---|"]
    for name, part in [*parts.items(), ("all", docs)]:
        n, sentences, coded, quiet = counts(part)
        lines.append(f"| {name} | {n} | {sentences} | {coded} | {quiet} ({quiet / sentences:.1%}) |")
    years = collections.Counter(int(d["published"][:4]) // 10 * 10 for d in docs)
    lines += [
        "",
        f"- Styles: {listed((d['style'] for d in docs), 20)}.",
        f"- Regions: {listed((d['region'] for d in docs), 20)}.",
        f"- Published {min(d['published'] for d in docs)[:4]}–{max(d['published'] for d in docs)[:4]}: "
        + ", ".join(f"{y}s {years[y]}" for y in sorted(years))
        + ".",
        f"- Deeds {sum(map(is_deed, events))}; negative {sum(e['polarity'] == 'negative' for e in events)}; "
        f"future {sum(e['modality'] == 'future' for e in events)}; "
        f"hypothetical {sum(e['modality'] == 'hypothetical' for e in events)}; "
        f"with a speaker {sum(bool(e['speaker']) for e in events)}; with a date {sum(bool(e['date']) for e in events)}; "
        f"with a mode {sum(bool(e['mode']) for e in events)}; historical {sum(bool(e['historical']) for e in events)}; "
        f"without a recipient {sum(e['recipient'] is None for e in events)}.",
        f"- Actor and recipient codes: {len({c for e in events for c in (e['actor'], e['recipient']) if c})} different.",
        "",
        "| type | events | negative | future or hypothetical |",
        "|---|---|---|---|",
    ]
    for name, n in collections.Counter(e["type"] for e in events).most_common():
        own = [e for e in events if e["type"] == name]
        negative = sum(e["polarity"] == "negative" for e in own)
        lines.append(f"| {name} | {n} | {negative} | {sum(e['modality'] != 'actual' for e in own)} |")
    return "\n".join(lines)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    parser.add_argument("--gold", type=Path, help="an evaluation file that the corpus must not overlap")
    args = parser.parse_args()
    parts = {path.stem: load(path) for path in sorted(HERE.glob("part_*.jsonl"))}
    if not parts:
        sys.exit(f"no part_*.jsonl beside {Path(__file__).name}")
    text = description(parts)
    print(text)
    if args.write:
        readme = HERE / "README.md"
        old = readme.read_text(encoding="utf-8")
        readme.write_text(f"{old.split(BEGIN)[0]}{BEGIN}\n{text}\n{END}{old.split(END)[1]}", encoding="utf-8")
    ids = collections.Counter(d["id"] for part in parts.values() for d in part)
    twice = [i for i, n in ids.items() if n > 1]
    shared: set[str] = set()
    if args.gold:
        ours = {s for part in parts.values() for d in part for s in d["sentences"]}
        shared = ours & {s for d in load(args.gold) for s in d["sentences"]}
        print(f"\nsentences that also stand in {args.gold.name}: {len(shared)}")
    if twice or shared:
        sys.exit(f"ids given twice: {twice[:5]}; sentences shared with the evaluation file: {sorted(shared)[:5]}")


if __name__ == "__main__":
    main()
