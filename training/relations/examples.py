"""Labelled sentences with two spans: our own, generated ones, and (by option, local use only) PLV's training half."""

from __future__ import annotations

import json
import os
import random
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
PLV_CLASSES = tuple(sorted({"YIELD", *TYPES} - {"CONCEDE", "RETREAT"}))
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 0),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD", "CONCEDE", "RETREAT"), 1),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 2),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 3),
}  # PLV counts all of YIELD as material cooperation


@dataclass(frozen=True)
class Example:
    """`label` is a PLOVER type or PLV's YIELD; spans are character offsets or None."""

    text: str
    actor: tuple[int, int] | None
    recipient: tuple[int, int] | None
    label: str
    group: str = ""
    weight: float = 1.0


def from_marks(marked: str, label: str, group: str = "", marks: str = "<>{}", weight: float = 1.0) -> Example:
    """`<Kyiv> thanked {Oslo}.` to an example; the first mark of each kind counts, the others lose their marks."""
    text, spans, opened = "", {}, {}
    a0, a1, r0, r1 = marks
    for char in marked:
        if char in (a0, r0):
            opened[char] = len(text)
        elif char in (a1, r1):
            begin = a0 if char == a1 else r0
            if begin in opened:
                spans.setdefault(begin, (opened.pop(begin), len(text)))
        else:
            text += char
    return Example(text, spans.get(a0), spans.get(r0), label, group, weight)


def own_lines() -> list[tuple[str, str]]:
    """Type and marked sentence of `training/relations/data/sentences*.tsv`."""
    found = []
    for path in sorted((HERE / "data").glob("sentences*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                label, marked = line.split("\t", 1)
                if label not in TYPES:
                    raise SystemExit(f"{path.name}: {label} is no type: {line[:80]}")
                found.append((label, marked))
    return found


def own() -> list[Example]:
    """Sentences written for this model."""
    return [from_marks(marked, label, "own") for label, marked in own_lines()]


def corpus() -> list[Example]:
    """Events of the training corpus (`training/corpus/part_*.jsonl`) whose actor and recipient stand in their sentence.

    Left out: pairs with two types in one sentence (the spans do not say which is meant), and sanctions and convictions,
    where the corpus keeps to the codebook and PLV to the table of 2021.
    """
    found = []
    for path in sorted((HERE.parent / "corpus").glob("part_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            types: dict[tuple[str, Span | None, Span | None], set[str]] = {}
            for event in document["events"]:
                text = document["sentences"][event["sentence"]]
                actor, recipient = _place(text, event.get("actor_text")), _place(text, event.get("recipient_text"))
                if actor and (recipient or not event.get("recipient")):
                    types.setdefault((text, actor, recipient), set()).add(event["type"])
            for (text, actor, recipient), kinds in types.items():
                kind = next(iter(kinds))
                if len(kinds) == 1 and not (kind == "SANCTION" and _CONVENTION.search(text)):
                    found.append(Example(text, actor, recipient, kind, "corpus"))
    return found


Span = tuple[int, int]
_CONVENTION = re.compile(r"sanctions?\b|embargo|tariff|convict|sentenced|guilty", re.IGNORECASE)


def _place(text: str, words: str | None) -> Span | None:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) if words else None
    return found.span() if found else None


def plv() -> list[Example]:
    """PLV's training half where the research data are, with marks turned to spans."""
    path = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "coding" / "plv_train.tsv"
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        fields = line.split("\t")
        marked = fields[4].strip().strip('"').replace('""', '"')
        marked = re.sub(r"[\ue000-\ue003]", "", marked)
        for tag, mark in (("<s>", "\ue000"), ("</s>", "\ue001"), ("<t>", "\ue002"), ("</t>", "\ue003")):
            marked = marked.replace(tag, mark)
        found.append(from_marks(marked, fields[2], "plv", "\ue000\ue001\ue002\ue003"))
    return found


def _context() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (HERE / "data" / "context.tsv").read_text(encoding="utf-8").splitlines():
        where, words = line.split("\t")
        found.setdefault(where, []).append(words)
    return found


def in_context(marked: str, rng: random.Random, context: dict[str, list[str]]) -> str:
    """The marked sentence with news around it that says nothing of its type, so that only the predicate tells."""
    marked = marked.rstrip(".")
    if "<" in marked and rng.random() < 0.2:
        marked = marked.replace(">", ">" + rng.choice(context["middle"]), 1)
    if rng.random() < 0.6:
        marked += rng.choice(context["after"])
    if rng.random() < 0.45:
        # A name keeps its capital; an article or a lone noun may lose it. The model reads lower case anyway.
        marked = rng.choice(context["before"]).replace("_", marked)
    return marked[0].upper() + marked[1:] + "."


def generated(per_template: int, seed: int) -> list[Example]:
    """Templates (`data/templates.tsv`): one of the choices in each bracket, then context around it."""
    rng, context = random.Random(seed), _context()
    found = []
    for line in (HERE / "data" / "templates.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, template = line.split("\t")
            for _ in range(per_template):
                said = re.sub(r"\(([^()]*)\)", lambda m: rng.choice(m[1].split("|")), template)
                found.append(from_marks(in_context(said, rng, context), label, "generated"))
    return found


def own_in_context(copies: int, seed: int) -> list[Example]:
    """Our own sentences as written, and `copies` times with other context."""
    rng, context = random.Random(seed), _context()
    found = own()
    for _ in range(copies):
        for label, marked in own_lines():
            found.append(from_marks(in_context(marked, rng, context), label, "own"))
    return found
