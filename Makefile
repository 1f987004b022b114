# make demo   sets everything up and opens the demo desk
# make test   sets everything up and runs the tests
# make check  what a change must pass: format, lint, types, contracts, tests

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint constraints.txt
APP := $(VENV)/.app-installed
DEV := $(VENV)/.dev-installed

.PHONY: demo desk test check format lint types contracts bench pictures keys measures clean

demo: $(APP)
	@$(BIN)/agent-tui demo

desk: $(APP)
	@$(BIN)/agent-tui desk

test: $(DEV)
	@$(BIN)/python -m pytest --numprocesses 4

check: format lint types contracts test

format: $(DEV)
	@$(BIN)/ruff format --check agent_tui tests benchmarks tools

lint: $(DEV)
	@$(BIN)/ruff check agent_tui tests benchmarks tools

types: $(DEV)
	@$(BIN)/mypy

contracts: $(DEV)
	@$(BIN)/lint-imports --no-logo

bench: $(DEV)
	@for each in ids importing search recent relationship measures conversation terminal; do echo "== $$each"; $(BIN)/python benchmarks/$$each.py || exit 1; done

pictures: $(DEV)
	@$(BIN)/python tools/make_pictures.py

keys: $(DEV)
	@PYTHONPATH=. $(BIN)/python tools/make_key_page.py

measures: $(DEV)
	@PYTHONPATH=. $(BIN)/python tools/make_measures_page.py

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "agent-tui needs Python 3.11 or newer: install it, or name one with make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module: install it (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(APP): $(BIN)/python pyproject.toml constraints.txt
	@echo "Setting up agent-tui; this happens once." >&2
	@$(PIP) --editable .
	@touch $@

$(DEV): $(BIN)/python pyproject.toml constraints.txt
	@echo "Setting up agent-tui for development; this happens once." >&2
	@$(PIP) --editable '.[dev]'
	@touch $@ $(APP)
