"""The roster for scripts: list, add, change, take off, import, give rooms, files."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.workshop.roster.entries import Import, Trouble
from boathouse.workshop.roster.expected import Expected, some, the_expected
from boathouse.workshop.roster.exports import RosterFile
from boathouse.workshop.roster.invitees import Person
from boathouse.workshop.roster.placing import Dealing
from boathouse.workshop.roster.zoom_warnings import keep_domains, zoom_outlook
from boathouse.workshop.web.invitee_shapes import (
    Domains,
    InviteeChange,
    InviteePage,
    InviteeState,
    InviteeTable,
    LineTrouble,
    NewInvitee,
    PeoplePlaced,
    Placing,
    RosterDealing,
    RosterImport,
    RosterWarning,
    ZoomView,
)
from boathouse.workshop.web.permits import RunsWorkshop
from boathouse.workshop.web.rostering import (
    add_person,
    change_person,
    clear,
    deal_out,
    look_at,
    place,
    remove_person,
    roster_file,
    take_over,
)

api = APIRouter(tags=["roster"])
PLACE = "/workshops/{workshop_id}/invitees"
FILES = {"text/csv": {"schema": {"type": "string"}}, "text/plain": {"schema": {"type": "string"}}}


@api.get(PLACE, summary="List who is expected")
async def list_invitees(
    request: Request, access: RunsWorkshop, find: str = "", room_id: str = "", start: int = 0
) -> InviteePage:
    """A hundred at once, from `start`. `room_id`: only these; `nobody`: only people without a room."""
    async with request.app.state.database.reading() as session:
        found, total = await some(session, access.workshop.id, find[:80], room_id, max(0, min(start, 10**6)))
    return InviteePage(total=total, invitees=[_state(request, line) for line in found])


@api.post(PLACE, status_code=201, summary="Expect somebody")
async def add_by_script(request: Request, access: RunsWorkshop, body: NewInvitee) -> InviteeState:
    """409 for somebody who is on the roster already."""
    invitee = await add_person(request, access, Person(body.name, body.email, body.columns))
    return _state(request, Expected(invitee, None, None))


@api.post(PLACE + "/import", summary="Import a list of people")
async def import_by_script(request: Request, access: RunsWorkshop, body: InviteeTable) -> RosterImport:
    """All of the lines or none: 422 names the first line that is wrong. With check_only every one is told."""
    work = look_at if body.check_only else take_over
    return _outcome(await work(request, access, body.text, body.keep))


@api.post(PLACE + "/deal", summary="Give a whole roster rooms")
async def deal_by_script(request: Request, access: RunsWorkshop, body: RosterDealing) -> PeoplePlaced:
    """Evenly, mixed by a column, or with each of its values together."""
    return PeoplePlaced(people=await deal_out(request, access, Dealing(body.way, body.column, body.anew)))


@api.post(PLACE + "/place", summary="Give some people a room")
async def place_by_script(request: Request, access: RunsWorkshop, body: Placing) -> PeoplePlaced:
    """Who has come already moves there at once."""
    return PeoplePlaced(people=(await place(request, access, body.ids, body.room_id)).people)


@api.get(PLACE + "/zoom", summary="What Zoom would ignore")
async def zoom_by_script(request: Request, access: RunsWorkshop) -> ZoomView:
    """Before the file is taken there."""
    async with request.app.state.database.reading() as session:
        outlook = await zoom_outlook(session, access.workshop)
    warnings = [RosterWarning(kind=each.kind, detail=each.words) for each in outlook.warnings]
    return ZoomView(domains=outlook.domains, warnings=warnings)


@api.put(PLACE + "/domains", summary="Say which addresses are your own")
async def domains_by_script(request: Request, access: RunsWorkshop, body: Domains) -> Domains:
    """All others are guests in Zoom."""
    async with request.app.state.database.writing() as session:
        kept = await keep_domains(session, access.workshop.id, " ".join(body.domains))
    return Domains(domains=kept)


@api.get(
    PLACE + "/export",
    summary="The roster as a file",
    response_class=Response,
    responses={200: {"content": FILES}},
)
async def export_by_script(request: Request, access: RunsWorkshop, format: RosterFile) -> Response:
    """`zoom`: its pre-assignment CSV; `list`: room by room as text; `csv`; `links`: personal links."""
    return await roster_file(request, access, format)


@api.delete(PLACE, status_code=204, summary="Clear the roster")
async def clear_by_script(request: Request, access: RunsWorkshop) -> None:
    """Personal links end; who has come keeps the seat."""
    await clear(request, access)


@api.patch("/invitees/{invitee_id}", summary="Change a line of the roster")
async def change_by_script(
    request: Request, access: RunsWorkshop, invitee_id: str, body: InviteeChange
) -> InviteeState:
    """A seat that was taken keeps its name."""
    database, said = request.app.state.database, body.model_fields_set
    async with database.reading() as session:
        line = (await the_expected(session, invitee_id)).invitee
    wanted = {name: getattr(body if name in said else line, name) for name in ("name", "email", "columns")}
    room_id = (body.room_id or "") if "room_id" in said else None
    await change_person(request, access, invitee_id, Person(**wanted), room_id)
    async with database.reading() as session:
        return _state(request, await the_expected(session, invitee_id))


@api.delete("/invitees/{invitee_id}", status_code=204, summary="Take somebody off the roster")
async def remove_by_script(request: Request, access: RunsWorkshop, invitee_id: str) -> None:
    """Their link ends; a seat they have stays."""
    await remove_person(request, access, invitee_id)


def _state(request: Request, line: Expected) -> InviteeState:
    invitee = line.invitee
    token = request.app.state.invitation_seals.seal(invitee.id)
    return InviteeState(
        id=invitee.id,
        name=invitee.name,
        email=invitee.email,
        columns=invitee.columns,
        room_id=line.room.id if line.room else None,
        participant_id=line.seat.id if line.seat else None,
        came_by_link=line.came_by_link,
        link=f"{request.app.state.address(request)}/welcome/{token}",
    )


def _outcome(result: Import) -> RosterImport:
    added, changed = len(result.added), len(result.changed)
    return RosterImport(
        added=added,
        changed=changed,
        unchanged=len(result.entries) - added - changed,
        kept=result.kept,
        left_out=result.left_out,
        troubles=[_told(each) for each in result.troubles],
        notices=[_told(each) for each in result.notices],
    )


def _told(trouble: Trouble) -> LineTrouble:
    return LineTrouble(line=trouble.number, name=trouble.name, detail=trouble.words)
