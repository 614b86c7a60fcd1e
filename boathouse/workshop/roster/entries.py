"""The people that an import speaks of, and what is wrong with its lines."""

from dataclasses import dataclass, field
from functools import cached_property

from boathouse.core.errors import Problem
from boathouse.workshop.names import LONGEST, email_address, person_name
from boathouse.workshop.roster.invitees import LONGEST_VALUE, name_key
from boathouse.workshop.roster.lists import Line
from boathouse.workshop.roster.versions import Stamp

BROKEN = "is no whole email address. Write it like ana@alder.example, or leave it empty."
FORMULA = "is a formula. In the spreadsheet, copy the cells and paste them as values."


@dataclass(frozen=True)
class Known:
    """A line of the roster as it stands."""

    id: str
    position: int
    name: str
    name_key: str
    email: str
    columns: dict[str, str]
    room_id: str | None


@dataclass
class Entry:
    """Somebody on the list that was brought. known: who that is on the roster, None for somebody new.

    is_nameless: the name is only read from the address, so whoever is known keeps theirs.
    """

    number: int
    name: str
    name_key: str
    email: str
    columns: dict[str, str]
    room_id: str | None
    known: Known | None = None
    is_nameless: bool = False

    def recognise(self, known: Known) -> None:
        """This is somebody on the roster."""
        self.known = known
        if self.is_nameless:
            self.name, self.name_key = known.name, known.name_key

    @cached_property
    def changes(self) -> list[str]:
        """What becomes different of somebody who is on the roster, in words."""
        if self.known is None:
            return []
        said = [("name", self.name, self.known.name), ("address", self.email, self.known.email)]
        said += [(head, value, self.known.columns.get(head, "")) for head, value in self.columns.items()]
        found = [f"{what} {old or 'none'} → {new}" for what, new, old in said if new not in ("", old)]
        return found + (["another room"] if self.room_id not in (None, self.known.room_id) else [])


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a line, or worth a look, and what to do."""

    number: int
    name: str
    words: str


@dataclass(frozen=True)
class Standing:
    """What an import is judged against: the roster and, in the stamp, the open rooms."""

    stamp: Stamp
    people: tuple[Known, ...]


@dataclass
class Import:
    """The result: entries in the order of the list, troubles by line, columns kept and left out, and
    how the list was read (told).

    notices: what somebody should know of a line, though it can be taken. What is added and changed is counted
    once, when nobody waits for it: of a long list that takes a second.
    """

    standing: Standing
    entries: list[Entry] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notices: list[Trouble] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @cached_property
    def added(self) -> list[Entry]:
        """People who are not on the roster yet."""
        return [entry for entry in self.entries if entry.known is None]

    @cached_property
    def changed(self) -> list[Entry]:
        """People of whom something becomes different."""
        return [entry for entry in self.entries if entry.changes]

    @property
    def wrong_lines(self) -> int:
        """How many lines need a look."""
        return len({trouble.number for trouble in self.troubles})


@dataclass(frozen=True)
class Said:
    """What a line says when taken alone. wrong: a sentence for everything that is."""

    name: str = ""
    email: str = ""
    wrong: tuple[str, ...] = ()


def read_line(line: Line) -> Said:
    """The person of a line, or what is wrong with it."""
    if line.formulas:
        return Said(wrong=tuple(f"{what} {FORMULA}" for what in line.formulas))
    name, email, wrong = "", "", []
    try:
        name = person_name(line.name)
    except Problem:
        wrong.append(f"The name is longer than {LONGEST} letters." if line.name else "The name is missing.")
    try:
        email = email_address(line.email) or ""
    except Problem:
        wrong.append(f"“{line.email[:60]}” {BROKEN}")
    wrong += [
        f"{heading} is longer than {LONGEST_VALUE} letters."
        for heading, value in line.columns.items()
        if len(value) > LONGEST_VALUE
    ]
    return Said(name, email, tuple(wrong))


def entry_of(line: Line, said: Said, room_id: str | None) -> Entry:
    """The person as the roster would have them."""
    key = name_key(said.name)
    entry = Entry(line.number, said.name, key, said.email, line.columns, room_id)
    entry.is_nameless = line.is_nameless
    return entry
