# Everything a developer types. The work is done in workshop/ (environment, front end, demo) and tests/.
PYTHON ?= $(shell for each in python3 python3.11 python3.12 python3.13; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo run test check bench lock screens messages pages environment environment-dev frontend clean

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

environment:
	@test -n "$(PYTHON)" || { echo "HCIMS needs Python 3.11, 3.12 or 3.13; none was found."; exit 1; }
	@$(PYTHON) -m workshop.environment

environment-dev:
	@test -n "$(PYTHON)" || { echo "HCIMS needs Python 3.11, 3.12 or 3.13; none was found."; exit 1; }
	@$(PYTHON) -m workshop.environment --dev

frontend: environment
	@$(BIN)/python -m workshop.frontend

demo: environment ## the product with invented data on http://localhost:8000 (OFFICERS=107000 for a full service)
	@$(BIN)/python -m workshop.demo --port $(PORT) $(if $(OFFICERS),--officers $(OFFICERS))

run: environment ## the product on the database that the environment names, no invented data
	@$(BIN)/python -m workshop.demo --port $(PORT) --no-data

test: environment-dev frontend messages ## tests on SQLite and PostgreSQL, and journeys in a browser
	@$(BIN)/python -m tests

check: environment-dev messages ## style, types, module order, templates, migrations, translations
	@$(BIN)/python -m workshop.check

bench: environment-dev ## figures and ratios of the benchmarks
	@$(BIN)/python -m benchmarks $(ARGS)

screens: environment-dev frontend messages ## screenshots of the main pages into docs/screens/
	@$(BIN)/python -m tests.screens

messages: environment ## compile the translations
	@$(BIN)/python -m workshop.messages

pages: environment-dev ## write docs/roles.md and docs/states/ again from the code
	@$(BIN)/python -m workshop.pages

lock: environment-dev ## renew the lock files from pyproject.toml
	@$(BIN)/python -m workshop.lock

clean: ## remove what was built, the demo's data included
	rm -rf var hcims/ui/static/built hcims/ui/frontend/node_modules .mypy_cache .ruff_cache .pytest_cache
