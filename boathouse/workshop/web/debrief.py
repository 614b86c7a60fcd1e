"""The debrief as a page for the coach and for the sponsor, and its measures for scripts."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from boathouse.core.web.pages import page
from boathouse.workshop.access import Access
from boathouse.workshop.coaching import open_findings
from boathouse.workshop.debrief.debrief import Audience, Debrief, View
from boathouse.workshop.debrief.making import load_debrief
from boathouse.workshop.debrief.paper import measure
from boathouse.workshop.debrief.pictures import (
    attendance_picture,
    changes_picture,
    poll_picture,
    rooms_picture,
    shares_picture,
)
from boathouse.workshop.debrief.words import glance, took
from boathouse.workshop.web.debrief_states import DebriefState, state_of_debrief
from boathouse.workshop.web.exports import Anonymised, For, view_of
from boathouse.workshop.web.permits import SeesWorkshop
from boathouse.workshop.web.whereabouts import present_in

pages = APIRouter(include_in_schema=False)
api = APIRouter(tags=["workshops"])


async def debrief_for(request: Request, access: Access, view: View) -> Debrief:
    """The debrief as it is now."""
    state, here = request.app.state, present_in(request.app)
    await state.attendance.flush()
    return await load_debrief(state.database, state.documents, access.workshop.id, view, here)


@pages.get("/workshops/{workshop_id}/debrief")
async def show(
    request: Request, access: SeesWorkshop, audience: For = None, anonymised: Anonymised = False
) -> Response:
    """The page."""
    view = view_of(access, audience, anonymised)
    debrief = await debrief_for(request, access, view)
    has_metrics = any(moment.from_to.of for moment in debrief.moments)
    return page(
        request,
        "debrief/page.html",
        person=access.person,
        access=access,
        workshop=access.workshop,
        debrief=debrief,
        view=view,
        audiences=Audience,
        sentences=list(glance(debrief)),
        attendance=attendance_picture(debrief) if debrief.points else None,
        rooms=rooms_picture(debrief.rooms),
        shares=shares_picture(debrief.moments) if has_metrics else None,
        changes=changes_picture(debrief.commented, debrief.others),
        polls=[(poll, poll_picture(poll)) for poll in debrief.polls],
        took=took,
        measure=measure,
        asked=lambda item: open_findings(debrief.findings, item),
    )


@api.get("/workshops/{workshop_id}/debrief", summary="Read the measures of a workshop")
async def show_by_script(
    request: Request, access: SeesWorkshop, anonymised: Anonymised = False
) -> DebriefState:
    """Who was there, what the drafts were like from moment to moment, and how fast comments were answered.

    The drafts themselves are in the export.
    """
    return state_of_debrief(await debrief_for(request, access, view_of(access, None, anonymised)))
