# Two commands do everything on a fresh machine: `make compare` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup compare test check format bench peers coverage docs wheel lock clean gate baseline digests

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(INSTALLED) ## create .venv with the pinned dependencies

# Wheels are checked against the hashes of the lock file; our own package is linked, not copied.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "bkash-bench needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "Setting up $(VENV) (once; about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

compare: $(INSTALLED) ## run all variants against the mock gateway and write the report
	@$(BIN)/bkash-bench compare

# Speed is measured by `make bench`: a busy machine must not turn a test red.
TESTS := tests --ignore=tests/benchmarks

# What uses sockets, processes or a browser mostly waits: more of it at once than there are cores.
WAITING := -n 4 --dist worksteal

test: $(INSTALLED) ## run all tests: on virtual time; with sockets, processes, browser; what measures
	@$(BIN)/python -m pytest $(TESTS) -m "not real_time and not browser" --quiet -n auto
	@$(BIN)/python -m pytest $(TESTS) -m "(real_time or browser) and not alone" --quiet $(WAITING)
	@$(BIN)/python -m pytest tests/end_to_end -m alone --quiet

check: $(INSTALLED) ## formatting, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(INSTALLED) ## format the code and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(INSTALLED) ## measure speed and memory; figures are kept in docs/performance.md
	@$(BIN)/python -m pytest tests/benchmarks --benchmark-only --benchmark-columns=min,median,max,rounds

peers: $(INSTALLED) ## measure the mock beside WireMock, MockServer and Prism, a quarter of an hour
	@$(BIN)/python tests/benchmarks/peers --full --write

coverage: $(INSTALLED) ## branch coverage as a report
	@$(BIN)/coverage run -m pytest --benchmark-disable -m "not real_time and not browser" --quiet
	@$(BIN)/coverage report --skip-covered

docs: $(INSTALLED) ## write docs/commands.md from the commands themselves
	@$(BIN)/python -m harness.cli.reference > docs/commands.md

# A thousand payments of every variant, exact; limits with their reasons in .ci/limits.toml.
SIMULATE := $(BIN)/bkash-bench compare --clock virtual --payments 1000 --quiet

gate: $(INSTALLED) ## hold our own code against the figures in .ci/baseline.json
	@rm -rf runs/gate
	@$(SIMULATE) --out runs/gate --baseline .ci/baseline.json --limits .ci/limits.toml \
	  $(if $(GITHUB_STEP_SUMMARY),--markdown "$(GITHUB_STEP_SUMMARY)")

baseline: $(INSTALLED) ## renew .ci/baseline.json after a change that is meant to change it
	@rm -rf runs/gate
	@$(SIMULATE) --out runs/gate --save-baseline .ci/baseline.json

digests: $(INSTALLED) ## hold every CPython of this machine to the same digests
	@$(BIN)/python .ci/digests.py

wheel: $(INSTALLED) ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

lock: $(INSTALLED) ## resolve the dependencies anew, for every supported Python
	@$(BIN)/uv pip compile pyproject.toml --extra bench --extra dev --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -q -o requirements.lock

clean: ## remove what can be made again
	rm -rf $(VENV) dist build .node-packages .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
