"""Alembic's entry: runs on the connection that core/migrate.py hands over."""

from typing import Any, Literal

import sqlmodel
from alembic import context
from alembic.autogenerate.api import AutogenContext

from boathouse.core.tables import UtcDateTime, metadata


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Plain SQLAlchemy types in migrations: they outlive our own classes."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sqlmodel.AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.Text()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
