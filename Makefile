# Everything sets itself up: a machine with Python 3.11 or newer, make and git is enough.

PYTHON ?= python3
BIN := .venv/bin
SOURCES := $(shell find src templates -type f -not -name '*.pyc') pyproject.toml README.md

.DEFAULT_GOAL := help
.PHONY: help report test lint bench bench-review docs clean

help:
	@echo "make report   write the progress report of the plan in data/ to reports/"
	@echo "make test     run all tests"
	@echo "make lint     check style, types and layers"
	@echo "make bench    measure speed beside hledger and todoman"
	@echo "make bench-review  measure diff and trend beside reading every revision whole"
	@echo "make docs     write the pages and schemas that come from the code"
	@echo "make clean    remove what make made"

# The package is installed as users get it: built, with its templates and catalogues inside.
.venv/installed: requirements.txt $(SOURCES)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall .
	@touch $@

.venv/developed: .venv/installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

report: .venv/installed
	@$(BIN)/servplan report

test: .venv/developed
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: .venv/developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/servplan check

bench: .venv/installed requirements-bench.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@PATH="$(CURDIR)/.venv-bench/bin:$$PATH" $(BIN)/python benchmarks/bench.py $(ARGS)

bench-review: .venv/installed
	@$(BIN)/python benchmarks/review.py $(ARGS)

docs: .venv/developed
	@$(BIN)/python -m tools.reference
	@$(BIN)/python -m tools.catalogue
	@$(BIN)/servplan schema -o schemas

clean:
	rm -rf .venv .venv-bench build dist reports .pytest_cache .mypy_cache .ruff_cache .hypothesis
