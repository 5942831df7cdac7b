# Two commands on a fresh machine with Python 3.11+: `make audit` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: audit test docs clean bench

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

# Findings are the purpose: it fails only where the audit could not be done.
audit: $(VENV)/installed
	$(BIN)/fireaudit check plans/ --fail-level never

test: $(VENV)/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

docs: $(VENV)/installed
	$(BIN)/python scripts/generate_docs.py

bench: $(VENV)/tested
	PYTHONPATH=. $(BIN)/python bench/speed.py

clean:
	rm -rf $(VENV)
