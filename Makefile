# Every target makes what it needs first: `make demo` works in a fresh clone.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench fmt lock clean
# Tools must use the Python that is here, and say so if it will not do.
export UV_PYTHON_DOWNLOADS := never
# Where Python may not keep what it compiled, each of its starts takes two seconds more.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
READY := .venv/ready
READY_FOR_TESTS := .venv/ready-for-tests

help:
	@echo "make demo    a whole department, made up, at http://localhost:8000"
	@echo "make test    the tests, some in a real browser"
	@echo "make check   style, types, the walls between the rooms; what does not need running"
	@echo "make bench   the measurements of docs/"
	@echo "make fmt     format the code"
	@echo "make lock    write requirements.lock anew from pyproject.toml (needs uv)"

demo: $(READY)
	$(BIN)/parvis demo

test: $(READY_FOR_TESTS)
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/parvis manage makemigrations --check --dry-run
	@set -e; export PATH="$(CURDIR)/$(BIN):$$PATH"; for check in scripts/checks/*; do \
		if [ -x "$$check" ]; then echo "$$check"; "$$check"; fi; \
	done

bench: $(READY)
	$(BIN)/python -m benchmarks

fmt: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix
	$(BIN)/python scripts/generate_docs.py

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header \
		--group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml scripts/system-packages scripts/python-packages
	scripts/system-packages
	scripts/python-packages
	@touch $@

$(READY_FOR_TESTS): $(READY)
	scripts/system-packages tests
	@touch $@
