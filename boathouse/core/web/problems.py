"""The one error path: a Problem becomes a page, a toast or a problem document, whichever was asked for."""

import json
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page, wants_fragment
from boathouse.core.web.visitors import identify

log = structlog.get_logger()
TROUBLE = "Something went wrong on our side. What you typed is still here; please try again."
READING = ["GET", "HEAD"]
METHODS = [*READING, "POST", "PUT", "PATCH", "DELETE"]
WORDS = {
    404: "There is nothing at this address. Check the link, or start from the front page.",
    405: "That cannot be done here.",
    408: "That took too long to arrive. Please try again.",
    413: "That is too large to send here.",
}


def add_problem_handlers(app: FastAPI) -> None:
    """Teach the app to answer every error the same way."""

    @app.exception_handler(Problem)
    async def on_problem(request: Request, problem: Problem) -> Response:
        return await _told(request, problem)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        message = WORDS.get(error.status_code, str(error.detail))
        told = await _told(request, Problem(error.status_code, message))
        if error.status_code == 405:
            told.headers["Allow"] = _allowed(request)
        return told

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "The request"
        said = first["msg"].removeprefix("Value error, ").rstrip(".")  # how pydantic begins our own sentences
        return await _told(request, Problem(422, f"{where}: {said}.", field=where))

    app.add_middleware(Trouble)


class Trouble:
    """Answers what nobody expected and logs it once; Starlette's own way lets the server log it again."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Errors: what happens once the answer has begun, and anything in a socket."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        has_begun = False

        async def begin(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, begin)
        except Exception:
            if has_begun:
                raise
            log.exception("unexpected", path=scope["path"])
            await answer(Request(scope), Problem(500, TROUBLE))(scope, receive, send)


def _allowed(request: Request) -> str:
    """What can be done at this address, all of its routes together; files are read."""
    here = [route for route in request.app.routes if route.matches(request.scope)[0] == Match.PARTIAL]
    asked = [(method, {**request.scope, "method": method}) for method in METHODS]
    found = [
        method for method, scope in asked if any(route.matches(scope)[0] == Match.FULL for route in here)
    ]
    return ", ".join(found or READING)


async def _told(request: Request, problem: Problem) -> Response:
    """The answer; pages offer a way on that fits who is signed in, also where nothing else asked."""
    if hasattr(request.state, "nonce") and not hasattr(request.state, "visitor"):
        await identify(request)
    return answer(request, problem)


def answer(request: Request, problem: Problem) -> Response:
    """The problem in the form the asker understands."""
    if request.url.path.startswith("/api/"):
        return problem_document(problem)
    if wants_fragment(request):
        return toast(problem.message, status=problem.status, kind="stop", field=problem.field or "")
    if problem.status == 401 and request.method == "GET":
        return RedirectResponse(f"/sign-in?next={request.url.path}", 303)
    if not hasattr(request.state, "nonce"):  # refused before the page machinery
        return problem_document(problem)
    return page(request, "kit/problem.html", status=problem.status, problem=problem)


def problem_document(problem: Problem) -> Response:
    """RFC 9457."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.message,
    }
    if problem.field:
        body["field"] = problem.field
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
    return JSONResponse(body, problem.status, headers, media_type="application/problem+json")


def toast(text: str, *, status: int = 200, kind: str = "plain", undo: str = "", field: str = "") -> Response:
    """A short message over the page, which stays as it is.

    undo: address of a POST that takes it back. field: of the form, to say it there instead.
    """
    shown: dict[str, object] = {"text": text, "kind": kind}
    shown |= ({"undo": {"url": undo}} if undo else {}) | ({"field": field} if field else {})
    headers = {"HX-Reswap": "none", "HX-Trigger": json.dumps({"toast": shown})}
    return Response(status_code=status, headers=headers)
