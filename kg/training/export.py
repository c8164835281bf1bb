"""Checkpoint -> model files: ONNX network with 8-bit weights, biaffine weights, labels, tokenizer."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx

from kg.training.batches import Batch
from kg.training.calibration import measure_peaks
from kg.training.graph import make_graph
from kg.training.network import Parser


def export_model(
    model: Parser, tokenizer: Path, out: Path, *, sample: Iterable[Batch] = (), treebank: str = "gsd"
) -> None:
    """Write `encoder.onnx`, `heads.npz`, `labels.json`, `tokenizer.json` into `out`.

    The products in 8 bits are fitted to what the network makes of `sample`.
    """
    out.mkdir(parents=True, exist_ok=True)
    peaks = measure_peaks(model.encoder, sample)
    onnx.save(make_graph(model.eval(), treebank=treebank, peaks=peaks), str(out / "encoder.onnx"))
    np.savez_compressed(
        out / "heads.npz",
        root_arc=model.root_arc.detach().half().numpy(),
        root_label=model.root_label.detach().half().numpy(),
        label=np.ascontiguousarray(model.label.detach().half().numpy().transpose(1, 0, 2)),
    )
    labels = asdict(model.labels)
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "tokenizer.json").write_text(tokenizer.read_text(encoding="utf-8"), encoding="utf-8")
