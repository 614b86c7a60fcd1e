"""Commands around what is kept: exports, backups, demo data."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from boathouse.cli.frame import app, with_database
from boathouse.core.backup import back_up
from boathouse.core.backup import restore as restore_backup
from boathouse.core.database import Database
from boathouse.core.errors import UsageProblem, WorkFailed
from boathouse.core.settings import Settings, load_settings
from boathouse.workshop.debrief.debrief import Audience, View
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.export_files import Format, find_workshop, write_export
from boathouse.workshop.generations import renew_generations


@app.command()
def export(
    workshop: Annotated[
        str, typer.Argument(metavar="WORKSHOP", help="The workshop's id or its spoken code.")
    ],
    form: Annotated[Format, typer.Option("--format", help="What the file is.")] = Format.JSON,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; left out, standard output.")
    ] = None,
    audience: Annotated[
        Audience, typer.Option("--audience", help="The sponsor's has neither comments nor who left when.")
    ] = Audience.COACH,
    anonymised: Annotated[bool, typer.Option("--anonymised", help="Leave out every name.")] = False,
) -> None:
    """Write a workshop's drafts with their comments, or its debrief, also while the server runs."""
    if output and not output.absolute().parent.is_dir():
        raise UsageProblem(f"--output: there is no folder {output.absolute().parent}.")

    written: list[bytes] = []

    async def write(database: Database, _: Settings) -> None:
        workshop_id = await find_workshop(database, workshop)
        documents = Documents(database, lambda _: None)
        view = View(audience, anonymised)
        written.append((await write_export(database, documents, workshop_id, form, view)).content)
        await documents.stop()

    with_database(write)
    if output:
        _keep(output, written[0])
    else:
        sys.stdout.buffer.write(written[0])


def _keep(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise WorkFailed(f"{file} cannot be written: {error.strerror}.") from None


@app.command()
def seed() -> None:
    """Write demo data with a named cast, once, and print a link that signs in as its owner, Mara."""
    from boathouse.demo import seed_demo

    with_database(seed_demo)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The copy to write; must not exist.")]) -> None:
    """Copy the database into one file, also while the server runs."""
    back_up(load_settings().database_url, file)
    print(f"Written to {file}.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file made by `boathouse backup`.")]) -> None:
    """Put a backup in the database's place; stop the server first."""
    kept = restore_backup(load_settings().database_url, file)

    async def renew(database: Database, _: Settings) -> None:
        async with database.writing() as session:
            await renew_generations(session)

    with_database(renew)
    print("Restored." + (f" What was there before is kept at {kept}." if kept else ""))
