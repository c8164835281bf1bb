"""How the German model is made: from treebanks and NER data to the files in `kg/nlp/model`.

Runs with the `train` extra (PyTorch, onnx); nothing here is imported at run time.
"""
