"""How soon the first view stands, from a store of 100,000 events: `python benchmarks/web/first_view.py [FOLDER]`.

Cold: the first request right after the server says it listens, with nothing worked out. Then: the same page once the server has
warmed up by itself, and after a review (which makes every figure anew).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent))
from made import fill
from serve import served


def took(client: httpx.Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path, follow_redirects=True).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def main(folder: Path) -> None:
    if not folder.exists():
        fill(folder, 10_000)
    with served(folder) as url, httpx.Client(base_url=url, timeout=120) as client:
        print(f"cold: the page that waits       {took(client, '/crisis'):8.0f} ms")
        print(f"cold: until its figures stand   {took(client, '/crisis?now=1'):8.0f} ms")
        times = sorted(took(client, "/crisis") for _ in range(30))
        print(f"first view, warmed up: median   {times[15]:8.0f} ms, worst of 30 {times[-1]:.0f} ms")
        for path in ("/timeline", "/network", "/map", "/desk", "/sources", "/search?q=report"):
            first = took(client, path)
            again = sorted(took(client, path) for _ in range(10))
            print(f"{path:31} {first:8.0f} ms, then {again[5]:.0f} ms")
        event = client.get("/api/events?limit=1").json()["rows"][0]["id"]
        began = time.perf_counter()
        client.post("/api/reviews", json={"event": event, "verdict": "down"}).raise_for_status()
        print(f"a review, safe on disk          {1000 * (time.perf_counter() - began):8.0f} ms")
        print(f"first view after the review     {took(client, '/crisis'):8.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary) / "store")
