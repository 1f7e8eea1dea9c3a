"""Fit the decider on the annotated corpus and write it as int8 ONNX with its heads.

    python training/decider/train.py --epochs 8 --frozen 1 --lr 2e-4 --drop-frames 0.1 --hold-out 0.06
    python training/decider/train.py --start kept.pt --epochs 3 --lr 1.5e-4 …     # goes on from what --keep wrote

Fixed seeds; documents are left out by a hash of their id. Nothing of `eval/gold` is read here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))
from data import NONE, Row, documents, rows

from foedus.coding.decide import SPAN_WORDS
from foedus.coding.features import LAYOUT, OPTION_WIDTH, TYPES
from foedus.coding.windows import KINDS, LONGEST, PLACES, Pieces, cut, layout, padded, stand_in, windows
from model import Encoder, Heads, weights_folder_tokenizer

ROOT = Path(__file__).parents[2]
LEAD_GONE = 0.15
"""Share of windows that a fit sees without the sentences before them: sentences come alone, too."""


@dataclass
class Item:
    """A sentence in tensors. Spans are word pieces counted from the sentence's first, -1 where there are fewer than `SPAN_WORDS`."""

    pieces: Pieces
    weight: float
    words: torch.Tensor
    feats: torch.Tensor
    types: torch.Tensor
    neg: torch.Tensor
    mod: torch.Tensor
    nobody: torch.Tensor
    voice: torch.Tensor
    historical: torch.Tensor
    time: torch.Tensor
    times: torch.Tensor
    time_feats: list[torch.Tensor]
    places: dict[str, tuple[torch.Tensor, torch.Tensor, list[str | None], torch.Tensor, torch.Tensor, torch.Tensor]]
    """For each place: owner (predicate), span, the code to look for before the sentence, another name here (-1), features, answer."""


def prepare(data: list[Row], tokenizer) -> list[list[Item]]:
    """The sentences of each document, in order."""
    cuts = cut(tokenizer, [r.text for r in data], [r.starts for r in data], [r.names for r in data])
    made: dict[str, list[Item]] = {}
    for row, pieces in zip(data, cuts, strict=True):
        made.setdefault(row.document, []).append(_item(row, pieces))
    return list(made.values())


def _item(row: Row, pieces: Pieces) -> Item:
    at = pieces.words

    def span(where: tuple[int, int] | None) -> list[int]:
        if where is None:
            return [-1] * SPAN_WORDS
        found = [k for k in at[where[0] : min(where[1], where[0] + SPAN_WORDS)] if k >= 0]
        return found + [-1] * (SPAN_WORDS - len(found))

    places = {}
    for place, predicates in row.places.items():
        owner, spans, codes, again, feats, right = [], [], [], [], [], []
        for k, options in enumerate(predicates):
            owner += [k] * len(options.codes)
            spans += [span(where) for where in options.spans]
            codes += [
                code if word is None else None for code, word in zip(options.codes, options.elsewhere, strict=True)
            ]
            again += [-1 if word is None else at[word] for word in options.elsewhere]
            feats += options.feats
            right += options.right
        places[place] = (
            torch.tensor(owner, dtype=torch.long),
            torch.tensor(spans, dtype=torch.long).view(-1, SPAN_WORDS),
            codes,
            torch.tensor(again, dtype=torch.long),
            torch.tensor(np.stack(feats)) if feats else torch.zeros(0, OPTION_WIDTH),
            torch.tensor(right, dtype=torch.float32),
        )
    return Item(
        pieces,
        row.weight,
        torch.tensor([at[k] for k in row.words], dtype=torch.long),
        torch.tensor(np.stack(row.feats)) if row.feats else torch.zeros(0, 1),
        torch.tensor(row.types, dtype=torch.long),
        torch.tensor(row.negative, dtype=torch.float32),
        torch.tensor(row.modality, dtype=torch.long),
        torch.tensor(row.nobody, dtype=torch.float32),
        torch.tensor(row.voice, dtype=torch.long),
        torch.tensor(row.historical, dtype=torch.float32),
        torch.tensor(row.time, dtype=torch.long),
        torch.tensor([span(where if where[0] >= 0 else None) for where in row.times], dtype=torch.long).view(
            -1, SPAN_WORDS
        ),
        [torch.tensor(f) for f in row.time_feats],
        places,
    )


def loss_of(
    encoder: Encoder, heads: Heads, batch: list[tuple[list[Item], int]], drop_frames: float, rng: random.Random
) -> torch.Tensor:
    """Loss a sentence of a batch of windows: the sentences of each, and how many of them are only read."""
    laid = []
    for items, _ in batch:
        names = list(range(PLACES))
        rng.shuffle(names)
        codes = dict.fromkeys(n.code for item in items for n in item.pieces.names)
        order = {code: names[k % PLACES] for k, code in enumerate(codes)}
        laid.append(layout([item.pieces for item in items], order))
    ids, mask = (torch.tensor(x) for x in padded([made.ids for made in laid]))
    hidden = encoder(ids, mask)
    width = hidden.shape[1]
    flat = hidden.reshape(-1, hidden.shape[2])
    # One zero row at the end stands for whatever has no vector.
    flat = torch.cat([flat, flat.new_zeros(1, flat.shape[1])])
    nowhere = len(flat) - 1

    own, base, befores, wholes = [], [], [], []
    for w, (items, lead) in enumerate(batch):
        for n in range(lead, len(items)):
            if not len(items[n].words):
                continue
            start = laid[w].offsets[n]
            if start >= LONGEST - 1:
                continue
            own.append(items[n])
            base.append(w * width + start)
            end = min(start + len(items[n].pieces.ids), len(laid[w].ids))
            wholes.append(hidden[w, start:end].mean(0) if end > start else hidden[w, 0])
            befores.append((w * width, laid[w].before[n], w * width + min(width, len(laid[w].ids))))
    if not own:
        return flat.sum() * 0

    def absolute(pieces: torch.Tensor, k: int) -> torch.Tensor:
        """Rows of `flat` for piece numbers of sentence `k`; what lies beyond the window's end is nowhere."""
        moved = pieces + base[k]
        return torch.where((pieces < 0) | (moved >= befores[k][2]), nowhere, moved)

    many = [len(item.words) for item in own]
    owner = torch.repeat_interleave(torch.arange(len(own)), torch.tensor(many))
    words = flat[torch.cat([absolute(item.words, k) for k, item in enumerate(own)])]
    feats = torch.cat([item.feats for item in own]).clone()
    if drop_frames:
        # Now and then the lexicon says nothing, so that the encoder learns to type a verb by itself.
        gone = torch.rand(len(feats)) < drop_frames
        feats[gone, : 3 * len(TYPES) + 3] = 0
    kind, marks, seen = heads.predicate(words, torch.stack(wholes)[owner], feats)
    weight = torch.tensor([item.weight for item in own])[owner]
    types = torch.cat([item.types for item in own])
    count = len(own)
    loss = (F.cross_entropy(kind, types, reduction="none", label_smoothing=0.03) * weight).sum() / count
    event = types != NONE
    if not event.any():
        return loss
    w = weight[event]

    def truth(name: str) -> torch.Tensor:
        return torch.cat([getattr(item, name) for item in own])[event]

    def binary(logits: torch.Tensor, gold: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        return (F.binary_cross_entropy_with_logits(logits, gold, reduction="none") * weights).sum() / count

    marked = marks[event]
    loss = loss + 0.5 * (
        binary(marked[:, 0], truth("neg"), w)
        + binary(marked[:, 4], truth("nobody"), w)
        + (F.cross_entropy(marked[:, 1:4], truth("mod"), reduction="none") * w).sum() / count
        + 0.5 * binary(marked[:, 10], truth("historical"), w)
    )
    place_of = torch.cumsum(event.long(), 0) - 1
    for place in "ars":
        rows_, spans_, before_, feats_, right_ = [], [], [], [], []
        at = 0
        for k, item in enumerate(own):
            mine, spans, codes, again, f, right = item.places[place]
            if len(mine):
                keep = (item.types[mine] != NONE).nonzero()[:, 0]
                if len(keep):
                    rows_.append(mine[keep] + at)
                    spans_.append(absolute(spans[keep], k))
                    start, known, _ = befores[k]
                    elsewhere = absolute(again[keep], k).tolist()
                    chosen = []
                    for here, option in zip(elsewhere, keep.tolist(), strict=True):
                        code = codes[option]
                        piece = known.get(code) if code is not None else None
                        chosen.append(here if piece is None else start + piece)
                    before_.append(torch.tensor(chosen))
                    feats_.append(f[keep])
                    right_.append(right[keep])
            at += len(item.words)
        if place == "s":
            event_of = scores = None
            if rows_:
                mine, spans, before, f = (torch.cat(x) for x in (rows_, spans_, before_, feats_))
                event_of = place_of[mine]
                scores = heads.places["s"](words[mine], seen[mine], _mean(flat, spans, nowhere), flat[before], f)
            loss = loss + 0.7 * _choice(marked[:, 5:9], event_of, scores, truth("voice"), w) / count
            continue
        if not rows_:
            continue
        mine, spans, before, f, right = (torch.cat(x) for x in (rows_, spans_, before_, feats_, right_))
        logits = heads.places[place](words[mine], seen[mine], _mean(flat, spans, nowhere), flat[before], f)
        loss = loss + binary(logits, right, weight[mine])
    rows_, spans_, feats_ = [], [], []
    at = 0
    for k, item in enumerate(own):
        if len(item.times):
            here = absolute(item.times, k)
            for p in (item.types != NONE).nonzero()[:, 0].tolist():
                rows_.append(torch.full((len(here),), at + p, dtype=torch.long))
                spans_.append(here)
                feats_.append(item.time_feats[p])
        at += len(item.words)
    undated = marked[:, 9:10]
    scores = (None, None)
    if rows_:
        mine, spans, f = (torch.cat(x) for x in (rows_, spans_, feats_))
        nothing = flat[torch.full((len(mine),), nowhere)]
        scores = (place_of[mine], heads.places["d"](words[mine], seen[mine], _mean(flat, spans, nowhere), nothing, f))
    return loss + 0.7 * _choice(undated, *scores, truth("time"), w) / count


def _mean(flat: torch.Tensor, spans: torch.Tensor, nowhere: int) -> torch.Tensor:
    real = (spans != nowhere).float().sum(1, keepdim=True).clamp(min=1)
    return flat[spans].sum(1) / real


def _choice(
    fixed: torch.Tensor,
    event: torch.Tensor | None,
    scores: torch.Tensor | None,
    gold: torch.Tensor,
    weight: torch.Tensor,
) -> torch.Tensor:
    """Loss of one choice an event among the fixed answers and its own options, which come grouped by event; -1 is no known answer."""
    logits = [fixed]
    if event is not None and scores is not None and len(event):
        first = torch.ones(len(event), dtype=torch.bool)
        first[1:] = event[1:] != event[:-1]
        starts = torch.arange(len(event))[first]
        column = torch.arange(len(event)) - starts[torch.cumsum(first.long(), 0) - 1]
        grid = fixed.new_full((len(fixed), int(column.max()) + 1), -1e4)
        logits.append(grid.index_put((event, column), scores))
    known = gold >= 0
    if not known.any():
        return fixed.sum() * 0
    out = torch.cat(logits, 1)[known]
    return (F.cross_entropy(out, gold[known], reduction="none") * weight[known]).sum()


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
    letters = "bcdfghjklmnpqrstvwxz"
    return {
        stand_in(k, n): [tokenizer.token_to_id(w) for w in words[kind].split() if tokenizer.token_to_id(w)]
        + [tokenizer.token_to_id(letters[n])] * 3
        for k, kind in enumerate(KINDS)
        for n in range(PLACES)
    }


def fit(
    documents_: list[list[Item]],
    epochs: int,
    seed: int,
    lr: float,
    batch: int,
    drop_frames: float,
    log: bool = True,
    frozen: int = 0,
    keep: Path | None = None,
    start: Path | None = None,
):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    encoder, heads = Encoder(), Heads()
    encoder.start_from_weights(stand_ins(tokenizer_of()))
    if start is not None:
        saved = torch.load(start)
        encoder.load_state_dict(saved["encoder"])
        heads.load_state_dict(saved["heads"])
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
    data: list[tuple[list[Item], int]] = []
    for items in documents_:
        for window in windows([len(item.pieces.ids) for item in items]):
            data.append((items[window.first : window.end], window.own - window.first))
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
            for k in sorted(order[at : at + batch * 16], key=lambda k: sum(len(item.pieces.ids) for item in data[k][0]))
        ]
        chunks = [order[at : at + batch] for at in range(0, len(order), batch)]
        rng.shuffle(chunks)
        total = 0.0
        for chunk in chunks:
            rate = min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, (steps - step) / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * rate
            picked = [
                (items[lead:], 0) if lead and rng.random() < LEAD_GONE else (items, lead)
                for items, lead in (data[k] for k in chunk)
            ]
            loss = loss_of(encoder, heads, picked, drop_frames, rng)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*encoder.parameters(), *heads.parameters()], 1.0)
            optimizer.step()
            total += loss.item()
            step += 1
        if keep is not None:
            keep.parent.mkdir(parents=True, exist_ok=True)
            torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict()}, keep)
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
    parser.add_argument("--version", default="decider-3")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--batch", type=int, default=4, help="windows a step")
    parser.add_argument("--drop-frames", type=float, default=0.15)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, help="keep the prepared rows in this file and use it again")
    parser.add_argument("--keep", type=Path, help="write the weights here after every epoch")
    parser.add_argument("--start", type=Path, help="go on from weights that --keep wrote")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--hold-out", type=float, default=0.0, help="share of documents left out, by a hash of their id"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    tokenizer = tokenizer_of()
    data = load_rows(sorted(args.corpus.glob("part_*.jsonl")), args.cache)
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
        prepare(kept, tokenizer),
        args.epochs,
        args.seed,
        args.lr,
        args.batch,
        args.drop_frames,
        frozen=args.frozen,
        keep=args.keep,
        start=args.start,
    )
    export(
        encoder,
        heads,
        args.out / args.version,
        args.version,
        {
            "sentences": sum(bool(row.starts) for row in kept),
            "seed": args.seed,
            "epochs": args.epochs,
            "thresholds": {
                "event": 0.25,
                "place": 0.5,
                "joint": 0.15,
                "type": 0.3,
                "roles": 0.35,
                "voice": 0.35,
                "time": 0.3,
            },
        },
    )


if __name__ == "__main__":
    main()
