"""One line of a table of units: what it says, and what is wrong with it taken alone."""

from typing import Any

from boathouse.rollout.programs import LONGEST_NAME, MOST_PEOPLE, whole_number
from boathouse.rollout.tables.programs import UnitKind
from boathouse.rollout.unit_tables import Line
from boathouse.rollout.units import KIND_WORDS, folded

LONGEST_PERSON = 80
KINDS = {
    **{words: kind for kind, words in KIND_WORDS.items()},
    **dict.fromkeys(("organisation", "organization", "group", "holding"), UnitKind.COMPANY),
    **dict.fromkeys(("bu", "business_unit", "division"), UnitKind.BUSINESS_UNIT),
    **dict.fromkeys(("dept", "area"), UnitKind.DEPARTMENT),
    **dict.fromkeys(("squad", "crew"), UnitKind.TEAM),
}
COLUMN_WORDS = {
    **{"name": "The name", "kind": "The level", "parent": "What it belongs to"},
    **{"headcount": "The number of people", "leader": "The leader", "sponsor": "The sponsor"},
}


def values_of(line: Line) -> tuple[dict[str, Any], list[str]]:
    """The values for a unit, empty ones left out, and a sentence for everything that is wrong."""
    troubles = [
        f"{words} is a formula. In the spreadsheet, copy the cells and paste them as values."
        for column, words in COLUMN_WORDS.items()
        if getattr(line, column).startswith("=")
    ]
    if troubles:
        return {}, troubles
    values: dict[str, Any] = {"name": line.name, "leader": line.leader, "sponsor": line.sponsor}
    if not line.name:
        troubles.append("The name is missing.")
    for column, most in (("name", LONGEST_NAME), ("leader", LONGEST_PERSON), ("sponsor", LONGEST_PERSON)):
        if len(getattr(line, column)) > most:
            troubles.append(f"{COLUMN_WORDS[column]} is longer than {most} letters.")
    if line.kind and (kind := KINDS.get(folded(line.kind))) is None:
        levels = ", ".join(KIND_WORDS.values())
        troubles.append(f"“{line.kind[:40]}” is no level we know. Use one of these: {levels}.")
    elif line.kind:
        values["kind"] = kind
    if line.headcount:
        values["headcount"] = number = whole_number(line.headcount)
        if number is None or not 1 <= number <= MOST_PEOPLE:
            troubles.append(f"“{line.headcount[:40]}” is no number of people. Leave it empty if unknown.")
    return {name: value for name, value in values.items() if value not in (None, "")}, troubles
