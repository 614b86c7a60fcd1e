"""The roof: puts the parts together into one ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial

from fastapi import APIRouter, FastAPI, Request
from fastapi.routing import APIRoute
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from boathouse.core.assets import DIST
from boathouse.core.database import Database
from boathouse.core.limits import Limits
from boathouse.core.live import Live
from boathouse.core.metrics import Metrics
from boathouse.core.migrate import migrate
from boathouse.core.people import Invitation, Person, Role
from boathouse.core.presence import Presence
from boathouse.core.regions import Topic
from boathouse.core.settings import Settings
from boathouse.core.web import accounts, health, people, sign_in_links
from boathouse.core.web.openapi import complete_openapi, operation_id
from boathouse.core.web.pages import environment, page
from boathouse.core.web.problems import add_problem_handlers
from boathouse.core.web.security import Security
from boathouse.core.web.visitors import identify
from boathouse.rollout import web as rollout_web
from boathouse.rollout.members import join_program
from boathouse.workshop import web as workshop_web
from boathouse.workshop.access import SeatSeals
from boathouse.workshop.documents.documents import Documents
from boathouse.workshop.facilitators import join_facilitators
from boathouse.workshop.web.housekeeping import Housekeeping
from boathouse.workshop.web.rules import rules_decided

API = "/api/v1"


def create_app(settings: Settings) -> FastAPI:
    """The whole application. Nothing is opened until it starts."""
    app = FastAPI(
        title="Boathouse",
        summary="OKR rollouts and the live workshops that teach people to draft OKRs.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    complete_openapi(app)
    app.state.settings = settings
    _put_parts_together(app, settings)
    app.mount("/static", CachedFiles(directory=DIST, check_dir=False), name="static")
    app.router.routes.extend(routes())
    environment.auto_reload = settings.development
    if settings.development:
        app.include_router(workbench)
    add_problem_handlers(app)
    app.add_middleware(Security, settings=settings)
    app.add_middleware(health.Counted, metrics=app.state.metrics)
    return app


def routers() -> list[tuple[str, APIRouter]]:
    """Every router of the product with its prefix: pages and sockets have none."""
    pages = (
        front,
        health.pages,
        accounts.pages,
        people.pages,
        sign_in_links.pages,
        *workshop_web.PAGES,
        *rollout_web.PAGES,
    )
    return [("", router) for router in pages] + [
        (API, router) for router in (*workshop_web.APIS, *rollout_web.APIS)
    ]


@cache
def routes() -> list[BaseRoute]:
    """Every route of the product, read once a process.

    A router without a prefix gives its routes as they are: included ones are read a second time, which
    takes most of a second for all, and are matched ten times slower.
    """
    together = APIRouter()
    for prefix, router in routers():
        if prefix:
            together.include_router(router, prefix=prefix, generate_unique_id_function=operation_id)
        else:
            together.routes.extend(map(_with_head, router.routes))
    return together.routes


def _with_head(route: BaseRoute) -> BaseRoute:
    """A page that can be read also answers HEAD, as monitors ask; the server leaves the body out."""
    if isinstance(route, APIRoute) and route.methods and "GET" in route.methods:
        route.methods.add("HEAD")
    return route


def _put_parts_together(app: FastAPI, settings: Settings) -> None:
    state = app.state
    state.database = Database(settings.database_url)
    state.limits = Limits()
    state.live = Live(state.database)
    state.seat_seals = SeatSeals(settings.secret_key)
    state.on_accepted = _take_place
    state.on_decided = partial(rules_decided, app)

    def presence_changed(topic: Topic) -> None:
        workshop_web.presence_changed(app, topic)
        rollout_web.presence_changed(app, topic)

    def drafts_written(room_ids: set[str]) -> None:
        workshop_web.drafts_written(app, room_ids)

    def end_connections(identity: str, code: int, reason: str) -> None:
        state.presence.end(identity, code, reason)
        state.documents.revoke(identity, code, reason)

    def address(request: Request) -> str:
        return settings.base_url or str(request.base_url).rstrip("/")

    state.presence = Presence(presence_changed)
    state.documents = Documents(state.database, drafts_written)
    state.housekeeping = Housekeeping(app)
    state.end_connections = end_connections
    state.address = address
    workshop_web.register_regions(app)
    rollout_web.register_regions(app)
    state.metrics = _watched(state.live, state.documents)


def _watched(live: Live, documents: Documents) -> Metrics:
    """What an operator wants to see rise and fall during a workshop."""
    metrics, rooms = Metrics(), documents.rooms.values
    metrics.watch("boathouse_live_sockets", "Pages that follow live", live.count)
    metrics.watch("boathouse_documents", "Drafts in memory", lambda: len(rooms()))
    metrics.watch(
        "boathouse_document_sockets",
        "People and programs at drafts",
        lambda: sum(len(room.connections) for room in rooms()),
    )
    metrics.watch(
        "boathouse_unstored_changes",
        "Changes that no commit holds yet",
        lambda: sum(len(room.not_stored()) for room in rooms()),
    )
    return metrics


async def _take_place(session: AsyncSession, invitation: Invitation, person: Person) -> bool:
    """What an accepted invitation leads to: a workshop or a program. Whether that is new to the person."""
    is_coach = await join_facilitators(session, invitation, person)
    return is_coach or await join_program(session, invitation, person)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Bring the tables up to date; at the end store every word, and who was there, before leaving."""
    await migrate(app.state.database)
    await app.state.housekeeping.start()
    yield
    await app.state.housekeeping.stop()
    await app.state.documents.stop()
    await app.state.attendance.stop()
    await app.state.live.stop()
    await app.state.database.close()


class CachedFiles(StaticFiles):
    """Built files: their address changes with their content, so browsers may keep them."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, with leave to keep it for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


front = APIRouter(include_in_schema=False)
workbench = APIRouter(include_in_schema=False)


@front.get("/")
async def front_page(request: Request) -> Response:
    """Coaches go to their workshops, leaders to their programs, everybody else to the join page."""
    visitor = await identify(request)
    if visitor.has_role(Role.LEADER):
        return RedirectResponse("/programs", 303)
    return RedirectResponse("/workshops" if visitor.person else "/join", 303)


@front.get("/api/docs")
async def api_docs(request: Request) -> Response:
    """The API's pages, rendered here: no script from elsewhere."""
    return page(request, "kit/api.html", openapi=request.app.openapi())


@workbench.get("/gallery")
async def gallery(request: Request) -> Response:
    """Every part of the interface in every state."""
    return page(request, "kit/gallery.html")
