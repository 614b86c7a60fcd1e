"""XLSX files: a sheet for each table, every table a real one, and no word of anybody's a formula.

What writes them takes long to load and few need it, so that no start waits for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

Value = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Sheet:
    """A table. title: of the sheet, plain letters, at most 31; columns: their names, all different."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The file. Blocking: run it in a thread."""
    from boathouse.core.excel import written

    return written(title, sheets)
