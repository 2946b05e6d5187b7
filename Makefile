# make map     build a map of the reports in seeds/ and say where it is
# make test    run the tests
# make check   format, lint and types
# Each makes .venv on its first run; a second run sets nothing up again.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PAGE   := geomap/webmap/page
TSC    ?= $(shell command -v tsc)

.PHONY: map test check format clean

map: $(VENV)/.installed
	$(BIN)/geomap build seeds/ -o output/

test: $(VENV)/.installed-dev
	$(BIN)/pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/oxlint --config $(PAGE)/.oxlintrc.json $(PAGE)
ifneq ($(TSC),)
	$(TSC) --project $(PAGE)/jsconfig.json
else
	@echo "The types of the map page's scripts are not checked: there is no tsc (Debian: node-typescript)."
endif

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "geomap needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) dist build output/*
