# make run       set everything up, index seeds/ if the library is empty, and serve http://127.0.0.1:7860
# make test      set everything up and run all tests
# make lint      ruff and mypy
# make evaluate  ask the questions in seeds/questions.jsonl and show how many were answered right
# make audit     look up known vulnerabilities of what requirements.lock names (needs the internet)
# make fuzz      send the API whatever its description allows, and what it does not (needs the internet once)
# make load      measure fifty people at once for five minutes
# make lock      write requirements.lock anew from pyproject.toml
# make clean     remove what the others made in this folder

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: run test lint evaluate audit fuzz load lock clean

run: .venv/installed
	@$(BIN)/python app.py

test: .venv/installed-dev
	@sh tests/install-chromium.sh
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

evaluate: .venv/installed
	@$(BIN)/bronvraag index --library .venv/seeds-library seeds
	@$(BIN)/bronvraag evaluate --library .venv/seeds-library seeds/questions.jsonl --misses

# Tools that are seldom used live in an environment of their own, so that they never change what the program runs with.
audit: .venv/tools
	@.venv/tools/bin/pip-audit --requirement requirements.lock --no-deps --disable-pip

fuzz: .venv/installed-dev .venv/tools
	@$(BIN)/python -m tests.server.fuzz .venv/tools/bin/schemathesis

load: .venv/installed-dev
	@$(BIN)/python -m tests.server.load

.venv/tools: Makefile
	@$(PYTHON) -m venv .venv/tools
	@.venv/tools/bin/pip --disable-pip-version-check --quiet install 'pip-audit>=2.9,<3' 'schemathesis>=4,<5'
	@touch $@

lock: .venv/installed-dev
	@$(PIP) install pip-tools
	@$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--all-extras --output-file requirements.lock pyproject.toml
	@sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' requirements.lock

clean:
	@rm -rf .venv build dist *.egg-info .hypothesis .schemathesis .mypy_cache .pytest_cache .ruff_cache

.venv/installed: pyproject.toml requirements.lock
	@echo "Setting up .venv (about a minute, once) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Bronvraag needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " + "run")'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --constraint requirements.lock --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP) install --constraint requirements.lock --editable '.[calibrate,dev,models,postgresql]'
	@touch $@
