"""Decides which predicates are events, of what type, by whom, to whom, with which polarity and modality, and whose word it is.

A small encoder reads the document a few sentences at a time (`windows.py`); light heads over its word vectors and the features of
`features.py` score every predicate and every option. The heads are plain matrices, run in numpy, so that a decision can be taken apart.
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

from foedus.coding.entities import Entities, Ref, spoken
from foedus.coding.features import LAYOUT, TYPES, option_features, predicate_features, time_features, word_at
from foedus.coding.space import Option, Predicate
from foedus.coding.when import When
from foedus.coding.windows import LONGEST, Hidden, Pieces, cut, layout, padded, windows
from foedus.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

CURRENT: Final = "decider-3"
SPAN_WORDS: Final = 4
"""Words of a name or phrase whose vectors are averaged."""
VAGUE_VOICES: Final = ("", "MEDIA", "ANALYSTS", "UNKNOWN")
"""Speakers that are nobody in particular; the first stands for the author's own word."""
_BATCH: Final = 1
"""Windows run together. The encoder's whole numbers are scaled by all that is run at once: read with others, a window would say
something else in other company. More of them read no faster on one core, for their numbers leave its cache."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the model says of one predicate: probabilities by type (the last is "no event"), by option, and by mark.

    `voices` has one entry for each of `VAGUE_VOICES`, then one for each of the predicate's voices. Where the predicate is too
    surely no event to be looked at further, the options' entries are empty. `times` has one entry for "no date", then one for each time.
    """

    types: Array
    actors: Array
    recipients: Array
    nobody: float
    negative: float
    modality: Array
    voices: Array
    times: Array
    historical: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the encoder read it: a vector a word piece, each word's first piece (-1: none), and whoever was named before."""

    vectors: Array
    words: list[int]
    before: dict[str, Array]

    def span(self, start: int, end: int) -> Array:
        """Mean vector of words `start` to `end` (exclusive), at most `SPAN_WORDS` of them."""
        rows = [k for k in self.words[start : min(end, start + SPAN_WORDS)] if k >= 0]
        if not rows:
            return np.zeros(self.vectors.shape[1], np.float32)
        return np.asarray(self.vectors[rows].mean(0) if len(rows) > 1 else self.vectors[rows[0]], np.float32)


def named_elsewhere(e: Entities, ref: Ref) -> int | None:
    """The first word of another name of the same actor in the sentence: what the pronoun or description stands for."""
    return next((n.start for n in e.names.all if n.code == ref.code and n.start != ref.start), None)


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
        self.knots: tuple[list[float], list[float]] = tuple(self.meta.get("confidence", ((0.0, 1.0), (0.0, 1.0))))
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

    def read(self, documents: Sequence[Sequence[tuple[str, Sequence[int], list[Hidden]]]]) -> list[list[Reading]]:
        """Each sentence (text, first character of each word, hidden names) of each document; windows of like length are run together."""
        flat = [sentence for document in documents for sentence in document]
        pieces = cut(self._tokenizer, [s[0] for s in flat], [s[1] for s in flat], [s[2] for s in flat])
        jobs: list[tuple[int, Any, list[Pieces]]] = []
        at = 0
        for document in documents:
            own = pieces[at : at + len(document)]
            jobs.extend((at, w, own[w.first : w.end]) for w in windows([len(p.ids) for p in own]))
            at += len(document)
        laid = [layout(sentences) for _, _, sentences in jobs]
        order = sorted(range(len(jobs)), key=lambda k: len(laid[k].ids))
        found: dict[int, Reading] = {}
        for begin in range(0, len(order), _BATCH):
            chunk = order[begin : begin + _BATCH]
            ids, mask = padded([laid[k].ids for k in chunk])
            out = self._encoder.run(None, {"input_ids": ids, "attention_mask": mask})[0]
            for row, k in enumerate(chunk):
                base, window, sentences = jobs[k]
                real = out[row, : len(laid[k].ids)]
                for n in range(window.own - window.first, len(sentences)):
                    from_ = laid[k].offsets[n]
                    mine = real[from_ : from_ + len(sentences[n].ids)]
                    found[base + window.first + n] = Reading(
                        mine if len(mine) else real[:1],
                        [w if w < len(mine) else -1 for w in sentences[n].words],
                        {code: real[p] for code, p in laid[k].before[n].items() if p < len(real)},
                    )
        read, at = [], 0
        for document in documents:
            read.append([found[k] for k in range(at, at + len(document))])
            at += len(document)
        return read

    def decide(
        self,
        e: Entities,
        found: Sequence[Predicate],
        reading: Reading,
        times: Sequence[When] = (),
        published: str | None = None,
    ) -> list[Decision]:
        """A decision for each predicate of a sentence; `times` are the dates that it may have (`when.readings`)."""
        if not found:
            return []
        h = self._heads
        whole = reading.vectors.mean(0)
        words = np.stack([reading.span(p.word, p.word + 1) for p in found])
        feats = np.stack([predicate_features(e, p) for p in found])
        hidden = _gelu(np.concatenate([words, np.tile(whole, (len(found), 1)), feats], 1) @ h["p.0.w"] + h["p.0.b"])
        n = len(TYPES) + 1
        direct = feats @ h["p.skip.w"]
        types = _softmax(hidden @ h["p.type.w"] + h["p.type.b"] + direct[:, :n])
        marks = hidden @ h["p.marks.w"] + h["p.marks.b"] + direct[:, n:]
        result = []
        for k, p in enumerate(found):
            actors = recipients = voices = dated = _NOTHING
            if self._worth(types[k], p):
                first_a = {o.ref.code for o in p.actors if o.rank == 0}
                first_r = {o.ref.code for o in p.recipients if o.rank == 0}
                actors = _sigmoid(self._options(e, p, p.actors, words[k], hidden[k], reading, "a", first_r))
                recipients = _sigmoid(self._options(e, p, p.recipients, words[k], hidden[k], reading, "r", first_a))
                named = self._options(e, p, p.voices, words[k], hidden[k], reading, "s", first_a)
                voices = _softmax(np.concatenate([marks[k, 5:9], named]))
                dated = _softmax(
                    np.concatenate([marks[k, 9:10], self._times(e, p, times, published, words[k], hidden[k], reading)])
                )
            result.append(
                Decision(
                    types[k], actors, recipients, float(_sigmoid(marks[k, 4])), float(_sigmoid(marks[k, 0])),
                    _softmax(marks[k, 1:4]), voices, dated, float(_sigmoid(marks[k, 10])),
                )
            )  # fmt: skip
        return result

    def _worth(self, types: Array, p: Predicate) -> bool:
        """Whether the predicate can still become an event once the rules' verdict is pooled in."""
        least = self.meta["thresholds"]
        best = float(types[:-1].max())
        return p.ruled is not None or best >= least["event"]

    def _options(
        self,
        e: Entities,
        p: Predicate,
        options: tuple[Option, ...],
        word: Array,
        hidden: Array,
        reading: Reading,
        place: str,
        other: set[str],
    ) -> Array:
        """The logit of each option for the place `a` (actor), `r` (recipient) or `s` (speaker)."""
        if not options:
            return _NOTHING
        nowhere = np.zeros(reading.vectors.shape[1], np.float32)
        spans, before = [], []
        for o in options:
            spans.append(reading.span(o.ref.start, o.ref.end) if in_sentence(o) else nowhere)
            again = named_elsewhere(e, o.ref)
            before.append(reading.before.get(o.ref.code, nowhere) if again is None else reading.span(again, again + 1))
        feats = np.stack([option_features(e, p, o, o.ref.code in other) for o in options])
        return self._place(place, word, hidden, np.stack(spans), np.stack(before), feats)

    def _times(
        self,
        e: Entities,
        p: Predicate,
        times: Sequence[When],
        published: str | None,
        word: Array,
        hidden: Array,
        reading: Reading,
    ) -> Array:
        """The logit of each time for being that of the predicate."""
        if not times:
            return _NOTHING
        nowhere = np.zeros(reading.vectors.shape[1], np.float32)
        spans = []
        for when in times:
            at = word_at(e.sentence, when)
            spans.append(nowhere if at is None else reading.span(at, at + 2))
        among = list(times)
        feats = np.stack([time_features(e, p, when, among, published) for when in times])
        return self._place("d", word, hidden, np.stack(spans), np.zeros_like(spans), feats)

    def _place(self, place: str, word: Array, hidden: Array, spans: Array, before: Array, feats: Array) -> Array:
        h = self._heads
        a = word @ h[f"{place}.pred.w"] + hidden @ h[f"{place}.kind.w"]
        b, c = spans @ h[f"{place}.span.w"], before @ h[f"{place}.before.w"]
        x = np.concatenate([np.tile(a, (len(feats), 1)), b, c, a * b, a * c, feats], 1)
        x = _gelu(x @ h[f"{place}.0.w"] + h[f"{place}.0.b"])
        return np.asarray(
            (x @ h[f"{place}.out.w"] + h[f"{place}.out.b"] + feats @ h[f"{place}.skip.w"])[:, 0], np.float32
        )


_NOTHING: Final = np.zeros(0, np.float32)


def in_sentence(option: Option) -> bool:
    """Whether the option's words stand in the sentence."""
    return spoken(option.how) and option.ref.how != "source"


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


__all__ = ["CURRENT", "TYPES", "Decider", "Decision", "Reading", "available", "decider"]
