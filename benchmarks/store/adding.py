"""Adding a thousand articles to a store against coding them alone, in turns in the same process.

python benchmarks/store/adding.py --articles 1000
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import tempfile
import time
from pathlib import Path


def articles(count):
    """Articles of about 300 words, put together from the sentences of the duplicates set; no two alike."""
    from foedus.model.document import Document

    here = Path(__file__).parent / "duplicates" / "reports.jsonl"
    quotes = [json.loads(line)["quote"] for line in here.open(encoding="utf-8")]
    rng = random.Random(1815)
    for number in range(count):
        body = rng.sample(quotes, 14)
        body.insert(3, f"The bulletin was number {number} of the service, which is read in {number % 90} countries.")
        yield Document(
            text=" ".join(body), published="2025-06-24", title=f"Bulletin {number}", url=f"https://b.example/{number}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    from foedus.coding.coder import Coder
    from foedus.store.store import Store

    coder = Coder()
    texts = list(articles(given.articles))
    for _ in coder.code_all(texts[:64]):
        pass
    alone, stored = [], []
    for _ in range(given.rounds):
        for times, store in ((alone, False), (stored, True)):
            with tempfile.TemporaryDirectory() as folder:
                wall, cpu = time.perf_counter(), time.process_time()
                if store:
                    with Store(folder + "/store") as kept:
                        events = kept.add(texts, coder).events
                else:
                    events = sum(len(found) for _, found in coder.code_all(texts))
                times.append((time.perf_counter() - wall, time.process_time() - cpu))
    best = [min(t[1] for t in times) for times in (alone, stored)]
    walls = [min(t[0] for t in times) for times in (alone, stored)]
    print(json.dumps({
        "articles": given.articles, "events": events, "load": os.getloadavg()[0],
        "coder alone, articles/s": round(given.articles / walls[0], 1),
        "into a store, articles/s": round(given.articles / walls[1], 1),
        "coder alone, articles per core second": round(given.articles / best[0], 1),
        "into a store, articles per core second": round(given.articles / best[1], 1),
        "share by the clock": round(walls[0] / walls[1], 3), "share by processor time": round(best[0] / best[1], 3),
        "MB of memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
