"""A program's home: at a glance why, what is open, where we are, what comes next and who does it.

Every noun of the program may bring `async at_home(session, access) -> AtHome`. The first step in the order
of the nouns is the next one.
"""

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from boathouse.rollout.web.frames import AtHome, Step, program_page
from boathouse.rollout.web.permits import SeesProgram

pages = APIRouter(include_in_schema=False)


@pages.get("/programs/{program_id}")
async def home(request: Request, access: SeesProgram) -> Response:
    """The page."""
    from boathouse.rollout.web import NOUNS  # the list is complete only once every noun is loaded

    cards: list[Markup] = []
    step: Step | None = None
    async with request.app.state.database.reading() as session:
        for noun in NOUNS:
            if look := getattr(noun, "at_home", None):
                brought: AtHome = await look(session, access)
                cards.append(Markup(brought.card))  # noqa: S704 - partials of ours
                step = step or brought.step
    return program_page(request, access, "programs/home.html", "home", cards=cards, step=step)
