from __future__ import annotations

from typing import Any

from foedus.store.copies import likeness, sketch
from foedus.store.store import Store

WIRE = (
    "The foreign minister of Norway arrived in Ankara on Tuesday for two days of talks on the grain corridor, the ministry said. "
    "He will meet his counterpart and the defence minister, and is to visit the joint centre that inspects ships in the strait. "
    "Officials on both sides said that they expected no signature this week, but hoped to agree on a timetable for inspections."
)


def test_wire_copy_is_linked_to_the_first_text(store: Store, report: Any, coder: Any) -> None:
    copies = [
        report(WIRE, outlet="Wire"),
        report("ANKARA (Wire) " + WIRE + " Reporting by our staff.", outlet="Paper"),
        report(WIRE.replace("on Tuesday ", ""), outlet="Site"),
        report(WIRE.replace("Norway", "Chile").replace("grain corridor", "copper tariff").replace("ships in the strait", "trucks")
               .replace("two days of talks", "a short visit").replace("no signature this week", "a treaty soon"), outlet="Other"),
    ]  # fmt: skip
    found = store.add(copies, coder)
    assert (found.added, found.copies) == (4, 2)
    told = store.sql("SELECT c.of, d.outlet FROM copies c JOIN documents d ON d.id = c.document ORDER BY 2").rows
    first = store.sql("SELECT id FROM documents WHERE outlet = 'Wire'").rows[0][0]
    assert told == [(first, "Paper"), (first, "Site")]


def test_short_texts_are_not_compared() -> None:
    assert sketch("Talks begin in Ankara.") is None


def test_likeness_is_the_share_of_common_runs_of_words() -> None:
    one, other = sketch(WIRE), sketch("Entirely different words " * 3 + " ".join(f"w{n}" for n in range(40)))
    assert one is not None
    assert other is not None
    assert likeness(one, one) == 1.0
    assert likeness(one, other) < 0.1


def test_copies_count_as_one_story_of_an_act(store: Store, report: Any, coder: Any) -> None:
    text = "On Monday RUS AID IRN with fuel. " + WIRE
    store.add(
        [
            report(text, outlet="A"),
            report(text + " More at eleven.", outlet="B"),
            report("Officials: RUS AID IRN with fuel."),
        ],
        coder,
    )
    assert store.sql("SELECT reports, documents, stories FROM acts").rows == [(3, 3, 2)]
