"""The network for positions: its batches, that it learns, and that its ONNX graph says the same."""

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
import pytest

from kg.training.passages import Carried, Passage
from tests.unit.training.toy import CONFIG

if TYPE_CHECKING:
    from kg.training.encoder import Encoder
    from kg.training.stances import Inventory, Lines, StanceReader

pytestmark = pytest.mark.torch


def window(*, polarity: str = "oppose", title: tuple[str, ...] = ("a", "b")) -> Passage:
    carried = Carried(issues=frozenset(["arms", "peace"]), polarity=polarity, modality="asserted", holder=0, about=None)
    return Passage(
        words=("x", "y", "zz"), spaces=(True, True, False), sentences=(0, 0, 0), carried={1: carried},
        title=title, title_spaces=(True,) * len(title),
    )  # fmt: skip


def pieces(word: str, space: bool) -> list[int]:
    """A piece a letter."""
    return [10 + ord(char) % 30 for char in word]


@pytest.fixture(name="inventory")
def make_inventory() -> "Inventory":
    from kg.training.stances import Inventory

    return Inventory(issues=("arms", "peace"), polarity=("support", "oppose"), modality=("asserted",))


@pytest.fixture(name="lower")
def make_lower() -> "Encoder":
    import torch

    from kg.training.encoder import Encoder

    torch.manual_seed(0)
    encoder = Encoder(CONFIG)
    encoder.requires_grad_(False).eval()
    return encoder


@pytest.fixture(name="reader")
def make_reader(inventory: "Inventory") -> "StanceReader":
    import torch

    from kg.training.stances import StanceReader

    torch.manual_seed(1)
    return StanceReader(CONFIG, inventory, 2)


def lines(lower: "Encoder", inventory: "Inventory", *windows: Passage) -> "Lines":
    from kg.training.stance_lines import make_lines

    return make_lines(windows, pieces, lower, inventory)  # type: ignore[arg-type]


def test_the_beginning_of_the_text_stands_before_the_window(lower: "Encoder", inventory: "Inventory") -> None:
    found = lines(lower, inventory, window(), window(title=()))
    assert found.mask.sum(1).tolist() == [2 + 6, 6]
    assert found.first[:, :3].tolist() == [[3, 4, 5], [1, 2, 3]]
    assert found.last[:, :3].tolist() == [[3, 4, 6], [1, 2, 4]]
    assert found.states[0, 2:8].equal(found.states[1, :6])  # the lower layers read both apart


def test_labels_are_those_of_the_words(lower: "Encoder", inventory: "Inventory") -> None:
    from kg.training.stances import IGNORE

    found = lines(lower, inventory, window())
    assert found.carries[0, :4].tolist() == [0, 1, 0, IGNORE]
    assert found.polarity[0, :3].tolist() == [IGNORE, 1, IGNORE]
    assert found.issues[0, 1].tolist() == [0.5, 0.5]
    assert (int(found.holder[0, 1]), int(found.about[0, 1])) == (1, 0)


def test_it_learns(reader: "StanceReader", lower: "Encoder", inventory: "Inventory") -> None:
    import torch

    from kg.training.stances import stance_loss

    given = lines(lower, inventory, window(), window(polarity="support", title=("c",)))
    optimiser = torch.optim.AdamW(reader.parameters(), lr=1e-3)
    losses: list[float] = []
    for _ in range(30):
        optimiser.zero_grad()
        loss = sum(stance_loss(reader, given).values(), torch.zeros(()))
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    assert losses[-1] < 0.7 * losses[0]


@pytest.mark.parametrize(("bits8", "far"), [(False, 2e-2), (True, 0.3)])
def test_the_graph_says_the_same(
    reader: "StanceReader", lower: "Encoder", inventory: "Inventory", *, bits8: bool, far: float
) -> None:
    import torch

    from kg.training.stance_export import make_stance_graph

    reader.eval()
    given = lines(lower, inventory, window())
    states, places = given.states[:, :8].float(), (given.first[:, :3], given.last[:, :3])
    with torch.no_grad():
        wanted = reader(states, given.mask[:, :8], *places)
    model = make_stance_graph(reader, bits8=bits8).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    first, last = (place[0].numpy() for place in places)
    found = dict(zip(names, session.run(names, {"states": states.numpy(), "first": first, "last": last}), strict=True))
    assert set(found) == set(wanted)
    for name, scores in found.items():
        assert np.abs(scores - wanted[name][0].numpy()).max() < far, name


def test_lower_layers_are_read_back_from_the_graph(lower: "Encoder", tmp_path: Any) -> None:
    import onnx
    import torch

    from kg.training.graph import make_graph
    from kg.training.network import Labels, Parser
    from kg.training.shipped import read_lower

    labels = Labels(upos=("X",), xpos=("X",), feats=(("Case", ("", "Nom")),), lemma=("=|0|",), deprel=("root",),
                    ner=("O",), treebanks=("gsd",))  # fmt: skip
    model = Parser(CONFIG, labels, torch.eye(3)).eval()
    onnx.save(make_graph(model, treebank="gsd"), str(tmp_path / "encoder.onnx"))
    encoder = read_lower(tmp_path / "encoder.onnx", CONFIG, 2)
    ids = torch.tensor([[0, 7, 8, 9, 2]])
    with torch.no_grad():
        far = (encoder(ids, torch.ones_like(ids)) - model.encoder(ids, torch.ones_like(ids))).abs().max()
    assert float(far) < 0.2


def test_windows_of_like_length_are_packed_together() -> None:
    from kg.training.stance_lines import pack_windows

    long = Passage(words=("abcdefghij",) * 3, spaces=(True,) * 3, sentences=(0,) * 3, carried={})
    packed = pack_windows([window(), long, window()], pieces, 32, random.Random(0))  # type: ignore[arg-type]
    assert sorted(sorted(len(w.words[0]) for w in group) for group in packed) == [[1, 1], [10]]
