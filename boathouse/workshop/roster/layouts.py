"""Which column of a list says what: from the names of the columns, else from what stands in them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from boathouse.core.spreadsheets import clean, heading, is_empty

# Names of columns as people write them, and as their systems do in the languages around us.
COLUMNS = {
    "name": (
        *("name", "full name", "fullname", "display name", "displayname", "participant", "participant name"),
        *("person", "attendee", "attendee name", "employee", "employee name", "invitee", "guest", "who"),
        *("vollständiger name", "anzeigename", "teilnehmer", "teilnehmende", "mitarbeiter"),
        *("nom complet", "nombre completo", "nome completo", "naam", "volledige naam", "navn", "namn"),
    ),
    "first": (
        *("first name", "firstname", "first", "given name", "givenname", "forename"),
        *("vorname", "prénom", "prenom", "nombre", "voornaam", "fornavn", "förnamn", "imię"),
    ),
    "last": (
        *("last name", "lastname", "last", "surname", "family name"),
        *("nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos", "cognome"),
        *("achternaam", "etternavn", "efternavn", "efternamn", "nazwisko"),
    ),
    "email": (
        *("email", "e-mail", "email address", "e-mail address", "emailaddress", "mail", "mail address"),
        *("address", "user principal name", "upn", "work email", "business email", "company email"),
        *("e-mail-adresse", "email-adresse", "mailadresse", "adresse e-mail", "adresse email", "courriel"),
        *("correo", "correo electrónico", "e-mailadres", "emailadres", "e-post", "epost", "e-postadress"),
    ),
    "room": (
        *("room", "room name", "room number", "room no", "breakout room", "breakout", "group room"),
        *("pre-assign room name", "raum", "raumnummer", "gruppenraum", "salle", "sala", "kamer", "rum"),
    ),
}
# Columns that people are assigned by; any other is kept only if the coach asks for it.
USUAL = (
    *("department", "dept", "dept.", "team", "group", "unit", "business unit", "division", "function"),
    *("area", "site", "location", "office", "city", "country", "region", "level", "role", "job title"),
    *("title", "position", "company", "organisation", "organization", "squad", "tribe", "language"),
    *("abteilung", "bereich", "gruppe", "standort", "funktion", "rolle", "firma", "sprache"),
    *("département", "service", "équipe", "ville", "pays", "departamento", "equipo", "sede", "afdeling"),
)
WORDS = {word: name for name, words in COLUMNS.items() for word in words}
HEADINGS = {*WORDS, *USUAL}
# What may as well stand beside a person.
KINDS = {
    *("participant", "person", "attendee", "employee", "invitee", "guest"),
    *("teilnehmer", "teilnehmende", "mitarbeiter"),
}
SURNAMES_TOO = {"name", "naam", "navn", "namn"}  # beside a first name
NAMES = {"name", "first", "last", "either"}
PERSON = NAMES | {"email"}
LONGEST_HEADING = 40
EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
# Of clean() words: a long run of spaces would take it minutes.
ADDRESS = re.compile(r"(?P<name>[^<>@]*?)\s*<(?P<email>[^<>\s@]+@[^<>\s@]+)>")
OF_OTHERS = re.compile(r"manager|boss|supervisor|assistant|reports to|vorgesetz|chef|responsable")
TITLES = 5  # filled lines that may stand above the people: a title, a date
SAMPLE = 50  # filled lines that are looked at


@dataclass
class Layout:
    """Where things stand in a row; "either": the last or the whole name. further: heading by place; start:
    the first line of people, from 0.

    titles: lines above the names of the columns; guessed: what no name of a column told, by its heading.
    """

    places: dict[str, int] = field(default_factory=dict)
    further: dict[int, str] = field(default_factory=dict)
    start: int = 0
    titles: int = 0
    guessed: dict[str, str] = field(default_factory=dict)

    @property
    def has_heading(self) -> bool:
        """Whether a line names the columns."""
        return self.start > 0

    @property
    def has_names(self) -> bool:
        """Whether a column is there for them."""
        return bool(self.places.keys() & NAMES)


def layout_of(rows: Sequence[list[str]]) -> Layout:
    """Of a whole list. rows: empty ones included."""
    filled = [(at, row) for at, row in enumerate(rows) if not is_empty(row)][:SAMPLE]
    above = _above(filled)
    rows = [row for _, row in filled]
    n = max(range(len(above)), key=lambda n: _telling(rows, n), default=0)
    if above and _telling(rows, n):
        return _named(rows[n], rows[n + 1 :], Layout(start=above[n][0] + 1, titles=n))
    people = rows[len(above) :]
    if above and (at_email := _email_column(people)) is not None:
        at, row = above[-1]
        if len(row) > at_email and row[at_email].strip():  # something stands where the others have addresses
            return _named(row, people, Layout(start=at + 1, titles=len(above) - 1))
    return _unnamed(rows)


def _above(filled: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The first lines, up to the first with an address: one of them may name the columns."""
    found = []
    for at, row in filled[:TITLES]:
        if any("@" in cell for cell in row):
            break
        found.append((at, row))
    return found


def _telling(rows: Sequence[list[str]], n: int) -> int:
    """Whether a line names columns: 0 no, 1 perhaps, 2 surely. Not a person's, such as "Ana, Employee"."""
    found = {heading(cell) for cell in rows[n]} & HEADINGS
    if len(found) == 1 and found <= KINDS:
        below = {heading(cell) for row in rows[n + 1 :] for cell in row}
        return 0 if n or found <= below else 1
    return 2 if any(WORDS.get(name) in PERSON for name in found) else 0


def _known(row: Sequence[str]) -> dict[str, int]:
    """Places of the columns whose names are known."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        if name := WORDS.get(heading(cell)):
            found.setdefault(name, at)
    if "first" in found and "last" not in found and heading(row[found.get("name", 0)]) in SURNAMES_TOO:
        found["either"] = found.pop("name")  # "Name; First name"
    if "last" in found and not found.keys() & {"first", "name"}:
        found["name"] = found.pop("last")  # "Nom" alone is the whole name
    return found


def _named(row: list[str], people: Sequence[list[str]], layout: Layout) -> Layout:
    """The columns by their names; address and name by what stands below, where no name tells."""
    layout.places = _known(row)
    if "email" not in layout.places:
        others = [at for at, cell in enumerate(row) if OF_OTHERS.search(heading(cell))]
        if (at := _email_column(people, [*layout.places.values(), *others])) is not None:
            layout.places["email"], layout.guessed["address"] = (
                at,
                clean(_cell(row, at)) or f"column {at + 1}",
            )
    if not layout.has_names:
        free = [at for at in range(len(row)) if at not in layout.places.values()]
        likely = [at for at in free if heading(row[at]) not in USUAL and _says(people, at)]
        if likely:
            layout.places["name"], layout.guessed["name"] = likely[0], clean(row[likely[0]])
    taken = set(layout.places.values())
    for at, cell in enumerate(row):
        if at not in taken and cell.strip():
            layout.further[at] = _free(clean(cell)[:LONGEST_HEADING], layout.further.values())
    return layout


def _unnamed(people: Sequence[list[str]]) -> Layout:
    """Without names of columns: the address shows itself, the name stands first, the next is a group."""
    email = _email_column([row for row in people if any("@" in cell for cell in row)])
    others = [at for at in range(max((len(row) for row in people), default=0)) if at != email]
    places = {"name": others[0]} if others else {}
    if email is not None:
        places["email"] = email
    further = {at: "Group" if n == 0 else f"Column {at + 1}" for n, at in enumerate(others[1:])}
    return Layout(places, further)


def _email_column(people: Sequence[list[str]], taken: Collection[int] = ()) -> int | None:
    """Where at least every second person has an address, and nothing else."""
    width = max((len(row) for row in people), default=0)
    for at in range(width):
        has = sum(bool(EMAIL.fullmatch(_cell(row, at).strip())) for row in people)
        if at not in taken and has and 2 * has >= len(people):
            return at
    return None


def _says(people: Sequence[list[str]], at: int) -> bool:
    """Whether words stand in a column, such as names: no numbers, no addresses."""
    cells = [cell for row in people if (cell := _cell(row, at).strip())]
    return any(cell[0].isalpha() and "@" not in cell for cell in cells)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _free(name: str, taken: Collection[str]) -> str:
    """The heading, numbered where there is one of this name."""
    names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
    return next(each for each in names if each not in taken)
