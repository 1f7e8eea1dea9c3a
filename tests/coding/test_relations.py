"""The relation typing model: sound types, honest failures, order and offsets kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.coding.relations import MODELS, Relations, cut
from foedus.errors import InputError, ModelError
from foedus.model.event import QUADS


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations.load()


def pair(marked: str) -> tuple[str, tuple[int, int] | None, tuple[int, int] | None]:
    """`<Kyiv> thanked {Oslo}.` as text and spans."""
    text, spans = "", {}
    for char in marked:
        if char in "<{":
            spans[char] = [len(text), len(text)]
        elif char in ">}":
            spans["<" if char == ">" else "{"][1] = len(text)
        else:
            text += char
    actor, recipient = spans.get("<"), spans.get("{")
    return text, (actor[0], actor[1]) if actor else None, (recipient[0], recipient[1]) if recipient else None


# None of these sentences is among the model's training sentences.
PLAIN = [
    ("<Botswana> sharply criticised {Zimbabwe} for the way it held the election.", "ACCUSE"),
    ("<Portuguese gunboats> bombarded {a fort on the coast} for six hours.", "ASSAULT"),
    ("<The Laotian prime minister> met {his Vietnamese counterpart} in Vientiane.", "CONSULT"),
    ("<Iceland> refused to hand over {the sailors} to the authorities.", "REJECT"),
    ("<Monaco> donated two fire engines to {Madagascar}.", "AID"),
    ("<The Maldives> expelled {the Libyan ambassador} on Sunday.", "SANCTION"),
    ("<Police in Lusaka> arrested {a union leader} at dawn.", "COERCE"),
    ("<Belize> urged {Guatemala} to respect the ruling on the frontier.", "REQUEST"),
    ("<Andorran bus drivers> went on strike against {their employer} over pay.", "PROTEST"),
    ("<Albania> deployed extra battalions along its border with {Greece}.", "MOBILIZE"),
    ("<Tuvalu> promised to help {Nauru} rebuild its harbour.", "AGREE"),
    ("<Paraguay> threatened to cut off electricity to {Argentina}.", "THREATEN"),
    ("<The guerrillas> released {eleven soldiers} after two years.", "RETREAT"),
]


def test_plain_sentences_get_their_type(relations: Relations) -> None:
    found = relations.predict([pair(marked) for marked, _ in PLAIN])
    wrong = [(marked, kind, got) for (marked, kind), got in zip(PLAIN, found, strict=True) if got[0] != kind]
    assert len(wrong) <= 1, wrong


def test_probabilities_are_probabilities_over_the_sixteen_types(relations: Relations) -> None:
    assert set(relations.types) == set(QUADS)
    table = relations.probabilities([pair(marked) for marked, _ in PLAIN])
    assert table.shape == (len(PLAIN), 16)
    assert abs(table.sum(axis=1) - 1).max() < 1e-5
    assert table.min() >= 0


def test_order_and_batching_change_nothing(relations: Relations) -> None:
    pairs = [pair(marked) for marked, _ in PLAIN]
    whole = relations.predict(pairs)
    backwards = relations.predict(pairs[::-1], batch=3)[::-1]
    assert [kind for kind, _ in whole] == [kind for kind, _ in backwards]
    assert relations.predict([]) == []


def test_direction_matters_not_the_names(relations: Relations) -> None:
    active = relations.predict([pair("<Chad> invaded {Niger}."), pair("<Oman> invaded {Peru}.")])
    assert active[0][0] == active[1][0] == "ASSAULT"
    assert active[0][1] == pytest.approx(active[1][1], abs=1e-4)


def test_either_span_may_be_missing(relations: Relations) -> None:
    text = "The rebels attacked the town of Gao with mortars."
    for actor, recipient in (((0, 10), None), (None, (20, 35)), (None, None)):
        kind, probability = relations.predict([(text, actor, recipient)])[0]
        assert kind in QUADS
        assert 0 < probability <= 1


def test_spans_outside_the_text_are_refused(relations: Relations) -> None:
    with pytest.raises(InputError, match="outside"):
        relations.predict([("short", (0, 99), None)])
    with pytest.raises(InputError, match="outside"):
        relations.predict([("short", (3, 3), None)])


def test_a_very_long_sentence_keeps_both_markers(relations: Relations) -> None:
    filler = "which nobody had expected after so long a time, " * 300
    text = f"Kenya, {filler}bombed Uganda."
    start = text.index("Uganda")
    assert relations.predict([(text, (0, 5), (start, start + 6))])[0][0] in QUADS


@given(st.text(max_size=300), st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_and_spans_are_typed(text: str, data: st.DataObject) -> None:
    spans = []
    for _ in range(2):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        spans.append((start, end) if end > start else None)
    kind, probability = _loaded().predict([(text, spans[0], spans[1])])[0]
    assert kind in QUADS
    assert 0 < probability <= 1


_CACHE: list[Relations] = []


def _loaded() -> Relations:
    if not _CACHE:
        _CACHE.append(Relations.load())
    return _CACHE[0]


@given(st.integers(0, 400), st.data(), st.integers(40, 94))
def test_cut_keeps_markers_on_their_tokens(length: int, data: st.DataObject, room: int) -> None:
    ids = list(range(length))
    places = data.draw(st.lists(st.integers(0, max(0, length - 1)), max_size=2, unique=True)) if length else []
    kept, moved = cut(ids, dict(enumerate(places)), room)
    assert len(kept) <= max(room, 0) or length <= room
    assert {m: kept[p] for m, p in moved.items()} == dict(enumerate(places))


def test_missing_and_altered_files_are_refused_with_the_repair(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        Relations.load(folder=tmp_path / "nothing")
    place = tmp_path / "relations"
    shutil.copytree(MODELS / "relations-1", place)
    tokenizer = place / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer.json .* altered.*reinstall"):
        Relations.load(folder=place)
    tokenizer.unlink()
    with pytest.raises(ModelError, match=r"lacks tokenizer.json"):
        Relations.load(folder=place)


def test_model_is_small_and_its_card_is_there() -> None:
    for place in MODELS.glob("relations-*"):
        assert (place / "model.onnx").stat().st_size <= 25 * 2**20
        assert (place / "card.md").read_text(encoding="utf-8").count("PLV") > 0
        assert set(json.loads((place / "labels.json").read_text(encoding="utf-8"))["types"]) == set(QUADS)
