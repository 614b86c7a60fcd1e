"""What every request passes before it reaches a route: size, Origin, forgery; and what every answer carries.

Plain ASGI, since sockets pass here too: HTTP middleware never sees them.
"""

import asyncio
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boathouse.core.errors import Problem
from boathouse.core.settings import Settings
from boathouse.core.web.problems import problem_document
from boathouse.core.web.visitors import bearer

BODY_LIMIT = 4 * 1024 * 1024  # bytes
BODY_PAUSE = 20.0  # seconds until the next piece of a body has to be here
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
NOT_FROM_HERE = "This was sent from another site. Open the page itself and try again."
TOO_LARGE = "That is too large to send here."
NO_SUCH_PAGE = "There is no such page."


class Security:
    """Refuses foreign senders and oversized bodies; adds the security headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one socket."""
        if scope["type"] == "websocket":
            if "\0" in scope["path"] or not self.socket_is_ours(HTTPConnection(scope)):
                return await _refuse_socket(send)
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if "\0" in scope["path"]:  # no id or secret has one, and PostgreSQL refuses it
            return await _refuse(scope, receive, send, Problem(404, NO_SUCH_PAGE))
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not self.form_is_ours(scope, headers):
            return await _refuse(scope, receive, send, Problem(403, NOT_FROM_HERE))
        if int(headers.get("content-length") or 0) > BODY_LIMIT:
            return await _refuse(scope, receive, send, Problem(413, TOO_LARGE))
        scope.setdefault("state", {})["nonce"] = nonce = secrets.token_urlsafe(16)
        await self.app(scope, _limited(receive), _with_headers(send, scope, nonce))

    def socket_is_ours(self, connection: HTTPConnection) -> bool:
        """A foreign Origin is always refused; a missing one is allowed only with a token."""
        origin = connection.headers.get("origin")
        if origin is None:
            return bool(bearer(connection, in_address=True))
        return self.is_allowed(origin, connection.headers.get("host", ""))

    def form_is_ours(self, scope: Scope, headers: Headers) -> bool:
        """The API takes no cookies, so nothing can be forged there; pages ask where the form was."""
        if scope["path"].startswith("/api/"):
            return True
        if (site := headers.get("sec-fetch-site")) in ("same-origin", "none"):
            return True
        origin = headers.get("origin")
        if origin is None:
            return site is None and "referer" not in headers
        return self.is_allowed(origin, headers.get("host", ""))

    def is_allowed(self, origin: str, host: str) -> bool:
        """Our own address as the browser sees it, the base URL, or a configured one."""
        own = {f"http://{host}", f"https://{host}", self.settings.base_url, *self.settings.allowed_origins}
        return origin in own - {""}


def _limited(receive: Receive) -> Receive:
    """The body, counted and timed: a length header may be missing or lie, and a sender may dawdle."""
    seen, is_whole = 0, False

    async def counted() -> Message:
        nonlocal seen, is_whole
        try:
            async with asyncio.timeout(None if is_whole else BODY_PAUSE):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        seen += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if seen > BODY_LIMIT:
            raise HTTPException(413)
        return message

    return counted


def _with_headers(send: Send, scope: Scope, nonce: str) -> Send:
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'"
    )

    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = policy
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "no-referrer"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
            headers.setdefault("Cache-Control", "no-store")
            if scope.get("scheme") == "https":
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await send(message)

    return secured


async def _refuse(scope: Scope, receive: Receive, send: Send, problem: Problem) -> None:
    """Before anything else is looked at: a problem document for programs, one sentence for all others."""
    if scope["path"].startswith("/api/"):
        response: Response = problem_document(problem)
    else:
        response = PlainTextResponse(problem.message, problem.status)
    response.headers["Cache-Control"] = "no-store"
    await response(scope, receive, send)


async def _refuse_socket(send: Send) -> None:
    """Closing before accept answers the handshake with 403."""
    await send({"type": "websocket.close", "code": 1008, "reason": ""})
