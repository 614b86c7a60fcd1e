"""A link that signs in once: `boathouse seed` prints one."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core import accounts
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import SESSION_COOKIE, set_cookie

pages = APIRouter(include_in_schema=False)


@pages.get("/sign-in/{secret}")
async def sign_in_link(request: Request, secret: str) -> Response:
    """Looking at a link does not use it up: mail scanners look too."""
    async with request.app.state.database.reading() as session:
        person = await accounts.person_of_link(session, secret)
    return page(request, "accounts/continue.html", person=person)


@pages.post("/sign-in/{secret}")
async def use_sign_in_link(request: Request, secret: str) -> Response:
    """Open a session; the link works no more."""
    async with request.app.state.database.writing() as session:
        person = await accounts.person_of_link(session, secret, use=True)
        cookie = accounts.open_session(session, person.id)
    response = RedirectResponse("/", 303)
    set_cookie(request, response, SESSION_COOKIE, cookie)
    return response
