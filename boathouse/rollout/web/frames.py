"""The frame that every page of a program shares, and reading its forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import page, wants_fragment
from boathouse.rollout.access import ProgramAccess, ProgramAction
from boathouse.rollout.programs import whole_number

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True)
class Step:
    """What a program needs next. who: who does it, in words; verb: of the button that leads there."""

    words: str
    who: str
    href: str
    verb: str


@dataclass(frozen=True)
class AtHome:
    """What a noun brings to its program's home. card: html of ours; step: what it needs next, if anything."""

    card: str
    step: Step | None = None


class Mistyped(Exception):
    """A form that cannot be taken. errors: a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def program_page(
    request: Request, access: ProgramAccess, template: str, tab: str, /, *, status: int = 200, **context: Any
) -> Response:
    """A page that extends programs/_frame.html. tab: home, why, decisions, plan, calendar, people or units.

    The template knows access, program, person, here (the program's address), may_plan and may_decide.
    """
    frame = {
        "access": access,
        "program": access.program,
        "person": access.person,
        "here": f"/programs/{access.program.id}",
        "tab": tab,
        "may_plan": access.may(ProgramAction.PLAN),
        "may_decide": access.may(ProgramAction.DECIDE),
    }
    return page(request, template, status=status, **(frame | context))


def read_form(model: type[Form], values: Mapping[str, Any], sentences: Mapping[str, str]) -> Form:
    """The checked form. sentences: what to say about a field that is wrong. Errors: Mistyped."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        wrong = [str(each["loc"][0]) for each in error.errors()]
        raise Mistyped({name: sentences.get(name, "Please check this.") for name in wrong}) from None


def errors_of(mistake: Mistyped | Problem, otherwise: str) -> dict[str, str]:
    """A sentence by field. otherwise: where one stands that is about no field. Errors: Problem 404."""
    if isinstance(mistake, Mistyped):
        return mistake.errors
    if mistake.status == 404:
        raise mistake
    return {mistake.field or otherwise: mistake.message}


def go_on(request: Request, path: str) -> Response:
    """After a form was taken: on to the page that shows it."""
    if not wants_fragment(request):
        return RedirectResponse(path, 303)
    current = urlsplit(request.headers.get("hx-current-url", ""))
    if current.path == path.partition("#")[0] and not current.query:
        # A browser does not load again what differs only after the "#".
        return Response(status_code=204, headers={"HX-Refresh": "true"})
    return Response(status_code=204, headers={"HX-Redirect": path})


def whole(typed: str) -> int | None:
    """A whole number of up to six digits, as a form sends it; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None


def number(typed: str) -> int | str | None:
    """A number as people type it, 8,000 or 8.000, for a model to read or refuse; nothing is no answer."""
    read = whole_number(typed)
    return typed.strip() or None if read is None else read
