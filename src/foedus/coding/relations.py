"""The PLOVER type of a pair of spans: a small encoder, shipped as int8 ONNX and run on the CPU.

Both spans are replaced by marker tokens, so the model judges what the sentence says happens between the two, not who
they are. It knows types only: whether there is an event at all, its polarity and modality are decided elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from foedus.errors import InputError, ModelError

Pair = tuple[str, tuple[int, int] | None, tuple[int, int] | None]
"""A text and the character spans of actor and recipient; either may be None."""

MODELS = Path(__file__).parent / "models"
LATEST = 1
_CONTEXT = 8  # tokens kept before the first marker when a long sentence is cut


class Relations:
    """A loaded relation typing model. `load` once, `predict` in batches; predicting is thread-safe."""

    def __init__(self, session: Any, tokenizer: Any, settings: dict[str, Any]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self.types: tuple[str, ...] = tuple(settings["types"])
        self.version: int = settings["version"]
        self._markers: tuple[int, int] = (settings["actor_marker"], settings["recipient_marker"])
        self._ends: tuple[int, int] = (settings["cls"], settings["sep"])
        self._max_len: int = settings["max_len"]
        self._temperature: float = settings["temperature"]

    @classmethod
    def load(cls, version: int | None = None, *, folder: Path | None = None, threads: int = 1) -> Relations:
        """The shipped model of this version (default: the newest), after its files' hashes are checked.

        Raises `ModelError` where a file is missing or altered. `folder` loads a model that you fitted yourself.
        """
        place = folder or MODELS / f"relations-{version or LATEST}"
        settings = _checked(place)
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                str(place / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
        except Exception as error:  # both libraries raise bare errors of their own
            raise ModelError(f"{place.name} could not be opened ({error}); {_REPAIR}") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(session, tokenizer, settings)

    def predict(self, pairs: Sequence[Pair], batch: int = 32) -> list[tuple[str, float]]:
        """For every pair the most probable PLOVER type and its probability (0 to 1, calibrated)."""
        return [(self.types[row.argmax()], float(row.max())) for row in self.probabilities(pairs, batch)]

    def probabilities(self, pairs: Sequence[Pair], batch: int = 32) -> Any:
        """An array of shape (pairs, types) of probabilities, columns as in `types`.

        Raises `InputError` for a span that lies outside its text.
        """
        import numpy as np

        rows = self._encode(pairs)
        logits = np.zeros((len(rows), len(self.types)), dtype=np.float32)
        # Sentences of about equal length share a batch: padding would double the work.
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]))
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            width = len(rows[chosen[-1]][0])
            ids = np.zeros((len(chosen), width), dtype=np.int64)
            mask = np.zeros((len(chosen), width), dtype=np.int64)
            for k, i in enumerate(chosen):
                found = rows[i][0]
                ids[k, : len(found)] = found
                mask[k, : len(found)] = 1
            actor = np.array([rows[i][1] for i in chosen], dtype=np.int64)
            recipient = np.array([rows[i][2] for i in chosen], dtype=np.int64)
            feeds = {"ids": ids, "mask": mask, "actor": actor, "recipient": recipient}
            logits[chosen] = self._session.run(["logits"], feeds)[0]
        logits /= self._temperature
        weights = np.exp(logits - logits.max(axis=1, keepdims=True)) if len(rows) else logits
        return weights / weights.sum(axis=1, keepdims=True) if len(rows) else logits

    def _encode(self, pairs: Sequence[Pair]) -> list[tuple[list[int], int, int]]:
        """Token ids with a marker for each span, and the markers' places (0: no such span)."""
        plans: list[list[tuple[int, int]]] = []  # per pair: (index of a piece, or -1 - marker)
        pieces: list[str] = []
        for text, actor, recipient in pairs:
            plan: list[tuple[int, int]] = []
            at = 0
            for (start, end), marker in _in_order(text, actor, recipient):
                plan.append((0, len(pieces)))
                pieces.append(text[at:start])
                plan.append((1, marker))
                at = end
            plan.append((0, len(pieces)))
            pieces.append(text[at:])
            plans.append(plan)
        encoded = self._tokenizer.encode_batch(pieces, add_special_tokens=False)
        return [self._assemble(plan, encoded) for plan in plans]

    def _assemble(self, plan: list[tuple[int, int]], encoded: Sequence[Any]) -> tuple[list[int], int, int]:
        ids: list[int] = []
        place: dict[int, int] = {}
        for kind, value in plan:
            if kind:
                place[value] = len(ids)
                ids.append(self._markers[value])
            else:
                ids.extend(encoded[value].ids)
        ids, place = cut(ids, place, self._max_len - 2)
        return [self._ends[0], *ids, self._ends[1]], place.get(0, -1) + 1, place.get(1, -1) + 1


def cut(ids: list[int], place: dict[int, int], room: int) -> tuple[list[int], dict[int, int]]:
    """At most `room` tokens that hold every marker: the part around them, or where they lie apart, both their parts."""
    if len(ids) <= room:
        return ids, place
    first, last = min(place.values(), default=0), max(place.values(), default=0)
    begin = max(0, min(first - _CONTEXT, len(ids) - room))
    if last < begin + room:
        return ids[begin : begin + room], {m: p - begin for m, p in place.items()}
    half = room // 2
    tail = max(last - half // 2, begin + half)
    kept = ids[begin : begin + half] + ids[tail : tail + room - half]
    return kept, {m: p - begin if p < begin + half else half + p - tail for m, p in place.items()}


def _in_order(
    text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None
) -> list[tuple[tuple[int, int], int]]:
    """The spans by position, each with its marker (0 actor, 1 recipient); of two that overlap the actor stays."""
    found: list[tuple[tuple[int, int], int]] = []
    for span, marker in ((actor, 0), (recipient, 1)):
        if span is None:
            continue
        if not 0 <= span[0] < span[1] <= len(text):
            raise InputError(f"span {span} lies outside its text of {len(text)} characters; give character offsets")
        if found and span[0] < found[0][0][1] and found[0][0][0] < span[1]:
            continue
        found.append(((span[0], span[1]), marker))
    return sorted(found)


_REPAIR = "reinstall Foedus to repair it: pip install --force-reinstall --no-deps foedus"


def _checked(place: Path) -> dict[str, Any]:
    """The model's settings after every file's hash has been compared with `labels.json`."""
    try:
        settings: dict[str, Any] = json.loads((place / "labels.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"the model {place.name} is missing or damaged (labels.json); {_REPAIR}") from error
    for name, wanted in settings.get("sha256", {}).items():
        path = place / name
        if not path.is_file():
            raise ModelError(f"the model {place.name} lacks {name}; {_REPAIR}")
        if hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise ModelError(f"{name} of the model {place.name} has been altered; {_REPAIR}")
    return settings
