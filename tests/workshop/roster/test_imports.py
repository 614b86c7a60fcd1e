"""Importing people: every line is judged, nothing is half imported, and a long list holds nobody up."""

import io
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook

from boathouse.core.errors import Problem
from boathouse.workshop.roster.entries import Known, Standing
from boathouse.workshop.roster.imports import judge
from boathouse.workshop.roster.invitees import MOST, name_key
from boathouse.workshop.roster.lists import text_of_file
from boathouse.workshop.roster.versions import Stamp

ROOMS = (("r1", 1, "Room 1"), ("r2", 2, "Returns"), ("r3", 3, "Shops"), ("r4", 4, "Shops"))
EMPTY = Standing(Stamp("", ROOMS), ())
LIST = """Name,Email,Department
Ana Lind,ANA@alder.example,Shops
"Weber, Jonas",jonas@alder.example,Returns
Mira,,Shops
"""
PEOPLE = [
    ("Ana Lind", "ana@alder.example", "Shops"),
    ("Weber, Jonas", "jonas@alder.example", "Returns"),
    ("Mira", "", "Shops"),
]


def known(name: str, email: str = "", **columns: str) -> Known:
    """Somebody on the roster."""
    return Known(f"id of {name} {email}", 0, name, name_key(name), email, columns, None)


def people(result) -> list[tuple[str, str, str]]:
    """Name, address and department."""
    return [(each.name, each.email, "".join(each.columns.values())) for each in result.entries]


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.replace("Name,Email,Department\n", ""),
        LIST.replace('"Weber, Jonas"', "W").replace(",", "\t").replace("W\t", "Weber, Jonas\t"),
        "\n\n" + LIST.replace("\n", "\r\n"),
        "Team;E-mail address;Display name\n"
        + "\n".join(f"{team};{mail};{name}" for name, mail, team in PEOPLE),
    ],
)
def test_lists_as_people_have_them(text: str):
    result = judge(text, EMPTY)
    assert result.troubles == []
    assert people(result) == PEOPLE


HEADINGS = "Name,Email,Team\n"
TWO = "Ana Lind,ana@x.org,Shops\nBen Kim,ben@x.org,Stores\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEADINGS.replace(",", "|") + TWO.replace(",", "|"), ""),
        ("sep=;\n" + (HEADINGS + TWO).replace(",", ";"), ""),
        ("Vorname;Name;E-Mail-Adresse;Abteilung\nAna;Lind;ana@x.org;Shops\nBen;Kim;ben@x.org;Stores", ""),
        ("Workshop of 12 May,,\n,,\n" + HEADINGS + TWO, "The names of the columns stand in line 3"),
        ("Whom,Contact,Dept\n" + TWO, "The address is read from “Contact”. The name is read from “Whom”."),
        (TWO, "so the first line is a person too"),
        ('Name,Email,Team\n"Lind, Ana",ana@x.org,Shops\n"Kim, Ben",ben@x.org,Stores', "is read as Ana Lind."),
        ("Email,Team\nana.lind@x.org,Shops\nben_kim2@x.org,Stores", "it is read from the address"),
    ],
)
def test_other_separators_and_headings_in_other_words(text: str, told: str):
    result = judge(text, EMPTY)
    assert result.troubles == []
    assert [each.name for each in result.entries] == ["Ana Lind", "Ben Kim"]
    assert [each[2] for each in people(result)] == ["Shops", "Stores"]
    assert all(each.email.startswith(("ana", "ben")) for each in result.entries)
    assert told in " ".join(result.told)
    assert bool(told) == bool(result.told)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Lind <ana@x.org>; ben.kim@x.org",
        "ana.lind@x.org, ben.kim@x.org",
        "Ana Lind <a@x.org>\nben.kim@x.org",
    ],
)
def test_mere_addresses_get_names_to_put_right(text: str):
    result = judge(text, EMPTY)
    assert [each.name for each in result.entries] == ["Ana Lind", "Ben Kim"]
    assert all("@x.org" in each.email for each in result.entries)
    assert result.told == ["Where the list has no name, it is read from the address."]


def test_a_name_read_from_an_address_renames_nobody():
    there = Standing(EMPTY.stamp, (known("Ana Lind", "al@x.org"),))
    result = judge("Pre-assign Room Name,Email Address\nReturns,al@x.org\n1,new@x.org", there)
    assert [(each.name, each.changes) for each in result.entries] == [
        ("Ana Lind", ["another room"]),
        ("New", []),
    ]


def test_a_managers_address_is_not_the_persons():
    result = judge("Name,Manager email\nAna,m@x.org\nBen,m@x.org", EMPTY)
    assert [each.email for each in result.entries] == ["", ""]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ana Lind,Employee\nBen Kim,Employee", [("Ana Lind", ""), ("Ben Kim", "")]),
        ("Ana Lind\nGuest\nBen Kim", [("Ana Lind", ""), ("Guest", ""), ("Ben Kim", "")]),
        ("Participant,Desk\nAna Lind,12\nBen Kim,14", [("Ana Lind", ""), ("Ben Kim", "")]),
        ("Ana Lind,ana@x.org\nBen Kim,\nCleo,\n", [("Ana Lind", "ana@x.org"), ("Ben Kim", ""), ("Cleo", "")]),
        ("Full name,First name\nAna Maria Lind,Ana Maria", [("Ana Maria Lind", "")]),
        ("Name;First name\nLind;Ana Maria\nBen Kim;Ben", [("Ana Maria Lind", ""), ("Ben Kim", "")]),
        ("First name,Last name\nThomas,Thomas\nMoh,Moh Ali", [("Thomas Thomas", ""), ("Moh Moh Ali", "")]),
        (
            "Name,Comes as,Part of\nAna Lind,Guest,Team\nBen Kim,Guest,Team",
            [("Ana Lind", ""), ("Ben Kim", "")],
        ),
        ("Name,Role (A|B|C)\nAna Lind,A", [("Ana Lind", "")]),
        ("Teilnehmer;;\nVorname;Name;E-Mail\nAna;Lind;ana@x.org", [("Ana Lind", "ana@x.org")]),
    ],
)
def test_what_only_looks_like_the_name_of_a_column_loses_nobody(text: str, who: list[tuple[str, str]]):
    result = judge(text, EMPTY)
    assert [(each.name, each.email) for each in result.entries] == who


def test_lines_are_counted_from_the_first_of_the_file():
    result = judge("\n\nsep=;\nName;Email\nAna;wrong", EMPTY)
    assert [each.number for each in result.troubles] == [5]


@pytest.mark.parametrize("text", ["a" + " " * 120_000 + "b", "Name\n<" + "@" * 120_000])
def test_a_cell_without_end_holds_nobody_up(text: str):
    begun = time.process_time()
    with suppress(Problem):
        judge(text, EMPTY)
    assert time.process_time() - begun < 1


def test_a_line_that_comes_twice_counts_once():
    result = judge("Name,Email\nAna,ana@x.org\nAna,ana@x.org", EMPTY)
    assert (len(result.added), len(result.troubles), result.notices) == (1, 1, [])


def test_more_columns_than_a_roster_keeps_are_refused_and_none_dropped():
    heads = [f"Column {n}" for n in range(7)]
    with pytest.raises(Problem, match="6 columns") as problem:
        judge(",".join(["Name", *heads]) + "\nAna,1,2,3,4,5,6,7", EMPTY, keep=heads)
    assert problem.value.field == "columns"


def test_first_and_last_names_and_what_a_mail_program_gives():
    split = judge("First name\tSurname\tMail\nAna\tLind\tana@alder.example", EMPTY)
    assert people(split) == [("Ana Lind", "ana@alder.example", "")]
    pasted = judge('"Ana Lind" <ana@alder.example>; Ben <ben@alder.example>', EMPTY)
    assert people(pasted) == [("Ana Lind", "ana@alder.example", ""), ("Ben", "ben@alder.example", "")]


@pytest.mark.parametrize(
    ("lines", "number", "words"),
    [
        ([",a@x.org,,"], 2, "The name is missing."),
        (["Ana,ana@,,"], 2, "“ana@” is no whole email address. Write it like"),
        (["Dag,dag@alder,example,"], 2, "“dag@alder” is no whole email address."),
        (['Dag,"dag@alder,example",,'], 2, "“dag@alder,example” is no whole email address."),
        (["x" * 81 + ",,,"], 2, "longer than 80 letters"),
        (["=A2&B2,a@x.org,,"], 2, "The name is a formula"),
        (['Ana,"=HYPERLINK(""http://x"")",,'], 2, "The address is a formula"),
        (["Ana,,=1+1,"], 2, "Department is a formula"),
        (["Ana,," + "x" * 121 + ","], 2, "Department is longer than 120 letters."),
        (["Ana,,,9"], 2, "No open room is called “9”."),
        (["Ana,,,shops"], 2, "Several rooms are called “shops”."),
        (["Ana,a@x.org,,", "", "ana , A@X.org,,"], 4, "This is ana of line 2 once more."),
        (["Ana,,,", "Ana,,,"], 3, "If they are two people, give them addresses."),
    ],
)
def test_every_wrong_line_is_told(lines: list[str], number: int, words: str):
    result = judge("\n".join(["Name,Email,Department,Room", *lines]), EMPTY)
    assert result.troubles[0].number == number
    assert words in result.troubles[0].words


def test_rooms_are_named_or_numbered():
    result = judge('Name,Room\nA,1\nB,Room 2\nC,returns\nD,"Room 2, Returns"\nE,3\nF,', EMPTY)
    assert [each.room_id for each in result.entries] == ["r1", "r2", "r2", "r2", "r3", None]


def test_two_people_of_one_name_and_two_of_one_address_are_people():
    result = judge("Name,Email\nAna,ana@x.org\nAna,anna@x.org\nBen,desk@x.org\nCleo,desk@x.org", EMPTY)
    assert result.troubles == []
    assert len(result.added) == 4
    assert [(each.number, each.name) for each in result.notices] == [(5, "Cleo")]
    assert "desk@x.org is also the address of Ben in line 4." in result.notices[0].words


def test_an_address_that_somebody_else_on_the_roster_has_is_told():
    there = Standing(EMPTY.stamp, (known("Ben", "desk@x.org"), known("Ada", "ada@x.org")))
    result = judge("Name,Email\nBen,desk@x.org\nCleo,desk@x.org\nAda,new@x.org\nAdi,ada@x.org", there)
    assert [each.words.partition(".")[0] for each in result.notices] == [
        "desk@x",
    ]


def test_who_is_on_the_roster_is_changed_and_not_doubled():
    ana, dan = known("Ana", "ana@x.org", Team="Red"), known("Dan", "d@x.org")
    there = Standing(EMPTY.stamp, (ana, known("Ben"), known("Cleo", "desk@x.org"), dan))
    text = "Name,Email,Team\nANA,ana@x.org,Blue\nBen,ben@x.org,\nCléo,desk@x.org,\nDan,,\nEva,desk@x.org,"
    result = judge(text, there)
    assert [each.changes for each in result.entries] == [
        ["name Ana → ANA", "Team Red → Blue"],
        ["address none → ben@x.org"],
        ["name Cleo → Cléo"],
        [],
        [],
    ]
    assert [each.name for each in result.added] == ["Eva"]


def test_only_columns_to_assign_by_are_kept_unless_asked_for():
    text = "Name,Department,Phone,Birthday\nAna,Shops,+49 30 1,1.1.\n"
    result = judge(text, EMPTY)
    assert (result.kept, result.left_out) == (["Department"], ["Phone", "Birthday"])
    assert result.entries[0].columns == {"Department": "Shops"}
    asked = judge(text, EMPTY, keep=["Phone"])
    assert asked.entries[0].columns == {"Phone": "+49 30 1"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Name\nMüller".encode("latin-1"), "Line 2 has letters that cannot be read"),
        ("Name\nMüller".encode("utf-16-le"), "could not be read as a table"),  # without its mark
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel file"),
        (b"PK\x03\x04 nothing of the kind", "could not be read as a table"),
    ],
)
def test_files_that_cannot_be_read_say_why(data: bytes, words: str):
    with pytest.raises(Problem) as problem:
        text_of_file(data)
    assert words in problem.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_tell_themselves_are_read(encoding: str):
    assert people(judge(text_of_file("Name\nMüller 李".encode(encoding)), EMPTY)) == [("Müller 李", "", "")]


def test_a_workbook_is_read_and_its_formulas_are_told():
    book, file = Workbook(), io.BytesIO()
    for row in (["Name", "Email"], ["Ana", "ana@x.org"], [], ['=B2&"x"', "b@x.org"]):
        book.active.append(row)
    book.save(file)
    result = judge(text_of_file(file.getvalue()), EMPTY)
    assert [each.name for each in result.entries] == ["Ana"]
    assert [(each.number, "is a formula" in each.words) for each in result.troubles] == [(4, True)]


@pytest.mark.parametrize("text", ["", " \n\n", "Name,Email\n", "a\0b"])
def test_what_is_no_list_is_said(text: str):
    with pytest.raises(Problem) as problem:
        judge(text, EMPTY)
    assert problem.value.status == 422


def test_a_list_that_is_too_long_is_refused_before_it_is_read():
    with pytest.raises(Problem, match="at most 50,000 people"):
        judge("Name\n" + "Ana\n" * (MOST + 1), EMPTY)


def test_fifty_thousand_lines_are_read():
    lines = "\n".join(f"Person {n},p{n}@x.org,Department {n % 40}" for n in range(MOST))
    result = judge("Name,Email,Department\n" + lines, EMPTY)
    assert (len(result.added), result.troubles) == (MOST, [])


@given(some.text(max_size=400))
def test_no_text_breaks_the_reader(text: str):
    with suppress(Problem):
        result = judge(text, EMPTY)
        assert result.entries or result.troubles
