"""The decider in torch: a MiniLM encoder over windows of sentences, and light heads over predicates and options."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent.parent / "relations"))
from encoder import Typer

from foedus.coding.decide import VAGUE_VOICES
from foedus.coding.features import OPTION_WIDTH, PREDICATE_WIDTH, TIME_WIDTH, TYPES

WIDTH = 384
HIDDEN = 256
SPAN = 128


class Encoder(Typer):
    """The body of the relation typer without its head: token ids and mask to word-piece vectors."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__(1, dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:  # type: ignore[override]
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.noise(self.norm(self.words(ids) + self.places(positions) + self.kinds), self.training)
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


MARKS = 1 + 3 + 1 + len(VAGUE_VOICES) + 1 + 1
"""Outputs beside the type: negative, three modalities, no recipient, the voices that are nobody in particular, undated, historical."""


class Heads(nn.Module):
    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.p0 = nn.Linear(2 * WIDTH + PREDICATE_WIDTH, HIDDEN)
        self.kind = nn.Linear(HIDDEN, len(TYPES) + 1)
        self.marks = nn.Linear(HIDDEN, MARKS)
        # What syntax and lexicon say reaches the answer directly too: the network learns when not to believe them.
        self.skip = nn.Linear(PREDICATE_WIDTH, len(TYPES) + 1 + MARKS, bias=False)
        self.places = nn.ModuleDict({place: Place(OPTION_WIDTH) for place in "ars"} | {"d": Place(TIME_WIDTH)})

    def predicate(self, words: Tensor, whole: Tensor, feats: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Type logits, mark logits, and what the heads of the places see of the predicate."""
        x = F.gelu(self.p0(torch.cat([self.drop(words), self.drop(whole), feats], 1)), approximate="tanh")
        kind, marks = self.skip(feats).split((len(TYPES) + 1, MARKS), 1)
        y = self.drop(x)
        return self.kind(y) + kind, self.marks(y) + marks, x

    def arrays(self) -> dict[str, object]:
        """The matrices as the numpy evaluator names them (weights transposed to input × output)."""

        def turned(layer: nn.Linear) -> object:
            return layer.weight.detach().T.contiguous().numpy()

        def pair(name: str, layer: nn.Linear) -> dict[str, object]:
            return {f"{name}.w": turned(layer), f"{name}.b": layer.bias.detach().numpy()}

        out = pair("p.0", self.p0) | pair("p.type", self.kind) | pair("p.marks", self.marks)
        out["p.skip.w"] = turned(self.skip)
        for place, head in self.places.items():
            for name in ("pred", "kind", "span", "before", "skip"):
                out[f"{place}.{name}.w"] = turned(getattr(head, name))
            out |= pair(f"{place}.0", head.h0) | pair(f"{place}.out", head.out)
        return out


class Place(nn.Module):
    """Scores whether an option fills a place (actor, recipient, speaker, date) of a predicate."""

    def __init__(self, width: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.pred = nn.Linear(WIDTH, SPAN, bias=False)
        self.kind = nn.Linear(HIDDEN, SPAN, bias=False)
        self.span = nn.Linear(WIDTH, SPAN, bias=False)
        self.before = nn.Linear(WIDTH, SPAN, bias=False)
        self.h0 = nn.Linear(5 * SPAN + width, HIDDEN // 2)
        self.out = nn.Linear(HIDDEN // 2, 1)
        self.skip = nn.Linear(width, 1, bias=False)

    def forward(self, words: Tensor, hidden: Tensor, spans: Tensor, before: Tensor, feats: Tensor) -> Tensor:
        a = self.pred(self.drop(words)) + self.kind(self.drop(hidden))
        b, c = self.span(self.drop(spans)), self.before(self.drop(before))
        x = self.drop(F.gelu(self.h0(torch.cat([a, b, c, a * b, a * c, feats], 1)), approximate="tanh"))
        return (self.out(x) + self.skip(feats))[:, 0]


def weights_folder_tokenizer() -> Path:
    """The tokenizer file that belongs to the start weights."""
    from encoder import weights_folder

    return weights_folder() / "tokenizer.json"
