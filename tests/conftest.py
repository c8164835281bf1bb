"""Tests that need what is not there say so and are skipped."""

import importlib.util
import shutil
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[1] / "kg" / "nlp" / "model" / "encoder.onnx"
SEEDS = Path(__file__).parents[1] / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {}
    if not MODEL.is_file():
        missing["model"] = f"no German model: {MODEL} is missing; python -m kg.training makes it"
    if importlib.util.find_spec("torch") is None:
        missing["torch"] = "no PyTorch; pip install 'polkg[train]' brings it"
    for item in items:
        for marker, reason in missing.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ("BASE", "ONTOLOGY", "PIPELINE", "MAX_FILE_BYTES", "MAX_ARTICLE_CHARS", "CHECK_LANGUAGE")
    for name in (*settings, "TOKEN", "PASSWORD", "PUSH_TOKEN"):
        monkeypatch.delenv(f"KG_{name}", raising=False)


@pytest.fixture(scope="session")
def built_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of `seeds/`; tests that use it are marked `model`, and write nothing into it."""
    from kg.pipeline import build

    out = tmp_path_factory.mktemp("seeds") / "out"
    build([SEEDS], out)
    return out


@pytest.fixture
def graph(built_seeds: Path, tmp_path: Path) -> Path:
    """A copy of `built_seeds` that a test may change."""
    return Path(shutil.copytree(built_seeds, tmp_path / "graph"))
