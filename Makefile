# Two commands on a fresh machine with Python 3.11+: `make audit` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: audit test docs clean bench fuzz hostile sbom

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

# Coverage-guided, each target for SECONDS, two at a time; what is found is kept in fuzz/found.
SECONDS ?= 60
fuzz: $(VENV)/tested
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m fuzz.run all $(SECONDS)

# Hostile plans in every format and under every command, and hostile documents, at full size: a line of JSON each, with time and memory;
# the exit code is 1 where one crosses its bounds. One kind, or one plan: .venv/bin/python -m tests.hostile.run [KIND [NAME…]].
hostile: $(VENV)/tested
	FIREAUDIT_HOSTILE_SCALE=1 PYTHONPATH=. $(BIN)/python -m tests.hostile.run

# What the program is made of, as CycloneDX: its runtime dependencies alone, in an environment of their own.
sbom:
	$(PYTHON) -m venv $(VENV)-cyclonedx
	$(VENV)-cyclonedx/bin/python -m pip install -q --disable-pip-version-check -c constraints.txt cyclonedx-bom
	$(PYTHON) -m venv --without-pip $(VENV)-sbom
	$(VENV)-cyclonedx/bin/python -m pip --python $(VENV)-sbom install -q --disable-pip-version-check -c constraints.txt '.[documents]'
	$(VENV)-cyclonedx/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml --of JSON -o sbom.json $(VENV)-sbom/bin/python
	rm -rf $(VENV)-sbom $(VENV)-cyclonedx

clean:
	rm -rf $(VENV)
