"""The generated authorisation matrix: every route, what it needs, and who of the cast has that.

A route says what it needs through a dependency that carries `permits`: an Action of the workshop world, a
ProgramAction or CouncilAction of the rollout world, or roles of accounts. A route that needs nothing must be
named in PUBLIC, so a new route without a permission fails the build.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import WebSocketRoute

from boathouse.app import routers
from boathouse.core.people import Role
from boathouse.rollout.access import PERMITS as PROGRAM_PERMITS
from boathouse.rollout.access import ProgramAction, ProgramStanding
from boathouse.rollout.council_access import CouncilAction
from boathouse.workshop.access import PERMITS, Action, Standing
from tests.cast import ACCOUNTS, Cast

# What the cast are to room 1 and its workshop.
STANDINGS = {
    "Mara": Standing.OWNER,
    "Tom": Standing.FACILITATOR,
    "Ines": Standing.STRANGER,
    "Leo": Standing.OBSERVER,
    "Vera": Standing.OBSERVER,
    "Ana": Standing.MEMBER,
    "Ben": Standing.MEMBER,
    "Cleo": Standing.GUEST,
    "nobody": Standing.STRANGER,
}
# What the cast are to the program; nobody else has a part in it.
PROGRAM_STANDINGS = {
    "Mara": ProgramStanding.OWNER,
    "Leo": ProgramStanding.LEADER,
    "Tom": ProgramStanding.COACH,
    "Vera": ProgramStanding.VIEWER,
}
# Who sits at the council's table; a part in the program is no chair.
SEATED = {"Vera"}
# Participants ask first: what a coach does may end their seat or the workshop.
ORDER = ["Ana", "Ben", "Cleo", "Leo", "Vera", "Ines", "nobody", "Tom", "Mara"]

# The row itself says who: only the author, here Tom, changes a comment.
AUTHORS_ONLY = {"/comments/{comment_id}", "/api/v1/comments/{comment_id}"}

# Reached by anybody, each for a reason.
PUBLIC = {
    "/": "leads on",
    "/healthz": "for monitors",
    "/readyz": "for monitors",
    "/metrics": "figures, no content",
    "/api/docs": "the API's own description",
    "/sign-in": "the way in",
    "/sign-in/{secret}": "the secret is the permission",
    "/new-password/{secret}": "the secret is the permission",
    "/sign-out": "ends only one's own session",
    "/setup/{secret}": "the secret is the permission",
    "/invitations/{secret}": "the secret is the permission",
    "/seat/{token}": "the signed token is the permission",
    "/welcome/{token}": "the signed token is the permission",
    "/calendar/{secret}.ics": "the secret is the permission",
    "/opt-in/{secret}": "the secret is the permission",
    "/table/{secret}": "the secret is the permission",
    "/sheets/{secret}": "the secret is the permission",
    "/sheets/{secret}.pdf": "the secret is the permission",
    "/checks/{code}": "our own words on why we ask",
    "/join": "the way in",
    "/join/{code}": "the code is the permission",
    "/api/v1/join": "the code is the permission",
}


Needs = Action | ProgramAction | CouncilAction | frozenset[Role] | None


@dataclass(frozen=True)
class Entry:
    """One route and method, and what it needs: an action, a set of roles, or nothing."""

    method: str
    path: str
    needs: Needs

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def permits(self, name: str) -> bool:
        """Whether this member of the cast may use it on their own workshop's room 1 and program."""
        if self.path in AUTHORS_ONLY:
            return name == "Tom"
        if isinstance(self.needs, frozenset):
            return ACCOUNTS.get(name) in self.needs
        if isinstance(self.needs, ProgramAction):
            return PROGRAM_STANDINGS.get(name, ProgramStanding.STRANGER) in PROGRAM_PERMITS[self.needs]
        if isinstance(self.needs, CouncilAction):
            return name in SEATED
        return self.needs is None or STANDINGS[name] in PERMITS[self.needs]

    def url(self, cast: Cast) -> str:
        """The path with ids of room 1, its workshop, and the program."""
        return self.path.format(
            workshop_id=cast.workshop,
            room_id=cast.rooms[1],
            objective_id=cast.objective,
            key_result_id=cast.key_result,
            todo_id=cast.todo,
            seat_id=cast.seats["Ana"],
            comment_id=cast.comment,
            star_id=cast.star,
            bank_entry_id=cast.bank_entry,
            broadcast_id=cast.broadcast,
            poll_id=cast.poll,
            question_id=cast.question,
            invitee_id=cast.invitee,
            agenda_item_id=cast.agenda_items[1],
            person_id=cast.people["Vera"],
            wanted="next",
            program_id=cast.program,
            unit_id=cast.unit,
            holder_id=cast.holder,
            training_id=cast.training,
            council_id=cast.council,
            key="levels",
            **cast.plan,
        )


def needs_of(dependant: Dependant) -> Needs:
    """What the route's dependencies ask for."""
    for dependency in dependant.dependencies:
        if (permits := getattr(dependency.call, "permits", None)) is not None:
            return permits
        if (deeper := needs_of(dependency)) is not None:
            return deeper
    return None


def routes_of(router: APIRouter) -> Iterator[APIRoute | WebSocketRoute]:
    """A router's routes and those of the routers it includes; a kind that is not known fails the build."""
    for route in router.routes:
        if isinstance(route, APIRoute | WebSocketRoute):
            yield route
        else:
            yield from routes_of(route.original_router)


def entries() -> list[Entry]:
    """Every HTTP route of the product, one entry a method."""
    return [
        Entry(method, prefix + route.path, needs_of(route.dependant))
        for prefix, router in routers()
        for route in routes_of(router)
        if isinstance(route, APIRoute)
        for method in sorted(set(route.methods or ()) - {"HEAD"})  # which is permitted as GET is
    ]


def socket_paths() -> set[str]:
    """Every socket route of the product."""
    return {
        route.path
        for _, router in routers()
        for route in routes_of(router)
        if isinstance(route, WebSocketRoute)
    }
