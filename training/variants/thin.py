"""Take a share of the variants of each kind: what the stand-ins of the decider make needless (swapped actors) least of all.

python training/variants/thin.py training/work/variants.jsonl training/work/variants_small.jsonl
"""

from __future__ import annotations

import collections
import json
import random
import sys
from pathlib import Path

MOST = {"actors": 150}
MOST_FRAMES, MOST_OTHERS = 60, 400


def main(source: Path, target: Path) -> None:
    rng = random.Random(3)
    by_kind: dict[str, list[str]] = collections.defaultdict(list)
    for line in source.read_text("utf-8").splitlines():
        by_kind[json.loads(line)["variant"]].append(line)
    kept: list[str] = []
    for kind, lines in by_kind.items():
        rng.shuffle(lines)
        kept += lines[: MOST.get(kind, MOST_FRAMES if kind.startswith("frames") else MOST_OTHERS)]
    rng.shuffle(kept)
    target.write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(kept)} of {sum(map(len, by_kind.values()))} variants kept")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
