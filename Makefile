PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXPLORER := $(wildcard kg/web/*.json kg/web/*.mjs kg/web/src/*.* kg/web/src/*/*.*)

.PHONY: demo test wheel clean

# Builds the graph of the article in seeds/ and shows the positions found in it.
demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o out
	$(BIN)/kg query out --name positions

test: $(VENV)/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

# A wheel with the explorer in it, in dist/.
wheel: $(VENV)/.installed
	KG_EXPLORER=required $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

# Installs once, and again when the dependencies or the explorer change, which the installation bundles.
$(VENV)/.installed: pyproject.toml hatch_build.py $(EXPLORER)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf out .mypy_cache .pytest_cache .ruff_cache .hypothesis
