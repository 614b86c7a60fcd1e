"""A table of units: every line is judged, and what was exported comes back."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from boathouse.core.errors import Problem
from boathouse.rollout.tables.programs import Unit, UnitKind
from boathouse.rollout.trees import in_order, tree_of
from boathouse.rollout.unit_export import table_of
from boathouse.rollout.unit_import import judge
from boathouse.rollout.unit_tables import text_of_file
from boathouse.rollout.units import LEVELS, MOST_UNITS

TABLE = """Name,Level,Belongs to,People,Leader
Tern,Company,,"1,200",Ida
Shops,Department,Tern,800,
Returns,,Shops,9,Nora
"""


def shape(result) -> list[tuple]:
    """What would stand where."""
    return [(node.name, node.kind, node.above.name if node.above else None) for node in result.nodes]


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace("Name,Level,Belongs to,People,Leader\n", ""),  # our order, no names of columns
        TABLE.replace(',"1,200",', ";1.200;").replace(",", ";"),
        TABLE.replace('"1,200"', "1 200").replace(",", "\t"),
        "\n\n" + TABLE.replace("\n", "\r\n"),
        "Parent;Unit;Size;Cost centre\n;Tern;1200;7\nTern;Shops;800;8\nShops;Returns;9;9",
    ],
)
def test_tables_as_people_have_them(text: str):
    result = judge(text, [])
    assert result.troubles == []
    assert shape(result) == [
        ("Tern", UnitKind.COMPANY, None),
        ("Shops", UnitKind.DEPARTMENT, "Tern"),
        ("Returns", UnitKind.TEAM, "Shops"),
    ]
    assert result.nodes[0].values["headcount"] == 1200


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        (["A,team,Nowhere"], 2, "no unit “Nowhere”"),
        (["A,,B", "B,,C", "C,,A"], 2, "round in a circle: “A” below “B” below “C” below “A”"),
        (["A,,A"], 2, "cannot belong to itself"),
        (["A", "B,,A", "b ,,A"], 4, "the unit of line 3 once more"),
        (["A", "B,,A", "D,,A", "B,,D", "C,,B"], 6, "Several units are called “B”"),
        (["A", "M,team,A", "D,department,M"], 4, "A department cannot stand below a team"),
        (["A,boss"], 2, "“boss” is no level"),
        (["A,,,many"], 2, "“many” is no number of people"),
        (["A,,,0"], 2, "is no number of people"),
        (["A,,,-3"], 2, "is no number of people"),
        (["=1+1"], 2, "The name is a formula"),
        (["A,,,=SUM(B2:B9)"], 2, "The number of people is a formula"),
        (["x" * 121], 2, "longer than 120 letters"),
        ([",team"], 2, "The name is missing"),
        ([f"N{n},,{f'N{n - 1}' if n else ''}" for n in range(14)], 14, "More than 12 levels"),
    ],
)
def test_every_wrong_line_is_told(lines: list[str], number: int, words: str):
    result = judge("\n".join(["Name,Level,Belongs to,People", *lines]), [])
    trouble = result.troubles[0]
    assert trouble.number == number
    assert words in trouble.words


def test_the_way_to_a_unit_tells_twins_apart():
    lines = ["A,", "Europe,A", "Asia,A", "Sales,Europe", "Sales,Asia"]
    lines += ["Berlin,Europe > Sales", "Osaka,A > Asia > Sales"]
    result = judge("\n".join(["Name,Belongs to", *lines]), [])
    assert result.troubles == []
    above = {node.name: node.above for node in result.nodes}
    assert above["Berlin"].above.name == "Europe"
    assert above["Osaka"].above.name == "Asia"


def test_what_is_there_is_changed_and_not_doubled():
    units = [Unit(id="1", program_id="p", name="Tern", kind=UnitKind.COMPANY, headcount=1000)]
    units.append(Unit(id="2", program_id="p", name="Shops", kind=UnitKind.DEPARTMENT, parent_id="1"))
    result = judge("Name,Belongs to,People\ntern,,1200\nshops,Tern,\nOutlet,Tern > Shops,", units)
    assert [node.changes for node in result.nodes] == [["people 1000 → 1200"], [], []]
    assert [node.name for node in result.added] == ["Outlet"]
    assert units[0].headcount == 1000  # judged, not written


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Name\nMüller".encode("latin-1"), "Line 2 has letters that cannot be read"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file"),
        (b"PK\x03\x04 nothing of the kind", "could not be read as a table"),
        (b"Name\n\0\0\0", "could not be read as a table"),
        (b"\x89PNG\r\n\0\0", "could not be read as a table"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, words: str):
    with pytest.raises(Problem) as problem:
        text_of_file(data)
    assert words in problem.value.message


def workbook(rows: list[list]) -> bytes:
    """An XLSX file."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook_becomes_lines_with_its_own_numbers():
    rows = [["Name", "People", "Belongs to"], ["Tern", 1200.0, None], [], ['“Best” "shop"', "9", "Tern"]]
    result = judge(text_of_file(workbook(rows)), [])
    assert result.troubles == []
    assert [(node.line.number, node.name) for node in result.nodes] == [(2, "Tern"), (4, '“Best” "shop"')]
    formulas = judge(text_of_file(workbook([["Name", "People"], ["Tern", "=SUM(1,2)"]])), [])
    assert "is a formula" in formulas.troubles[0].words


def test_a_zip_bomb_is_not_opened():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Problem, match="unpacks to far more"):
        text_of_file(file.getvalue())


@pytest.mark.parametrize("count", [MOST_UNITS + 1, 50_000])
def test_too_many_lines_are_refused_before_anything_happens(count: int):
    lines = "\n".join(f"Team {n}" for n in range(count))
    with pytest.raises(Problem, match="more than 5,000 lines"):
        judge(f"Name\n{lines}", [])


def test_fifty_thousand_rows_of_a_workbook_are_refused():
    with pytest.raises(Problem, match="more than 5,000 lines"):
        text_of_file(workbook([["Name"], *([f"Team {n}"] for n in range(50_000))]))


NAMES = (
    st.text("abcdeé 'ß\"=+-@,;", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda name: name and name[0] not in "='" and " ".join(name.split()) == name)
)


@st.composite
def organisations(draw) -> list[Unit]:
    """Units of any tree up to six levels, each name once below the same unit."""
    units: list[Unit] = []
    taken: set[tuple] = set()
    for n in range(draw(st.integers(1, 25))):
        above = draw(st.sampled_from([None, *units]))
        path = above.path if above else ()  # type: ignore[attr-defined]
        name = draw(NAMES)
        if len(path) > 4 or (path, name.casefold()) in taken or name.casefold() in path:
            continue
        taken.add((path, name.casefold()))
        lowest = LEVELS.index(above.kind) if above else 0
        unit = Unit(
            id=str(n),
            program_id="p",
            name=name,
            parent_id=above.id if above else None,
            kind=LEVELS[draw(st.integers(lowest, 3))],
            headcount=draw(st.none() | st.integers(1, 9999)),
        )
        object.__setattr__(unit, "path", (*path, name.casefold()))
        units.append(unit)
    return units


def places(units) -> set[tuple]:
    """Every unit with its way, level and size."""
    found = set()
    by_id = {unit.id: unit for unit in units}
    for branch in in_order(tree_of(units)):
        way, above = [], branch.unit
        while above:
            way.append(above.name)
            above = by_id.get(above.parent_id)
        found.add((tuple(way), branch.unit.kind, branch.unit.headcount))
    return found


def as_units(result) -> list[Unit]:
    """What an import would leave."""
    return [
        Unit(
            id=node.id,
            program_id="p",
            name=node.name,
            kind=node.kind,
            headcount=node.values.get("headcount"),
            parent_id=node.above.id if node.above else None,
        )
        for node in result.nodes
    ]


@settings(max_examples=150, deadline=None)
@given(units=organisations(), seed=st.integers(0, 1000))
def test_what_was_exported_comes_back_in_any_order_of_lines(units, seed):
    head, *lines = table_of(units).splitlines()
    random.Random(seed).shuffle(lines)
    result = judge("\n".join([head, *lines]), [])
    assert result.troubles == []
    assert places(as_units(result)) == places(units)
    again = judge(table_of(units), units)
    assert (again.troubles, again.added, again.changed) == ([], [], [])


@settings(max_examples=100, deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefx", "a > b"])),
        min_size=1,
        max_size=12,
    )
)
def test_no_table_makes_a_circle_or_twins(pairs):
    result = judge("\n".join(["Name,Belongs to", *(f"{name},{above}" for name, above in pairs)]), [])
    units = as_units(result)
    assert len(in_order(tree_of(units))) == len(units)  # in a circle nothing hangs on the top
    if not result.troubles:
        assert len(places(units)) == len(pairs)
