"""Reads the forms of workshops and agendas: what was typed, and what is wrong with it, in sentences."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from boathouse.core.errors import Problem
from boathouse.core.web.pages import wants_fragment
from boathouse.workshop.agenda import LONGEST, PhasePlan
from boathouse.workshop.standard_agendas import STANDARD_AGENDAS, TWO_HOURS
from boathouse.workshop.workshops import LARGEST_ROOM, LONGEST_TITLE, MOST_ROOMS, WorkshopPlan

Plan = TypeVar("Plan", bound=BaseModel)
EMPTY = {
    "title": "",
    "rooms": "10",
    "room_size": "5",
    "names": "",
    "agenda": TWO_HOURS.key,
    "day": "",
    "start": "",
    "offset": "0",
    "program_id": "",
}
SENTENCES = {
    "title": f"Give it a name of at most {LONGEST_TITLE} letters.",
    "rooms": f"A number from 1 to {MOST_ROOMS}, please.",
    "room_size": f"A number from 1 to {LARGEST_ROOM}, please.",
    "names": f"At most {MOST_ROOMS} rooms, with names of at most 80 letters.",
    "minutes": f"A number from 1 to {LONGEST}, please.",
    "instructions": "That is longer than 4,000 letters. Nobody reads so much in a workshop.",
    "program_id": "Choose a program from the list.",
    "start": "That time could not be read. Write it like 10:00.",
}
FIELDS = {"room_names": "names"}  # of the plan, as they are called in the form


class Mistyped(Exception):
    """A form that cannot be taken. errors: a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def read_workshop(typed: Mapping[str, str]) -> WorkshopPlan:
    """The plan of a new workshop. Errors: Mistyped."""
    agenda = STANDARD_AGENDAS.get(typed["agenda"], TWO_HOURS)
    names = [line.strip() for line in typed["names"].splitlines() if line.strip()]
    values = {
        "title": typed["title"],
        "rooms": len(names) or typed["rooms"],
        "room_size": typed["room_size"],
        "room_names": names,
        "program_id": typed["program_id"] or None,
        "agenda": [PhasePlan.model_validate(phase, from_attributes=True) for phase in agenda.phases],
    }
    return _checked(WorkshopPlan, values | {"starts_at": read_moment(typed)})


def read_phase(typed: Mapping[str, str]) -> PhasePlan:
    """One phase of the agenda. Errors: Mistyped."""
    text = typed.get("instructions", "").replace("\r\n", "\n")
    title = typed.get("title", "").strip()
    return _checked(PhasePlan, {"title": title, "minutes": typed.get("minutes"), "instructions": text})


def read_phase_or_complain(typed: Mapping[str, str]) -> PhasePlan:
    """The same where a message over the page has to do. Errors: Problem 422."""
    try:
        return read_phase(typed)
    except Mistyped as mistake:
        field, sentence = next(iter(mistake.errors.items()))
        raise Problem(422, f"{field.capitalize()}: {sentence}", field=field) from None


def read_moment(typed: Mapping[str, str]) -> datetime | None:
    """The start, from day and time in the browser's zone. offset: minutes that UTC is ahead of it."""
    if not typed["day"]:
        return None
    try:
        moment = datetime.fromisoformat(f"{typed['day']}T{typed['start'] or '09:00'}")
        return moment.replace(tzinfo=UTC) + timedelta(minutes=int(typed["offset"] or 0))
    except (ValueError, OverflowError):
        raise Mistyped({"start": SENTENCES["start"]}) from None


def _checked(model: type[Plan], values: dict[str, Any]) -> Plan:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        wrong = [str(each["loc"][0]) for each in error.errors()]
        fields = [FIELDS.get(name, name) for name in wrong]
        raise Mistyped({name: SENTENCES.get(name, "Please check this.") for name in fields}) from None


def go_on(request: Request, path: str) -> Response:
    """After a form was taken: on to the page that shows it."""
    if wants_fragment(request):
        return Response(status_code=204, headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)
