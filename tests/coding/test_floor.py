"""A floor under the coder's accuracy, on documents that no shipped model was fitted on (held out by a hash of their id)."""

import hashlib
import json
import sys
from pathlib import Path

import pytest

from foedus.coding.coder import Coder
from foedus.model.document import Document

sys.path.insert(0, str(Path(__file__).parent))
import scoring

CORPUS = Path(__file__).parents[2] / "training" / "corpus"
HELD_OUT = 0.06
"""Share of documents that `training/decider/train.py --hold-out` leaves out; change both together."""


def held_out():
    documents = [
        json.loads(line)
        for path in sorted(CORPUS.glob("part_*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    return [d for d in documents if int(hashlib.sha256(d["id"].encode()).hexdigest()[:8], 16) / 2**32 < HELD_OUT]


@pytest.fixture(scope="module")
def figures():
    documents = held_out()
    assert len(documents) >= 25, "the held-out documents of the training corpus are missing"
    texts = [Document(d["text"], id=d["id"], title=d["title"], published=d["published"]) for d in documents]
    coded = [[event.to_dict() for event in events] for _, events in Coder().code_all(texts)]
    return scoring.figures(zip(documents, coded, strict=True))


@pytest.mark.parametrize(("figure", "least"), [("event", 0.30), ("deed", 0.30)])
def test_accuracy_does_not_fall(figures, figure, least):
    assert figures[figure] >= least, f"{figure} F1 fell to {figures[figure]:.3f}"


def test_quiet_sentences_stay_quiet(figures):
    assert figures["quiet"] <= 0.20, f"something was coded in {figures['quiet']:.0%} of the sentences without events"
