.DEFAULT_GOAL := help
SHELL := bash
BIN := .venv/bin
# Many short processes are started here; without bytecode each would compile its libraries anew.
unexport PYTHONDONTWRITEBYTECODE
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-header --no-emit-index-url --no-emit-find-links --quiet

.PHONY: help setup demo run test check bench lock messages clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv with everything that is needed; run again after every pull
	@.ci/setup

demo: setup ## A fictional district, the main job step by step, then the site at 127.0.0.1:8000
	@VEKHA_DATA=var/demo VEKHA_TOTP_FOR_ADMINISTRATORS=no $(BIN)/flask demo --serve

run: setup ## Serve the site with the settings of the environment
	@$(BIN)/flask serve

test: setup ## Run all tests, on SQLite and on PostgreSQL
	@$(BIN)/pytest -n auto --maxprocesses 6 --dist worksteal $(ARGS)

check: setup ## Style, types, arrows between rooms, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest -q -n 0 tests/house

bench: setup ## Measure the figures of docs/performance.md
	@$(BIN)/python -m bench $(ARGS)

lock: setup ## Write the lock files anew after a change of pyproject.toml (UPGRADE=1: newest versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group dev -c requirements.lock -o requirements-dev.lock

messages: setup ## Bring the translation catalogues up to date with the texts, and compile them
	@.ci/messages

clean: ## Remove what was made, but for the data in var/
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .setup.log test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
