# `make demo` and `make test` need Python 3.11 or newer and nothing else.
.DEFAULT_GOAL := help
.PHONY: help demo test lint format messages services services-stop bench lock venv

PORT ?= 8000
PYTHON ?=
BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile pyproject.toml --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links -q
# Tests side by side, each process with a database of its own.
TEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
export PYTHON

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## an example from nothing: CMS and API on one port (PORT=8000)
	@.ci/venv requirements.txt
	@DEMO=true BASE_URL=http://localhost:$(PORT) exec $(BIN)/python manage.py demo

test: lint ## everything from nothing: lint, types, architecture, tests
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	$(TEST)
	@if [ -n "$$TEST_POSTGRES_URL" ]; then \
		echo 'DATABASE_URL=$$TEST_POSTGRES_URL $(TEST)'; \
		DATABASE_URL=$$TEST_POSTGRES_URL $(TEST); \
	fi

lint: venv ## style, types and the arrows between the packages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: venv ## repairs what ruff can repair
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

messages: venv ## collects the admin's texts into cms/locale again and compiles them (needs gettext)
	@for tool in xgettext msgmerge msgfmt; do command -v $$tool >/dev/null || \
		{ echo "make messages needs $$tool: install the package gettext" >&2; exit 1; }; done
	cd cms && $(CURDIR)/$(BIN)/django-admin makemessages -l nl --no-obsolete --no-wrap --add-location file
	cd cms && $(CURDIR)/$(BIN)/django-admin compilemessages -l nl

services: ## starts PostgreSQL, Redis, Elasticsearch, Chromium and prints their variables
	@.ci/services start

services-stop: ## stops exactly those and removes their data
	@.ci/services stop

bench: venv ## the figures in docs/benchmarks.md, measured here
	$(BIN)/python -m tests.bench

lock: venv ## resolves the lock files again
	$(UV_COMPILE) -o requirements.txt
	$(UV_COMPILE) --group dev -c requirements.txt -o requirements-dev.txt

venv:
	@.ci/venv requirements-dev.txt
