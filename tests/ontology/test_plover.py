"""PLOVER as data agrees with the codebook's own lists."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from foedus.errors import InputError
from foedus.model.event import QUADS, Event
from foedus.ontology import plover

CODEBOOK_MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}


def test_types_and_quads_are_the_models() -> None:
    assert {name: found.quad for name, found in plover.types().items()} == QUADS


def test_modes_are_the_codebooks() -> None:
    for name, found in plover.types().items():
        assert set(found.modes) == set(CODEBOOK_MODES.get(name, "").split()), name


def test_scores_keep_to_their_side_of_the_scale() -> None:
    for found in plover.types().values():
        for value in (found.score, *found.modes.values()):
            assert -10 <= value <= 10
            if found.quad == "material conflict":
                assert value < 0
            if found.quad.endswith("cooperation"):
                assert value > 0
    assert plover.score("ASSAULT") < plover.score("COERCE") < plover.score("THREATEN") < plover.score("CONSULT")
    assert "20" in plover.scores_version()


def test_unknown_names_say_what_there_is() -> None:
    with pytest.raises(InputError, match="AGREE"):
        plover.event_type("FIGHT")
    with pytest.raises(InputError, match="visit"):
        plover.score("CONSULT", "drone")
    assert plover.event_type("assault").name == "ASSAULT"


def test_what_did_not_happen_has_no_score() -> None:
    assert plover.event_score(Event("RUS", "IRN", "AID")) == 10
    assert plover.event_score(Event("RUS", "IRN", "AID", polarity="negative")) is None
    assert plover.event_score(Event("RUS", "IRN", "AID", modality="hypothetical")) is None
    assert plover.event_score(Event("USA", "IRN", "ASSAULT", mode="aerial")) == -9.5


def test_context_cues_use_known_contexts() -> None:
    text = files("foedus.coding").joinpath("data/contexts.csv").read_text(encoding="utf-8")
    assert {row["context"] for row in csv.DictReader(text.splitlines())} == set(plover.contexts())


def test_frame_modes_are_modes_of_their_type() -> None:
    for name in ("frames.csv", "mode_cues.csv"):
        text = files("foedus.coding").joinpath(f"data/{name}").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            if row["mode"]:
                assert row["mode"] in plover.types()[row["type"]].modes, row
