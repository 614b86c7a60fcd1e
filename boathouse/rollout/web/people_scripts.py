"""Roles, trainings and members for scripts."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from boathouse.rollout.members import Taking, admit, change_part, dismiss, invite_member, members_of
from boathouse.rollout.roles import (
    HolderPlan,
    add_holder,
    change_holder,
    holders_of,
    missing_points,
    remove_holder,
)
from boathouse.rollout.tables.programs import Part
from boathouse.rollout.tables.roles import Duty, Holder, Training
from boathouse.rollout.trainings import TrainingPlan, record_training, remove_training, trainings_of
from boathouse.rollout.web.permits import DecidesProgram, PlansProgram, SeesProgram

api = APIRouter(tags=["people of a program"])
CHANGED = "Your part in this program has changed."


class HolderState(HolderPlan):
    """Somebody with a role."""

    id: str
    train_next: list[str] = Field(description="For ambassadors: what to train next, from the self-check.")


class TrainingState(TrainingPlan):
    """A training that was held."""

    id: str


class MemberState(BaseModel):
    """An account that takes part."""

    person_id: str
    name: str
    part: Part


class Admission(BaseModel):
    """Whom to let in."""

    who: str = Field(
        max_length=254, description="An account’s email address, or its name if no other has it."
    )
    part: Part = Part.VIEWER


class PartChange(BaseModel):
    """What somebody does in the program."""

    part: Part


class InvitationLink(BaseModel):
    """A link that lets one person in; it is told only now."""

    link: str


def _holder(holder: Holder) -> HolderState:
    is_ambassador = holder.duty == Duty.AMBASSADOR
    return HolderState(
        **holder.model_dump(exclude={"program_id"}),
        train_next=[point.train for point in missing_points(holder)] if is_ambassador else [],
    )


def _training(training: Training) -> TrainingState:
    return TrainingState.model_validate(training, from_attributes=True)


def _member(taking: Taking) -> MemberState:
    return MemberState(person_id=taking.person.id, name=taking.person.name, part=taking.part)


@api.get("/programs/{program_id}/holders", summary="List roles")
async def list_holders(request: Request, access: SeesProgram) -> list[HolderState]:
    """Sponsors, ambassadors and coaches of the program, by name."""
    async with request.app.state.database.reading() as session:
        return [_holder(holder) for holder in await holders_of(session, access.program.id)]


@api.post("/programs/{program_id}/holders", status_code=201, summary="Give somebody a role")
async def add_holder_by_script(request: Request, access: PlansProgram, plan: HolderPlan) -> HolderState:
    """They need no account."""
    async with request.app.state.database.writing() as session:
        return _holder(await add_holder(session, access.program.id, plan))


@api.put("/holders/{holder_id}", summary="Change somebody’s role")
async def change_holder_by_script(
    request: Request, access: PlansProgram, holder_id: str, plan: HolderPlan
) -> HolderState:
    """Another name, self-check, side or date; the duty itself stays."""
    async with request.app.state.database.writing() as session:
        return _holder(await change_holder(session, holder_id, plan))


@api.delete("/holders/{holder_id}", status_code=204, summary="Take a role back")
async def remove_holder_by_script(request: Request, access: PlansProgram, holder_id: str) -> None:
    """Trainings stay on record."""
    async with request.app.state.database.writing() as session:
        await remove_holder(session, holder_id)


@api.get("/programs/{program_id}/trainings", summary="List trainings")
async def list_trainings(request: Request, access: SeesProgram) -> list[TrainingState]:
    """The newest first."""
    async with request.app.state.database.reading() as session:
        return [_training(training) for training in await trainings_of(session, access.program.id)]


@api.post("/programs/{program_id}/trainings", status_code=201, summary="Record a training")
async def record_training_by_script(
    request: Request, access: PlansProgram, plan: TrainingPlan
) -> TrainingState:
    """One that was held."""
    async with request.app.state.database.writing() as session:
        return _training(await record_training(session, access.program.id, plan))


@api.delete("/trainings/{training_id}", status_code=204, summary="Take a training off the record")
async def remove_training_by_script(request: Request, access: PlansProgram, training_id: str) -> None:
    """For mistakes."""
    async with request.app.state.database.writing() as session:
        await remove_training(session, training_id)


@api.get("/programs/{program_id}/members", summary="List members")
async def list_members(request: Request, access: SeesProgram) -> list[MemberState]:
    """Accounts that may open the program; its owner may as well."""
    async with request.app.state.database.reading() as session:
        return [_member(taking) for taking in await members_of(session, access.program.id)]


@api.post("/programs/{program_id}/members", status_code=201, summary="Let an account in")
async def admit_by_script(request: Request, access: DecidesProgram, wanted: Admission) -> MemberState:
    """422 if nobody or several have this name."""
    async with request.app.state.database.writing() as session:
        person = await admit(session, access.program.id, wanted.who, wanted.part)
    return _member(Taking(person, wanted.part))


@api.put("/programs/{program_id}/members/{person_id}", status_code=204, summary="Change a member’s part")
async def change_member_by_script(
    request: Request, access: DecidesProgram, person_id: str, wanted: PartChange
) -> None:
    """409 for the last leader."""
    async with request.app.state.database.writing() as session:
        await change_part(session, access.program.id, person_id, wanted.part)
    request.app.state.end_connections(f"person:{person_id}", 1012, CHANGED)


@api.delete("/programs/{program_id}/members/{person_id}", status_code=204, summary="Let a member go")
async def dismiss_by_script(request: Request, access: DecidesProgram, person_id: str) -> None:
    """They see the program no more. 409 for the last leader."""
    async with request.app.state.database.writing() as session:
        await dismiss(session, access.program.id, person_id)
    request.app.state.end_connections(f"person:{person_id}", 1012, CHANGED)


@api.post("/programs/{program_id}/invitations", status_code=201, summary="Make an invitation link")
async def invite_by_script(request: Request, access: DecidesProgram, wanted: PartChange) -> InvitationLink:
    """It works once, for seven days."""
    async with request.app.state.database.writing() as session:
        secret = invite_member(session, access.program.id, wanted.part, access.person)
    return InvitationLink(link=f"{request.app.state.address(request)}/invitations/{secret}")
