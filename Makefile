# Balai Warga: `make help` names the commands.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))
PYBABEL := $(BIN)/pybabel --quiet
WORKERS ?= 3
# Where bytecode may not be kept, each of the many processes of a run compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

# ---- for everybody -------------------------------------------------------------------------------

.PHONY: help
help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: run
run: export PORTAL_DEMO ?= 1
run: export PORTAL_DATA_DIR ?= instance
run: $(VENV)/.run $(CATALOGUES) ## install, migrate, seed the demo city and start the portal
	@exec $(BIN)/python -m flask --app wsgi serve

# ---- for developers ------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.test $(CATALOGUES) ## every check, on SQLite, on PostgreSQL and in a browser
	@deploy/test-tools.sh
	@$(MAKE) check
	$(BIN)/pytest -n $(WORKERS)
	$(BIN)/pytest -n $(WORKERS) --engine postgresql -m "not browser and not engine_free"

.PHONY: check
check: $(VENV)/.test ## format, lint, types, import contracts, templates
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet

.PHONY: bench
bench: $(VENV)/.test $(CATALOGUES) ## requests per second against a bare and a naive Flask page
	$(BIN)/python -m bench

.PHONY: soak
soak: $(VENV)/.test $(CATALOGUES) ## the long versions of the heavy tests
	SOAK=1 $(BIN)/pytest $$(grep -rl --include='test_*.py' SOAK tests)

.PHONY: messages
messages: $(VENV)/.test ## collect new sentences for the English catalogue, then compile
	$(PYBABEL) extract --mapping translations/babel.cfg --keywords _l --no-location --sort-output \
	  --output $(VENV)/messages.pot .
	$(PYBABEL) update --input-file $(VENV)/messages.pot --output-dir translations --locale en \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100
	@$(MAKE) $(CATALOGUES)

.PHONY: translations
translations: $(VENV)/.run $(CATALOGUES) ## compile the catalogues

.PHONY: format
format: $(VENV)/.test ## lay out the code
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --fix --quiet .

.PHONY: lock
lock: $(VENV)/.test ## write the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 \
	  --extra postgres pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 \
	  --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

# ---- what the above stand on -----------------------------------------------------------------------

# A stamp is as new as the lock file that was installed last: a second start installs nothing.
$(VENV)/.run: requirements.lock | $(BIN)/python
	@echo "Installing the locked dependencies ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.test: requirements-dev.lock | $(BIN)/python
	@echo "Installing the locked dependencies of the tests ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BIN)/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; python3 is $$(python3 --version)."; exit 1; }
	@python3 -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "The module venv is missing: sudo apt-get install python3-venv"; exit 1; }

%.mo: %.po
	@$(PYBABEL) compile --input-file $< --output-file $@
