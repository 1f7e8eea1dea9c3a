"""How well reports of one act are found to be one: precision and recall over pairs, on reports written for this.

    python benchmarks/store/duplicates.py
    python benchmarks/store/duplicates.py --coder     # the 366 stories through the shipped coder

`duplicates/reports.jsonl`: each line is one report of one act, as a coder would give it; `act` says which. Pairs of
one actor, recipient, type and mode with different acts days apart are what must not be merged. Every third report gives
no date, as reports do. Counted are all pairs that share actor, recipient and type, those of other pairs being trivial.
Among them: wire copy edited again, other verbs and other details for one act, tolls that rise, looks back a day or four
later, a second strike the next day, the same dispute a year on, and acts of one day on another pair. The later half of the
acts came after the rule; of those, each second one (`held out`) was not looked at when it was put right.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STORIES = 366
_OPENINGS = (
    "More than 200 schoolgirls were kidnapped from a school in Chibok by Boko Haram.",
    "Boko Haram militants kidnapped 276 girls from the government school in Chibok.",
    "Boko Haram abducted more than two hundred girls from a school in Chibok, in the north-east of Nigeria.",
    "The schoolgirls from Chibok were kidnapped by Boko Haram gunmen.",
    "On 14 April 2014 Boko Haram kidnapped 276 schoolgirls in Chibok in Nigeria.",
    "Boko Haram kidnapped the Chibok schoolgirls in Nigeria on 14 April 2014.",
)
_REST = (
    "Parents marched to the governor's office in {city} and asked what was being done.",
    "A teacher in {city} said that the soldiers had left the town a day before.",
    "In {city} shops stayed closed while prayers were held in mosques and churches.",
    "Officials in {city} gave no new figures, and families began lists of their own.",
)
_CITIES = ("Maiduguri", "Abuja", "Lagos", "Kano", "Damboa", "Yola", "Jos", "Kaduna")


def load():
    return [json.loads(line) for line in (HERE / "duplicates" / "reports.jsonl").open(encoding="utf-8")]


def held_out(act):
    """Whether an act is of the part that nothing was fitted to."""
    return act > "a076" and int(act[1:]) % 2 == 0


def score(reports, counts=lambda act: True):
    """Pairwise precision and recall of `foedus.store.acts.grouped`, bucket by bucket, as the store does it.

    Pairs count in which `counts` holds of one act at least.
    """
    from foedus.model.event import Event
    from foedus.store import acts

    events, truth, published = {}, {}, {}
    for number, report in enumerate(reports):
        name = f"r{number}"
        truth[name], published[name] = report["act"], report["published"]
        event = Event(
            actor=report["actor"], recipient=report["recipient"], type=report["type"], mode=report["mode"],
            date=report["date"], quote=report["quote"], end=len(report["quote"]), document=name, id=name,
        )  # fmt: skip
        events.setdefault(acts.bucket(event), []).append(event)
    right = wrong = missed = 0
    whole = 0
    for bucket in events.values():
        found = {e.id: n for n, act in enumerate(acts.grouped(bucket, published)) for e in act}
        for one, other in itertools.combinations(bucket, 2):
            if not (counts(truth[one.id]) or counts(truth[other.id])):
                continue
            same, told = truth[one.id] == truth[other.id], found[one.id] == found[other.id]
            right += same and told
            wrong += told and not same
            missed += same and not told
            whole += 1
    return {
        "reports": sum(1 for act in truth.values() if counts(act)),
        "acts": len({act for act in truth.values() if counts(act)}), "pairs": whole, "pairs of one act": right + missed,
        "precision": round(right / (right + wrong), 3), "recall": round(right / (right + missed), 3),
    }  # fmt: skip


def stories():
    """366 stories about one kidnapping, over ten days, in different words and with different news around it."""
    from foedus.model.document import Document

    for number in range(STORIES):
        day = dt.date(2014, 4, 15) + dt.timedelta(days=number % 10)
        rest = _REST[number % len(_REST)].format(city=_CITIES[number % len(_CITIES)])
        opening = _OPENINGS[number % len(_OPENINGS)]
        yield Document(
            text=f"{opening} {rest} Report {number} of our service.",
            published=day.isoformat(),
            outlet=f"Paper {number}",
        )


class TellsKidnapping:
    """A coder that reads the opening as what it is, with the date only where it is written."""

    version = "kidnapping-1"

    def code_all(self, documents, workers=1):
        from foedus.model.event import Event

        for document in documents:
            quote = document.text.split(". ")[0] + "."
            date = "2014-04-14" if "14 April 2014" in quote else None
            yield (
                document,
                [
                    Event(
                        actor="BOKOHARAM",
                        recipient="NGA",
                        type="ASSAULT",
                        mode="abduct",
                        date=date,
                        quote=quote,
                        end=len(quote),
                    )
                ],
            )


def one_kidnapping(coder, folder):
    """Acts found among the stories: (acts, reports in the largest)."""
    from foedus.store.store import Store

    with Store(folder) as store:
        store.add(stories(), coder)
        rows = store.sql(
            "SELECT reports, documents, first_seen, last_seen FROM acts WHERE actor = 'BOKOHARAM' AND type = 'ASSAULT' "
            "ORDER BY reports DESC"
        ).rows
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coder", action="store_true")
    given = parser.parse_args()
    print(json.dumps({"all": score(load()), "held out": score(load(), held_out)}))
    coder = TellsKidnapping()
    if given.coder:
        from foedus.coding.coder import Coder

        coder = Coder()
    with tempfile.TemporaryDirectory() as folder:
        rows = one_kidnapping(coder, Path(folder) / "store")
    print(json.dumps({"stories": STORIES, "acts": len(rows), "largest": rows[:3]}))


if __name__ == "__main__":
    main()
