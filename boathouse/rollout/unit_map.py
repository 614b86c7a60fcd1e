"""The unit tree as a picture: which units get a line of their own, and where every cell lies.

A small organisation has a line for each unit. In a large one the deeper units are cells in the line of the
unit they belong to, so that thousands still fit on a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from boathouse.rollout.plans import PlanState
from boathouse.rollout.stances import WORDS
from boathouse.rollout.tables.stances import Stance
from boathouse.rollout.waves import PlannedUnit

MOST_LINES = 150
ROW, STEP = 28, 38  # heights and widths in the units of the drawing
NAMES, RIGHT = 250, 1010  # cells lie between these
SHADES = 5  # waves after the fifth share its colour; the number in the cell says which
LONGEST_LABEL = 30


@dataclass(frozen=True)
class Cell:
    """A unit. wave: its number, 0 for none; stance: the value of a StanceKind, or empty; words: all of it."""

    x: float
    y: float
    wave: int
    stance: str
    words: str

    @property
    def shade(self) -> int:
        """Which colour."""
        return min(self.wave, SHADES)


@dataclass(frozen=True)
class Row:
    """A unit's line, with the cells of the units below it that have no line of their own.

    name: of the unit; label: as much of it as there is room for; depth: in the tree, from 0;
    note: what the cell says, in words, where there is room for them.
    """

    x: float
    y: float
    name: str
    label: str
    depth: int
    is_group: bool
    people: int
    cells: tuple[Cell, ...]
    note: str


@dataclass(frozen=True)
class UnitMap:
    """The picture, and what it shows in words. is_list: each unit has its line, so a list says the same."""

    rows: tuple[Row, ...]
    height: float
    words: str
    is_list: bool


def draw_map(state: PlanState, stances: Mapping[str, Stance]) -> UnitMap:
    """The picture of a plan's units. stances: of one cycle, by unit."""
    units = state.around.units
    deepest = deepest_line([unit.depth for unit in units.values()])
    numbers = {wave.row.id: wave.row.number for wave in state.waves}
    waves = {unit_id: numbers[place.wave_id] for unit_id, place in state.places.items()}
    groups: list[list[PlannedUnit]] = []
    for unit in units.values():  # parents before what is below them
        if unit.depth <= deepest:
            groups.append([])
        groups[-1].append(unit)
    rows, y = list[Row](), 6.0
    for group in groups:
        row, y = _row(group, y, deepest, waves, stances)
        rows.append(row)
    words = _in_words(state, waves, stances)
    return UnitMap(tuple(rows), y + 6, words, is_list=len(rows) == len(units))


def deepest_line(depths: list[int]) -> int:
    """The deepest level of the tree whose units still get lines of their own."""
    deepest = 0
    while deepest < max(depths, default=0) and sum(depth <= deepest + 1 for depth in depths) <= MOST_LINES:
        deepest += 1
    return deepest


def _row(
    group: list[PlannedUnit],
    y: float,
    deepest: int,
    waves: Mapping[str, int],
    stances: Mapping[str, Stance],
) -> tuple[Row, float]:
    """One line; the first of the group is the unit itself. Returns it with the y of the next one."""
    top, across = group[0], (RIGHT - NAMES) // STEP
    cells = tuple(
        _cell(unit, NAMES + place % across * STEP, y + place // across * (ROW - 2), waves, stances)
        for place, unit in enumerate(group)
    )
    note = cells[0].words.removeprefix(f"{top.name}: ") if len(group) == 1 else ""
    people = sum(unit.people for unit in group)
    label = shortened(top.name, LONGEST_LABEL - 2 * top.depth)
    row = Row(top.depth * 18, y, top.name, label, top.depth, top.depth < deepest, people, cells, note)
    return row, y + ROW + (len(group) - 1) // across * (ROW - 2)


def shortened(name: str, room: int) -> str:
    """A name in so many letters. Its end stays: names in a series differ there."""
    end = min(10, room // 3)
    return name if len(name) <= room else f"{name[: room - end - 1].rstrip()}…{name[-end:].lstrip()}"


def _cell(
    unit: PlannedUnit, x: float, y: float, waves: Mapping[str, int], stances: Mapping[str, Stance]
) -> Cell:
    wave, stance = waves.get(unit.id, 0), stances.get(unit.id)
    words = f"{unit.name}: {f'wave {wave}' if wave else 'in no wave'}"
    words += f", {WORDS[stance.kind]}" if stance else ""
    return Cell(x, y, wave, stance.kind.value if stance else "", words)


def _in_words(state: PlanState, waves: Mapping[str, int], stances: Mapping[str, Stance]) -> str:
    parts = [f"in wave {wave.row.number}: {len(wave.planned.units)}" for wave in state.waves]
    parts.append(f"in no wave: {len(state.around.units) - len(waves)}")
    counts = {kind: sum(each.kind == kind for each in stances.values()) for kind in WORDS}
    parts += [f"{WORDS[kind].lower()}: {count}" for kind, count in counts.items() if count]
    return f"Units: {len(state.around.units)}; {'; '.join(parts)}."
