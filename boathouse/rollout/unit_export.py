"""The units of a program as a table that can be changed elsewhere and imported again."""

import csv
import io
from collections.abc import Sequence

from boathouse.rollout.tables.programs import Unit
from boathouse.rollout.trees import in_order, tree_of
from boathouse.rollout.units import KIND_WORDS, path_of

HEADING = ("Name", "Level", "Belongs to", "People", "Leader", "Sponsor")


def table_of(units: Sequence[Unit]) -> str:
    """CSV, with the whole way to what a unit belongs to. Cells that would calculate are protected."""
    by_id = {unit.id: unit for unit in units}
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADING)
    for branch in in_order(tree_of(units)):
        unit = branch.unit
        way = " > ".join(above.name for above in path_of(by_id, unit))
        cells = [unit.name, KIND_WORDS[unit.kind], way, unit.headcount or "", unit.leader, unit.sponsor]
        writer.writerow([_protected(str(cell)) for cell in cells])
    return text.getvalue()


def _protected(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
