"""One worker against two, on separate processes of this machine, with the shipped coder or one that only waits.

python benchmarks/scale/run.py --articles 400
python benchmarks/scale/run.py --articles 400 --waiting
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from adding import articles


class Waiting:
    """A coder that waits and finds nothing: what is left is the cost of spreading the work, on however busy a machine."""

    version = "waiting-1"

    def code_all(self, documents, workers=1):
        for document in documents:
            time.sleep(0.05)
            yield document, []


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--waiting", action="store_true", help="a coder that waits 50 ms an article")
    given = parser.parse_args()
    from distributed import Client, LocalCluster

    from foedus.scale.cluster import add
    from foedus.scale.shards import local_coder
    from foedus.store.store import Store

    factory = Waiting if given.waiting else local_coder
    with tempfile.TemporaryDirectory() as room:
        texts = Path(room) / "texts"
        texts.mkdir()
        for number, document in enumerate(articles(given.articles)):
            (texts / f"{number:05d}.txt").write_text(f"{document.title}\n\n{document.text}\n", encoding="utf-8")
        rates, rows = {}, {}
        for workers in (1, 2):
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster:
                with Client(cluster) as client:
                    client.run(lambda: factory() and None)  # loading is paid once a worker, not once an article
                began = time.perf_counter()
                add(Path(room) / f"store{workers}", [str(texts)], cluster.scheduler_address, factory=factory, size=16)
                rates[workers] = given.articles / (time.perf_counter() - began)
            with Store(Path(room) / f"store{workers}") as store:
                rows[workers] = store.sql("SELECT * FROM events ORDER BY id").rows
        print(json.dumps({
            "coder": "waiting" if given.waiting else "local", "articles": given.articles, "load": os.getloadavg()[0],
            **{f"{n} workers, articles/s": round(rate, 1) for n, rate in rates.items()},
            "gain": round(rates[2] / rates[1], 2), "same events": rows[1] == rows[2], "events": len(rows[1]),
        }))  # fmt: skip


if __name__ == "__main__":
    main()
