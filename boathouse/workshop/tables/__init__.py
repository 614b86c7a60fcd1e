"""The rows of the workshop world, a file for each noun.

Words that people draft live in a Yjs document per room (documents.py); the text columns of drafts are its
copy, refreshed within 700 ms, for the board, search, exports and checks.
"""

from boathouse.workshop.tables.drafts import (
    DocumentUpdate,
    DraftCopy,
    KeyResult,
    KeyResultType,
    Objective,
    Todo,
)
from boathouse.workshop.tables.findings import Meant
from boathouse.workshop.tables.invitees import Invitee, RosterSettings
from boathouse.workshop.tables.remarks import BankEntry, Broadcast, Comment
from boathouse.workshop.tables.rooms import Room, RoomNote, Seat
from boathouse.workshop.tables.sharing import Poll, PollAnswer, PollKind, Question, Second, Star
from boathouse.workshop.tables.visits import Visit
from boathouse.workshop.tables.workshops import AgendaItem, Facilitator, StageView, Status, Workshop

__all__ = [
    "AgendaItem",
    "BankEntry",
    "Broadcast",
    "Comment",
    "DocumentUpdate",
    "DraftCopy",
    "Facilitator",
    "Invitee",
    "KeyResult",
    "KeyResultType",
    "Meant",
    "Objective",
    "Poll",
    "PollAnswer",
    "PollKind",
    "Question",
    "Room",
    "RoomNote",
    "RosterSettings",
    "Seat",
    "Second",
    "StageView",
    "Star",
    "Status",
    "Todo",
    "Visit",
    "Workshop",
]
