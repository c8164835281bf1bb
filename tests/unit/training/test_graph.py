"""The ONNX graph says what the trained network says: the same in 32 bits, nearly so in 8."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer
from tokenizers.models import Unigram

from kg.nlp.lemmatizer import Lexicon
from kg.nlp.sessions import Array
from tests.unit.training.toy import CONFIG

if TYPE_CHECKING:
    from torch import Tensor

    from kg.training.network import Parser

pytestmark = pytest.mark.torch

INPUTS = {
    "pieces": np.array([0, 7, 8, 9, 10, 2]),
    "first": np.array([1, 2, 4]),
    "last": np.array([1, 3, 4]),
    "reading": np.array([0, 2, 1]),
}


class NoLexicon(Lexicon):
    def __init__(self) -> None:
        self.reading = lambda form: 0  # type: ignore[assignment]


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
    for layer in network.encoder.layers:
        torch.nn.init.normal_(layer.inner.weight, std=1e-3)
        torch.nn.init.zeros_(layer.inner.bias)
        layer.inner.bias.data[:4] = 5.0  # four units that answer far more strongly than the others
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


def answered(network: "Parser", *, bits8: bool, peaks: "Sequence[Tensor] | None" = None) -> dict[str, Array]:
    from kg.training.graph import make_graph

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    graph = make_graph(network, treebank="gsd", bits8=bits8, peaks=peaks).SerializeToString()
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs() if output.name != "lower"]
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


def test_what_single_units_have_beyond_the_others_is_not_lost(network: "Parser") -> None:
    import torch

    expected = wanted(network)
    rest = torch.full((60,), 0.1)  # above what the other units reach
    strong = torch.nn.functional.gelu(network.encoder.layers[0].inner.bias)
    assert strong[:4].min() > 1.0
    found = answered(network, bits8=False, peaks=[torch.cat([torch.full((4,), 9.0), rest])] * 2)
    for name, scores in expected.items():
        np.testing.assert_allclose(found[name], scores, atol=1e-4)


def test_peaks_are_those_of_the_sample(network: "Parser") -> None:
    from kg.training.batches import Pieces, make_batch
    from kg.training.calibration import measure_peaks
    from kg.training.corpus import Sentence

    vocabulary = [(piece, -1.0) for piece in ["<s>", "<pad>", "</s>", "<unk>", "▁", *"Kiewhoft."]]
    pieces = Pieces(Tokenizer(Unigram(vocabulary, unk_id=3)), NoLexicon())
    sentence = Sentence(words=("Kiew", "hofft"), spaces=(True, True), treebank="gsd")
    peaks = measure_peaks(network.encoder, [make_batch([[sentence]], pieces, network.labels)])
    assert [peak.shape for peak in peaks] == [(64,), (64,)]
    assert all((peak > 1e-6).any() for peak in peaks)
    assert all((peak == 1e-6).all() for peak in measure_peaks(network.encoder, []))


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
