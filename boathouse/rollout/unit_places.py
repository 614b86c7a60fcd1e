"""Where the units of a table stand: found by name, never in a circle, levels in order, no twins."""

from collections.abc import Iterator
from itertools import chain

from boathouse.rollout.tables.programs import UnitKind
from boathouse.rollout.unit_nodes import Import, Node, exact
from boathouse.rollout.units import DEEPEST, LEVELS, folded, may_stand_below, order_words

SHOWN_IN_LOOP = 5


def place(result: Import, names: dict[str, list[Node]]) -> None:
    """Put every new node below another; what cannot be is noted as a trouble of its line."""
    for node in result.added:
        if node.wanted:
            _find_above(result, names, node)
    _cut_loops(result)
    tops = [node for node in chain(*names.values()) if node.above is None]
    ordered = list(_from_the_top(tops))
    for node in ordered:
        if node.kind is None:
            node.kind = _likely_kind(node)
        _check(result, node)
    _find_twins(result)


def _find_above(result: Import, names: dict[str, list[Node]], node: Node) -> None:
    assert node.line
    *path, name = node.wanted
    found = [other for other in names.get(name, ()) if _is_on(other, path)]
    others = exact([other for other in found if other is not node], tuple(path))
    last = node.line.parent.split(">")[-1].strip()
    if len(others) == 1:
        node.above = others[0]
        others[0].below.append(node)
    elif others:
        words = f"Several units are called “{last}”. Write the way to the right one, as in “Europe > {last}”."
        result.wrong(node.line, words)
    elif found:
        result.wrong(node.line, "A unit cannot belong to itself.")
    else:
        result.wrong(node.line, f"There is no unit “{last}”, neither in this table nor in the program.")


def _is_on(node: Node, path: list[str]) -> bool:
    """Whether the node's own place ends as the path says, as far as both are known."""
    if not path:
        return True
    known = min(len(path), len(node.wanted))
    return bool(known) and tuple(path[-known:]) == node.wanted[-known:]


def _cut_loops(result: Import) -> None:
    """A circle is told once, at its first line, and opened so that the rest can be judged."""
    fine: set[Node] = set()
    for start in result.added:
        way: dict[Node, None] = {}
        node: Node | None = start
        while node and node not in fine and node not in way:
            way[node] = None
            node = node.above
        if node and node in way:
            loop = [*way][[*way].index(node) :]
            _tell_loop(result, loop)
        fine.update(way)


def _tell_loop(result: Import, loop: list[Node]) -> None:
    first = min(loop, key=lambda node: node.line.number if node.line else 0)
    assert first.line
    at = loop.index(first)
    names = [f"“{node.name}”" for node in [*loop[at:], *loop[:at], first]]
    if len(names) > SHOWN_IN_LOOP:
        names[SHOWN_IN_LOOP - 1 : -1] = ["others"]
    result.wrong(first.line, f"This goes round in a circle: {' below '.join(names)}.")
    if first.above:
        first.above.below.remove(first)
    first.above = None


def _from_the_top(tops: list[Node]) -> Iterator[Node]:
    waiting = list(tops)
    while waiting:
        node = waiting.pop()
        yield node
        for child in node.below:
            child.depth = node.depth + 1
        waiting.extend(node.below)


def _likely_kind(node: Node) -> UnitKind:
    """The level of a line that does not say: by where it stands."""
    if node.above is None:
        return UnitKind.COMPANY if node.below else UnitKind.TEAM
    likely = UnitKind.DEPARTMENT if node.below else UnitKind.TEAM
    said = [child.kind for child in node.below if child.kind]
    widest = min([likely, *said], key=LEVELS.index)
    return max(widest, node.above.kind or UnitKind.COMPANY, key=LEVELS.index)


def _check(result: Import, node: Node) -> None:
    """The level below its own above, and how deep it stands."""
    above, line = node.above, node.line or (node.above.line if node.above else None)
    kind = node.values.get("kind") or node.kind
    if above is None or line is None or kind is None:
        return
    kind_above = above.values.get("kind") or above.kind
    if kind_above and not may_stand_below(kind, kind_above):
        result.wrong(line, order_words(kind, kind_above))
    if node.depth >= DEEPEST and node.unit is None:
        result.wrong(line, f"More than {DEEPEST} levels stand below one another here.")


def _find_twins(result: Import) -> None:
    """Two lines may name one place in two ways."""
    seen: dict[tuple[str, str], Node] = {}
    for node in result.added:
        if node.above is None and node.wanted:
            continue  # told already
        key = (node.above.id if node.above else "", folded(node.name))
        twin = seen.setdefault(key, node)
        if twin is not node and twin.line and node.line:
            words = f"This is the unit of line {twin.line.number} once more. Leave one of the two out."
            result.wrong(node.line, words)
