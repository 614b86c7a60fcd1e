"""What all commands share: the typer app, and a database to work on."""

import asyncio
from collections.abc import Awaitable, Callable

import typer
from sqlalchemy.exc import DBAPIError

from boathouse.core.database import Database
from boathouse.core.errors import WorkFailed
from boathouse.core.migrate import migrate
from boathouse.core.settings import Settings, load_settings

app = typer.Typer(help="OKR rollouts and live drafting workshops.", add_completion=False)


def with_database(work: Callable[[Database, Settings], Awaitable[None]]) -> None:
    """Run the work on a migrated database and close it after. Errors: WorkFailed without a database."""
    settings = load_settings()

    async def run() -> None:
        database = Database(settings.database_url)
        try:
            await migrate(database)
            await work(database, settings)
        except (DBAPIError, OSError) as error:
            cause = getattr(error, "orig", error)
            raise WorkFailed(f"The database cannot be used: {cause}.") from None
        finally:
            await database.close()

    asyncio.run(run())
