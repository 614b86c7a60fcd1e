"""How a workbook is written; asked for by core/workbooks.py."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from boathouse.core.workbooks import FORMULA, Sheet, Value

LONGEST = 32_767  # characters of a cell
NARROWEST, WIDEST = 8, 60  # characters
STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
TOP = Alignment(vertical="top", wrap_text=True)


def written(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The file."""
    book = Workbook()
    book.properties.title = _text(title)[:255]
    book.properties.creator = "Boathouse"
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(page: Worksheet, sheet: Sheet) -> None:
    for number, row in enumerate([sheet.columns, *sheet.rows], 1):
        for column, value in enumerate(row, 1):
            put(page.cell(number, column), value)
    letter, last = get_column_letter(len(sheet.columns)), max(len(sheet.rows), 1) + 1
    table = ExcelTable(displayName=sheet.title.replace(" ", "_"), ref=f"A1:{letter}{last}")
    table.tableStyleInfo = STYLE
    page.add_table(table)
    page.freeze_panes = "A2"
    for column, name in enumerate(sheet.columns):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        width = min(max(longest, len(name) + 3, NARROWEST), WIDEST)
        page.column_dimensions[get_column_letter(column + 1)].width = width


def put(cell: Cell, value: Value) -> None:
    """Write a value. Text stays text whatever it begins with, also after somebody edited the cell."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, str):
        cell.value = text = _text(value)
        cell.data_type = "s"  # openpyxl would take "=" for the beginning of a formula
        if text.startswith(FORMULA):
            cell.quotePrefix = True
    else:
        cell.value = value
    cell.alignment = TOP


def _text(value: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
