# Labour Migration Mapper. `make help` lists the targets.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3)
ROOT := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)
CORES := $(shell getconf _NPROCESSORS_ONLN)
WORKERS := $(shell expr $(CORES) + 1)  # tests in a browser wait for much of their time
LOCALES := $(notdir $(patsubst %/,%,$(dir $(wildcard translations/*/language.yaml))))

PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core
BROWSES = { command -v chromium-headless-shell || command -v chromium; } >/dev/null 2>&1
FETCH := $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends
PRINTS = $(BIN)/python -c 'import weasyprint' >/dev/null 2>&1

.PHONY: help demo test soak walks lint types check messages oracle benchmark reference clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## load the demonstration mapping, write its workbooks, serve it on 127.0.0.1:8000
	$(BIN)/mapper demo $(if $(PORT),--port $(PORT))

test: $(VENV)/.test ## everything that must pass, on a fresh machine too
	@told=$$(mktemp); $(MAKE) --no-print-directory --keep-going lint types check >$$told 2>&1 & checks=$$!; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup; failed=$$?; \
	wait $$checks || failed=1; cat $$told; rm $$told; exit $$failed  # style is told last and never hides a test

soak: $(VENV)/.test ## the long day of a tablet: kills, updates, cuts (about ten minutes)
	$(BIN)/python -m pytest -q tests/tablet/offline/soak.py

walks: $(VENV)/.test ## random interviews of every questionnaire in every language on screens of four sizes (about ten minutes)
	WALKS=12 $(BIN)/python -m pytest -q -n $(CORES) tests/tablet/test_walks.py

lint: $(VENV)/.test ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## types
	$(BIN)/mypy

check: $(VENV)/.test ## definitions and translations
	$(BIN)/mapper survey check
	$(BIN)/mapper translation check

messages: $(VENV)/.test ## bring the catalogues up to date with the interface and the surveys
	$(BIN)/mapper translation update

reference: $(VENV)/.test ## write the generated pages of docs/ anew
	$(BIN)/python -m mapper.definition.reference > docs/definition.md
	$(BIN)/python -m mapper.scoring.reference > docs/method.md

oracle: $(VENV)/.test ## ask Enketo anew what the tests of XLSForm compare with (needs Node and npm)
	$(BIN)/python -m tests.oracle

benchmark: $(VENV)/.test ## measure against the budgets; each figure is a ratio within one run
	$(BIN)/python -m benchmarks

clean: ## remove what can be made again (the database under instance/ stays)
	rm -rf $(VENV) build dist test-artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

# An environment for running, and one more step for testing. Debian splits venv from Python: it is fetched when missing;
# so are the browser, fonts, and the library that the browser's driver needs.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(ROOT) apt-get update && $(ROOT) apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/.run: pyproject.toml hatch_build.py | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[parquet,spss]'
	$(PRINTS) || { $(ROOT) apt-get update && $(FETCH) $(PANGO); } || echo "Without Pango there is no PDF; everything else works."
	@touch $@

$(VENV)/.test: pyproject.toml hatch_build.py | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	$(PRINTS) || { $(ROOT) apt-get update && $(FETCH) $(PANGO); }
	{ command -v chromium-headless-shell && fc-list ':lang=ne' | grep . && $(BIN)/playwright --version; } >/dev/null 2>&1 || { $(ROOT) apt-get update && { $(FETCH) chromium-headless-shell fontconfig fonts-noto-core libatomic1 || $(FETCH) chromium fontconfig fonts-noto-core libatomic1; }; } || $(BROWSES)
	@touch $@ $(VENV)/.run
