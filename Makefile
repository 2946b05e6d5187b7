# make map     build a map of the reports in seeds/ and say where it is
# make test    run the tests
# make check   format, lint and types
# make bench   how long the functions take that are called most; never fails on time
# make audit   look the pinned packages up in the database of known vulnerabilities; needs the network
# make lock    pin the packages of the tests anew, with their hashes; after a change of dependencies
# Each makes .venv on its first run; a second run sets nothing up again.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PAGE   := geomap/webmap/page
TSC    ?= $(shell command -v tsc)

.PHONY: map test check bench format audit lock clean

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

bench: $(VENV)/.installed-dev
	OMP_NUM_THREADS=1 $(BIN)/pytest benchmarks/hot_functions.py -q --benchmark-max-time=0.2 \
	  --benchmark-min-rounds=2 --benchmark-columns=min,median,rounds

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

audit: $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install --quiet pip-audit
	$(VENV)/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements/test.txt

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "geomap needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-dev: pyproject.toml requirements/test.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/test.txt
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $(VENV)/.installed $@

lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock' \
	  --quiet --output-file requirements/test.txt

clean:
	rm -rf $(VENV) dist build output/*
