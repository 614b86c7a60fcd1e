"""One-file backups of the SQLite database, also while the server runs."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from boathouse.core.errors import UsageProblem, WorkFailed

NOT_SQLITE = "Backups of PostgreSQL are PostgreSQL's own: use pg_dump and pg_restore."


def sqlite_file(url: str) -> Path:
    """The file of a SQLite address. Errors: UsageProblem for any other database."""
    if not url.startswith("sqlite"):
        raise UsageProblem(NOT_SQLITE)
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


def back_up(url: str, target: Path) -> None:
    """Copy the database as it is at this moment. Errors: UsageProblem if the target exists or cannot be."""
    source = sqlite_file(url)
    if target.exists():
        raise UsageProblem(f"{target} exists already. Choose another name.")
    if not target.absolute().parent.is_dir():
        raise UsageProblem(f"There is no folder {target.absolute().parent}.")
    if not source.exists():
        raise WorkFailed(f"There is no database at {source} yet.")
    with closing(sqlite3.connect(source, timeout=30)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def restore(url: str, source: Path) -> Path | None:
    """Put a backup in the database's place; the server must not run.

    Returns where the replaced database was kept, None if there was none.
    Errors: UsageProblem when the file is no backup; WorkFailed when the database is in use.
    """
    target = sqlite_file(url)
    _check_backup(source)
    kept = _set_aside(target) if target.exists() else None
    shutil.copyfile(source, target)
    return kept


def _check_backup(path: Path) -> None:
    if not path.is_file():
        raise UsageProblem(f"There is no file {path}.")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise UsageProblem(f"{path} is not a backup made by `boathouse backup`.") from None


def _set_aside(target: Path) -> Path:
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # refused while a server has it open
    except sqlite3.OperationalError:
        raise WorkFailed("The database is in use. Stop the server first.") from None
    kept = target.with_name(f"{target.name}.before-restore")
    target.replace(kept)
    return kept
