"""The decider in torch: a MiniLM encoder read once a sentence, and light heads over predicates and options."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent.parent / "relations"))
from encoder import Typer

from foedus.coding.features import OPTION_WIDTH, PREDICATE_WIDTH, TYPES

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


class Heads(nn.Module):
    def __init__(self, dropout: float = 0.3) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.p0 = nn.Linear(2 * WIDTH + PREDICATE_WIDTH, HIDDEN)
        self.kind = nn.Linear(HIDDEN, len(TYPES) + 1)
        self.neg, self.mod, self.spk, self.nobody = (nn.Linear(HIDDEN, n) for n in (1, 3, 1, 1))
        # What syntax and lexicon say reaches the answer directly too: the network learns when not to believe them.
        self.skip = nn.Linear(PREDICATE_WIDTH, len(TYPES) + 1 + 6, bias=False)
        self.places = nn.ModuleDict({place: Place() for place in "ar"})

    def predicate(self, words: Tensor, whole: Tensor, feats: Tensor) -> dict[str, Tensor]:
        x = self.drop(F.gelu(self.p0(torch.cat([self.drop(words), self.drop(whole), feats], 1)), approximate="tanh"))
        kind, neg, mod, spk, nobody = self.skip(feats).split((len(TYPES) + 1, 1, 3, 1, 1), 1)
        return {
            "type": self.kind(x) + kind,
            "neg": (self.neg(x) + neg)[:, 0],
            "mod": self.mod(x) + mod,
            "spk": (self.spk(x) + spk)[:, 0],
            "nobody": (self.nobody(x) + nobody)[:, 0],
        }

    def arrays(self) -> dict[str, object]:
        """The matrices as the numpy evaluator names them (weights transposed to input × output)."""

        def pair(name: str, layer: nn.Linear) -> dict[str, object]:
            return {f"{name}.w": layer.weight.detach().T.contiguous().numpy(), f"{name}.b": layer.bias.detach().numpy()}

        out = pair("p.0", self.p0)
        for name, layer in (
            ("type", self.kind),
            ("neg", self.neg),
            ("mod", self.mod),
            ("spk", self.spk),
            ("nobody", self.nobody),
        ):
            out |= pair(f"p.{name}", layer)
        out["p.skip.w"] = self.skip.weight.detach().T.contiguous().numpy()
        for place, head in self.places.items():
            out[f"{place}.skip.w"] = head.skip.weight.detach().T.contiguous().numpy()
            out[f"{place}.pred.w"] = head.pred.weight.detach().T.contiguous().numpy()
            out[f"{place}.span.w"] = head.span.weight.detach().T.contiguous().numpy()
            out |= pair(f"{place}.0", head.h0) | pair(f"{place}.out", head.out)
        return out


class Place(nn.Module):
    """Scores whether an option fills a place (actor or recipient) of a predicate."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.pred = nn.Linear(WIDTH, SPAN, bias=False)
        self.span = nn.Linear(WIDTH, SPAN, bias=False)
        self.h0 = nn.Linear(3 * SPAN + OPTION_WIDTH, HIDDEN // 2)
        self.out = nn.Linear(HIDDEN // 2, 1)
        self.skip = nn.Linear(OPTION_WIDTH, 1, bias=False)

    def forward(self, words: Tensor, spans: Tensor, feats: Tensor) -> Tensor:
        a, b = self.pred(self.drop(words)), self.span(self.drop(spans))
        x = self.drop(F.gelu(self.h0(torch.cat([a, b, a * b, feats], 1)), approximate="tanh"))
        return (self.out(x) + self.skip(feats))[:, 0]


def weights_folder_tokenizer() -> Path:
    """The tokenizer file that belongs to the start weights."""
    from encoder import weights_folder

    return weights_folder() / "tokenizer.json"
