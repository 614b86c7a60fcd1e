"""The page of owners: who has an account, invitations, links for new passwords, and tokens of scripts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.responses import RedirectResponse, Response

from boathouse.core import accounts, invitations
from boathouse.core.errors import Problem, not_found
from boathouse.core.people import ApiToken, Person, Role
from boathouse.core.web.pages import page
from boathouse.core.web.visitors import Visitor, with_role

pages = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Owns = Annotated[Visitor, Depends(with_role(Role.OWNER))]


@pages.get("/people")
async def people(request: Request, visitor: Owns) -> Response:
    """Everybody with an account, and the tokens of scripts."""
    return await people_page(request)


async def people_page(request: Request, **fresh: str) -> Response:
    """The page; fresh: a link or token to show this once."""
    async with request.app.state.database.reading() as session:
        query = select(Person, ApiToken.id).join(ApiToken, isouter=True)
        rows = (await session.exec(query.where(col(Person.removed_at).is_(None)).order_by(Person.name))).all()
    scripts = [person for person, token in rows if token is not None and person.email is None]
    return page(
        request,
        "accounts/people.html",
        people=[person for person, _ in rows if person not in scripts],
        scripts=scripts,
        roles=list(Role),
        fresh={"link": "", "token": "", "password_link": "", "whose": "", **fresh},
    )


@pages.post("/people/invitations")
async def invite(
    request: Request,
    visitor: Owns,
    role: Annotated[Role, Form()],
) -> Response:
    """A link for a colleague."""
    async with request.app.state.database.writing() as session:
        secret = invitations.invite(session, role, invited_by=visitor.person.id if visitor.person else None)
    return await people_page(request, link=f"{request.app.state.address(request)}/invitations/{secret}")


@pages.post("/people/tokens")
async def create_token(
    request: Request,
    visitor: Owns,
    role: Annotated[Role, Form()],
    name: Text = "",
) -> Response:
    """A script's key, shown once."""
    if not name.strip():
        raise Problem(422, "Please name the script, so that you know later whose key it is.")
    async with request.app.state.database.writing() as session:
        secret = await accounts.create_token(session, name.strip(), role)
    return await people_page(request, token=secret)


@pages.post("/people/{person_id}/password-link")
async def make_password_link(request: Request, visitor: Owns, person_id: str) -> Response:
    """A link for somebody who has forgotten their password."""
    async with request.app.state.database.writing() as session:
        person = await _account(session, person_id)
        secret = accounts.password_link(session, person.id)
    link = f"{request.app.state.address(request)}/new-password/{secret}"
    return await people_page(request, password_link=link, whose=person.id)


async def _account(session: AsyncSession, person_id: str) -> Person:
    """Somebody who can sign in. Errors: Problem 404 for anybody else, scripts included."""
    person = await session.get(Person, person_id)
    if person is None or person.removed_at or person.email is None:
        raise not_found("This account")
    return person


@pages.post("/people/{person_id}/remove")
async def remove(request: Request, visitor: Owns, person_id: str) -> Response:
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
