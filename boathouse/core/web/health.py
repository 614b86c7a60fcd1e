"""For operators: does the process live, can it work, what are its figures."""

import asyncio

import structlog
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boathouse.core.metrics import Metrics

pages = APIRouter(include_in_schema=False)
PATIENCE = 5.0  # seconds
log = structlog.get_logger()


@pages.get("/healthz")
async def healthz() -> PlainTextResponse:
    """The process lives."""
    return PlainTextResponse("ok")


@pages.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """The database answers, and soon."""
    try:
        async with asyncio.timeout(PATIENCE), request.app.state.database.reading() as session:
            await (await session.connection()).exec_driver_sql("SELECT 1")
    except (SQLAlchemyError, OSError) as error:  # a TimeoutError is an OSError
        log.warning("the database does not answer", problem=type(error).__name__)
        return PlainTextResponse("the database does not answer", 503)
    return PlainTextResponse("ok")


@pages.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus' text format."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)


class Counted:
    """Counts every answer, refusals at the door included."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.metrics.answered(scope["method"], message["status"])
            await send(message)

        await self.app(scope, receive, count if scope["type"] == "http" else send)
