"""A debrief as scripts see it."""

from pydantic import BaseModel, Field

from boathouse.workshop.coaching import Change, Share
from boathouse.workshop.debrief.debrief import Debrief
from boathouse.workshop.debrief.rooms import RoomPart
from boathouse.workshop.response_times import Times
from boathouse.workshop.tables import PollKind


class ShareState(BaseModel):
    """So many of so many. percent: null of nothing."""

    part: int
    of: int
    percent: int | None


class ChangeState(BaseModel):
    """The same metrics before and at the end: how many say from what to what."""

    before: ShareState
    after: ShareState


class TimesState(BaseModel):
    """How long answers took, in seconds. waiting: comments that had no answer."""

    answered: int
    waiting: int
    half_within: float | None
    nine_in_ten_within: float | None


class MomentState(BaseModel):
    """All drafts when a phase ended, at the end, or now. minute: since the start."""

    title: str
    minute: int
    objectives: int
    key_results: int
    from_to: ShareState
    findings: dict[str, int] = Field(description="Open ones by code.")


class DebriefRoomState(BaseModel):
    """A room. active: people who left a trace of their own; first_objective: minutes after the start."""

    id: str
    name: str
    seats: int
    came: int
    stayed: int
    active: int
    minutes: int = Field(description="How long people were there on average.")
    objectives: int
    key_results: int
    from_to: ShareState
    comments: int
    replies: int
    first_objective: int | None
    open_findings: int


class PollState(BaseModel):
    """A poll that was held, with how often each answer was given."""

    question: str
    kind: PollKind
    answers: dict[str, int]


class DebriefState(BaseModel):
    """The measures of a workshop. attendance: minutes since the start and how many were there."""

    workshop_id: str
    title: str
    people: int
    came: int
    at_most: int
    stayed: int
    attendance: list[tuple[int, int]]
    left_by_phase: list[tuple[str, int]]
    rooms: list[DebriefRoomState]
    moments: list[MomentState]
    commented: ChangeState
    uncommented: ChangeState
    crews_waited: TimesState
    coaches_waited: TimesState
    polls: list[PollState]


def state_of_debrief(debrief: Debrief) -> DebriefState:
    """Without drafts and people."""
    return DebriefState(
        workshop_id=debrief.data.id,
        title=debrief.title,
        people=debrief.people,
        came=debrief.came,
        at_most=debrief.at_most,
        stayed=debrief.stayed,
        attendance=list(debrief.points),
        left_by_phase=list(debrief.left_by_phase),
        rooms=[_room(each) for each in debrief.rooms],
        moments=[MomentState(**{**vars(each), "from_to": _share(each.from_to)}) for each in debrief.moments],
        commented=_change(debrief.commented),
        uncommented=_change(debrief.others),
        crews_waited=_times(debrief.to_crews),
        coaches_waited=_times(debrief.to_coaches),
        polls=[
            PollState(question=each.question, kind=each.kind, answers=dict(each.answers))
            for each in debrief.polls
        ],
    )


def _room(room: RoomPart) -> DebriefRoomState:
    plain = {name: value for name, value in vars(room).items() if name in DebriefRoomState.model_fields}
    plain |= {"name": room.label, "from_to": _share(room.from_to), "open_findings": room.questions}
    return DebriefRoomState(**plain)


def _share(share: Share) -> ShareState:
    return ShareState(part=share.part, of=share.of, percent=share.percent)


def _change(change: Change) -> ChangeState:
    before, after = change.shares
    return ChangeState(before=_share(before), after=_share(after))


def _times(times: Times) -> TimesState:
    return TimesState(
        answered=len(times.seconds),
        waiting=times.waiting,
        half_within=times.middle,
        nine_in_ten_within=times.most,
    )
