# Needs git, make and Python 3.11 or newer; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint corpus sites wheel generate versions clean help

help:  ## What can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("contentlint needs Python 3.11 or newer: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(READY)  ## Lint the example site
	cd examples && ../$(BIN)/contentlint check --fail-on never
	@echo
	cd examples && ../$(BIN)/contentlint check --fail-on never content/fr/blog/gagner-du-temps.md

test: $(READY)  ## Run the tests
	$(BIN)/python tools/fetch_commonmark.py
	$(BIN)/python -m pytest -q -n auto -m "not corpus"

lint: $(READY)  ## Check style, types, layers, generated files, and our own content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/generate.py --check
	$(BIN)/contentlint check --fail-on warning README.md CONTRIBUTING.md CHANGELOG.md docs rules

corpus: $(READY)  ## Run the tests that need the real sites of ../shared, and report precision
	$(BIN)/python ../shared/tools/unpack_corpora.py
	$(BIN)/python -m pytest -q -n auto tests/corpus
	$(BIN)/python tools/verdicts.py report

sites: $(READY)  ## Write the tables of docs/sites.md, from the real sites of ../shared
	$(BIN)/python ../shared/tools/unpack_corpora.py
	$(BIN)/python tools/sites.py

wheel: $(READY)  ## Build the wheel, and run the tests against it with src/ out of reach
	tools/test_wheel.sh

generate: $(READY)  ## Write the files that are generated from others
	$(BIN)/python tools/generate.py

clean:  ## Remove what was built and installed
	rm -rf $(VENV) build dist
