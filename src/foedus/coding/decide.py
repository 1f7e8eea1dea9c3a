"""Decides which predicates are events, of what type, by whom, to whom, with which polarity and modality, and whose word it is.

A small encoder reads the sentence once; light heads over its word vectors and the features of `features.py` score every
predicate and every option. The heads are plain matrices, run in numpy, so that a decision can be taken apart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.coding.entities import Entities
from foedus.coding.features import LAYOUT, TYPES, option_features, predicate_features
from foedus.coding.space import Option, Predicate
from foedus.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

CURRENT: Final = "decider-1"
LONGEST: Final = 160
"""Word pieces of a sentence that the encoder reads; the words beyond get no vector of their own."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the model says of one predicate: probabilities by type (the last is "no event"), by option, and by mark."""

    types: Array
    actors: Array
    recipients: Array
    nobody: float
    negative: float
    modality: Array
    spoken: float


Mask = tuple[int, int, int]
"""Characters `start` to `end` of a sentence that are read as one stand-in token of the given id."""
_FIRST_ID: Final = 10
_PLACES: Final = 10
KINDS: Final = ("name", "adjective", "person")
"""Sorts of names that have stand-ins of their own; each has ten, given to actors in order of appearance."""


def stand_in(kind: str, number: int) -> int:
    """Id of the tokenizer's unused token that stands for the `number`-th actor of a sentence, named as `kind`."""
    return _FIRST_ID + KINDS.index(kind) * _PLACES + number % _PLACES


def masks(mentions: Sequence[Any]) -> list[Mask]:
    """Stand-ins for the names of a sentence: the model reads who does what to whom, never which states they are."""
    order: dict[str, int] = {}
    made: list[Mask] = []
    for mention in sorted(mentions, key=lambda m: m.core_start):
        number = order.setdefault(mention.code, len(order))
        kind = (
            "person"
            if mention.person
            else "adjective"
            if mention.alias_kind in {"adjective", "demonym", "people"}
            else "name"
        )
        if made and mention.core_start < made[-1][1]:
            continue
        made.append((mention.core_start, mention.core_end, stand_in(kind, number)))
    return made


def encode_words(
    tokenizer: Any, texts: Sequence[str], starts: Sequence[Sequence[int]], hidden: Sequence[Sequence[Mask]]
) -> tuple[Array, Array, list[list[int]]]:
    """Token ids with names replaced by stand-ins, mask, and for each word of each sentence its first piece (-1 beyond the longest)."""
    rows: list[tuple[list[int], list[int]]] = []
    for item, begins, spans in zip(tokenizer.encode_batch(list(texts)), starts, hidden, strict=True):
        ids: list[int] = []
        at: list[tuple[int, int]] = []
        span = 0
        for token, (begin, end) in zip(item.ids, item.offsets, strict=True):
            while span < len(spans) and end > begin and spans[span][1] <= begin:
                span += 1
            if span < len(spans) and end > begin and begin < spans[span][1] and end > spans[span][0]:
                if not at or at[-1] != (spans[span][0], spans[span][1]):
                    ids.append(spans[span][2])
                    at.append((spans[span][0], spans[span][1]))
                continue
            ids.append(token)
            at.append((begin, end))
        pieces, k = [], 1
        for begin in begins:
            while k < len(at) - 1 and at[k][1] <= begin:
                k += 1
            pieces.append(k if k < len(at) - 1 and at[k][0] <= begin < at[k][1] else -1)
        rows.append((ids, pieces))
    width = max((len(ids) for ids, _ in rows), default=2)
    out = np.zeros((len(rows), width), np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    for n, (ids, _) in enumerate(rows):
        out[n, : len(ids)] = ids
        mask[n, : len(ids)] = 1
    return out, mask, [pieces for _, pieces in rows]  # type: ignore[return-value]


def word_vector(vectors: Array, pieces: list[int], start: int, end: int) -> Array:
    """Mean vector of words `start` to `end` (exclusive)."""
    rows = [pieces[k] for k in range(start, end) if pieces[k] >= 0]
    if not rows:
        return np.zeros(vectors.shape[1], np.float32)
    return np.asarray(vectors[rows].mean(0), np.float32)


class Decider:
    """The shipped model: `encoder.onnx` (int8), `tokenizer.json`, `heads.npz`, `model.json` in `coding/models/<version>/`."""

    def __init__(self, version: str = CURRENT, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        folder = files("foedus.coding") / "models" / version
        self.version = version
        self.meta = json.loads(_checked(version, "model.json", None))
        if self.meta["layout"] != LAYOUT:
            raise ModelError(
                f"the model {version} was fitted for another version of Foedus; repair with: pip install --force-reinstall foedus"
            )
        for name, digest in self.meta["sha256"].items():
            _checked(version, name, digest)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        with as_file(folder / "encoder.onnx") as path:
            self._encoder = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        with as_file(folder / "heads.npz") as path:
            self._heads = dict(np.load(path, allow_pickle=False))

    def vectors(
        self, texts: Sequence[str], starts: Sequence[Sequence[int]], hidden: Sequence[Sequence[Mask]]
    ) -> list[tuple[Array, list[int]]]:
        """Word-piece vectors of each sentence and the piece of each word; sentences of like length are run together."""
        order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
        out: list[Any] = [None] * len(texts)
        for at in range(0, len(order), 16):
            chunk = order[at : at + 16]
            ids, mask, pieces = encode_words(
                self._tokenizer, [texts[k] for k in chunk], [starts[k] for k in chunk], [hidden[k] for k in chunk]
            )
            read = self._encoder.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            for row, k in enumerate(chunk):
                out[k] = (read[row, : int(mask[row].sum())], pieces[row])
        return out

    def decide(self, e: Entities, found: Sequence[Predicate], vectors: Array, pieces: list[int]) -> list[Decision]:
        """A decision for each predicate of a sentence."""
        if not found:
            return []
        h = self._heads
        whole = vectors.mean(0)
        words = np.stack([word_vector(vectors, pieces, p.word, p.word + 1) for p in found])
        feats = np.stack([predicate_features(e, p) for p in found])
        hidden = _gelu(np.concatenate([words, np.tile(whole, (len(found), 1)), feats], 1) @ h["p.0.w"] + h["p.0.b"])
        n = len(TYPES) + 1
        direct = feats @ h["p.skip.w"]
        types = _softmax(hidden @ h["p.type.w"] + h["p.type.b"] + direct[:, :n])
        negative = _sigmoid(hidden @ h["p.neg.w"] + h["p.neg.b"] + direct[:, n : n + 1])[:, 0]
        modality = _softmax(hidden @ h["p.mod.w"] + h["p.mod.b"] + direct[:, n + 1 : n + 4])
        spoken = _sigmoid(hidden @ h["p.spk.w"] + h["p.spk.b"] + direct[:, n + 4 : n + 5])[:, 0]
        nobody = _sigmoid(hidden @ h["p.nobody.w"] + h["p.nobody.b"] + direct[:, n + 5 :])[:, 0]
        result = []
        for k, p in enumerate(found):
            first_a = {o.ref.code for o in p.actors if o.rank == 0}
            first_r = {o.ref.code for o in p.recipients if o.rank == 0}
            actors = self._options(e, p, p.actors, words[k], vectors, pieces, "a", first_r)
            recipients_ = self._options(e, p, p.recipients, words[k], vectors, pieces, "r", first_a)
            result.append(
                Decision(
                    types[k], actors, recipients_, float(nobody[k]), float(negative[k]), modality[k], float(spoken[k])
                )
            )
        return result

    def _options(
        self,
        e: Entities,
        p: Predicate,
        options: tuple[Option, ...],
        word: Array,
        vectors: Array,
        pieces: list[int],
        place: str,
        other: set[str],
    ) -> Array:
        if not options:
            return np.zeros(0, np.float32)
        h = self._heads
        spans = np.stack([word_vector(vectors, pieces, o.ref.start, o.ref.end) for o in options])
        feats = np.stack([option_features(e, p, o, o.ref.code in other) for o in options])
        a = np.tile(word @ h[f"{place}.pred.w"], (len(options), 1))
        b = spans @ h[f"{place}.span.w"]
        hidden = _gelu(np.concatenate([a, b, a * b, feats], 1) @ h[f"{place}.0.w"] + h[f"{place}.0.b"])
        return np.asarray(
            _sigmoid(hidden @ h[f"{place}.out.w"] + h[f"{place}.out.b"] + feats @ h[f"{place}.skip.w"])[:, 0],
            np.float32,
        )


@lru_cache(maxsize=2)
def decider(version: str = CURRENT) -> Decider:
    """The model, loaded once a process."""
    return Decider(version)


def available(version: str = CURRENT) -> bool:
    """Whether the model's files are part of this installation."""
    return (files("foedus.coding") / "models" / version / "model.json").is_file()


def _checked(version: str, name: str, digest: str | None) -> bytes:
    try:
        data = (files("foedus.coding") / "models" / version / name).read_bytes()
    except OSError:
        raise ModelError(
            f"the model file {version}/{name} is missing; repair with: pip install --force-reinstall foedus"
        ) from None
    if digest is not None and hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(
            f"the model file {version}/{name} was altered; repair with: pip install --force-reinstall foedus"
        )
    return data


def _gelu(x: Array) -> Array:
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x))), np.float32)


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def _softmax(x: Array) -> Array:
    z = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(z / z.sum(-1, keepdims=True), np.float32)


__all__ = ["CURRENT", "TYPES", "Decider", "Decision", "available", "decider", "encode_words", "word_vector"]
