# make run   open the dashboard        make run CORPUS=path PORT=8502
# make test  pass all tests            make check  format, lint, types, tests
CORPUS ?= seeds
PORT ?= 8501
VENV := .venv
PYTHON := $(VENV)/bin/python
RUN := $(VENV)/.run-ready
DEV := $(VENV)/.dev-ready

.PHONY: run test lint check format bench pictures

run: $(RUN)
	PARALLAX_CORPUS="$(CORPUS)" $(PYTHON) -m streamlit run dashboard/server.py --server.port $(PORT)

test: $(DEV)
	$(PYTHON) -m tests.programs & $(PYTHON) -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(DEV)
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy

check: lint test

format: $(DEV)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: $(DEV)
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; PYTHONPATH=. $(PYTHON) $$file || exit 1; done

pictures: $(DEV)
	PYTHONPATH=. $(PYTHON) tests/browser/pictures.py

# uv, where it is installed, does the same faster.
define install
if command -v uv >/dev/null 2>&1; then \
	uv venv --quiet --allow-existing $(VENV) && uv pip install --quiet --python $(PYTHON) -r $(1); \
else \
	python3 -m venv $(VENV) && $(PYTHON) -m pip install --quiet --disable-pip-version-check -r $(1); \
fi
endef

$(RUN): requirements.txt
	$(call install,requirements.txt)
	touch $@

$(DEV): requirements.txt requirements-dev.txt
	$(call install,requirements-dev.txt)
	touch $(RUN) $@
