"""One row by its id, or the sentence that it is gone."""

from typing import Any, TypeVar

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import not_found

Row = TypeVar("Row", bound=SQLModel)


async def the_row(session: AsyncSession, table: type[Row], key: Any, noun: str) -> Row:
    """The row of this key. noun: what people call it, with its article. Errors: Problem 404."""
    row = await session.get(table, key)
    if row is None:
        raise not_found(noun)
    return row
