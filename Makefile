# `make` alone lists the targets. Each makes the virtual environment that it needs, from pinned versions.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

DOC ?= samples/fenghua-2023.html
OUT ?=
ID ?=
# By the environment, so that blanks and quotes in a path reach the program as they are.
export DOC OUT ID

.DEFAULT_GOAL := help
.PHONY: help extract test check score bench clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

extract: $(VENV)/.run ## DOC=notice or folder [OUT=folder] [ID=name]: tables of a notice (default: the sample) to outputs/<name>/
	@$(RUN) -m extract "$$DOC" $${OUT:+--out "$$OUT"} $${ID:+--id "$$ID"}

test: $(VENV)/.dev ## run the tests
	@$(RUN) -m pytest

check: $(VENV)/.dev ## style and types
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy

score: $(VENV)/.dev ## score the test notices against their tables made by hand, and against the last scores
	@$(RUN) -m tests.score

bench: $(VENV)/.dev ## how long reading takes
	@$(RUN) -m bench.bench

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("$(PYTHON) is Python %d.%d; 3.11 or newer is needed: make PYTHON=python3.12 …" % sys.version_info[:2])'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt
	@echo "installing requirements/run.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/run.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "installing requirements/dev.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@
