"""A database file with the cast in it, to copy: writing them takes longer than most tests."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from boathouse.core.clock import now
from boathouse.core.tables import UtcDateTime, metadata
from tests.cast import Cast

Moment = tuple[str, int, datetime]  # how to change it in its row, and what it is


@dataclass(frozen=True)
class Furnished:
    """The file and who is in it, as of a moment."""

    file: Path
    cast: Cast
    written_at: datetime
    moments: list[Moment]

    def copy_to(self, file: Path) -> None:
        """A copy in which as much time has passed as if it had been written just now."""
        shutil.copyfile(self.file, file)
        later = now() - self.written_at
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("PRAGMA synchronous = OFF")
            for change, row, moment in self.moments:
                database.execute(change, [(moment + later).isoformat(" ", "microseconds"), row])


def furnish(file: Path, cast: Cast) -> Furnished:
    """What was written to this file just now."""
    columns = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, UtcDateTime)
    ]
    with closing(sqlite3.connect(file)) as database:
        moments = [
            (f"UPDATE {table} SET {column} = ? WHERE rowid = ?", row, datetime.fromisoformat(moment))
            for table, column in columns
            for row, moment in database.execute(
                f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL"
            )
        ]
    return Furnished(file, cast, now(), moments)
