# Asterism: `make demo` and `make test` are all a newcomer needs.
PY ?= python3
export UV_SYSTEM_CERTS=1
export UV_NATIVE_TLS=1
unexport PYTHONDONTWRITEBYTECODE
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: demo test serve setup check bench recovery lock clean

demo: .venv/.ok
	.venv/bin/asterism demo

test: .venv/.ok
	.venv/bin/pytest -q -n 2 --dist loadgroup tests src

serve: .venv/.ok
	.venv/bin/asterism serve

setup: .venv/.ok

check: .venv/.ok
	.venv/bin/ruff check src tests benchmarks
	.venv/bin/ruff format --check src tests benchmarks
	.venv/bin/mypy
	.venv/bin/lint-imports --config importlinter.ini

bench: .venv-bench/.ok
	.venv-bench/bin/python -m benchmarks

recovery: .venv/.ok
	.venv/bin/pytest -q -n 2 -m campaign tests

lock: .venv/.ok
	.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate pyproject.toml --extra web --extra postgres --extra measure --group dev -o requirements-dev.lock
	.venv/bin/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --only-binary :all: --python-version 3.11 -c requirements-dev.lock benchmarks/peers.in -o benchmarks/peers.lock

clean:
	rm -rf .venv .venv-bench

.venv/.ok: requirements-dev.lock pyproject.toml
	$(PY) -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check 'uv>=0.9,<1'
	.venv/bin/uv pip install -q --python .venv/bin/python --require-hashes -r requirements-dev.lock
	.venv/bin/uv pip install -q --python .venv/bin/python --no-deps --no-build-isolation -e .
	touch .venv/.ok

.venv-bench/.ok: .venv/.ok benchmarks/peers.lock
	$(PY) -m venv .venv-bench
	.venv/bin/uv pip install -q --python .venv-bench/bin/python --require-hashes -r requirements-dev.lock -r benchmarks/peers.lock
	.venv/bin/uv pip install -q --python .venv-bench/bin/python --no-deps --no-build-isolation -e .
	touch .venv-bench/.ok
