"""The whole way from data to a model that parses, on a few sentences: prepare, train, export, evaluate."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from kg.nlp import load_pipeline
from kg.nlp.encoder import Encoder, Window
from kg.nlp.sessions import Array
from kg.training.__main__ import main
from tests.unit.training import toy

FILES = ["encoder.onnx", "heads.npz", "labels.json", "lexicon.marisa", "tokenizer.json"]

pytestmark = [
    pytest.mark.torch,
]


@pytest.fixture(name="model", scope="module")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of model files; beside it `work` and `data`."""
    folder = tmp_path_factory.mktemp("training")
    data, tools = toy.write_data(folder / "data"), toy.write_tools(folder / "tools")
    encoder = toy.write_encoder(folder / "encoder")
    given = f"--data={data} --tools={tools} --encoder={encoder} --work={folder / 'work'} --out={folder / 'model'}"
    for step in ("prepare --pieces=60", "train --steps=2 --size=40", "export"):
        assert main([*step.split(), *given.split()]) == 0
    return folder / "model"


@pytest.fixture(name="nlp", scope="module")
def load(model: Path) -> Language:
    return load_pipeline(model=model)


def correlation(a: Array, b: Array) -> float:
    """Of scores in 8 bits with those in 32; 1 where they say the same."""
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


class TestModel:
    def test_is_a_handful_of_files(self, model: Path) -> None:
        assert sorted(path.name for path in model.iterdir()) == FILES

    def test_parses(self, nlp: Language) -> None:
        doc = nlp("Kiew fordert Waffen. Rutte lieferte Raketen.")
        assert all(doc.has_annotation(name) for name in ("POS", "TAG", "LEMMA", "DEP", "HEAD", "ENT_IOB"))
        assert {token.dep_ for token in doc} <= {"nsubj", "ROOT", "obj", "punct"}
        assert sum(token.dep_ == "ROOT" for token in doc) == len(list(doc.sents))

    def test_does_so_in_windows_of_any_length(self, nlp: Language) -> None:
        for count in (1, 99, 300):
            assert len(nlp("Waffen " * count)) == count

    def test_gives_the_same_every_time(self, nlp: Language) -> None:
        text = "Kiew fordert Waffen."
        assert nlp(text).to_json() == nlp(text).to_json()

    def test_scores_as_the_network_does_that_was_trained(self, model: Path) -> None:
        import torch

        from kg.nlp.lemmatizer import Lexicon
        from kg.training.batches import Pieces, make_batch
        from kg.training.corpus import Sentence
        from kg.training.train import load_checkpoint

        words, spaced = ("Kiew", "fordert", "Waffen", "."), (True, True, True, False)
        work, lexicon, encoder = model.parent / "work", Lexicon(model / "lexicon.marisa"), Encoder(model)
        network = load_checkpoint(work, json.loads((work / "config.json").read_text()), lexicon).eval()
        sentence = Sentence(words=words, spaces=(*spaced[1:], True), treebank="gsd")
        batch = make_batch([[sentence]], Pieces(encoder.tokenizer, lexicon), network.labels)
        with torch.no_grad():
            read = network.words(batch.pieces, batch.mask, batch.first, batch.last, batch.reading)
            wanted = {name: scores[:, :4] for name, scores in network.heads(read, batch.treebank).items()}
            arcs = network.arcs(wanted)[0, :, 1:]
        window = Window(words=words, spaced=spaced, readings=tuple(map(lexicon.reading, words)))
        found = encoder.run([window])
        for name in ("upos", "feats", "start", "label_head"):
            assert correlation(found[name], wanted[name][0].numpy()) > 0.95
        assert correlation(found["arc_dep"] @ found["arc_head"].T, arcs.numpy()) > 0.95

    def test_is_measured(
        self, model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("kg.training.measure.GSD_TRAINED", 4)
        assert main(["evaluate", f"--data={model.parent / 'data'}", f"--out={model}"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[0] for line in lines] == ["gsd-dev", "pud-news", "germeval-dev"]
        assert not any(math.isnan(float(number)) for number in lines[0].split()[2::2])


@pytest.mark.parametrize("step", ["prepare", "train"])
def test_encoder_is_asked_for(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([step])
    assert "needs --encoder" in capsys.readouterr().err
