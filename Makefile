PY ?= python3
V := .venv
B := $(V)/bin
export BOATHOUSE_SKIP_ASSETS := 1
# Where this is set, every start would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test check format assets browser lock bench soak

run: $(V)/.ready assets
	@$(B)/boathouse serve

test: $(V)/.ready assets browser
	$(B)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(V)/.ready
	$(B)/ruff format --check .
	$(B)/ruff check .
	$(B)/mypy
	$(B)/lint-imports
	$(B)/djlint boathouse/templates --lint --quiet

format: $(V)/.ready
	$(B)/ruff format .
	$(B)/ruff check --fix .

bench: $(V)/.ready assets
	$(B)/python -m bench $(ARGS)

soak: $(V)/.ready assets browser
	$(B)/python -m pytest -o addopts="" -q --soak $(ARGS)

$(V)/.ready: pyproject.toml requirements.txt
	test -x $(B)/python || $(PY) -m venv $(V)
	$(B)/python -m pip install -q --disable-pip-version-check uv==0.13.9
	$(B)/uv pip install -q --python $(B)/python --require-hashes -r requirements.txt
	$(B)/uv pip install -q --python $(B)/python --no-deps -e .
	@touch $@

assets: $(V)/.ready
	@$(B)/python hatch_build.py

# Debian's Chromium. Without root rights the run stops here and says what to install.
browser:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] || { echo "The browser tests need Chromium: install Debian's package chromium." >&2; exit 1; }; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; }

lock: $(V)/.ready
	$(B)/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-header -o requirements.txt
