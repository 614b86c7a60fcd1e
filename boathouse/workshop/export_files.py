"""The files an export may be, and one of them written whole."""

from collections.abc import Callable
from enum import StrEnum

from sqlmodel import or_, select

from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem
from boathouse.workshop.documents import Documents
from boathouse.workshop.export_markdown import to_markdown
from boathouse.workshop.export_table import to_csv
from boathouse.workshop.exports import ExportData, load_workshop_export, to_json
from boathouse.workshop.tables import Workshop
from boathouse.workshop.wall import room_ids


class Format(StrEnum):
    """What a file may be."""

    JSON = "json"
    CSV = "csv"
    MD = "md"


WRITERS: dict[Format, Callable[[ExportData], str]] = {
    Format.JSON: to_json,
    Format.CSV: to_csv,
    Format.MD: to_markdown,
}


async def write_export(database: Database, documents: Documents, wanted: str, form: Format) -> str:
    """All of a workshop, with every word that is stored. wanted: its id or its code.

    Errors: UsageProblem for a workshop that does not exist.
    """
    code = wanted.upper().replace("-", "").replace(" ", "")
    async with database.reading() as session:
        query = select(Workshop.id).where(or_(Workshop.id == wanted, Workshop.code == code))
        workshop_id = (await session.exec(query)).first()
        if workshop_id is None:
            raise UsageProblem(f"WORKSHOP: there is none with the id or code “{wanted}”.")
        rooms = await room_ids(session, workshop_id)
    await documents.flush(rooms)
    async with database.reading() as session:
        return WRITERS[form](await load_workshop_export(session, workshop_id))
