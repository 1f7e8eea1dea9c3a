"""How many coded articles a second the one writing process takes in: the limit of what a cluster can feed it.

python benchmarks/scale/writer.py --articles 3000
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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    given = parser.parse_args()
    from foedus.model.event import Event, Span, Why
    from foedus.store.exports import record
    from foedus.store.store import Store

    states = ("RUS", "UKR", "USA", "IRN", "ISR", "CHN", "DEU", "FRA", "GBR", "TUR")
    types = ("AID", "ASSAULT", "ACCUSE", "CONSULT", "AGREE", "SANCTION")
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "coded.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for number, document in enumerate(articles(given.articles)):
                events = [
                    Event(
                        actor=states[(number + at) % 10], recipient=states[(number * 3 + at + 1) % 10],
                        type=types[(number + at) % 6], quote=document.text[at * 90 : at * 90 + 85], start=at * 90,
                        end=at * 90 + 85, sentence=at, date="2025-06-24", actor_span=Span(0, 3), predicate_span=Span(at, at + 4),
                        why=Why("frame", ("actor by subject", "recipient by object"), (("AID", 0.3), ("AGREE", 0.2))),
                        confidence=0.6, coder="local-1", document=document.id,
                    )
                    for at in range(10)
                ]  # fmt: skip
                out.write(json.dumps(record(document, events), ensure_ascii=False) + "\n")
        with Store(Path(room) / "store") as store:
            wall, cpu = time.perf_counter(), time.process_time()
            report = store.import_(path)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({
        "articles": report.documents, "events": report.rows, "load": os.getloadavg()[0],
        "articles/s": round(given.articles / wall), "articles per core second": round(given.articles / cpu),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
