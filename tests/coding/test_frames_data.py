"""The frame lexicon and the cue tables keep to their own rules."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from foedus.model.event import QUADS

DATA = Path(__file__).parents[2] / "src" / "foedus" / "coding" / "data"
SCHEMA = tomllib.loads((DATA / "frames.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


FRAMES = rows("frames.csv")


def selector(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("lemma", "pos", "particle", "object", "prep", "xcomp"))


def type_of(lemma: str, **wanted: str) -> set[str]:
    """Types of the rows with this lemma whose `wanted` columns hold the given value among their choices."""
    return {
        row["type"]
        for row in FRAMES
        if row["lemma"] == lemma and all(value in row[name].split("|") for name, value in wanted.items())
    }


def test_columns_are_the_described_ones() -> None:
    assert list(FRAMES[0]) == list(SCHEMA["columns"])


def test_lexicon_is_large_and_covers_every_type() -> None:
    assert len(FRAMES) >= 1500
    for kind in QUADS:
        assert sum(row["type"] == kind for row in FRAMES) >= 60, kind


def test_values_are_known() -> None:
    for row in FRAMES:
        assert row["pos"] in {"VERB", "NOUN", "ADJ"}, row
        assert row["type"] == "" or row["type"] in QUADS, row
        assert row["type"] or set(row["flags"].split("|")) & {"speech", "modal", "negates", "hypothetical", "block"}, (
            row
        )
        for flag in filter(None, row["flags"].split("|")):
            assert flag in SCHEMA["flags"], row
        for place in row["recipient"].split("|"):
            assert place in SCHEMA["recipient"] or place.startswith("pobj:"), row
        for place in row["agent"].split("|"):
            assert place in SCHEMA["agent"], row
        assert row["lemma"] == row["lemma"].strip(), row
        assert not set(row["particle"]) & set("| "), row
        assert "" not in row["object"].split("|") or row["object"] == "", row


def test_no_selector_stands_for_two_types() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in FRAMES:
        assert seen.setdefault(selector(row), row["type"]) == row["type"], row


@pytest.mark.parametrize(
    ("lemma", "wanted", "kind"),
    [
        ("break", {"particle": "off", "object": "relation"}, "SANCTION"),
        ("open", {"object": "fire"}, "ASSAULT"),
        ("turn", {"particle": "down", "object": "request"}, "REJECT"),
        ("lift", {"object": "sanction"}, "CONCEDE"),
        ("recall", {"object": "ambassador"}, "SANCTION"),
        ("vote", {"particle": "down"}, "REJECT"),
        ("fire", {"prep": "on"}, "ASSAULT"),
        ("call", {"particle": "off", "object": "meeting"}, "REJECT"),
        ("refuse", {"xcomp": "send"}, "REJECT"),
        ("deploy", {"object": "warship"}, "MOBILIZE"),
        ("supply", {"object": "missile"}, "AID"),
        ("sell", {"object": "jet"}, "COOPERATE"),
        ("close", {"object": "border"}, "COERCE"),
        ("vow", {"xcomp": "retaliate"}, "THREATEN"),
        ("vow", {"xcomp": "help"}, "AGREE"),
        ("airstrike", {"pos": "NOUN"}, "ASSAULT"),
        ("visit", {"pos": "NOUN"}, "CONSULT"),
        ("step", {"particle": "down"}, "RETREAT"),
        ("sign", {"object": "treaty"}, "SUPPORT"),
    ],
)
def test_everyday_idioms_have_their_codebook_type(lemma: str, wanted: dict[str, str], kind: str) -> None:
    assert kind in type_of(lemma, **wanted)


EVERYDAY = {
    "put",
    "take",
    "give",
    "make",
    "go",
    "get",
    "keep",
    "set",
    "bring",
    "turn",
    "run",
    "stand",
    "see",
    "do",
    "have",
    "be",
    "show",
    "throw",
    "send",
    "work",
    "play",
    "draw",
}


def test_everyday_verbs_name_no_act_by_themselves() -> None:
    for row in FRAMES:
        bare = not (row["object"] or row["particle"] or row["xcomp"])
        if row["pos"] == "VERB" and row["lemma"] in EVERYDAY and bare and row["type"]:
            assert row["prep"], row
            assert "dobj" not in row["recipient"].split("|"), row


def test_cues_and_modes_are_unique_and_known() -> None:
    cues = rows("cues.csv")
    assert {row["kind"] for row in cues} >= {"speech", "hedge", "negation", "hypothetical", "future", "role", "pronoun"}
    keys = [(row["cue"], row["kind"], row["value"]) for row in cues]
    assert len(keys) == len(set(keys))
    modes = rows("mode_cues.csv")
    assert all(row["type"] in QUADS and row["mode"] and row["cue"] for row in modes)
    assert len({tuple(row.values()) for row in modes}) == len(modes)


def test_hedges_name_speakers_that_the_codebook_knows() -> None:
    assert {row["value"] for row in rows("cues.csv") if row["kind"] == "hedge"} == {"MEDIA", "ANALYSTS", "UNKNOWN"}
