"""Fifty mixed requests a second for a minute while `store add` runs in a third process: `python benchmarks/web/load.py [--by-hand]`.

Requests go out by the clock, whether or not earlier ones are answered, as those of many people would. Three of them review,
each with a browser of their own. What is added is coded by the shipped coder in a process of its own; `--by-hand` gives
it a coder that costs nothing, so that several times as many documents come in.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from adding import articles
from made import fill
from serve import served

RATE, SECONDS = 50, 60
MIX = (
    ("/crisis", 6), ("/timeline", 3), ("/network", 3), ("/map", 3), ("/supporter/RUS", 3), ("/supporter/CHN", 2),
    ("/desk", 3), ("/desk/{document}", 8), ("/search?q=report", 4),
    ("/search?kind=events&actor=RUS", 4), ("/sources", 3), ("/api/crisis", 8), ("/api/figures/matrix", 5), ("/api/events?limit=50", 8),
    ("/api/documents/{document}", 8), ("/api/queue", 2), ("/static/workbench.css", 6), ("review", 6),
)  # fmt: skip
BY_HAND = """
import sys, time
sys.path.insert(0, {here!r})
from pathlib import Path
from made import ByHand, documents
from foedus.store.store import Store
with Store(Path({folder!r})) as store:
    n = 0
    while True:
        store.add(documents(60, 1_000_000 + n), ByHand(), batch=20)
        n += 60
        time.sleep(0.5)
"""


@contextmanager
def adding(folder: Path, texts: Path, by_hand: bool) -> Iterator[None]:
    """`store add` in a process of its own for as long as the load lasts."""
    if by_hand:
        command = [sys.executable, "-c", BY_HAND.format(here=str(Path(__file__).parent), folder=str(folder))]
    else:
        texts.mkdir()
        for number, document in enumerate(articles(3_000)):
            (texts / f"{number:04d}.txt").write_text(f"{document.title}\n\n{document.text}\n", encoding="utf-8")
        command = [sys.executable, "-m", "foedus.cli.main", "store", "add", str(texts), "--store", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


async def load(
    url: str, documents: list[str], events: list[str]
) -> tuple[dict[str, list[float]], Counter[str], list[int]]:
    drawn = random.Random(1)
    paths, weights = [one for one, _ in MIX], [w for _, w in MIX]
    times: defaultdict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    kept: list[int] = []

    async def one(client: httpx.AsyncClient, path: str) -> None:
        began = time.perf_counter()
        try:
            if path == "review":
                who = drawn.randrange(3)
                body = {"event": drawn.choice(events), "comment": "seen", "reviewer": f"r{who}"}
                answer = await reviewers[who].post("/api/reviews", json=body)
                if answer.status_code == 201:
                    kept.append(answer.json()["id"])
            else:
                answer = await client.get(path.replace("{document}", drawn.choice(documents)))
            if answer.status_code >= 400:
                wrong[f"{path} {answer.status_code}"] += 1
        except httpx.HTTPError as error:
            wrong[f"{path} {type(error).__name__}"] += 1
        times[path].append(1000 * (time.perf_counter() - began))

    reviewers = [httpx.AsyncClient(base_url=url, timeout=30) for _ in range(3)]
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as client:
        tasks = []
        began = time.perf_counter()
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(began + number / RATE - time.perf_counter(), 0))
            tasks.append(asyncio.create_task(one(client, drawn.choices(paths, weights)[0])))
        await asyncio.gather(*tasks)
    for reviewer in reviewers:
        await reviewer.aclose()
    return times, wrong, kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-hand", action="store_true", help="add documents that cost nothing to code")
    by_hand = parser.parse_args().by_hand
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["XDG_CACHE_HOME"] = str(Path(temporary) / "cache")
        folder = Path(temporary) / "store"
        fill(folder, 1_000)
        with served(folder) as url:
            with httpx.Client(base_url=url, timeout=60) as client:
                for path, _ in MIX:
                    client.get("/crisis" if "{" in path or path == "review" else path)
                time.sleep(15)  # as long as somebody needs to read the first page
                documents = [row["id"] for row in client.get("/api/documents?limit=200").json()["rows"]]
                events = [row["id"] for row in client.get("/api/events?limit=200").json()["rows"]]
                before = client.get("/api/documents?limit=1").json()["total"]
            with adding(folder, Path(temporary) / "texts", by_hand):
                time.sleep(5)
                print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
                times, wrong, kept = asyncio.run(load(url, documents, events))
            with httpx.Client(base_url=url, timeout=60) as client:
                total = client.get("/api/reviews?limit=1").json()["total"]
                added = client.get("/api/documents?limit=1").json()["total"] - before
        every = sorted(took for found in times.values() for took in found)
        print(
            f"{len(every)} requests, {sum(wrong.values())} errors {dict(wrong) or ''}; {added} documents added meanwhile"
        )
        for name, found in [("all", every), *sorted(times.items())]:
            found = sorted(found)
            at = {share: found[min(int(len(found) * share), len(found) - 1)] for share in (0.5, 0.95, 0.99)}
            print(
                f"{name:32} {len(found):5}  p50 {at[0.5]:6.0f} ms  p95 {at[0.95]:6.0f} ms  p99 {at[0.99]:6.0f} ms  "
                f"worst {found[-1]:6.0f} ms"
            )
        print(f"{len(kept)} reviews acknowledged, {total} in the store")


if __name__ == "__main__":
    main()
