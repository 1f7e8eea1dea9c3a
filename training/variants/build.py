"""Builds the variants of the training corpus: python training/variants/build.py --corpus training/corpus --out F --n 22000 --seed 7"""

from __future__ import annotations

import argparse
import collections
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from training.variants import core, fresh, rewrite, units
from training.variants.swap import swap
from training.variants.units import Piece

FRESH = 0.36
"""Share of sentences of our own; the brief allows 0.4."""
_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ]*")


def from_corpus(docs: list[dict[str, Any]], rng: random.Random, count: int) -> list[Piece]:
    """Variants of annotated sentences: other states in whole sentences, and rewritings of their clauses."""
    sources = list(units.sources(docs))
    rewritten: dict[str, list[Piece]] = collections.defaultdict(list)
    for source in sources:
        for clause in core.cores(source):
            for rewriting in rewrite.KINDS:
                for piece in rewriting(clause, rng):
                    if piece is None:
                        continue
                    other = swap(piece, rng) if rng.random() < 0.6 else None
                    rewritten[piece.kind].append(other or piece)
    # Kinds are cut to like sizes, so that no way of rewriting drowns the others.
    room = int(count * 0.62)
    kept = []
    for left, (kind, pieces) in zip(
        range(len(rewritten), 0, -1), sorted(rewritten.items(), key=lambda kv: len(kv[1])), strict=True
    ):
        share = (room - len(kept)) // left
        # Without more of these, too few sentences would hold no event at all.
        share = share * 3 // 2 if kind in ("hard negative", "agentless") else share * 9 // 10
        rng.shuffle(pieces)
        kept += pieces[:share]
    swapped: list[Piece] = []
    for _ in range(6):
        rng.shuffle(sources)
        for source in sources:
            if len(swapped) + len(kept) >= count:
                return kept + swapped
            piece = swap(source.piece, rng)
            if piece:
                piece.kind = "actors"
                swapped.append(piece)
    return kept + swapped


def drawn(rng: random.Random, count: int) -> Iterator[Piece]:
    """`count` sentences of our own or a few more."""
    made = index = 0
    while made < count:
        index += 1
        found = [*fresh.clause(rng, index)]
        if rng.random() < 0.95:
            whole = fresh.sentence(rng, index)
            found += [whole] if whole else []
        made += len(found)
        yield from found


def record(piece: Piece, number: int) -> dict[str, Any]:
    """A piece in the corpus's file format."""
    return {
        "id": f"{piece.id}~{number}", "published": piece.published, "title": "", "style": "variant", "variant": piece.kind,
        "text": " ".join(piece.sentences), "sentences": piece.sentences, "events": piece.events,
    }  # fmt: skip


def faults(piece: Piece) -> bool:
    """Whether a piece breaks the format: a word that does not occur, a code of the wrong shape, the same state twice as named."""
    for event in piece.events:
        codes = [event["actor"], event["recipient"], event["speaker"]]
        if not units.sound(event, piece.sentences) or any(c is not None and not _CODE.fullmatch(c) for c in codes):
            return True
    return any(not s or "  " in s or "{" in s for s in piece.sentences)


def unique(pieces: Iterable[Piece]) -> Iterator[Piece]:
    seen = set()
    for piece in pieces:
        key = " ".join(piece.sentences)
        if key not in seen and not faults(piece):
            seen.add(key)
            yield piece


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("training/corpus"))
    parser.add_argument("--out", type=Path, default=Path("training/work/variants.jsonl"))
    parser.add_argument("--n", type=int, default=22000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    docs = list(units.documents(sorted(args.corpus.glob("part_*.jsonl"))))
    ours = int(args.n * FRESH)
    kept = list(unique([*from_corpus(docs, rng, args.n - ours), *drawn(rng, ours)]))[: args.n]
    rng.shuffle(kept)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as file:
        for number, piece in enumerate(kept):
            file.write(json.dumps(record(piece, number), ensure_ascii=False) + "\n")
    count = collections.Counter(piece.kind for piece in kept)
    bare = sum(not any(e["sentence"] == len(p.sentences) - 1 for e in p.events) for p in kept)
    print(f"{len(docs)} documents, {len(kept)} variants, {bare} without events in their own sentence", file=sys.stderr)
    for kind, n in count.most_common():
        print(f"{n:6} {kind}", file=sys.stderr)


if __name__ == "__main__":
    main()
