"""What scripts send and get about a roster."""

from pydantic import BaseModel, Field

from boathouse.workshop.roster.assigning import Way


class NewInvitee(BaseModel):
    """Somebody who is expected."""

    name: str
    email: str = ""
    columns: dict[str, str] = Field(
        default_factory=dict, description='Up to six, such as {"Team": "Returns"}.'
    )


class InviteeChange(BaseModel):
    """What shall be different; what is left out stays."""

    name: str = ""
    email: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    room_id: str | None = Field(default=None, description="null: no room yet.")


class InviteeState(NewInvitee):
    """A line of the roster."""

    id: str
    room_id: str | None = Field(description="Where they sit, or shall sit.")
    participant_id: str | None = Field(description="Their seat, once they have come.")
    came_by_link: bool = Field(description="Surely this person; with the code anybody may type a name.")
    link: str = Field(description="The personal link: whoever opens it sits in this person's seat.")


class InviteePage(BaseModel):
    """Some lines of the roster, in the order of the list."""

    total: int
    invitees: list[InviteeState]


class InviteeTable(BaseModel):
    """A list of people as text."""

    text: str = Field(max_length=4_000_000, description="CSV, or cells with tabs; first line: column names.")
    keep: list[str] | None = Field(
        default=None, max_length=50, description="Columns to keep; usual ones if null."
    )
    check_only: bool = Field(default=False, description="Only say what would happen.")


class LineTrouble(BaseModel):
    """What is wrong with a line, or worth a look."""

    line: int
    name: str
    detail: str


class RosterImport(BaseModel):
    """What an import did, or would do."""

    added: int
    changed: int
    unchanged: int
    kept: list[str]
    left_out: list[str]
    troubles: list[LineTrouble]
    notices: list[LineTrouble] = Field(description="Worth a look, such as an address of two people.")


class RosterDealing(BaseModel):
    """How a whole roster is given rooms."""

    way: Way = Way.EVENLY
    column: str = Field(default="", max_length=80, description="To mix or to keep together by.")
    anew: bool = Field(default=False, description="Also those who have a room; who has come stays.")


class Placing(BaseModel):
    """Some people into one room, or (null) into none."""

    ids: list[str] = Field(max_length=1000)
    room_id: str | None


class PeoplePlaced(BaseModel):
    """How many people were given a room."""

    people: int


class RosterWarning(BaseModel):
    """What Zoom would ignore: kind is rooms, people, no_email, same_email, no_room or guest."""

    kind: str
    detail: str


class ZoomView(BaseModel):
    """The organisation's own domains, and what Zoom would ignore."""

    domains: list[str]
    warnings: list[RosterWarning]


class Domains(BaseModel):
    """The organisation's own; none: the one that most addresses have."""

    domains: list[str] = Field(max_length=50)
