"""Who is asking: from the session cookie on pages, from a bearer token for scripts."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from boathouse.core.accounts import SIGNED_IN_FOR, is_api_token, person_of_session, person_of_token
from boathouse.core.errors import not_allowed, not_signed_in
from boathouse.core.ids import fingerprint
from boathouse.core.people import Person, Role

SESSION_COOKIE = "boathouse_session"


@dataclass(frozen=True)
class Visitor:
    """person: the account or token's person, None for everybody else. token: what was sent as bearer."""

    person: Person | None
    session: str = ""  # fingerprint of the session, to close its sockets on sign-out
    token: str = ""

    def has_role(self, *roles: Role) -> bool:
        """Whether the visitor is signed in with one of these roles."""
        return self.person is not None and self.person.role in roles


async def identify(connection: HTTPConnection) -> Visitor:
    """The visitor of a request or socket. The API and sockets take tokens; pages take only the cookie."""
    is_socket = connection.scope["type"] == "websocket"
    is_program = is_socket or connection.url.path.startswith("/api/")
    token = bearer(connection, in_address=is_socket) if is_program else ""
    secret = connection.cookies.get(SESSION_COOKIE, "") if not token else ""
    if connection.url.path.startswith("/api/"):
        secret = ""
    person = None
    if is_api_token(token) or secret:
        async with connection.app.state.database.reading() as session:
            person = await (person_of_token(session, token) if token else person_of_session(session, secret))
    visitor = Visitor(person, fingerprint(secret) if secret else "", token)
    connection.state.visitor = visitor
    return visitor


def bearer(connection: HTTPConnection, *, in_address: bool) -> str:
    """The token of the Authorization header or, for sockets, of the address."""
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return connection.query_params.get("token", "") if in_address else ""


async def signed_in(request: Request) -> Visitor:
    """Dependency: anybody with an account. Errors: Problem 401."""
    visitor = await identify(request)
    if visitor.person is None:
        raise not_signed_in()
    return visitor


signed_in.permits = frozenset(Role)  # type: ignore[attr-defined]


def with_role(*roles: Role):  # type: ignore[no-untyped-def]
    """Dependency: somebody signed in with one of these roles. Errors: Problem 401 or 403."""

    async def check(request: Request) -> Visitor:
        visitor = await signed_in(request)
        if not visitor.has_role(*roles):
            raise not_allowed()
        return visitor

    check.permits = frozenset(roles)  # type: ignore[attr-defined]
    return check


def set_cookie(
    request: Request, response: Response, name: str, value: str, lasting: timedelta = SIGNED_IN_FOR
) -> None:
    """A cookie for this browser alone: not readable by scripts, not sent by other sites."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasting.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.app.state.address(request).startswith("https:"),
    )
