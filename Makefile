# `make` alone tells what there is. Nothing but git, make and Python 3.11+ (with venv) is assumed.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin

export PORT ?= 8000
export CARRIER_PORT ?= 8001
export VAR ?= ./var
export REGIME ?= tatarstan-2020

# Each file is complete: nothing is left for pip to resolve, which without it wants the newest of what an extra names.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make requirements"

# The pages' styles and scripts, as the browser gets them.
PAGES := web/static/stamp
FACES := $(BIN)/faces.stamp
PORTRAITS := $(BIN)/portraits.stamp
ASTRONAUT := $(BIN)/astronaut.stamp
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

.PHONY: help
help: ## Say what each target does
	@echo "Passline: movement passes for anyone with any telephone. Targets:"
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'
	@echo "Environment of run and demo: PORT (8000), CARRIER_PORT (8001), VAR (./var), REGIME (tatarstan-2020),"
	@echo "DATABASE_URL and REDIS_URL to use real servers. The demo's day passes at SPEED (200 minutes a minute)."

.PHONY: run
run: $(BIN)/run.stamp $(FACES) $(PAGES) ## Start everything in the foreground: web, worker, Valkey, carrier simulator with a phone to try
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec python -m development commands.prepare

.PHONY: demo
demo: VAR := $(if $(findstring environment,$(origin VAR)),$(VAR),./var-demo)
demo: export SPEED ?= 200
demo: export LOG_LEVEL ?= WARNING
demo: $(BIN)/run.stamp $(FACES) $(ASTRONAUT) $(PAGES) ## The same with a plausible day played through it, in a VAR of its own
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec python -m development commands.demo

.PHONY: test
test: $(BIN)/test.stamp $(FACES) $(PORTRAITS) $(PAGES) browser ## Format, lint, types, doors, and the tests with branch coverage
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	PYTHONPATH=. $(BIN)/lint-imports --no-cache --verbose >$(BIN)/doors.log 2>&1 || { cat $(BIN)/doors.log; exit 1; }
	$(BIN)/coverage erase
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal --cov --cov-report=term:skip-covered $(ARGS)

.PHONY: bench
bench: $(BIN)/test.stamp $(FACES) $(PORTRAITS) $(PAGES) wrk ## Measure against a bare Flask floor; CASE=name runs one case
	$(BIN)/python -m bench

.PHONY: prove
prove: $(BIN)/test.stamp $(FACES) $(PORTRAITS) $(PAGES) ## The long proofs: kills, races, many texts
	$(BIN)/python -m bench.prove

.PHONY: format
format: $(BIN)/test.stamp ## Put the code into its one shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: requirements
requirements: $(BIN)/test.stamp ## Compile requirements*.in to pinned requirements with hashes
	$(COMPILE) --upgrade --output-file requirements.txt requirements.in
	$(COMPILE) --upgrade --output-file requirements-dev.txt requirements-dev.in
	$(COMPILE) --upgrade --output-file requirements-node.txt requirements-node.in

.PHONY: assets
assets: $(PAGES) ## Fetch and compile the pages' styles and scripts (run and test do it themselves)

# The set-up. A stamp says which requirements the environment holds; a newer file is installed again.
$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V): set PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing: apt-get install python3-venv"; exit 2; }
	@echo "Creating .venv"
	@$(PYTHON) -m venv .venv

$(BIN)/run.stamp: requirements.txt | $(BIN)/python
	@echo "Installing requirements.txt (a minute, once)"
	@$(INSTALL) -r requirements.txt && touch $@

$(BIN)/test.stamp: requirements-dev.txt $(BIN)/run.stamp | $(BIN)/python
	@echo "Installing requirements-dev.txt"
	@$(INSTALL) -r requirements-dev.txt && touch $@

# The networks that look at faces, by hash; they are no package of ours.
$(FACES): monitoring/weights.py $(BIN)/run.stamp
	@echo "Fetching the networks that look at faces (13 MB, once)"
	@$(BIN)/python -m monitoring.weights && touch $@

# One photo of a face for the demo, which does without where it can't be fetched.
$(ASTRONAUT): development/portraits.py $(BIN)/run.stamp
	@$(BIN)/python -m development.portraits astronaut && touch $@ || echo "The patients' photos are drawn, then"

# Photos of faces for the tests, by hash.
$(PORTRAITS): development/portraits.py $(BIN)/test.stamp
	@echo "Fetching photos of faces"
	@$(BIN)/python -m development.portraits && touch $@

# By the machine's Node where it is new enough, else by one from a Python package; pinned by package-lock.json.
$(PAGES): package.json package-lock.json .npmrc $(wildcard web/assets/*) | $(BIN)/python
	@$(WITH_NODE) && { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; } >/dev/null 2>&1 || \
		{ echo "Installing Node into .venv" && $(INSTALL) -r requirements-node.txt; } || \
		{ echo "Node 20 or newer with npm is needed: https://nodejs.org, or your system's packages nodejs and npm"; exit 2; }
	@echo "Fetching and compiling the pages' styles and scripts"
	@$(WITH_NODE) && npm ci --silent && npm run --silent build && touch $@ || \
		{ echo "npm could not fetch or compile them: try \`npm ci && npm run build\`, which says why"; exit 2; }

# Programs that no Python package carries: installed where we may, named where we may not.
.PHONY: browser
browser:
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || \
		$(call install,chromium) || \
		{ echo "A Chromium is missing: apt-get install chromium (Debian), snap install chromium (Ubuntu)"; exit 2; }

.PHONY: wrk
wrk:
	@command -v wrk >/dev/null || $(call install,wrk) || { echo "wrk is missing: apt-get install wrk"; exit 2; }

install = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing $(1) by apt" && apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(1) >/dev/null; }
