"""Accuracy, calibration, speed and memory of the coder, with what each part brings.

    python benchmarks/coder/run.py GOLD.jsonl [--scorer PATH/score_events.py] [--speed] [--ablate] [-o results.json]

GOLD is a file in the codebook's format (the open gold, or held-out documents of the training corpus). Rows: rules alone and the
learned decider. The scorer is the project's own `score_events.py`, passed by path because it is not part of this repository.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import platform
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from foedus.coding import decide
from foedus.coding.coder import LocalBackend
from foedus.coding.features import TYPES
from foedus.model.document import Document

BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score_events", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reliability(score: Any, gold: dict[str, Any], coded: dict[str, Any]) -> list[dict[str, float]]:
    """Of the events given with a confidence in each bin, how many are right."""
    rows = []
    found: list[tuple[float, bool]] = []
    for did, g in gold.items():
        bounds = score.spans(g)
        true = {score.key(e["sentence"], e, "event") for e in g["events"]}
        for e in coded[did]["events"]:
            found.append((e["confidence"], score.key(score.place(e, g, bounds), e, "event") in true))
    for low, high in itertools.pairwise(BINS):
        inside = [right for sure, right in found if low <= sure < high]
        if inside:
            mean = statistics.mean(sure for sure, _ in found if low <= sure < high)
            rows.append(
                {"from": low, "n": len(inside), "said": round(mean, 3), "right": round(sum(inside) / len(inside), 3)}
            )
    return rows


def without(part: str) -> LocalBackend:
    """The shipped coder with one part taken away: `rules` in the pool, `context` of other sentences, or the `lexicon` the model sees."""
    backend = LocalBackend()
    decider = backend._decider
    assert decider is not None
    if part == "rules":
        decider.meta["thresholds"] |= {"type": 0.0, "roles": 0.0, "voice": 0.0, "time": 0.0}
    elif part == "context":
        read = decider.read

        def alone(documents: Any) -> Any:
            flat = [[sentence] for document in documents for sentence in document]
            readings = iter(reading for (reading,) in read(flat))
            return [[next(readings) for _ in document] for document in documents]

        decider.read = alone  # type: ignore[method-assign]
    else:
        kept = decide.predicate_features

        def blind(e: Any, p: Any) -> Any:
            row = kept(e, p)
            row[: 3 * len(TYPES) + 3] = 0
            return row

        decide.predicate_features = blind
    return backend


def ablate(score: Any, gold: dict[str, Any], documents: list[Document]) -> dict[str, Any]:
    """Event, deed and dyad F1 with one part taken away at a time."""
    rows = {}
    for part in ("rules", "context", "lexicon"):
        decide.decider.cache_clear()
        before = decide.predicate_features
        backend = without(part)
        coded = {
            d.id: {"events": [e.to_dict() for e in events]}
            for d, events in zip(documents, backend.code_batch(documents), strict=True)
        }
        decide.predicate_features = before
        r = score.score(gold, coded)
        rows[part] = {level: round(r[f"{level}_f1"]["f1"], 3) for level in ("event", "deed", "dyad")}
        print(f"  without {part}: " + ", ".join(f"{level} {value:.3f}" for level, value in rows[part].items()))
    decide.decider.cache_clear()
    return rows


CORPUS = Path(__file__).parents[2] / "training" / "corpus"


def of_length(
    documents: list[Document], gold: dict[str, Any], least: int = 22, most: int = 28
) -> tuple[list[Document], int]:
    """Documents of ten sentences of about 25 words each, from the training corpus; and how many sentences they hold."""
    made, held = [], 0
    for path in sorted(CORPUS.glob("part_*.jsonl")):
        picked: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            doc = json.loads(line)
            picked.extend(s for s in doc["sentences"] if least <= len(s.split()) <= most)
        for at in range(0, min(len(picked), 250) - 9, 10):
            made.append(Document(text=" ".join(picked[at : at + 10]), id=f"{path.stem}-{at}", published="2020-01-01"))
            held += 10
    return (made, held) if made else (documents, sum(len(g["sentences"]) for g in gold.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, default=Path("../shared/eval/score_events.py"))
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    score = scorer(args.scorer)
    gold = score.load(args.gold)
    documents = [
        Document(text=g["text"], id=g["id"], title=g.get("title"), published=g["published"]) for g in gold.values()
    ]
    result: dict[str, Any] = {
        "gold": args.gold.name,
        "documents": len(documents),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }
    for name, learned in (("rules alone", False), ("rules, lexicon and decider", True)):
        backend = LocalBackend(learned=learned)
        coded = {
            d.id: {"events": [e.to_dict() for e in events]}
            for d, events in zip(documents, backend.code_batch(documents), strict=True)
        }
        r = score.score(gold, coded)
        result[name] = r
        print(f"\n{name}")
        for level in ("event", "deed", "dyad", "quad"):
            f = r[f"{level}_f1"]
            print(f"  {level:6} P {f['p']:.3f} R {f['r']:.3f} F1 {f['f1']:.3f}")
        print(f"  sentences without events in which something was coded: {r['null_fp']}")
        for field, f in r["marked"].items():
            print(f"  {field}: F1 {f['f1']:.3f}")
        for field, f in r["fields"].items():
            print(f"  {field}: accuracy {f['accuracy']:.3f} of {f['n']}")
        if learned:
            result["reliability"] = reliability(score, gold, coded)
            print("  confidence: said → right (n)")
            for row in result["reliability"]:
                print(f"    {row['said']:.2f} → {row['right']:.2f} ({row['n']})")
        if args.speed:
            many, sentences = of_length(documents, gold)
            words = sum(len(d.text.split()) for d in many)
            runs = []
            for _ in range(3):
                began = time.process_time()
                for at in range(0, len(many), 32):
                    backend.code_batch(many[at : at + 32])
                runs.append(time.process_time() - began)
            took = statistics.median(runs)
            result[name]["speed"] = {
                "sentences_per_s": round(sentences / took, 1),
                "words_per_s": round(words / took),
                "words_per_sentence": round(words / sentences, 1),
            }
            print(
                f"  speed: {sentences / took:.0f} sentences/s of {words / sentences:.1f} words, CPU time, median of 3"
            )
    if args.ablate:
        print("\none part taken away")
        result["ablation"] = ablate(score, gold, documents)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result["peak_memory_mb"] = round(peak)
    print(f"\npeak memory {peak:.0f} MB")
    if args.output:
        args.output.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
