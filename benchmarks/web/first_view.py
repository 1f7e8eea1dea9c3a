"""How soon the first view stands, from a store of 100,000 events: `python benchmarks/web/first_view.py [FOLDER]`.

First start: nothing was ever worked out, the first request goes out as soon as the server says where it is. Second start: the
same store, served anew. Then the other views, and the first view after a review, which makes figures anew behind the page.
"""

from __future__ import annotations

import os
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


def until_it_stands(client: httpx.Client) -> float:
    """Milliseconds until /crisis no longer answers with the page that waits."""
    began = time.perf_counter()
    while "Working out the figures" in client.get("/crisis").text:
        time.sleep(0.02)
    return 1000 * (time.perf_counter() - began)


def main(folder: Path, cache: Path) -> None:
    os.environ["XDG_CACHE_HOME"] = str(cache)
    if not folder.exists():
        fill(folder, 10_000)
    with served(folder) as url, httpx.Client(base_url=url, timeout=120) as client:
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"first start: an answer          {took(client, '/crisis'):8.0f} ms")
        print(f"first start: its figures stand  {until_it_stands(client):8.0f} ms")
        time.sleep(30)
        measured(client)
    with served(folder) as url, httpx.Client(base_url=url, timeout=120) as client:
        first = took(client, "/crisis")
        stands = "Working out the figures" not in client.get("/crisis").text
        print(f"second start: the first view    {first:8.0f} ms, {'with its figures' if stands else 'waiting'}")


def measured(client: httpx.Client) -> None:
    times = sorted(took(client, "/crisis") for _ in range(30))
    print(f"first view, median of 30        {times[15]:8.0f} ms, worst {times[-1]:.0f} ms")
    for path in (
        "/crisis/estimates",
        "/supporter/RUS",
        "/timeline",
        "/network",
        "/map",
        "/desk",
        "/sources",
        "/search?q=report",
    ):
        first = took(client, path)
        again = sorted(took(client, path) for _ in range(10))
        print(f"{path:31} {first:8.0f} ms, then {again[5]:.0f} ms")
    acts = client.get("/api/figures/bars?state=RUS").json()["rows"]
    told_once = (
        act for act in acts if act["reports"] == 1 and act["section"] == "deed" and act["standing"] == "stands"
    )
    event = next(act["evidence"][0]["event"] for act in told_once if act["direction"] == "for")
    before = client.get("/api/crisis").json()["rows"]
    began = time.perf_counter()
    client.post("/api/reviews", json={"event": event, "verdict": "down"}).raise_for_status()
    print(f"a review, safe on disk          {1000 * (time.perf_counter() - began):8.0f} ms")
    began = time.perf_counter()
    print(f"first view after the review     {took(client, '/crisis'):8.0f} ms")
    while client.get("/api/crisis").json()["rows"] == before and time.perf_counter() - began < 60:
        time.sleep(0.05)
    print(f"the review is in its figures    {1000 * (time.perf_counter() - began):8.0f} ms after")
    time.sleep(8)  # until the new first view is kept


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "store", Path(temporary) / "cache")
