"""Rows behind the app's back: what a test arranges or looks at without a request."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.testclient import TestClient

from tests.cast import Cast


def in_database(place: TestClient | Cast, work: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
    """Run a coroutine function on a writing session of this server; what it returns."""

    async def run() -> Any:
        async with place.app.state.database.writing() as session:  # type: ignore[attr-defined]
            return await work(session)

    assert place.portal
    return place.portal.call(run)
