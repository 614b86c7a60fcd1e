PY ?= python3
V := .venv
B := $(V)/bin
export BOATHOUSE_SKIP_ASSETS := 1
# Where this is set, every start would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=
UV := -q --disable-pip-version-check uv==0.13.9
# One lock for all: only what it names, and only with its hashes.
INSTALL = $(B)/uv pip install -q --python $(B)/python --require-hashes -r pyproject.toml -c requirements.txt

.PHONY: run test check format assets browser lock bench soak

run: $(V)/.ready assets
	@$(B)/boathouse serve

test: $(V)/.ready-to-test assets browser
	$(B)/python -m pytest -n 3 --dist worksteal $(ARGS)

check: $(V)/.ready-to-test
	$(B)/ruff format --check .
	$(B)/ruff check .
	$(B)/mypy
	$(B)/lint-imports
	$(B)/djlint boathouse/templates --lint --quiet

format: $(V)/.ready-to-test
	$(B)/ruff format .
	$(B)/ruff check --fix .

bench: $(V)/.ready-to-test assets
	$(B)/python -m bench $(ARGS)

soak: $(V)/.ready-to-test assets browser
	$(B)/python -m pytest -o addopts="" -q --soak $(ARGS)

# A pip of its own takes seconds to set up, so the machine's own does it where there is one.
$(B)/uv:
	@{ $(PY) -m venv --without-pip $(V) && $(PY) -m pip --python $(B)/python install $(UV); } >/dev/null 2>&1 \
	  || { $(PY) -m venv $(V) && $(B)/python -m pip install $(UV); }

# What runs. Importing compiles, while npm waits for its packages.
$(V)/.ready: $(B)/uv pyproject.toml requirements.txt
	$(INSTALL) --group build
	$(B)/uv pip install -q --python $(B)/python --no-deps --no-build-isolation -e .
	@$(B)/python -c "import boathouse.cli, boathouse.server" & $(B)/python hatch_build.py; built=$$?; wait; exit $$built
	@touch $@

# What tests and checks it.
$(V)/.ready-to-test: $(V)/.ready
	$(INSTALL) --group dev
	@touch $@

assets: $(V)/.ready
	@$(B)/python hatch_build.py

# Debian's Chromium without windows, which opens a page in a fifth of the work; a whole one will do. Without root
# rights and without either the run stops here and says what to install.
browser:
	@command -v chromium-headless-shell >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core; } \
	  >/dev/null || command -v chromium >/dev/null \
	  || { echo "The browser tests need Chromium: install Debian's package chromium-headless-shell." >&2; exit 1; }

lock: $(B)/uv
	$(B)/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-header -o requirements.txt
