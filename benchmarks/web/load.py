"""Fifty mixed requests a second for a minute while `store add` runs in a third process: `python benchmarks/web/load.py`.

Requests go out by the clock, whether or not earlier ones are answered, as those of many people would.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent))
from made import fill
from serve import served

RATE, SECONDS = 50, 60
MIX = (
    ("/crisis", 6), ("/timeline", 3), ("/network", 3), ("/map", 3), ("/desk", 3), ("/desk/{document}", 8), ("/search?q=report", 4),
    ("/search?kind=events&actor=RUS", 4), ("/sources", 3), ("/api/crisis", 8), ("/api/figures/matrix", 5), ("/api/events?limit=50", 8),
    ("/api/documents/{document}", 8), ("/api/queue", 2), ("/static/workbench.css", 6), ("review", 6),
)  # fmt: skip
ADD = """
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
        print(n, flush=True)
        time.sleep(0.5)
"""


async def load(url: str, documents: list[str], events: list[str]) -> tuple[list[float], Counter[str], list[int]]:
    drawn = random.Random(1)
    paths, weights = [one for one, _ in MIX], [w for _, w in MIX]
    times: list[float] = []
    wrong: Counter[str] = Counter()
    kept: list[int] = []

    async def one(client: httpx.AsyncClient, path: str) -> None:
        began = time.perf_counter()
        try:
            if path == "review":
                body = {"event": drawn.choice(events), "comment": "seen", "reviewer": f"r{drawn.randrange(3)}"}
                answer = await client.post("/api/reviews", json=body)
                if answer.status_code == 201:
                    kept.append(answer.json()["id"])
            else:
                answer = await client.get(path.replace("{document}", drawn.choice(documents)))
            if answer.status_code >= 400:
                wrong[f"{path} {answer.status_code}"] += 1
        except httpx.HTTPError as error:
            wrong[f"{path} {type(error).__name__}"] += 1
        times.append(1000 * (time.perf_counter() - began))

    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64)
    async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as client:
        tasks = []
        began = time.perf_counter()
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(began + number / RATE - time.perf_counter(), 0))
            tasks.append(asyncio.create_task(one(client, drawn.choices(paths, weights)[0])))
        await asyncio.gather(*tasks)
    return times, wrong, kept


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "store"
        fill(folder, 1_000)
        with served(folder) as url:
            with httpx.Client(base_url=url, timeout=60) as client:
                client.get("/crisis")
                documents = [row["id"] for row in client.get("/api/documents?limit=200").json()["rows"]]
                events = [row["id"] for row in client.get("/api/events?limit=200").json()["rows"]]
            code = ADD.format(here=str(Path(__file__).parent), folder=str(folder))
            adding = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
            times, wrong, kept = asyncio.run(load(url, documents, events))
            adding.terminate()
            added = (adding.stdout.read().split() or ["0"])[-1] if adding.stdout else "0"
            with httpx.Client(base_url=url, timeout=60) as client:
                total = client.get("/api/reviews?limit=1").json()["total"]
        times.sort()
        print(
            f"{len(times)} requests, {sum(wrong.values())} errors {dict(wrong) or ''}; {added} documents added meanwhile"
        )
        print(
            f"p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms, "
            f"p99 {times[int(len(times) * 0.99)]:.0f} ms, worst {times[-1]:.0f} ms"
        )
        print(f"{len(kept)} reviews acknowledged, {total} in the store")


if __name__ == "__main__":
    main()
