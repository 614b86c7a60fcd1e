"""A program's home: at a glance why, what is open, where we are and what comes next."""

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from boathouse.rollout.web.frames import program_page
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)


@pages.get("/programs/{program_id}")
async def home(request: Request, access: SeesProgram) -> Response:
    """The page. Each noun brings its own card: `async home_card(session, access) -> str`, html of ours."""
    from boathouse.rollout.web import NOUNS  # the list is complete only once every noun is loaded

    async with request.app.state.database.reading() as session:
        cards = [await noun.home_card(session, access) for noun in NOUNS if hasattr(noun, "home_card")]
    drawn = [Markup(card) for card in cards]  # noqa: S704 - partials of ours
    return program_page(request, access, "programs/home.html", "home", cards=drawn)
