# `make` alone lists the targets. Each makes the virtual environment that it needs, from pinned versions.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

DOC ?= samples/fenghua-2023.html
OUT ?=
ID ?=
FORMAT ?=
JOBS ?=
# By the environment, so that blanks and quotes in a path reach the program as they are.
export DOC OUT ID FORMAT JOBS

A ?=
B ?=
C ?=
D ?=
MAPPING ?=
FAIL_ON ?=
PAGES ?= outputs/fenghua-2023
TIME ?=
export A B C D MAPPING FAIL_ON PAGES TIME

.DEFAULT_GOAL := help
.PHONY: help extract compare report test check score fuzz bench corpus docs clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/'

extract: $(VENV)/.run $(if $(FORMAT),$(VENV)/.formats) ## DOC=notice, folder, pattern or @list [OUT=folder] [ID=name] [FORMAT=xlsx,sqlite,…] [JOBS=n]: tables to outputs/<name>/
	@$(RUN) -m extract "$${DOC:?give DOC=path, or leave it out for the sample}" $${OUT:+--out "$$OUT"} $${ID:+--id "$$ID"} $${FORMAT:+--format "$$FORMAT"} $${JOBS:+--jobs "$$JOBS"}

compare: $(VENV)/.run ## A=… B=… [C=… D=…] [OUT=…] [MAPPING=…] [FAIL_ON=loosened,tasks:dropped]: what changed between packages or documents
	@$(RUN) -m normalize.compare_command "$${A:?give A=package or document}" "$${B:?give B=package or document}" $${C:+"$$C"} $${D:+"$$D"} $${OUT:+--out "$$OUT"} $${MAPPING:+--mapping "$$MAPPING"} $${FAIL_ON:+--fail-on "$$FAIL_ON"}

# One path may hold blanks; of several, they stand between them.
report: $(VENV)/.run ## PAGES="packages or comparisons" [OUT=folder]: pages to look at, one a notice and one a comparison
	@if [ -e "$$PAGES" ] || [ -e "outputs/$$PAGES" ]; then set -- "$$PAGES"; else set -- $$PAGES; fi; $(RUN) -m normalize.report "$$@" $${OUT:+--out "$$OUT"}

test: $(VENV)/.dev ## run the tests
	@$(RUN) -m pytest

check: $(VENV)/.dev ## style and types
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy

score: $(VENV)/.dev ## score the test notices against their tables made by hand, and against the last scores
	@$(RUN) -m tests.score

fuzz: $(VENV)/.dev ## [TIME=600] read files changed at random; what breaks is kept in fuzz/found/
	@$(RUN) -m fuzz $${TIME:+--seconds "$$TIME"}

bench: $(VENV)/.bench ## how long reading takes, beside other tools: to docs/benchmarks.md
	@$(RUN) -m bench.bench

corpus: $(VENV)/.bench ## how long 10,000 notices take, in how much memory (minutes): to docs/benchmarks.md
	@$(RUN) -m bench.corpus

docs: $(VENV)/.docs ## the data dictionaries from the schemas, and the notebook run again
	@$(RUN) docs/build.py tables notebook

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

$(VENV)/.formats: $(VENV)/.run requirements/formats.txt
	@echo "installing requirements/formats.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/formats.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.formats requirements/bench.txt
	@echo "installing requirements/bench.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/bench.txt
	@touch $@

$(VENV)/.docs: $(VENV)/.formats requirements/docs.txt
	@echo "installing requirements/docs.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/docs.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.formats requirements/dev.txt
	@echo "installing requirements/dev.txt to $(VENV) (once)" >&2
	@$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@
