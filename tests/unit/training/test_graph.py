"""The ONNX graph says what the trained network says: the same in 32 bits, nearly so in 8."""

from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest

from kg.nlp.encoder import Array

if TYPE_CHECKING:
    from kg.training.network import Parser

pytestmark = pytest.mark.torch

CONFIG: dict[str, Any] = {
    "vocab_size": 50, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
    "max_position_embeddings": 40, "layer_norm_eps": 1e-12,
}  # fmt: skip
INPUTS = {
    "pieces": np.array([0, 7, 8, 9, 10, 2]),
    "first": np.array([1, 2, 4]),
    "last": np.array([1, 3, 4]),
    "reading": np.array([0, 2, 1]),
}


@pytest.fixture(name="network", scope="module")
def make_network() -> "Parser":
    import torch

    from kg.training.network import Labels, Parser

    torch.manual_seed(0)
    labels = Labels(
        upos=("NOUN", "VERB"),
        xpos=("NN", "VVFIN"),
        feats=(("Case", ("", "Nom")),),
        lemma=("=|0|",),
        deprel=("nsubj", "root"),
        ner=("O", "B-LOC"),
        treebanks=("germeval", "gsd"),
    )
    network = Parser(CONFIG, labels, torch.eye(3))
    torch.nn.init.normal_(network.treebank.weight)
    network.eval()
    return network


def wanted(network: "Parser") -> dict[str, Array]:
    import torch

    rows = {name: torch.from_numpy(values)[None] for name, values in INPUTS.items()}
    with torch.no_grad():
        mask = torch.ones_like(rows["pieces"])
        words = network.words(rows["pieces"], mask, rows["first"], rows["last"], rows["reading"])
        out = network.heads(words, torch.tensor([1]))
        out["arc_dep"] = out["arc_dep"] @ network.arc[:-1] + network.arc[-1]
    return {name: scores[0].numpy() for name, scores in out.items()}


def answered(network: "Parser", *, bits8: bool) -> dict[str, Array]:
    from kg.training.graph import make_graph

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    graph = make_graph(network, treebank="gsd", bits8=bits8).SerializeToString()
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, INPUTS), strict=True))


def test_scores_in_32_bits_are_the_same(network: "Parser") -> None:
    expected = wanted(network)
    found = answered(network, bits8=False)
    assert found.keys() == expected.keys()
    for name, scores in expected.items():
        np.testing.assert_allclose(found[name], scores, atol=1e-4)


def test_scores_in_8_bits_are_close(network: "Parser") -> None:
    expected = wanted(network)
    for name, scores in answered(network, bits8=True).items():
        assert np.abs(scores - expected[name]).max() < 0.1 * max(1.0, np.abs(expected[name]).max())


def test_weights_in_8_bits_have_a_scale_each() -> None:
    import torch

    from kg.training.graph import quantise

    weight = torch.tensor([[127.0, 0.5], [-2.0, 0.25], [0.0, 0.0]])
    values, scales = quantise(weight, axis=0)
    assert values.tolist() == [[127, 127], [-2, 64], [0, 0]]
    assert scales.tolist() == [[1.0, np.float32(0.5 / 127)]]


def test_padding_changes_nothing(network: "Parser") -> None:
    import torch

    pieces = torch.tensor([[0, 7, 8, 2, 1, 1]])
    mask = (pieces != 1).long()
    with torch.no_grad():
        padded, bare = network.encoder(pieces, mask)[:, :4], network.encoder(pieces[:, :4], mask[:, :4])
    torch.testing.assert_close(padded, bare)
