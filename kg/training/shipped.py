"""The lower layers of the shipped model, read back from its ONNX file, so that others can be trained over them."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from kg.training.encoder import Encoder

NORMS = {"attention_norm": "attended", "norm": "states"}  # names in `Layer` and in the graph


def read_lower(path: Path, config: dict[str, Any], depth: int) -> Encoder:
    """Embeddings and the first `depth` layers of `encoder.onnx`, whose weights of 8 bits are brought back to 32.

    `config` is that of the pretrained encoder, of which the shipped one has the sizes.
    """
    kept = {w.name: w for w in onnx.load(str(path)).graph.initializer}

    def array(name: str) -> Tensor:
        return torch.from_numpy(numpy_helper.to_array(kept[name]).astype(np.float32))

    def linear(name: str) -> tuple[Tensor, Tensor]:
        return (array(f"{name}.weight") * array(f"{name}.scale")).t().contiguous(), array(f"{name}.bias")

    state = {
        "words.weight": array("piece_states.table") * array("piece_states.scale"),
        "positions.weight": array("positions"),
        "norm.weight": array("embedded.gain"),
        "norm.bias": array("embedded.shift"),
    }
    for number in range(depth):
        own, graph = f"layers.{number}", f"layer{number}"
        parts = [linear(f"{graph}.{part}") for part in "qkv"]
        state[f"{own}.qkv.weight"], state[f"{own}.qkv.bias"] = (torch.cat(both) for both in zip(*parts, strict=True))
        for name in ("out", "inner", "outer"):
            state[f"{own}.{name}.weight"], state[f"{own}.{name}.bias"] = linear(f"{graph}.{name}")
        for name, norm in NORMS.items():
            state[f"{own}.{name}.weight"], state[f"{own}.{name}.bias"] = (
                array(f"{graph}.{norm}.{part}") for part in ("gain", "shift")
            )
    encoder = Encoder(config | {"vocab_size": len(state["words.weight"]), "num_hidden_layers": depth})
    encoder.load_state_dict(state)
    encoder.requires_grad_(False).eval()
    return encoder
