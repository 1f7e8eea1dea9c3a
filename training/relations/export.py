"""The final fit and its export to int8 ONNX with card, labels and hashes."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import time
from pathlib import Path

import examples as ex
import numpy as np
import torch
from encoder import weights_folder

ROOT = Path(__file__).parents[2]


def to_onnx(model, path: Path) -> None:
    """Full-precision ONNX with free batch and length."""
    ids = torch.ones(2, 9, dtype=torch.long)
    places = torch.tensor([1, 3])
    batch, length = {0: "batch"}, {0: "batch", 1: "length"}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids), places, places + 2),
        str(path),
        input_names=["ids", "mask", "actor", "recipient"],
        output_names=["logits"],
        dynamic_axes={"ids": length, "mask": length, "actor": batch, "recipient": batch, "logits": batch},
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Weights to int8, activations at run time: a quarter of the size, three times the speed."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source), str(target), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True, reduce_range=True,
    )  # fmt: skip


def calibrate(logits: np.ndarray, allowed: np.ndarray) -> float:
    """The temperature that makes held-out probabilities honest (least negative log-likelihood)."""

    def loss(t: float) -> float:
        z = logits / t
        logp = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
        return float(-np.logaddexp.reduce(np.where(allowed > 0, logp, -1e9), axis=1).mean())

    return float(min(np.arange(0.5, 3.01, 0.05), key=loss))


def export(args) -> None:
    """Fit on everything, export, compare with torch, write labels and hashes."""
    import train as T

    work = ROOT / "training" / "work"
    work.mkdir(parents=True, exist_ok=True)
    place = ROOT / "src" / "foedus" / "coding" / "models" / f"relations-{args.version}"
    place.mkdir(parents=True, exist_ok=True)
    began = time.time()
    mine = T.own_examples(args)
    data = ex.plv() if args.plv else []
    runs = []
    for seed in range(args.seed, args.seed + args.seeds):
        first = T.first_stage(mine, args, args.seed)  # one start for all runs, so that their mean makes sense
        if not data:
            runs = [first]
            break
        final = data + random.Random(seed).sample(mine, min(len(mine), args.mix))
        runs.append(T.fit(final, args, seed, args.epochs, start=first.state_dict(), log=True))
    model = T.mean_of(runs)
    torch.save(model.state_dict(), work / f"relations-{args.version}.pt")
    to_onnx(model, work / "relations.onnx")
    quantise(work / "relations.onnx", place / "model.onnx")
    shutil.copy(weights_folder() / "tokenizer.json", place / "tokenizer.json")
    settings = {
        "version": args.version,
        "types": list(ex.TYPES),
        "actor_marker": T.ACTOR,
        "recipient_marker": T.RECIPIENT,
        "cls": T.CLS,
        "sep": T.SEP,
        "max_len": T.MAX_LEN,
        "temperature": args.temperature,
        "sha256": {n: hashlib.sha256((place / n).read_bytes()).hexdigest() for n in ("model.onnx", "tokenizer.json")},
    }
    (place / "labels.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    size = (place / "model.onnx").stat().st_size / 2**20
    print(f"fitted on {len(mine)} own and {len(data)} PLV examples in {time.time() - began:.0f} s; {size:.1f} MiB")
    parity(model, place)


def parity(model, place: Path) -> None:
    """How often the int8 model names another type than torch does, on our own sentences."""
    import sys

    sys.path.insert(0, str(ROOT / "src"))
    import train as T

    from foedus.coding.relations import Relations

    sample = ex.own_in_context(0, 1)[::2]
    exact = T.predict(model, sample)
    loaded = Relations.load(folder=place)
    small = loaded.probabilities([(e.text, e.actor, e.recipient) for e in sample])
    same = float((exact.argmax(1) == small.argmax(1)).mean())
    print(f"int8 against torch on {len(sample)} sentences: same type {same:.4f}")
