"""Links that stand for a person: one signs in (`boathouse seed` prints it), one sets a new password."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core import accounts
from boathouse.core.accounts import LinkKind
from boathouse.core.errors import Problem
from boathouse.core.passwords import hash_password
from boathouse.core.people import Person
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import SESSION_COOKIE, set_cookie

pages = APIRouter(include_in_schema=False)


@pages.get("/sign-in/{secret}")
async def sign_in_link(request: Request, secret: str) -> Response:
    """Looking at a link does not use it up: mail scanners look too."""
    async with request.app.state.database.reading() as session:
        person = await accounts.person_of_link(session, LinkKind.SIGN_IN, secret)
    return page(request, "accounts/continue.html", person=person)


@pages.post("/sign-in/{secret}")
async def use_sign_in_link(request: Request, secret: str) -> Response:
    """Open a session; the link works no more."""
    async with request.app.state.database.writing() as session:
        person = await accounts.person_of_link(session, LinkKind.SIGN_IN, secret, use=True)
        cookie = accounts.open_session(session, person.id)
    response = RedirectResponse("/", 303)
    set_cookie(request, response, SESSION_COOKIE, cookie)
    return response


@pages.get("/new-password/{secret}")
async def new_password_form(request: Request, secret: str) -> Response:
    """The form; looking does not use the link up."""
    return _new_password_page(request, await _whose(request, secret))


async def _whose(request: Request, secret: str) -> Person:
    async with request.app.state.database.reading() as session:
        return await accounts.person_of_link(session, LinkKind.PASSWORD, secret)


def _new_password_page(request: Request, person: Person, problem: Problem | None = None) -> Response:
    status = problem.status if problem else 200
    return page(request, "accounts/new_password.html", status=status, person=person, problem=problem)


@pages.post("/new-password/{secret}")
async def set_new_password(request: Request, secret: str, password: Annotated[str, Form()] = "") -> Response:
    """Keep it, sign in here, and sign out everywhere else."""
    person = await _whose(request, secret)
    try:
        hashed = await hash_password(password)
    except Problem as problem:
        return _new_password_page(request, person, problem)
    state = request.app.state
    async with state.database.writing() as session:
        person = await accounts.set_password(session, secret, hashed)
        cookie = accounts.open_session(session, person.id)
    state.end_connections(f"person:{person.id}", 4401, "Your password was changed. Please sign in again.")
    response = RedirectResponse("/", 303)
    set_cookie(request, response, SESSION_COOKIE, cookie)
    return response
