"""Choose the decider's thresholds and calibrate its confidences on the documents that the fit left out.

    python training/decider/settle.py [--version decider-3] [--hold-out 0.06] [--only joint event]

Thresholds and pool weights climb one coordinate at a time towards the mean of event, deed and dyad F1; confidences are fitted by
isotonic regression. Both are written into `model.json`. Nothing of `eval/gold` is read here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "coding"))
import scoring
from data import documents

from foedus.coding.coder import LocalBackend
from foedus.coding.decide import Decider
from foedus.coding.parse import parse
from foedus.model.document import Document

ROOT = Path(__file__).parents[2]

GRID: dict[str, tuple[float, ...]] = {
    "event": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45),
    "joint": (0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35),
    "place": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "type": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5),
    "roles": (0.0, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5),
    "voice": (0.0, 0.15, 0.3, 0.45, 0.6),
    "time": (0.0, 0.15, 0.3, 0.45, 0.6),
}
KNOTS = 12


def held_out(share: float) -> list[dict[str, Any]]:
    """The documents left out of the fit."""
    return [
        doc
        for doc in documents(sorted((ROOT / "training" / "corpus").glob("part_*.jsonl")))
        if int(hashlib.sha256(doc["id"].encode()).hexdigest()[:8], 16) / 2**32 < share
    ]


class Bench:
    """Codes the same documents again and again; parsing and reading are done once."""

    def __init__(self, version: str, docs: list[dict[str, Any]]) -> None:
        self.docs = docs
        self.backend = LocalBackend(learned=False)
        self.decider = self.backend._decider = Decider(version)
        self.decider.knots = ([0.0, 1.0], [0.0, 1.0])
        self.texts = [Document(d["text"], id=d["id"], title=d["title"], published=d["published"]) for d in docs]
        self.plans = [self.backend._plan(text) for text in self.texts]
        for _ in parse(sentence for plan in self.plans for sentence, _, wanted in plan if wanted):
            pass
        self.read = self.backend._read(self.texts, self.plans)

    def coded(self, thresholds: dict[str, float]) -> list[list[dict[str, Any]]]:
        self.decider.meta["thresholds"] = thresholds
        return [
            [event.to_dict() for event in self.backend._code(text, plan, self.read)]
            for text, plan in zip(self.texts, self.plans, strict=True)
        ]

    def score(self, thresholds: dict[str, float]) -> tuple[float, dict[str, float]]:
        found = scoring.figures(zip(self.docs, self.coded(thresholds), strict=True))
        return (
            float(np.mean([found["event"], found["deed"], found["dyad"], 0.3 * found["speaker"], 0.3 * found["date"]])),
            found,
        )


def climb(bench: Bench, thresholds: dict[str, float], names: list[str], rounds: int = 2) -> dict[str, float]:
    """The best thresholds found by trying each in turn, twice round."""
    best, figures = bench.score(thresholds)
    print({k: round(v, 3) for k, v in figures.items()}, file=sys.stderr)
    for _ in range(rounds):
        for name in names:
            for value in GRID[name]:
                tried = {**thresholds, name: value}
                got, found = bench.score(tried)
                if got > best + 1e-4:
                    best, thresholds, figures = got, tried, found
            print(name, thresholds[name], {k: round(v, 3) for k, v in figures.items()}, file=sys.stderr, flush=True)
    return thresholds


def calibrate(bench: Bench, thresholds: dict[str, float]) -> tuple[list[float], list[float]]:
    """Knots of a rising line from the product of probabilities to the share that is right."""
    from sklearn.isotonic import IsotonicRegression

    said, right = [], []
    for doc, events in zip(bench.docs, bench.coded(thresholds), strict=True):
        for sure, good in scoring.judged(doc, events):
            said.append(sure)
            right.append(good)
    # Two pseudo-events at each end keep the line off 0 and 1, which so few events cannot show.
    x = np.array([*said, 0.0, 0.0, 1.0, 1.0])
    y = np.array([*map(float, right), 0.0, 0.2, 0.9, 1.0])
    line = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip").fit(x, y)
    knots = np.quantile(x, np.linspace(0, 1, KNOTS))
    # Means of neighbouring quantiles smooth the steps of the isotonic fit.
    height = np.maximum.accumulate([float(line.predict(x[(x >= a - 0.05) & (x <= a + 0.05)]).mean()) for a in knots])
    # The documents left out are harder than news copy: half-way to what the heads say themselves is nearer the truth for both.
    return [round(float(a), 4) for a in knots], [round(float(a + b) / 2, 4) for a, b in zip(knots, height, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", default="decider-3")
    parser.add_argument("--hold-out", type=float, default=0.06)
    parser.add_argument(
        "--only", nargs="*", choices=GRID, default=list(GRID), help="what to choose; nothing: only calibrate"
    )
    args = parser.parse_args()
    bench = Bench(args.version, held_out(args.hold_out))
    path = ROOT / "src" / "foedus" / "coding" / "models" / args.version / "model.json"
    meta = json.loads(path.read_text("utf-8"))
    meta["thresholds"] = climb(bench, meta["thresholds"], args.only)
    meta["confidence"] = calibrate(bench, meta["thresholds"])
    path.write_text(json.dumps(meta, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
