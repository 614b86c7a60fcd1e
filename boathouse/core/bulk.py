"""Many rows in one statement, for the two writers that never rest while people type, and for long lists.

A statement a row would make the thread that writes and the event loop take turns at every row, which costs
both of them more than the rows do. For everything else there is Database.writing().
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

MOST_VALUES = 10_000  # in one statement; SQLite and PostgreSQL take 32,000
Statement = tuple[str, list[Any]]
Mark = Callable[[int], str]  # the placeholder of the nth value, from 1


class RowIsGone(Exception):
    """A new row hangs on one that was deleted just now; nothing of the transaction was written."""


@dataclass(frozen=True)
class NewRows:
    """Rows to add. rows: values in the order of the columns."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]

    def sql(self, values: str) -> str:
        """The statement around "(?, ?), (?, ?)"."""
        names = ", ".join(quoted(self.columns))
        return f"INSERT INTO {self.table} ({names}) VALUES {values}"  # noqa: S608  our names


@dataclass(frozen=True)
class NewTexts:
    """Rows whose text columns change. columns: the key first. Rows that are gone are passed over."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]

    def sql(self, values: str) -> str:
        """The statement around "(?, ?), (?, ?)"."""
        table, (key, *others) = self.table, quoted(self.columns)
        changes = ", ".join(f"{name} = new.{name}" for name in others)
        return (
            f"WITH new ({', '.join((key, *others))}) AS (VALUES {values}) "  # noqa: S608  our names
            f"UPDATE {table} SET {changes} FROM new WHERE {table}.{key} = new.{key}"
        )


Bulk = NewRows | NewTexts


def quoted(names: Iterable[str]) -> list[str]:
    """Column names that may be words of SQL, such as commit."""
    return [f'"{name}"' for name in names]


def statements(bulks: Iterable[Bulk], mark: Mark) -> Iterator[Statement]:
    """SQL with its values, in order; a long bulk becomes several statements."""
    for bulk in bulks:
        width = len(bulk.columns)
        most = MOST_VALUES // width
        for start in range(0, len(bulk.rows), most):
            rows = bulk.rows[start : start + most]
            yield bulk.sql(_marks(len(rows), width, mark)), [value for row in rows for value in row]


@lru_cache(maxsize=256)
def _marks(rows: int, width: int, mark: Mark) -> str:
    numbers = range(1, rows * width + 1, width)
    return ", ".join(f"({', '.join(mark(first + n) for n in range(width))})" for first in numbers)


def question_mark(_: int) -> str:
    """SQLite's."""
    return "?"


def dollar(number: int) -> str:
    """PostgreSQL's."""
    return f"${number}"


async def write_within(session: AsyncSession, bulk: Bulk) -> None:
    """Many rows as a part of what a writing session does. Errors: whatever the database raised."""
    await session.flush()
    connection = await session.connection()
    mark = question_mark if connection.dialect.name == "sqlite" else dollar
    for sql, values in statements([bulk], mark):
        await connection.exec_driver_sql(sql, tuple(values))
        await asyncio.sleep(0)  # a long list: everybody else has their turn


def write_all(connection: sqlite3.Connection, bulks: Iterable[Bulk]) -> None:
    """One transaction on SQLite, in the thread that calls. Errors: RowIsGone; sqlite3.Error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, values in statements(bulks, question_mark):
            connection.execute(sql, values)
        connection.execute("COMMIT")
    except BaseException as problem:
        connection.execute("ROLLBACK")
        if isinstance(problem, sqlite3.IntegrityError):
            raise RowIsGone from problem
        raise
