"""For operators: does the process live, can it work, what are its figures."""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.responses import PlainTextResponse, Response

pages = APIRouter(include_in_schema=False)


@pages.get("/healthz")
async def healthz() -> PlainTextResponse:
    """The process lives."""
    return PlainTextResponse("ok")


@pages.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """The database answers."""
    async with request.app.state.database.reading() as session:
        await session.execute(text("SELECT 1"))
    return PlainTextResponse("ok")


@pages.get("/metrics")
async def metrics() -> Response:
    """Prometheus' text format."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
