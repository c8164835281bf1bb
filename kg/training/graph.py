"""The trained network as an ONNX graph, with products in 8 bits.

Written node by node, because what an exporter makes of the same network runs at a third of the speed. One
window is read at a time, so that there is no padding and no mask; every word is looked up once; all heads
share one product. The treebank, fixed at run time, disappears into the biases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from kg.training.encoder import Layer
from kg.training.network import Parser
from kg.training.stances import SHARED

FUSED = "com.microsoft"
INPUTS = {"pieces": "pieces", "first": "words", "last": "words", "reading": "words"}
OUTPUTS = ("upos", "xpos", "feats", "lemma", "start", "ner", "arc_dep", "arc_head", "label_dep", "label_head")
PROJECTIONS = ("tag", "entity", "arc_dep", "arc_head", "label_dep", "label_head")  # share one product, then GELU
LOWER = "lower"  # states of the layers that positions are read over as well
BEYOND = 4  # hidden units of a layer that may go beyond the limit of the others
SCORED = ("upos", "xpos", "feats", "lemma")  # share one product over `tag`


@dataclass(slots=True)
class Graph:
    """Nodes and weights as they are added; every method that adds nodes returns the name of what comes out."""

    bits8: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def weight(self, name: str, value: Tensor | NDArray[np.generic]) -> str:
        """A constant."""
        array = value.detach().float().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """A node with one output, which has its name."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str, weight: Tensor, bias: Tensor) -> str:
        """A linear layer with a quantised input of its own."""
        weight_t, bias_name = weight.t(), self.weight(f"{name}.bias", bias)
        if not self.bits8:
            product = self.add("MatMul", [x, self.weight(f"{name}.weight", weight_t)], f"{name}.product")
            return self.add("Add", [product, bias_name], name)
        values, scales = self._quantised(name, weight_t)
        return self.add("DynamicQuantizeMatMul", [x, values, scales, "", bias_name], name, FUSED)

    def linears(self, x: str, layers: dict[str, tuple[Tensor, Tensor]]) -> list[str]:
        """Linear layers over one input, which is quantised once."""
        if not self.bits8:
            return [self.linear(x, name, weight, bias) for name, (weight, bias) in layers.items()]
        quantised = [f"{x}.{part}" for part in ("values", "scale", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], quantised, name=f"{x}.quantised"))
        found = []
        for name, (weight, bias) in layers.items():
            values, scales = self._quantised(name, weight.t())
            inputs = [quantised[0], values, quantised[1], scales, quantised[2], "", self.weight(f"{name}.bias", bias)]
            found.append(self.add("MatMulIntegerToFloat", inputs, name, FUSED))
        return found

    def _quantised(self, name: str, weight: Tensor) -> tuple[str, str]:
        """Symmetric 8-bit weights, [inputs, outputs], with a scale for each output."""
        values, scales = quantise(weight, axis=0)
        return self.weight(f"{name}.weight", values), self.weight(f"{name}.scale", scales.reshape(-1))

    def embedding(self, index: str, name: str, table: Tensor) -> str:
        """Rows of a table, which is stored in 8 bits with a scale a row."""
        if not self.bits8:
            return self.add("Gather", [self.weight(f"{name}.table", table), index], name)
        values, scales = quantise(table, axis=1)
        rows = self.add("Gather", [self.weight(f"{name}.table", values), index], f"{name}.rows")
        whole = self.add("Cast", [rows], f"{name}.whole", to=TensorProto.FLOAT)
        factors = self.add("Gather", [self.weight(f"{name}.scale", scales), index], f"{name}.factors")
        return self.add("Mul", [whole, factors], name)

    def norm(self, x: str, skip: str, name: str, norm: torch.nn.LayerNorm) -> str:
        """Layer normalisation of x + skip."""
        both = self.add("Add", [x, skip], f"{name}.sum")
        inputs = [both, self.weight(f"{name}.gain", norm.weight), self.weight(f"{name}.shift", norm.bias)]
        return self.add("LayerNormalization", inputs, name, epsilon=float(norm.eps), axis=-1)

    def split(self, x: str, names: tuple[str, ...], sizes: list[int]) -> None:
        """Cut the last axis into parts of these names and sizes."""
        sizes_name = self.weight(f"{x}.sizes", np.array(sizes, np.int64))
        self.nodes.append(helper.make_node("Split", [x, sizes_name], list(names), name=f"{x}.split", axis=-1))


def quantise(weight: Tensor, *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Signed 8-bit values and the scales that bring them back, one for each place along the other axis."""
    array = weight.detach().float().numpy()
    scales = np.maximum(np.abs(array).max(axis=axis, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.clip(np.rint(array / scales), -127, 127).astype(np.int8), scales


def make_graph(
    model: Parser, *, treebank: str, bits8: bool = True, peaks: Sequence[Tensor] | None = None
) -> onnx.ModelProto:
    """The network for one window, read as `treebank` would annotate it.

    Inputs are piece ids, and for each word the places of its first and last piece and its class in the
    lexicon; outputs have a row a word. Without `bits8` all weights stay float32. `peaks` are those of
    `kg.training.calibration`; without them 8 bits cost half a point of LAS more.
    """
    graph = Graph(bits8)
    x = _embed(graph, model)
    for number, layer in enumerate(model.encoder.layers):
        x = add_layer(graph, x, f"layer{number}", layer, None if peaks is None else peaks[number])
    words = _words(graph, x, model)
    banks = (model.labels.treebanks.index(treebank), model.named)
    _heads(graph, words, model, *(model.treebank.weight[bank] for bank in banks))
    graph.add("Identity", [f"layer{min(SHARED, len(model.encoder.layers)) - 1}.states"], LOWER)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, (size,)) for name, size in INPUTS.items()]
    return make_model(graph, "kg_german", inputs, OUTPUTS, states=LOWER)


def _embed(graph: Graph, model: Parser) -> str:
    encoder = model.encoder
    words = graph.embedding("pieces", "piece_states", encoder.words.weight)
    length = graph.add("Shape", ["pieces"], "length")
    begin = graph.weight("zero", np.array([0], np.int64))
    table = graph.weight("positions", encoder.positions.weight)
    positions = graph.add("Slice", [table, begin, length, begin], "position_states")
    flat = graph.norm(words, positions, "embedded", encoder.norm)
    return graph.add("Unsqueeze", [flat, begin], "states")


def add_layer(graph: Graph, x: str, name: str, layer: Layer, peaks: Tensor | None) -> str:
    """A layer of the encoder; returns the name of its states. `peaks` are those of its hidden units."""
    weights, biases = layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3)
    parts = dict(zip((f"{name}.q", f"{name}.k", f"{name}.v"), zip(weights, biases, strict=True), strict=True))
    qkv = graph.linears(x, parts)
    mixed = graph.add("MultiHeadAttention", qkv, f"{name}.attention", FUSED, num_heads=layer.heads)
    out = graph.linear(mixed, f"{name}.out", layer.out.weight, layer.out.bias)
    x = graph.norm(out, x, f"{name}.attended", layer.attention_norm)
    inner = graph.linear(x, f"{name}.inner", layer.inner.weight, layer.inner.bias)
    inner = graph.add("Gelu", [inner], f"{name}.gelu")
    outer = _contract(graph, inner, name, layer, peaks)
    return graph.norm(outer, x, f"{name}.states", layer.norm)


def _contract(graph: Graph, inner: str, name: str, layer: Layer, peaks: Tensor | None) -> str:
    """The second product of the feed-forward part: in 8 bits up to a limit, what goes beyond it in 32 bits."""
    if peaks is None:
        return graph.linear(inner, f"{name}.outer", layer.outer.weight, layer.outer.bias)
    largest = peaks.topk(BEYOND + 1)
    units, limit = largest.indices[:-1], graph.weight(f"{name}.limit", largest.values[-1])
    within = graph.add("Min", [inner, limit], f"{name}.within")
    outer = graph.linear(within, f"{name}.outer", layer.outer.weight, layer.outer.bias)
    chosen = graph.add("Gather", [inner, graph.weight(f"{name}.units", units.numpy())], f"{name}.chosen", axis=-1)
    beyond = graph.add("Relu", [graph.add("Sub", [chosen, limit], f"{name}.over")], f"{name}.beyond")
    rest = graph.weight(f"{name}.rest", layer.outer.weight[:, units].t())
    return graph.add("Add", [outer, graph.add("MatMul", [beyond, rest], f"{name}.extra")], f"{name}.whole")


def _words(graph: Graph, x: str, model: Parser) -> str:
    """First piece, last piece and lexicon class of every word, side by side."""
    flat = graph.add("Squeeze", [x, "zero"], "flat_states")
    ends = [graph.add("Gather", [flat, name], f"{name}_states") for name in ("first", "last")]
    known = graph.add("Gather", [graph.weight("readings", model.reading_table()), "reading"], "known")
    return graph.add("Concat", [*ends, known], "word", axis=-1)


def _heads(graph: Graph, words: str, model: Parser, treebank: Tensor, named: Tensor) -> None:
    layers = [getattr(model, name).linear for name in PROJECTIONS]
    styles = [named if name == "entity" else treebank for name in PROJECTIONS]
    biases = [layer.bias + layer.weight @ style for layer, style in zip(layers, styles, strict=True)]
    product = graph.linear(words, "projected", torch.cat([layer.weight for layer in layers]), torch.cat(biases))
    hidden = graph.add("Gelu", [product], "hidden")
    parts = tuple(f"{name}_hidden" if name == "arc_dep" else name for name in PROJECTIONS)
    graph.split(hidden, parts, [layer.out_features for layer in layers])
    scored = [getattr(model, name) for name in SCORED]
    weight, bias = torch.cat([s.weight for s in scored]), torch.cat([s.bias for s in scored])
    graph.split(graph.linear("tag", "scores", weight, bias), SCORED, [s.out_features for s in scored])
    graph.linear("entity", "ner", model.ner.weight, model.ner.bias)
    graph.linear(words, "start", model.start.weight, model.start.bias + model.start.weight @ treebank)
    graph.linear("arc_dep_hidden", "arc_dep", model.arc[:-1].t(), model.arc[-1])


def make_model(
    graph: Graph, name: str, inputs: list[onnx.ValueInfoProto], outputs: Sequence[str], *, states: str | None = None
) -> onnx.ModelProto:
    """The model of all nodes; outputs are float32 with a row a word, `states` also with one a piece."""
    found = [helper.make_tensor_value_info(output, TensorProto.FLOAT, ("words", None)) for output in outputs]
    if states is not None:
        found.append(helper.make_tensor_value_info(states, TensorProto.FLOAT, (1, "pieces", None)))
    body = helper.make_graph(graph.nodes, name, inputs, found, graph.weights)
    imports = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(body, opset_imports=imports, ir_version=9)
