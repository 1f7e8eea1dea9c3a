# `make brief` and `make test` work on a fresh clone with nothing but Python 3.11+.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install brief test lint types check serve clean

help:            ## show the targets
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@

install: $(STAMP) ## create .venv with all that Foedus and its tests need

brief: $(STAMP)  ## the main job on the example: prints the brief and writes out/brief.html
	@mkdir -p out
	$(BIN)/foedus brief examples/june-2025/ -o out/brief.html
	@echo
	@echo "The same brief as a page: out/brief.html"

test: $(STAMP)   ## run the tests
	$(BIN)/python -m pytest

lint: $(STAMP)   ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)  ## static types, strict
	$(BIN)/mypy

check: lint types test ## all that CI asks for

serve: $(STAMP)  ## the workbench on the example data
	$(BIN)/foedus serve --demo

clean:           ## remove what was made here
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache
