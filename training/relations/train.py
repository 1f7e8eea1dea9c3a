"""Fit the relation typing model: cross-validation on PLV, and the final model as int8 ONNX.

python training/relations/train.py cv --folds 5            # with PLV labels
python training/relations/train.py cv --folds 0 --no-plv   # own sentences only, PLV as test
python training/relations/train.py fit --seeds 3           # writes src/foedus/coding/models/relations-1
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))
import examples as ex
from encoder import Typer, weights_folder

ACTOR, RECIPIENT, CLS, SEP = 2, 3, 101, 102  # [unused1], [unused2], [CLS], [SEP]
MAX_LEN = 96
TYPE_INDEX = {t: i for i, t in enumerate(ex.TYPES)}
CLASS_OF = np.array([ex.PLV_CLASSES.index("YIELD" if t in ("CONCEDE", "RETREAT") else t) for t in ex.TYPES])


def encode(tokenizer, example: ex.Example, rng: random.Random | None = None, drop: float = 0.0):
    """Token ids with each span replaced by its marker; positions of the markers (0 where absent)."""
    spans = [(s, m) for s, m in ((example.actor, ACTOR), (example.recipient, RECIPIENT)) if s]
    if len(spans) == 2 and spans[0][0][0] < spans[1][0][1] and spans[1][0][0] < spans[0][0][1]:
        spans = spans[:1]  # overlapping spans cannot both be replaced
    if rng and spans and rng.random() < drop:
        spans = [s for s in spans if s[1] != rng.choice((ACTOR, RECIPIENT))]
    ids, at, place = [], 0, {}
    for (start, end), marker in sorted(spans):
        ids += tokenizer.encode(example.text[at:start], add_special_tokens=False).ids
        place[marker] = len(ids)
        ids.append(marker)
        at = end
    ids += tokenizer.encode(example.text[at:], add_special_tokens=False).ids
    room = MAX_LEN - 2
    if len(ids) > room:
        first, last = min(place.values(), default=0), max(place.values(), default=0)
        begin = max(0, min(first - 8, len(ids) - room))
        if last >= begin + room:  # the spans lie too far apart: keep both, cut the middle
            half = room // 2
            head = ids[begin : begin + half]
            tail_from = max(last - half // 2, begin + half)
            tail = ids[tail_from : tail_from + room - half]
            place = {m: (p - begin if p < begin + half else half + p - tail_from) for m, p in place.items()}
            ids = head + tail
        else:
            ids = ids[begin : begin + room]
            place = {m: p - begin for m, p in place.items()}
    ids = [CLS, *ids, SEP]
    return ids, place.get(ACTOR, -1) + 1, place.get(RECIPIENT, -1) + 1


def batches(rows, size: int, rng: random.Random | None):
    """Batches of about equal length: little padding, so twice the speed."""
    order = list(range(len(rows)))
    if rng:
        rng.shuffle(order)
    chunk = size * 20
    made = []
    for i in range(0, len(order), chunk):
        part = sorted(order[i : i + chunk], key=lambda j: len(rows[j][0])) if rng else order[i : i + chunk]
        made += [part[k : k + size] for k in range(0, len(part), size)]
    if rng:
        rng.shuffle(made)
    return made


def tensors(rows, chosen):
    longest = max(len(rows[j][0]) for j in chosen)
    ids = torch.zeros(len(chosen), longest, dtype=torch.long)
    mask = torch.zeros(len(chosen), longest, dtype=torch.long)
    for k, j in enumerate(chosen):
        ids[k, : len(rows[j][0])] = torch.tensor(rows[j][0])
        mask[k, : len(rows[j][0])] = 1
    return ids, mask, torch.tensor([rows[j][1] for j in chosen]), torch.tensor([rows[j][2] for j in chosen])


def allowed(label: str) -> list[float]:
    """The types that a label leaves open: PLV's YIELD is CONCEDE or RETREAT."""
    wanted = {"CONCEDE", "RETREAT"} if label == "YIELD" else {label}
    return [1.0 if t in wanted else 0.0 for t in ex.TYPES]


def get_tokenizer():
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def fit(train: Sequence[ex.Example], args, seed: int, epochs: int, start=None, soft=None, log: bool = False):
    """A fitted model. Label smoothing within the allowed types, R-Drop, and a running average of the weights."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tokenizer = get_tokenizer()
    model = Typer(len(ex.TYPES), dropout=args.dropout, head_dropout=args.head_dropout)
    ids = tokenizer.token_to_id
    model.start_from_weights({ACTOR: [ids("government"), ids("president")], RECIPIENT: [ids("country"), ids("them")]})
    if start is not None:
        model.load_state_dict(start)
    # Half-precision arithmetic is three times faster where the CPU has it; the exact weights are kept beside.
    # Word embeddings stay as they are: the marked sentences are too few to move them well, and it saves time.
    model.words.weight.requires_grad_(False)
    model.places.weight.requires_grad_(False)
    exact = {n: p.detach().clone().requires_grad_() for n, p in model.named_parameters() if p.requires_grad}
    model.bfloat16()
    moving = {n: p for n, p in model.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in exact.values() if p.ndim >= 2], "weight_decay": 0.01},
            {"params": [p for p in exact.values() if p.ndim < 2], "weight_decay": 0.0},
        ],
        lr=args.lr,
        fused=True,
    )
    rows = [encode(tokenizer, e) for e in train]
    open_types = torch.tensor([allowed(e.label) for e in train])
    weights = torch.tensor([e.weight for e in train])
    targets = None if soft is None else torch.tensor(soft, dtype=torch.float32)
    steps = epochs * len(batches(rows, args.batch, random.Random(0)))
    average, step, began = None, 0, time.time()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for chosen in batches(rows, args.batch, rng):
            warm = max(1, int(0.1 * steps))
            rate = args.lr * (step / warm if step < warm else max(0.0, (steps - step) / (steps - warm)))
            for group in optimizer.param_groups:
                group["lr"] = rate
            inputs = tensors(rows, chosen)
            if args.rdrop:
                inputs = tuple(torch.cat([x, x]) for x in inputs)
            logp = F.log_softmax(model(*inputs).float(), dim=1)
            mask = open_types[chosen]
            w = weights[chosen]
            if args.rdrop:
                mask, w = torch.cat([mask, mask]), torch.cat([w, w])
            inside = torch.logsumexp(logp + (mask + 1e-20).log(), dim=1)
            loss = -((1 - args.smooth) * inside + args.smooth * logp.mean(1))
            if targets is not None:
                t = targets[chosen]
                t = torch.cat([t, t]) if args.rdrop else t
                loss = 0.3 * loss - 0.7 * (t * logp).sum(1)
            loss = (loss * w).mean()
            if args.rdrop:
                half = len(chosen)
                p, q = logp[:half], logp[half:]
                both = F.kl_div(p, q, log_target=True, reduction="batchmean")
                both = both + F.kl_div(q, p, log_target=True, reduction="batchmean")
                loss = loss + args.rdrop * both / 2
            loss.backward()
            for name, p in moving.items():
                exact[name].grad = p.grad.float()
                p.grad = None
            torch.nn.utils.clip_grad_norm_(exact.values(), 1.0)
            optimizer.step()
            with torch.no_grad():
                for name, p in moving.items():
                    p.copy_(exact[name])
            total += loss.item()
            step += 1
            if args.ema and step > steps // 2:
                if average is None:
                    average = {n: p.detach().clone() for n, p in exact.items()}
                else:
                    with torch.no_grad():
                        for n, p in exact.items():
                            average[n].lerp_(p, 1 - args.ema)
        if log:
            print(f"  epoch {epoch + 1}: loss {total:.1f}, {time.time() - began:.0f} s", file=sys.stderr, flush=True)
    model.float()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name in exact:
                p.copy_((average or exact)[name])
    return model.eval()


def first_stage(mine: Sequence[ex.Example], args, seed: int):
    """The model fitted on our own examples only, kept between runs of one day under `training/work`."""
    kept = Path(__file__).parents[1] / "work" / f"first-{seed}-{len(mine)}-{args.first_epochs}.pt"
    if kept.exists():
        model = Typer(len(ex.TYPES))
        model.load_state_dict(torch.load(kept))
        return model.eval()
    model = fit(mine, args, seed, args.first_epochs, log=True)
    kept.parent.mkdir(exist_ok=True)
    torch.save(model.state_dict(), kept)
    return model


def mean_of(models):
    """One model with the mean weights: runs from one start lie in one basin, so this is an ensemble for free."""
    states = [m.state_dict() for m in models]
    models[0].load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return models[0].eval()


@torch.no_grad()
def predict(model, data: Sequence[ex.Example]) -> np.ndarray:
    """Probabilities over the 16 types."""
    tokenizer = get_tokenizer()
    rows = [encode(tokenizer, e) for e in data]
    out = np.zeros((len(rows), len(ex.TYPES)), dtype=np.float32)
    order = sorted(range(len(rows)), key=lambda j: len(rows[j][0]))
    for i in range(0, len(order), 64):
        chosen = order[i : i + 64]
        out[chosen] = F.softmax(model(*tensors(rows, chosen)), dim=1).numpy()
    return out


def macro_f1(gold: np.ndarray, got: np.ndarray) -> float:
    scores = []
    for c in np.unique(gold):
        tp = ((gold == c) & (got == c)).sum()
        scores.append(2 * tp / max(1, (gold == c).sum() + (got == c).sum()))
    return float(np.mean(scores)) * 100


def as_classes(probabilities: np.ndarray) -> np.ndarray:
    """Type probabilities to PLV's 15 classes (CONCEDE and RETREAT add up to YIELD)."""
    summed = np.zeros((len(probabilities), len(ex.PLV_CLASSES)), dtype=np.float32)
    for i, c in enumerate(CLASS_OF):
        summed[:, c] += probabilities[:, i]
    return summed


def report(gold_labels: Sequence[str], classes: np.ndarray, detail: bool = True) -> dict[str, float]:
    names = np.array(ex.PLV_CLASSES)
    gold = np.array([ex.PLV_CLASSES.index("YIELD" if g in ("CONCEDE", "RETREAT") else g) for g in gold_labels])
    quad = np.array([ex.QUAD[n] for n in names])
    got = classes.argmax(1)
    scores = {
        "root": macro_f1(gold, got),
        "quad": macro_f1(quad[gold], quad[got]),
        "binary": macro_f1(quad[gold] // 2, quad[got] // 2),
        "accuracy": float((gold == got).mean()) * 100,
    }
    print("  ".join(f"{k} {v:.1f}" for k, v in scores.items()))
    if detail:
        for c, name in enumerate(names):
            tp = ((gold == c) & (got == c)).sum()
            n, m = (gold == c).sum(), (got == c).sum()
            wrong = {names[k]: int(((gold == c) & (got == k)).sum()) for k in range(len(names)) if k != c}
            worst = sorted(((v, k) for k, v in wrong.items() if v), reverse=True)[:4]
            p, r, f = tp / max(1, m), tp / max(1, n), 2 * tp / max(1, n + m)
            missed = " ".join(f"{k}:{v}" for v, k in worst)
            print(f"  {name:10} n={n:4} P={p:.2f} R={r:.2f} F={f:.2f}  missed as {missed}")
    return scores


def folds_of(data: Sequence[ex.Example], k: int, seed: int) -> np.ndarray:
    rng = random.Random(seed)
    fold = np.zeros(len(data), dtype=int)
    by: dict[str, list[int]] = {}
    for i, e in enumerate(data):
        by.setdefault(e.label, []).append(i)
    for label in sorted(by):
        rng.shuffle(by[label])
        for n, i in enumerate(by[label]):
            fold[i] = n % k
    return fold


def own_examples(args) -> list[ex.Example]:
    data = ex.own_in_context(args.copies, 3) if args.own else []
    if args.generated:
        data += ex.generated(args.generated, 7)
    if args.corpus:
        data += ex.corpus()
    return data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", choices=("cv", "fit"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only-folds", type=int, default=99)
    parser.add_argument("--plv", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--own", action=argparse.BooleanOptionalAction, default=True)
    # Off for the shipped model: whoever learns from the corpus and asks this model too would be flattered by it.
    parser.add_argument("--corpus", action=argparse.BooleanOptionalAction, default=False)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--generated", type=int, default=8)
    parser.add_argument("--first-epochs", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--mix", type=int, default=600)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--head-dropout", type=float, default=0.1)
    parser.add_argument("--smooth", type=float, default=0.05)
    parser.add_argument("--rdrop", type=float, default=0.0)
    parser.add_argument("--ema", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save", default="")
    parser.add_argument("--version", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--temperature", type=float, default=1.1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.job == "cv":
        data = ex.plv()
        mine = own_examples(args)
        print(f"{len(data)} PLV, {len(mine)} own", file=sys.stderr)
        first = first_stage(mine, args, args.seed) if mine else None
        if first is not None:
            classes = as_classes(predict(first, data))
            print("without any PLV label:")
            report([e.label for e in data], classes)
        if not args.plv:
            test = list(range(len(data)))
        else:
            fold = folds_of(data, args.folds, 5)
            classes = np.zeros((len(data), len(ex.PLV_CLASSES)), dtype=np.float32)
            test = []
            for f in range(min(args.folds, args.only_folds)):
                train = [e for e, g in zip(data, fold, strict=True) if g != f]
                train += random.Random(f).sample(mine, min(len(mine), args.mix))
                start = first.state_dict() if first is not None else None
                runs = [fit(train, args, args.seed + f + 100 * n, args.epochs, start=start) for n in range(args.seeds)]
                model = mean_of(runs)
                chosen = np.flatnonzero(fold == f)
                classes[chosen] = as_classes(predict(model, [data[i] for i in chosen]))
                report([data[i].label for i in chosen], classes[chosen], detail=False)
                test += list(chosen)
        if args.plv:
            print("cross-validated:")
            report([data[i].label for i in test], classes[test])
        if args.save:
            np.savez(args.save, classes=classes, test=test)
    else:
        from export import export

        export(args)


if __name__ == "__main__":
    main()
