"""What everybody at a council sees: the question, who sits there, and the answers once they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.rollout.decisions import Parameter, load_parameters
from boathouse.rollout.parameters import Key
from boathouse.rollout.spread import Answers
from boathouse.rollout.tables.parameters import Attendee, Council, Vote
from boathouse.rollout.tables.programs import Program


@dataclass(frozen=True)
class Chair:
    """A leader at the table as everybody sees them: who, and whether they have chosen. Never what."""

    attendee: Attendee
    has_chosen: bool


@dataclass(frozen=True)
class Table:
    """What everybody at the table sees. votes: of the question on the table, empty until they are shown."""

    council: Council
    program: Program
    parameters: list[Parameter]
    chairs: list[Chair]
    votes: list[tuple[Attendee, Vote]] = field(default_factory=list)

    @property
    def parameter(self) -> Parameter | None:
        """The question on the table."""
        return next((each for each in self.parameters if each.key == self.council.key), None)

    @property
    def is_revealed(self) -> bool:
        """Whether everybody sees the answers."""
        return self.council.key in self.council.revealed

    @property
    def is_settled(self) -> bool:
        """Whether this council has decided the question since it was asked."""
        latest = self.parameter.latest if self.parameter else None
        asked_at = self.council.asked_at
        return bool(
            latest
            and asked_at
            and latest.council_id == self.council.id
            and latest.created_at >= asked_at
            and self.parameter
            and self.parameter.is_decided
        )

    @property
    def answers(self) -> Answers:
        """Names and values, for the picture."""
        return [(attendee.name, vote.value) for attendee, vote in self.votes]

    @property
    def following(self) -> Parameter | None:
        """The next question that is not decided, after this one and then from the start."""
        places = [each.key for each in self.parameters]
        at = places.index(Key(self.council.key)) + 1 if self.council.key else 0
        rest = self.parameters[at:] + self.parameters[:at]
        return next((each for each in rest if not each.is_decided and each.key != self.council.key), None)

    @property
    def pace(self) -> timedelta:
        """How long one question may take so that all fit."""
        return timedelta(minutes=self.council.minutes) / len(self.parameters)


async def load_table(session: AsyncSession, council_id: str) -> Table | None:
    """As it stands now; None once it is deleted. Answers come along only if they are shown."""
    council = await session.get(Council, council_id)
    program = await session.get(Program, council.program_id) if council else None
    if council is None or program is None:
        return None
    attendees = await attendees_of(session, council_id)
    query = select(Vote).where(Vote.council_id == council_id, Vote.key == council.key)
    votes = {vote.attendee_id: vote for vote in await session.exec(query)}
    shown = council.key in council.revealed
    return Table(
        council,
        program,
        await load_parameters(session, program),
        [Chair(attendee, attendee.id in votes) for attendee in attendees],
        [(each, votes[each.id]) for each in attendees if each.id in votes] if shown else [],
    )


async def attendees_of(session: AsyncSession, council_id: str) -> Sequence[Attendee]:
    """Who sits there, in the order in which they came."""
    query = select(Attendee).where(Attendee.council_id == council_id, col(Attendee.removed_at).is_(None))
    return (await session.exec(query.order_by(col(Attendee.number), col(Attendee.created_at)))).all()
