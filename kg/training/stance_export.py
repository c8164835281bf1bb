"""What reads positions -> `stances.onnx` and its labels, over the states that `encoder.onnx` gives out."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn

from kg.nlp.pipeline import load_pipeline
from kg.training.calibration import raise_peaks
from kg.training.graph import Graph, add_layer, make_model
from kg.training.passages import make_passages, read_texts
from kg.training.shipped import read_lower
from kg.training.stance_lines import stream_lines
from kg.training.stance_training import load_reader, read_pieces
from kg.training.stances import LOOK, POINTER, POINTERS, SHARED, SHARPER, StanceReader

OUTPUTS = ("carries", "issues", "polarity", "modality", *POINTERS)
PROJECTIONS = ("stance", *(f"{name}_{end}" for name in POINTERS for end in ("from", "to")))
SAMPLE, SIZE = 8, 3000  # batches that the products in 8 bits are fitted to, and pieces in each


def export_reader(encoder: Path, work: Path, out: Path) -> None:
    """Write `stances.onnx` and `stances.json` into the folder of the model."""
    reader = load_reader(encoder, work)
    config = json.loads((encoder / "config.json").read_text(encoding="utf-8"))
    lower, pieces = read_lower(out / "encoder.onnx", config, SHARED), read_pieces(out)
    passages = list(make_passages(load_pipeline(model=out, stances=False), list(read_texts())[:2000:8]))
    stream = stream_lines(passages, pieces, lower, reader.inventory, SIZE, seed=3)
    peaks = [torch.full((layer.inner.out_features,), 1e-6) for layer in reader.layers]
    for _, lines in zip(range(SAMPLE), stream, strict=False):
        raise_peaks(reader.layers, lines.states.float(), lines.mask, peaks)
    onnx.save(make_stance_graph(reader, peaks=peaks), str(out / "stances.onnx"))
    labels = json.dumps(asdict(reader.inventory), ensure_ascii=False, indent=1)
    (out / "stances.json").write_text(labels + "\n", encoding="utf-8")


def make_stance_graph(
    reader: StanceReader, *, bits8: bool = True, peaks: Sequence[Tensor] | None = None
) -> onnx.ModelProto:
    """The tower and its heads for one window, whose states stand behind those of the beginning of the text.

    Inputs are states of the lower layers [1, pieces, width] and the places of the first and last piece of each word;
    outputs have a row a word, those of the pointers a column more than there are words: the first is nobody.
    """
    graph = Graph(bits8)
    x = "states"
    for number, layer in enumerate(reader.layers):
        x = add_layer(graph, x, f"tower{number}", layer, None if peaks is None else peaks[number])
    graph.weight("zero", np.array([0], np.int64))
    flat = graph.add("Squeeze", [x, "zero"], "flat_states")
    ends = [graph.add("Gather", [flat, name], f"{name}_states") for name in ("first", "last")]
    words = graph.add("Concat", ends, "word", axis=-1)
    layers = [getattr(reader, name).linear for name in PROJECTIONS]
    weight, bias = torch.cat([layer.weight for layer in layers]), torch.cat([layer.bias for layer in layers])
    hidden = graph.add("Gelu", [graph.linear(words, "projected", weight, bias)], "hidden")
    graph.split(hidden, PROJECTIONS, [layer.out_features for layer in layers])
    looked = _look(graph, words, reader)
    meaning = graph.add("Gelu", [graph.linear(looked, "meant", *_weights(reader.meaning.linear))], "meaning")
    for name, source in (("carries", "stance"), ("modality", "stance"), ("issues", meaning), ("polarity", meaning)):
        graph.linear(source, name, *_weights(getattr(reader, name)))
    for name in POINTERS:
        _point(graph, name, getattr(reader, f"{name}_nobody"))
    inputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, (1, "pieces", None))]
    inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ("words",)) for name in ("first", "last")]
    return make_model(graph, "kg_stances", inputs, OUTPUTS)


def _weights(layer: nn.Linear) -> tuple[Tensor, Tensor]:
    return layer.weight, layer.bias


def _look(graph: Graph, words: str, reader: StanceReader) -> str:
    """Each word with what it attends to in its window."""
    ends = [graph.linear(words, f"look_{end}", *_weights(getattr(reader, f"look_{end}"))) for end in ("from", "to")]
    across = graph.add("Transpose", [ends[1]], "look_across", perm=[1, 0])
    product = graph.add("MatMul", [ends[0], across], "look_product")
    scale = graph.weight("look_scale", np.array(LOOK**-0.5, np.float32))
    weights = graph.add("Softmax", [graph.add("Mul", [product, scale], "look_scores")], "look_weights", axis=-1)
    return graph.add("Concat", [words, graph.add("MatMul", [weights, words], "looked")], "word_looked", axis=-1)


def _point(graph: Graph, name: str, nobody: Tensor) -> None:
    root = graph.weight(f"{name}_nobody", nobody[None])
    targets = graph.add("Concat", [root, f"{name}_to"], f"{name}_targets", axis=0)
    across = graph.add("Transpose", [targets], f"{name}_across", perm=[1, 0])
    product = graph.add("MatMul", [f"{name}_from", across], f"{name}_product")
    scale = graph.weight(f"{name}_scale", np.array(SHARPER * POINTER**-0.5, np.float32))
    graph.add("Mul", [product, scale], name)
