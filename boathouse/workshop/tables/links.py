"""What ties a row to its owner."""

from typing import Any

from sqlmodel import Field


def link(to: str, **options: Any) -> Any:
    """A foreign key that goes with its owner when a workshop is deleted."""
    return Field(foreign_key=f"{to}.id", index=True, ondelete="CASCADE", max_length=12, **options)
