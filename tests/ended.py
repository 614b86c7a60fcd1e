"""A workshop that ended a while ago, and for how long such ones are kept."""

from datetime import date, timedelta

from boathouse.core.clock import now
from boathouse.workshop.retention import Retention
from boathouse.workshop.tables import Status, Workshop
from tests.cast import Cast
from tests.rows import in_database

LONG_AGO = date(2020, 1, 1)
MONTH = Retention(30, LONG_AGO)


def end(cast: Cast, days_ago: int, retention: Retention = MONTH) -> date:
    """The cast's workshop ended then; its last day."""
    cast.app.state.retention = retention
    moment = now() - timedelta(days=days_ago)

    async def write(session):
        workshop = await session.get_one(Workshop, cast.workshop)
        workshop.status, workshop.ended_at = Status.ENDED, moment

    in_database(cast, write)
    return moment.date() + timedelta(days=30)
