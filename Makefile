PYTHON ?= python3
BIN := .venv/bin
DEMO_ARGS ?=
TEST_ARGS ?= -n 2 --dist loadfile
BENCH_ARGS ?=
FUZZ_SECONDS ?= 60
FUZZ_ARGS ?=

.PHONY: demo test test-all fuzz check format lock wheel secrets bench-load bench-removing bench-neo4j bench-analytics bench-explain bench-identity bench-snapshot clean

demo: .venv/.installed ## two example cases in the terminal and the app
	@$(BIN)/graphkit demo $(DEMO_ARGS)

test: check ## everything a change must pass
	@PYTHON=$(BIN)/python tests/prepare $(BIN)/python -m pytest $(TEST_ARGS)

test-all: check ## test, and what takes longer
	@PYTHON=$(BIN)/python tests/prepare $(BIN)/python -m pytest --long $(TEST_ARGS)
	@$(MAKE) --no-print-directory fuzz

fuzz: .venv/.developed ## random bad files for each reader, FUZZ_SECONDS each (60); FUZZ_ARGS=gexf only this one, or a file tries it again
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -W ignore -m tests.fuzz $(FUZZ_ARGS)

bench-load: .venv/.developed ## how fast a million records get into the embedded store, as a table; BENCH_ARGS=--small only shows that it runs
	@$(BIN)/python -m bench.load $(BENCH_ARGS)

bench-removing: .venv/.developed ## how fast one source of half a million claims is retracted and erased, as a table
	@$(BIN)/python -m bench.removing $(BENCH_ARGS)

bench-neo4j: .venv/.developed ## how fast Neo4j is written and read, as a table; BENCH_ARGS=--small only shows that it runs
	@PYTHON=$(BIN)/python tests/prepare $(BIN)/python -m bench.neo4j $(BENCH_ARGS)

bench-analytics: .venv/.developed ## how fast networks are analysed, beside NetworkX and NetworKit, as a table; BENCH_ARGS=--small only shows that it runs
	@$(BIN)/python -m bench.analytics $(BENCH_ARGS)

bench-explain: .venv/.developed ## how fast it is said why two things are linked, as a table; BENCH_ARGS=--small only shows that it runs
	@$(BIN)/python -m bench.explaining $(BENCH_ARGS)

bench-identity: .venv/.developed ## how well websites and names are linked, beside baselines, as a table; BENCH_ARGS=--small only shows that it runs
	@$(BIN)/python -m bench.identity $(BENCH_ARGS) && $(BIN)/python -m bench.owners && $(BIN)/python -m bench.names $(BENCH_ARGS)

bench-snapshot: .venv/.developed ## how fast a million relations get out of the embedded store into a snapshot, as a table; BENCH_ARGS=--small only shows that it runs
	@$(BIN)/python -m bench.snapshot $(BENCH_ARGS)

check: .venv/.developed ## format, lint, types, import contracts
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q . && $(BIN)/mypy && \
		{ out=$$($(BIN)/lint-imports --no-cache --no-logo) || { echo "$$out"; exit 1; }; }

format: .venv/.developed
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

lock: .venv/.developed ## write the lock files anew
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header -c requirements.lock --extra py2neo --group build --group dev pyproject.toml -o requirements-dev.lock

wheel: .venv/.installed
	@$(BIN)/python -m hatchling build -t wheel

secrets: ## what docker compose needs, made once and never shown: passwords, whose they are, a folder for exports
	@set -eu; umask 077; user=$$(id -u); group=$$(id -g); [ "$$user" != 0 ] || { user=10001; group=10001; }; \
	put() { [ -s secrets/.new ] && ln secrets/.new "secrets/$$1" && rm secrets/.new; }; \
	random() { head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }; \
	mkdir -p secrets exports; rm -f secrets/.new; \
	[ -e secrets/neo4j_password ] || \
		{ if [ -e secrets/neo4j_auth ]; then cut -d/ -f2 secrets/neo4j_auth; else random; fi > secrets/.new; put neo4j_password; }; \
	[ -e secrets/neo4j_auth ] || \
		{ printf 'neo4j/%s' "$$(cat secrets/neo4j_password)" > secrets/.new; put neo4j_auth; }; \
	grep -qs '^GRAPHKIT_UID=' .env || printf 'GRAPHKIT_UID=%s\nGRAPHKIT_GID=%s\n' "$$user" "$$group" >> .env; \
	[ "$$(id -u)" != 0 ] || chown -R "$$user:$$group" secrets exports; \
	echo "The password of Neo4j is in secrets/. Next: docker compose up"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("graphkit needs Python 3.11 or later; name one with: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	@$(PYTHON) -m venv .venv || { echo "Install what Python needs for that: apt-get install python3-venv"; exit 1; }

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing into .venv (once, a minute or two) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.developed: requirements-dev.lock .venv/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv dist build
