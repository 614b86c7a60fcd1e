"""Files that hold OKRs: bytes in, a paper out. Everything that is no such file is told in plain words."""

import zipfile
from io import BytesIO

from boathouse.core.errors import Problem, UsageProblem
from boathouse.core.spreadsheets import ZIP, Bounds, text_of_file
from boathouse.rollout.checks.papers import Paper, read_paper

MOST_ROWS = 5_000
BOUNDS = Bounds(MOST_ROWS, f"More than {MOST_ROWS:,} rows; check them in parts.")
PDF = "This is a PDF. Open it, copy its text, and paste that."
WORD = "This is a Word or presentation file. Open it, copy its text, and paste that."


def read_file(data: bytes, name: str) -> Paper:
    """Read an XLSX file or one of text. name: of the file, for what it looks like and for messages.

    Errors: Problem 422, UsageProblem naming the line. Blocking: run it in a thread.
    """
    if data.startswith(b"%PDF"):
        raise Problem(422, PDF, field="file")
    if not data.startswith(ZIP):
        return read_paper(text_of_file(data, BOUNDS), name)
    if not _is_workbook(data):
        raise Problem(422, WORD, field="file")
    text = text_of_file(data, BOUNDS)
    try:
        return read_paper(text, "the sheet.tsv")
    except UsageProblem:  # no columns we know: read it line by line
        return read_paper(text, "the sheet")


def _is_workbook(data: bytes) -> bool:
    """Whether a zip is a workbook; a broken one is for the reader of tables to tell."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return not any(entry.startswith(("word/", "ppt/")) for entry in archive.namelist())
    except zipfile.BadZipFile:
        return True
