"""Pages to set up, sign in and out, invite colleagues and keep tokens."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import col, select
from starlette.responses import RedirectResponse, Response

from boathouse.core import accounts
from boathouse.core.errors import Problem, not_found
from boathouse.core.people import ApiToken, Person, Role
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import SESSION_COOKIE, Visitor, identify, set_cookie, with_role

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
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
            person = await accounts.check_password(session, email, password)
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
        invitation = await accounts.find_invitation(session, secret)
    visitor = await identify(request)
    return page(
        request,
        "accounts/accept.html",
        invitation=invitation,
        signed_in=visitor.person,
        typed={"name": "", "email": ""},
        problem=None,
    )


@pages.post("/setup/{secret}")
@pages.post("/invitations/{secret}")
async def accept_invitation(
    request: Request, secret: str, name: Text = "", email: Text = "", password: Text = ""
) -> Response:
    """Make the account and sign it in; somebody signed in already just gains what the link gives."""
    state = request.app.state
    visitor = await identify(request)
    try:
        async with state.database.writing() as session:
            invitation = await accounts.find_invitation(session, secret)
            person = visitor.person
            if person is None or request.url.path.startswith("/setup/"):
                person = await accounts.accept(session, invitation, name, email, password)
            else:
                accounts.use_up(session, invitation)
            await state.on_accepted(session, invitation, person)
            cookie = accounts.open_session(session, person.id)
    except Problem as problem:
        if problem.field is None:
            raise
        return page(
            request,
            "accounts/accept.html",
            status=problem.status,
            invitation=invitation,
            signed_in=None,
            typed={"name": name, "email": email},
            problem=problem,
        )
    response = RedirectResponse(own_path(invitation.invited_to), 303)
    set_cookie(request, response, SESSION_COOKIE, cookie)
    return response


@pages.get("/people")
async def people(request: Request, visitor: Annotated[Visitor, Depends(with_role(Role.OWNER))]) -> Response:
    """Everybody with an account, and the tokens of programs."""
    return await people_page(request)


async def people_page(request: Request, **fresh: str) -> Response:
    """The page; fresh: a link or token to show this once."""
    async with request.app.state.database.reading() as session:
        query = select(Person, ApiToken.id).join(ApiToken, isouter=True)
        rows = (await session.exec(query.where(col(Person.removed_at).is_(None)).order_by(Person.name))).all()
    return page(
        request,
        "accounts/people.html",
        people=[person for person, token in rows if token is None],
        programs=[person for person, token in rows if token is not None],
        roles=list(Role),
        fresh={"link": "", "token": "", **fresh},
    )


@pages.post("/people/invitations")
async def invite(
    request: Request,
    visitor: Annotated[Visitor, Depends(with_role(Role.OWNER))],
    role: Annotated[Role, Form()],
) -> Response:
    """A link for a colleague."""
    async with request.app.state.database.writing() as session:
        secret = accounts.invite(session, role, invited_by=visitor.person.id if visitor.person else None)
    return await people_page(request, link=f"{request.app.state.address(request)}/invitations/{secret}")


@pages.post("/people/tokens")
async def create_token(
    request: Request,
    visitor: Annotated[Visitor, Depends(with_role(Role.OWNER))],
    role: Annotated[Role, Form()],
    name: Text = "",
) -> Response:
    """A program's key, shown once."""
    if not name.strip():
        raise Problem(422, "Please name the program, so that you know later whose key it is.")
    async with request.app.state.database.writing() as session:
        secret = await accounts.create_token(session, name.strip(), role)
    return await people_page(request, token=secret)


@pages.post("/people/{person_id}/remove")
async def remove(
    request: Request, visitor: Annotated[Visitor, Depends(with_role(Role.OWNER))], person_id: str
) -> Response:
    """End an account or token, and its sockets."""
    if visitor.person and visitor.person.id == person_id:
        raise Problem(409, "You cannot remove yourself. Another owner can.")
    async with request.app.state.database.writing() as session:
        person = await session.get(Person, person_id)
        if person is None:
            raise not_found("This account")
        await accounts.remove_person(session, person)
    request.app.state.end_connections(f"person:{person_id}", 4401, "This account was removed.")
    return RedirectResponse("/people", 303)


def own_path(wanted: str) -> str:
    """A path of this site to go on to, never another site."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if is_own else "/"


def address(request: Request) -> str:
    """Where the request came from; a proxy's word counts only if it is trusted (uvicorn sees to that)."""
    return request.client.host if request.client else "unknown"
