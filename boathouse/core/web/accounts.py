"""Pages to set up, to sign in and out, and to accept an invitation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from boathouse.core import accounts, invitations
from boathouse.core.errors import Problem
from boathouse.core.passwords import check_password
from boathouse.core.people import Invitation, Person
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import SESSION_COOKIE, Visitor, identify, set_cookie

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
NOTHING_NEW = (
    "You have what this link gives already. It is still good: pass it on to the colleague it is for."
)
SIGN_IN_TRIES = "10 per 10 minute"  # for one account from one address: nobody locks another out
SIGN_IN_TRIES_BY_ALL = "200 per 10 minute"  # for one account
SIGN_IN_TRIES_BY_ADDRESS = "600 per 10 minute"  # hundreds may share one


@pages.get("/sign-in")
async def sign_in_form(request: Request, next: str = "") -> Response:
    """The form; somebody signed in already goes on."""
    visitor = await identify(request)
    if visitor.person:
        return RedirectResponse(own_path(next), 303)
    return page(request, "accounts/sign_in.html", next=own_path(next), email="", problem=None)


@pages.post("/sign-in")
async def sign_in(request: Request, email: Text = "", password: Text = "", next: Text = "") -> Response:
    """Open a session."""
    database, limits = request.app.state.database, request.app.state.limits
    try:
        await limits.spend(SIGN_IN_TRIES_BY_ADDRESS, "sign-in", address(request))
        whose = email.strip().lower()[:254]
        await limits.spend(SIGN_IN_TRIES, "sign-in", whose, address(request))
        await limits.spend(SIGN_IN_TRIES_BY_ALL, "sign-in by all", whose)
        async with database.reading() as session:
            person = await check_password(session, email, password)
        async with database.writing() as session:
            secret = accounts.open_session(session, person.id)
    except Problem as problem:
        return page(
            request,
            "accounts/sign_in.html",
            status=problem.status,
            next=own_path(next),
            email=email,
            problem=problem,
        )
    response = RedirectResponse(own_path(next), 303)
    set_cookie(request, response, SESSION_COOKIE, secret)
    return response


@pages.post("/sign-out")
async def sign_out(request: Request, visitor: Annotated[Visitor, Depends(identify)]) -> Response:
    """Close the session and its sockets."""
    if visitor.session:
        async with request.app.state.database.writing() as session:
            await accounts.close_session(session, visitor.session)
        request.app.state.end_connections(f"session:{visitor.session}", 4401, "You signed out.")
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(SESSION_COOKIE)
    return response


@pages.get("/setup/{secret}")
@pages.get("/invitations/{secret}")
async def invitation_form(request: Request, secret: str) -> Response:
    """Looking at a link does not use it up: mail scanners look too."""
    async with request.app.state.database.reading() as session:
        invitation = await invitations.find_invitation(session, secret)
    visitor = await identify(request)
    return _invitation_page(request, invitation, visitor.person)


def _invitation_page(
    request: Request,
    invitation: Invitation,
    signed_in: Person | None,
    problem: Problem | None = None,
    **typed: str,
) -> Response:
    return page(
        request,
        "accounts/accept.html",
        status=problem.status if problem else 200,
        invitation=invitation,
        signed_in=signed_in,
        role_after=invitations.role_after(signed_in, invitation) if signed_in else invitation.role,
        typed={"name": "", "email": "", **typed},
        problem=problem,
    )


@pages.post("/setup/{secret}")
@pages.post("/invitations/{secret}")
async def accept_invitation(
    request: Request, secret: str, name: Text = "", email: Text = "", password: Text = ""
) -> Response:
    """Make the account and sign it in; somebody signed in already gains what the link gives."""
    state = request.app.state
    visitor = await identify(request)
    if visitor.person and not request.url.path.startswith("/setup/"):
        return await _accept_signed_in(request, visitor.person, secret)
    async with state.database.reading() as session:
        invitation = await invitations.find_invitation(session, secret)
    try:
        who = await invitations.newcomer(name, email, password)
        async with state.database.writing() as session:
            invitation = await invitations.find_invitation(session, secret)
            person = await invitations.accept(session, invitation, who)
            await state.on_accepted(session, invitation, person)
            cookie = accounts.open_session(session, person.id)
    except Problem as problem:
        if problem.field is None:
            raise
        return _invitation_page(request, invitation, None, problem, name=name, email=email)
    response = RedirectResponse(own_path(invitation.invited_to), 303)
    set_cookie(request, response, SESSION_COOKIE, cookie)
    return response


async def _accept_signed_in(request: Request, person: Person, secret: str) -> Response:
    """Another role, or a workshop. Errors: Problem 409 when it gives nothing; the link stays good then."""
    state = request.app.state
    async with state.database.writing() as session:
        invitation = await invitations.find_invitation(session, secret)
        has_new_role = accounts.change_role(session, person, invitations.role_after(person, invitation))
        has_new_place = await state.on_accepted(session, invitation, person)
        if not (has_new_role or has_new_place):
            raise Problem(409, NOTHING_NEW)
        invitations.use_up(session, invitation)
    if has_new_role:
        state.end_connections(f"person:{person.id}", 1012, "Your role has changed.")
    return RedirectResponse(own_path(invitation.invited_to), 303)


def own_path(wanted: str) -> str:
    """A path of this site to go on to, never another site."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_own else "/"


def address(request: Request) -> str:
    """Where the request came from; a proxy's word counts only if it is trusted (uvicorn sees to that)."""
    return request.client.host if request.client else "unknown"
