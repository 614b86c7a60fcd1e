"""PDF files. What sets type takes long to load and few need it, so that no start waits for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boathouse.core.paper import Paper

MEDIA_TYPE = "application/pdf"
NO_LETTERS = "Some of the letters used here cannot be set in this file, so they are missing or not joined."


def new_paper(title: str, foot: str) -> "Paper":
    """An empty document. Blocking, the first time for a third of a second: run it in a thread."""
    from boathouse.core.paper import Paper

    return Paper(title, foot)
