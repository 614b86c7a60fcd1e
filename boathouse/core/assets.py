"""Where the files that are built for the browser and for paper lie."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DIST = PACKAGE / "static" / "dist"
