"""Fit the decider on the annotated corpus and write it as int8 ONNX with its heads.

    python training/decider/train.py fit --corpus training/corpus --version 1
    python training/decider/train.py cv --folds 4          # by document, prints event figures of each fold

Fixed seeds; splits by document. Nothing of `eval/gold` is read here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))
from data import NONE, Row, documents, rows

from foedus.coding.decide import KINDS, encode_words, stand_in
from foedus.coding.features import LAYOUT, TYPES
from model import Encoder, Heads, weights_folder_tokenizer

ROOT = Path(__file__).parents[2]
SPAN_WORDS = 4


def prepare(data: list[Row], tokenizer) -> list[dict]:
    """Rows with their token ids and the word pieces of every predicate and option."""
    made = []
    for row in data:
        if not row.words:
            continue
        ids, _mask, pieces = encode_words(tokenizer, [row.text], [row.starts], [row.masks])
        at = pieces[0]

        def span(start: int, end: int, at=at) -> list[int]:
            found = [at[k] for k in range(start, min(end, start + SPAN_WORDS)) if k < len(at) and at[k] >= 0]
            return (found or [0]) + [-1] * (SPAN_WORDS - max(1, len(found)))

        item = {
            "ids": torch.tensor(ids[0]),
            "words": torch.tensor([max(at[k], 0) for k in row.words]),
            "feats": torch.tensor(np.stack(row.feats)),
            "types": torch.tensor(row.types),
            "neg": torch.tensor(row.negative, dtype=torch.float32),
            "mod": torch.tensor(row.modality),
            "spk": torch.tensor(row.spoken, dtype=torch.float32),
            "nobody": torch.tensor(row.nobody, dtype=torch.float32),
            "weight": row.weight,
            "document": row.document,
        }
        for place, options in (("a", row.actors), ("r", row.recipients)):
            owner, spans, feats, labels = [], [], [], []
            for k, (places, features, gold) in enumerate(options):
                for (start, end), feature, label in zip(places, features, gold, strict=True):
                    owner.append(k)
                    spans.append(span(start, end))
                    feats.append(feature)
                    labels.append(label)
            item[place] = (
                torch.tensor(owner, dtype=torch.long),
                torch.tensor(spans, dtype=torch.long).view(-1, SPAN_WORDS),
                torch.tensor(np.stack(feats)) if feats else torch.zeros(0, 1),
                torch.tensor(labels, dtype=torch.float32),
            )
        made.append(item)
    return made


def loss_of(encoder: Encoder, heads: Heads, batch: list[dict], drop_frames: float, rng: random.Random) -> torch.Tensor:
    width = max(len(item["ids"]) for item in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    for k, item in enumerate(batch):
        ids[k, : len(item["ids"])] = item["ids"]
        mask[k, : len(item["ids"])] = 1
    hidden = encoder(ids, mask)
    real = mask[:, :, None].float()
    whole = (hidden * real).sum(1) / real.sum(1)
    owner = torch.cat([torch.full((len(item["words"]),), k) for k, item in enumerate(batch)])
    words = hidden[owner, torch.cat([item["words"] for item in batch])]
    feats = torch.cat([item["feats"] for item in batch]).clone()
    if drop_frames:
        # Now and then the lexicon says nothing, so that the encoder learns to type a verb by itself.
        gone = torch.rand(len(feats)) < drop_frames
        feats[gone, : 3 * len(TYPES) + 3] = 0
    out = heads.predicate(words, whole[owner], feats)
    weight = torch.cat([torch.full((len(item["words"]),), item["weight"]) for item in batch])
    types = torch.cat([item["types"] for item in batch])
    loss = (F.cross_entropy(out["type"], types, reduction="none", label_smoothing=0.03) * weight).sum() / len(batch)
    event = types != NONE
    if event.any():
        w = weight[event]
        for name in ("neg", "spk", "nobody"):
            gold = torch.cat([item[name] for item in batch])[event]
            loss = (
                loss
                + (F.binary_cross_entropy_with_logits(out[name][event], gold, reduction="none") * w).sum()
                / len(batch)
                * 0.5
            )
        mod = torch.cat([item["mod"] for item in batch])[event]
        loss = loss + (F.cross_entropy(out["mod"][event], mod, reduction="none") * w).sum() / len(batch) * 0.5
    at = 0
    for place in "ar":
        rows_, spans_, feats_, labels_, sentence_ = [], [], [], [], []
        at = 0
        for k, item in enumerate(batch):
            own, spans, f, labels = item[place]
            if len(own):
                keep = item["types"][own] != NONE
                rows_.append(own[keep] + at)
                spans_.append(spans[keep])
                feats_.append(f[keep])
                labels_.append(labels[keep])
                sentence_.append(torch.full((int(keep.sum()),), k))
            at += len(item["words"])
        if not rows_ or not sum(map(len, rows_)):
            continue
        own, spans, f, labels, sentence = (torch.cat(x) for x in (rows_, spans_, feats_, labels_, sentence_))
        seen = (spans >= 0).float()[:, :, None]
        vectors = (hidden[sentence[:, None], spans.clamp(min=0)] * seen).sum(1) / seen.sum(1)
        logits = heads.places[place](words[own], vectors, f)
        loss = loss + (F.binary_cross_entropy_with_logits(logits, labels, reduction="none") * weight[own]).sum() / len(
            batch
        )
    return loss


def tokenizer_of():
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights_folder_tokenizer()))
    tokenizer.enable_truncation(160)
    tokenizer.no_padding()
    return tokenizer


def stand_ins(tokenizer) -> dict[int, list[int]]:
    """Where the stand-ins' embeddings begin: the mean of everyday words of their sort, and a letter that tells them apart."""
    words = {
        "name": "russia france china iran brazil egypt government country moscow london",
        "adjective": "russian french chinese iranian brazilian egyptian british german",
        "person": "president minister leader putin he secretary",
    }
    letters = "bdfghjklmp"
    return {
        stand_in(kind, n): [tokenizer.token_to_id(w) for w in words[kind].split() if tokenizer.token_to_id(w)]
        + [tokenizer.token_to_id(letters[n])] * 3
        for kind in KINDS
        for n in range(10)
    }


def fit(
    data: list[dict],
    epochs: int,
    seed: int,
    lr: float,
    batch: int,
    drop_frames: float,
    log: bool = True,
    frozen: int = 0,
):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, heads = Encoder(), Heads()
    encoder.start_from_weights(stand_ins(tokenizer_of()))
    for p in [*encoder.words.parameters(), *encoder.places.parameters()]:
        p.requires_grad_(frozen == 0)
    for layer in list(encoder.layers)[:frozen]:
        for p in layer.parameters():
            p.requires_grad_(False)
    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": lr, "weight_decay": 0.01, "base": lr},
        {"params": list(heads.parameters()), "lr": 2e-3, "weight_decay": 0.01, "base": 2e-3},
    ]
    optimizer = torch.optim.AdamW(groups)
    per = (len(data) + batch - 1) // batch
    steps, step, began = epochs * per, 0, time.time()
    for epoch in range(epochs):
        encoder.train()
        heads.train()
        order = list(range(len(data)))
        rng.shuffle(order)
        # Sentences of like length together: little padding.
        order = [
            k
            for at in range(0, len(order), batch * 16)
            for k in sorted(order[at : at + batch * 16], key=lambda k: len(data[k]["ids"]))
        ]
        chunks = [order[at : at + batch] for at in range(0, len(order), batch)]
        rng.shuffle(chunks)
        total = 0.0
        for chunk in chunks:
            rate = min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, (steps - step) / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * rate
            loss = loss_of(encoder, heads, [data[k] for k in chunk], drop_frames, rng)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters()], 1.0)
            optimizer.step()
            total += loss.item()
            step += 1
        if log:
            print(
                f"  epoch {epoch + 1}/{epochs}: loss {total / len(chunks):.3f}, {time.time() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return encoder.eval(), heads.eval()


def export(encoder: Encoder, heads: Heads, folder: Path, version: str, card: dict) -> None:
    """`encoder.onnx` (int8), `heads.npz`, `tokenizer.json`, `model.json` with the hashes."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    ids = torch.ones(2, 12, dtype=torch.long)
    torch.onnx.export(
        encoder, (ids, ids), str(whole), input_names=["input_ids", "attention_mask"], output_names=["vectors"],
        dynamic_axes={name: {0: "sentences", 1: "pieces"} for name in ("input_ids", "attention_mask", "vectors")}, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    np.savez_compressed(folder / "heads.npz", **{k: np.asarray(v, np.float32) for k, v in heads.arrays().items()})
    (folder / "tokenizer.json").write_text(weights_folder_tokenizer().read_text("utf-8"), "utf-8")
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "heads.npz", "tokenizer.json")
    }
    (folder / "model.json").write_text(
        json.dumps({"version": version, "layout": LAYOUT, **card, "sha256": hashes}, indent=1) + "\n", "utf-8"
    )


def load_rows(paths: list[Path], cache: Path | None, log: bool = True) -> list[Row]:
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    report: dict[str, int] = {}
    docs = list(documents(paths))
    made = []
    for at in range(0, len(docs), 200):
        made += rows(docs[at : at + 200], report)
    if log:
        print(f"{len(docs)} documents, {len(made)} sentences: {report}", file=sys.stderr)
    if cache:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(made))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT / "training" / "corpus")
    parser.add_argument("--variants", type=Path, nargs="*", default=[])
    parser.add_argument("--variant-weight", type=float, default=0.5)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "foedus" / "coding" / "models")
    parser.add_argument("--version", default="decider-1")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--drop-frames", type=float, default=0.15)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--hold-out", type=float, default=0.0, help="share of documents left out, by a hash of their id"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer = tokenizer_of()
    data = load_rows(sorted(args.corpus.glob("part_*.jsonl")), None)
    for path in args.variants:
        extra = load_rows([path], None)
        for row in extra:
            row.weight = args.variant_weight
        data += extra
    kept = [
        row
        for row in data
        if int(hashlib.sha256(row.document.split(":")[0].split("~")[0].encode()).hexdigest()[:8], 16) / 2**32
        >= args.hold_out
    ]
    print(f"{len(kept)} of {len(data)} sentences for training", file=sys.stderr)
    encoder, heads = fit(
        prepare(kept, tokenizer), args.epochs, args.seed, args.lr, args.batch, args.drop_frames, frozen=args.frozen
    )
    export(
        encoder,
        heads,
        args.out / args.version,
        args.version,
        {
            "sentences": len(kept),
            "seed": args.seed,
            "epochs": args.epochs,
            "thresholds": {"event": 0.25, "place": 0.5, "joint": 0.15, "type": 0.3, "roles": 0.35, "spoken": 0.15},
        },
    )


if __name__ == "__main__":
    main()
