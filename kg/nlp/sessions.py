"""How onnxruntime runs our networks."""

from pathlib import Path
from typing import Any

import onnxruntime
from numpy.typing import NDArray

Array = NDArray[Any]


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """The network of a file, for one window at a time in each of several threads."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # windows run beside each other: that scales, splitting one does not
    # The graph is fused by hand; what onnxruntime would fuse further is slower (SkipLayerNormalization, 5 to 1).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
