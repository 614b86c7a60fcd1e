"""The files an export may be, and one of them written whole."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import or_, select

from boathouse.core import pdf, workbooks
from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem
from boathouse.workshop.anonymity import Veil
from boathouse.workshop.debrief.debrief import Audience, Debrief, View
from boathouse.workshop.debrief.facts import names_of
from boathouse.workshop.debrief.making import load_debrief
from boathouse.workshop.debrief.paper import to_paper
from boathouse.workshop.debrief.sheets import to_workbook
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.export_markdown import to_markdown
from boathouse.workshop.export_table import to_csv
from boathouse.workshop.export_views import anonymised, without_comments
from boathouse.workshop.exports import ExportData, load_workshop_export, to_json
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import room_ids


class Format(StrEnum):
    """What a file may be."""

    JSON = "json"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"
    PDF = "pdf"


KINDS = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.MD: "text/markdown; charset=utf-8",
    Format.XLSX: workbooks.MEDIA_TYPE,
    Format.PDF: pdf.MEDIA_TYPE,
}
DRAFTS: dict[Format, Callable[[ExportData], str]] = {
    Format.JSON: to_json,
    Format.CSV: to_csv,
    Format.MD: to_markdown,
}
DEBRIEFS: dict[Format, Callable[[Debrief], bytes]] = {Format.XLSX: to_workbook, Format.PDF: to_paper}


@dataclass(frozen=True)
class File:
    """An export. title: the workshop's, without people if they were to be left out."""

    title: str
    content: bytes


async def write_export(
    database: Database,
    documents: Documents,
    workshop_id: str,
    form: Format,
    view: View,
    here: Callable[[str], Collection[str]] = lambda room_id: (),
) -> File:
    """All of a workshop, with every word that has reached the server. here: who is in a room now.

    JSON, CSV and Markdown hold the drafts with their comments, XLSX and PDF the whole debrief.
    Errors: Problem 404.
    """
    if form in DEBRIEFS:
        debrief = await load_debrief(database, documents, workshop_id, view, here)
        return File(debrief.title, await asyncio.to_thread(DEBRIEFS[form], debrief))
    async with database.reading() as session:
        rooms = await room_ids(session, workshop_id)
    await documents.flush(rooms)
    async with database.reading() as session:
        data = await load_workshop_export(session, workshop_id)
        names = await names_of(session, workshop_id) if view.anonymised else ()
    return await asyncio.to_thread(_written, data, form, view, names)


def _written(data: ExportData, form: Format, view: View, names: Collection[str]) -> File:
    """The drafts as a file, for its reader. Blocking: run it in a thread."""
    if view.anonymised:
        data = anonymised(data, Veil(names))
    if view.audience == Audience.SPONSOR:
        data = without_comments(data)
    return File(data.title, DRAFTS[form](data).encode())


async def find_workshop(database: Database, wanted: str) -> str:
    """The id of the workshop with this id or spoken code. Errors: UsageProblem."""
    code = wanted.upper().replace("-", "").replace(" ", "")
    async with database.reading() as session:
        query = select(Workshop.id).where(or_(Workshop.id == wanted, Workshop.code == code))
        workshop_id = (await session.exec(query)).first()
    if workshop_id is None:
        raise UsageProblem(f"WORKSHOP: there is none with the id or code “{wanted}”.")
    return workshop_id
