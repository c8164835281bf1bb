"""Checkpoint -> model files: ONNX network with 8-bit weights, biaffine weights, labels, tokenizer."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from kg.training.network import Parser

OUTPUTS = ("upos", "xpos", "feats", "lemma", "start", "ner", "arc_dep", "arc_head", "label_dep", "label_head")


class Exported(nn.Module):
    """The parser with the treebank fixed and the first arc product done.

    Entities are read in the style of the data that they were learned from, not of the treebank.
    """

    def __init__(self, model: Parser, treebank: str, named: str) -> None:
        super().__init__()
        self.model = model
        self.register_buffer("bank", torch.tensor([model.labels.treebanks.index(treebank)]))
        self.register_buffer("named", torch.tensor([model.labels.treebanks.index(named)]))

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Scores in the order of `OUTPUTS`."""
        model = self.model
        states = model.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        size = states.shape[-1]
        both = torch.cat([_pick(states, first, size), _pick(states, last, size)], -1)
        out = model.heads(both + model.treebank(self.bank).unsqueeze(1))
        out["ner"] = model.ner(model.entity(both + model.treebank(self.named).unsqueeze(1)))
        dep = out["arc_dep"]
        out["arc_dep"] = dep @ model.arc[:-1] + model.arc[-1]
        return tuple(out[name] for name in OUTPUTS)


def _pick(states: Tensor, index: Tensor, size: int) -> Tensor:
    return torch.gather(states, 1, index.unsqueeze(-1).expand(-1, -1, size))


def export_model(model: Parser, tokenizer: Path, out: Path, *, treebank: str = "gsd", named: str = "germeval") -> None:
    """Write `encoder.onnx`, `heads.npz`, `labels.json`, `tokenizer.json` into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    whole = out / "whole.onnx"
    _export_network(Exported(model, treebank, named).eval(), whole)
    quantize_dynamic(
        str(whole), str(out / "encoder.onnx"), per_channel=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    whole.unlink()
    strip_origin(out / "encoder.onnx")
    np.savez_compressed(
        out / "heads.npz",
        root_arc=model.root_arc.detach().numpy(),
        root_label=model.root_label.detach().numpy(),
        label=np.ascontiguousarray(model.label.detach().numpy().transpose(1, 0, 2)),
    )
    labels = asdict(model.labels)
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "tokenizer.json").write_text(tokenizer.read_text(encoding="utf-8"), encoding="utf-8")


def _export_network(network: Exported, path: Path) -> None:
    """Write the network with float32 weights, for any number of windows, pieces and words."""
    example = torch.ones(2, 7, dtype=torch.long)
    words = torch.tensor([[1, 2, 4], [1, 3, 5]])
    batch, pieces, count = torch.export.Dim("batch"), torch.export.Dim("pieces"), torch.export.Dim("words")
    torch.onnx.export(
        network,
        (example, example.clone(), words, words.clone()),
        str(path),
        input_names=["pieces", "mask", "first", "last"],
        output_names=list(OUTPUTS),
        dynamic_shapes=({0: batch, 1: pieces}, {0: batch, 1: pieces}, {0: batch, 1: count}, {0: batch, 1: count}),
        opset_version=18,
        dynamo=True,
        external_data=False,
    )


def strip_origin(path: Path) -> None:
    """Take out what the exporter notes of the source code: paths and traces, which differ from machine to machine."""
    network = onnx.load(str(path))
    for part in (network, network.graph, *network.graph.node, *network.graph.value_info):
        part.ClearField("doc_string")
        del part.metadata_props[:]
    for function in network.functions:
        function.ClearField("doc_string")
        del function.metadata_props[:]
    onnx.save(network, str(path))
