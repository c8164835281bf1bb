PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test clean

# Builds the graph of the article in seeds/ and shows the positions found in it.
demo: $(VENV)/.installed
	$(BIN)/kg build seeds -o out
	$(BIN)/kg query out --name positions

test: $(VENV)/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

# Installs once, and again when the dependencies change.
$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf out .mypy_cache .pytest_cache .ruff_cache .hypothesis
