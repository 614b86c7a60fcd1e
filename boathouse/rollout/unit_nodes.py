"""The units that an import speaks of, and what is wrong with its lines."""

from dataclasses import dataclass, field
from typing import Any

from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.unit_tables import Line
from boathouse.rollout.units import KIND_WORDS

FIELD_WORDS = {"kind": "level", "headcount": "people", "leader": "leader", "sponsor": "sponsor"}


@dataclass(eq=False)
class Node:
    """A unit of the result: there already (unit), or new; line says where in the table it stands."""

    id: str
    name: str
    kind: UnitKind | None
    wanted: tuple[str, ...] = ()  # folded names of what it belongs below, the nearest last
    line: Line | None = None
    unit: Unit | None = None
    values: dict[str, Any] = field(default_factory=dict)  # what the table says about it
    above: "Node | None" = field(default=None, repr=False)
    below: list["Node"] = field(default_factory=list, repr=False)
    depth: int = 0

    @property
    def changes(self) -> list[str]:
        """What becomes different of a unit that is there, such as "people 12 → 14"."""
        if self.unit is None:
            return []
        return [
            f"{FIELD_WORDS[name]} {_shown(getattr(self.unit, name))} → {_shown(value)}"
            for name, value in self.values.items()
            if name in FIELD_WORDS and value != getattr(self.unit, name)
        ]


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a line."""

    number: int
    name: str
    words: str


@dataclass
class Import:
    """The result: nodes in the order of the table, troubles by line, columns left out."""

    nodes: list[Node] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    judged_against: frozenset[tuple[Any, ...]] = frozenset()  # the units as they stood then

    @property
    def added(self) -> list[Node]:
        """New units."""
        return [node for node in self.nodes if node.unit is None]

    @property
    def changed(self) -> list[Node]:
        """Units that are there and get other values."""
        return [node for node in self.nodes if node.changes]

    def wrong(self, line: Line, words: str) -> None:
        """Note a trouble."""
        self.troubles.append(Trouble(line.number, line.name or "no name", words))


def exact(nodes: list[Node], wanted: tuple[str, ...]) -> list[Node]:
    """Of several, the one whose whole way was written, if there is one."""
    whole = [node for node in nodes if node.wanted == wanted]
    return whole if len(whole) == 1 else nodes


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "none"
    return KIND_WORDS[value] if isinstance(value, UnitKind) else str(value)
