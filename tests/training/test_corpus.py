"""The training corpus: its format, its codes, and the words that its events point to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foedus.actors.tables import bodies, groups, states

CORPUS = Path(__file__).resolve().parents[2] / "training" / "corpus"
FILES = sorted(CORPUS.glob("*.jsonl"))
SPEAKERS_ONLY = {"WEST", "GULF", "ANALYSTS", "MEDIA", "UNKNOWN"}
# Groups and places of one story that the actor tables do not hold, because no crisis data set names them.
LOCAL = {
    "AIA", "AITARAK", "AKDN", "ANONYMOUS", "ANSAR AL SHARIA", "ARAB REVOLUTIONARY CELLS", "CAF BANK", "DRUZE", "DZG", "FATAH UPRISING",
    "ISLAMIC JIHAD", "JEWISH AGENCY", "PLF", "PLOTE", "SALAFIA JIHADIA", "SULU", "TAK", "UNGERN", "WIKILEAKS", "ZIONISTS",
}  # fmt: skip


def _documents(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _known() -> set[str]:
    """Every code of the actor tables, as the event format spells it: without hyphens."""
    return {code.replace("-", " ") for table in (states(), bodies(), groups()) for code in table}


def test_the_corpus_is_there() -> None:
    assert {"part_a.jsonl", "part_b.jsonl", "part_c.jsonl", "part_d.jsonl", "second.jsonl"} <= {f.name for f in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_code_is_in_the_actor_tables_or_listed(path: Path) -> None:
    known, used = _known() | LOCAL, set()
    for doc in _documents(path):
        for event in doc["events"]:
            used |= {event["actor"], event["recipient"]} - {None}
            if event["speaker"] not in SPEAKERS_ONLY | {None}:
                used.add(event["speaker"])
    assert used <= known, sorted(used - known)


def test_the_listed_groups_are_needed() -> None:
    used = {e[k] for f in FILES for d in _documents(f) for e in d["events"] for k in ("actor", "recipient", "speaker")}
    assert used >= LOCAL, "not used any more"
    assert not LOCAL & _known(), "now in the actor tables"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_events_point_to_words_of_their_sentence(path: Path) -> None:
    for doc in _documents(path):
        at = 0
        for sentence in doc["sentences"]:
            at = doc["text"].index(sentence, at) + len(sentence)
        for event in doc["events"]:
            sentence = doc["sentences"][event["sentence"]]
            for field in ("trigger", "actor_text", "recipient_text"):
                words = event[field]
                assert words is None or words in sentence, (doc["id"], event["sentence"], field, words)


def test_both_annotations_read_the_same_text() -> None:
    first = {d["id"]: d["sentences"] for f in FILES if f.stem.startswith("part_") for d in _documents(f)}
    for doc in _documents(CORPUS / "second.jsonl"):
        assert first.get(doc["id"]) == doc["sentences"], doc["id"]


def test_no_document_stands_in_two_parts() -> None:
    ids = [d["id"] for f in FILES if f.stem.startswith("part_") for d in _documents(f)]
    assert len(ids) == len(set(ids))
