"""Speed, size and memory of the shipped relation typing model; with `--accuracy` its cross-validation on PLV.

python benchmarks/relations/run.py              # about 20 s
python benchmarks/relations/run.py --accuracy   # about 15 minutes; needs foedus[training] and FOEDUS_RESEARCH_DATA
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training" / "relations"))


def pairs(count: int) -> list[tuple[str, tuple[int, int] | None, tuple[int, int] | None]]:
    """Sentences of about 25 words, made from our own by context around them."""
    import examples as ex

    found: list[tuple[str, tuple[int, int] | None, tuple[int, int] | None]] = []
    copies = 1
    while len(found) < count:
        long = [e for e in ex.own_in_context(copies, copies) if 21 <= len(e.text.split()) <= 29]
        found += [(e.text, e.actor, e.recipient) for e in long]
        copies += 1
    return found[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--accuracy", action="store_true")
    args = parser.parse_args()

    from foedus.coding.relations import MODELS, Relations

    work = pairs(args.pairs)
    words = sum(len(text.split()) for text, _, _ in work) / len(work)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    model = Relations.load()
    loaded = time.perf_counter() - began
    model.predict(work[:64])
    rates = []
    for _ in range(3):
        began, cpu = time.perf_counter(), time.process_time()
        model.predict(work)
        rates.append((len(work) / (time.perf_counter() - began), len(work) / (time.process_time() - cpu)))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (MODELS / f"relations-{model.version}" / "model.onnx").stat().st_size / 2**20
    print("| pairs | words each | pairs/s, wall | pairs/s, CPU time of a core | load, s | memory, MiB | file, MiB |")
    print("|---|---|---|---|---|---|---|")
    wall, cpu = max(r[0] for r in rates), max(r[1] for r in rates)
    print(f"| {len(work)} | {words:.1f} | {wall:.0f} | {cpu:.0f} | {loaded:.2f} | {after - before:.0f} | {size:.1f} |")
    if args.accuracy:
        script = ROOT / "training" / "relations" / "train.py"
        subprocess.run([sys.executable, str(script), "cv", "--folds", "5"], check=True)


if __name__ == "__main__":
    main()
