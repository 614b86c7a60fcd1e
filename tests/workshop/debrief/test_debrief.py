"""The debrief, opened by other programs: what is in it, for whom, and that words stay words."""

import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pypdf import PdfReader
from sqlmodel import select

from boathouse.core.clock import now
from boathouse.core.paper import Paper
from boathouse.core.workbooks import Sheet, write_workbook
from boathouse.workshop.copies import keep_copies, kept_drafts
from boathouse.workshop.drafts import load_drafts
from boathouse.workshop.tables import (
    Comment,
    KeyResult,
    Objective,
    Poll,
    PollAnswer,
    PollKind,
    Room,
    Seat,
    Todo,
    Visit,
    Workshop,
)
from tests.cast import Cast
from tests.rows import in_database

FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example")')
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>{{ 7*7 }}'


def past(cast: Cast) -> None:
    """Give the workshop a past: two hours, visits, drafts kept twice, a comment answered, a poll."""

    async def write(session: Any) -> None:
        moment = now()
        workshop = await session.get_one(Workshop, cast.workshop)
        workshop.started_at = moment - timedelta(minutes=60)
        for name, minutes in (("Ana", 60), ("Ben", 20)):
            came = workshop.started_at
            stay = Visit(room_id=cast.rooms[1], seat_id=cast.seats[name], came_at=came)
            stay.last_seen_at = came + timedelta(minutes=minutes)
            session.add(stay)
        drafts = list((await load_drafts(session, [cast.rooms[1]])).values())
        await keep_copies(session, drafts, "Key results")
        key_result = await session.get_one(KeyResult, cast.key_result)
        asked = Comment(
            room_id=cast.rooms[1],
            key_result_id=cast.key_result,
            field="start",
            body="From what to 4?",
            stood={"statement": key_result.statement, "start": "", "target": "4", "unit": "days"},
            author_name="Tom",
            person_id=cast.people["Tom"],
            created_at=moment - timedelta(minutes=10),
        )
        session.add(asked)
        await session.flush()
        session.add(
            Comment(
                room_id=cast.rooms[1],
                parent_id=asked.id,
                body="Eleven, says Ana",
                author_name="Ana",
                seat_id=cast.seats["Ana"],
                created_at=moment - timedelta(minutes=9),
            )
        )
        poll = Poll(workshop_id=cast.workshop, kind=PollKind.FIST, question="How sure are you, Ana?")
        session.add(poll)
        await session.flush()
        session.add(PollAnswer(poll_id=poll.id, seat_id=cast.seats["Ben"], answer="4"))

    in_database(cast, write)
    words = {"start": "11", "target": "4", "unit": "days", "statement": "Days until the money is back"}
    document = cast.app.state.documents
    named = {f"key_result:{cast.key_result}:{field}": text for field, text in words.items()}
    assert cast.portal
    cast.portal.call(document.edit, cast.rooms[1], named)
    cast.portal.call(document.flush, [cast.rooms[1]])


@pytest.fixture
def with_past(cast: Cast) -> Cast:
    """The cast, an hour after the start."""
    past(cast)
    return cast


def fetch(cast: Cast, form: str, query: str = "", who: str = "Tom") -> bytes:
    """An export of the cast's workshop."""
    answer = cast.script(who).get(f"/api/v1/workshops/{cast.workshop}/export?format={form}{query}")
    assert answer.status_code == 200, answer.text
    return answer.content


def sheets_of(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Every sheet of a workbook; each is one real table whose heading is its first row."""
    book = load_workbook(io.BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions, sheet.title
        assert tuple(table.column_names) == rows[0]
        found[sheet.title] = rows
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert not (cell.quotePrefix is False and str(cell.value or "").startswith(("=", "+", "@")))
    return found


def text_of_pdf(content: bytes) -> str:
    """All words of a PDF file, with single spaces."""
    reader = PdfReader(io.BytesIO(content))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def page_of(cast: Cast, query: str = "", who: str = "Tom") -> str:
    """The page as html."""
    answer = cast.browser(who).get(f"/workshops/{cast.workshop}/debrief{query}")
    assert answer.status_code == 200
    return answer.text


# ---- the files


def test_the_workbook_has_a_table_a_sheet_and_a_row_a_key_result(with_past: Cast):
    sheets = sheets_of(fetch(with_past, "xlsx"))
    heading, *rows = sheets["Key results"]
    assert len(rows) == 1
    row = dict(zip(heading, rows[0], strict=True))
    assert (row["Key result"], row["From"], row["To"]) == ("Days until the money is back", "11", "4")
    assert (row["From X to Y"], row["Objective"], row["Comments"]) == ("yes", "Returns are easy", 1)
    assert {"Summary", "Objectives", "To-dos", "Comments", "Rooms", "People", "Attendance"} <= set(sheets)
    assert [row[0] for row in sheets["People"][1:]] == ["Ben", "Ana"]
    figures = dict(sheets["Summary"][1:])
    assert figures["People who came"] == 2
    assert figures["People there to the end"] == 1
    assert figures["With a comment: from X to Y before, %"] == 0
    assert figures["With a comment: from X to Y at the end, %"] == 100
    assert figures["A coach waited for a crew: half within seconds"] == 60


def test_columns_are_as_wide_as_one_can_read(with_past: Cast):
    book = load_workbook(io.BytesIO(fetch(with_past, "xlsx")))
    for sheet in book.worksheets:
        for column, (heading,) in enumerate(
            zip(*sheet.iter_rows(max_row=1, values_only=True), strict=True), 1
        ):
            width = sheet.column_dimensions[get_column_letter(column)].width
            assert min(len(str(heading)), 40) <= width <= 80, (sheet.title, heading)


def test_no_heading_stands_alone_at_the_end_of_a_page():
    paper = Paper("Drafts", "Drafts")
    for number in range(60):
        paper.heading(f"Heading {number}", 10.5)
        paper.paragraph("Words below it. " * (number % 17 * 4))
    pages = PdfReader(io.BytesIO(paper.content())).pages
    assert len(pages) > 3
    for page in pages:
        *_, last, _foot = page.extract_text().strip().split("\n")
        assert not last.startswith("Heading"), last


def test_the_paper_can_be_read(with_past: Cast):
    content = fetch(with_past, "pdf")
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata
    assert reader.metadata.title == "Debrief: Alder & Finch, wave 1"
    text = text_of_pdf(content)
    for words in (
        "2 people came",
        "Days until the money is back",
        "from 11 to 4 days",
        "Eleven, says Ana",
        "Ben",
        "How sure are you, Ana?",
    ):
        assert words in text, words


def test_the_page_shows_the_same(with_past: Cast):
    html = unescape(page_of(with_past))
    for words in ("Who is not here any more", "Days until the money is back", "from 11 to 4 days", "Ben"):
        assert words in html, words
    for drawing in ("People over time", "Key results from X to Y", "Before and after", "Crews by room"):
        assert f"{drawing}</title>" in html


def test_a_workshop_that_nobody_came_to_has_a_debrief_too(cast: Cast):
    other = f"/workshops/{cast.other_workshop}"
    assert "It has not started yet" in cast.browser("Ines").get(f"{other}/debrief").text
    for form in ("xlsx", "pdf"):
        answer = cast.script("Ines").get(f"/api/v1{other}/export?format={form}")
        assert answer.status_code == 200
    assert sheets_of(cast.script("Ines").get(f"/api/v1{other}/export?format=xlsx").content)["Summary"]


# ---- for whom


def test_the_sponsor_sees_neither_who_left_nor_what_was_said(with_past: Cast):
    sheets = sheets_of(fetch(with_past, "xlsx", "&audience=sponsor"))
    assert not {"People", "Comments"} & set(sheets)
    text = text_of_pdf(fetch(with_past, "pdf", "&audience=sponsor")) + page_of(with_past, "?audience=sponsor")
    assert "Eleven" not in text
    assert "Left before the end" not in text
    assert "Days until the money is back" in text


def test_others_than_coaches_get_the_sponsors(with_past: Cast):
    assert "People" not in sheets_of(fetch(with_past, "xlsx", who="Leo"))
    assert "Eleven" not in page_of(with_past, who="Vera")
    for path in ("debrief", "export"):
        refused = with_past.browser("Leo").get(
            f"/workshops/{with_past.workshop}/{path}?audience=coach&format=pdf"
        )
        assert refused.status_code == 403
    assert with_past.browser("Ana").get(f"/workshops/{with_past.workshop}/debrief").status_code == 403


NAMES = re.compile(r"\b(Ana|Ben|Cleo|Tom|Ines)\b")


@pytest.mark.parametrize("audience", ["coach", "sponsor"])
def test_the_anonymised_one_names_nobody_anywhere(with_past: Cast, audience: str):
    async def name_the_room(session: Any) -> None:
        room = await session.get_one(Room, with_past.rooms[1])
        room.name = "Ana's crew"
        objective = await session.get_one(Objective, with_past.objective)
        objective.why = "Because Ben promised ben@alder.example"
        key_result = await session.get_one(KeyResult, with_past.key_result)
        key_result.owner_id = with_past.seats["Ana"]

    in_database(with_past, name_the_room)
    query = f"&audience={audience}&anonymised=true"
    html = page_of(with_past, f"?{query[1:]}", who="Mara")
    texts = {
        "html": html,
        "pdf": text_of_pdf(fetch(with_past, "pdf", query)),
        "xlsx": str(sheets_of(fetch(with_past, "xlsx", query))),
        "json": fetch(with_past, "json", query).decode(),
        "csv": fetch(with_past, "csv", query).decode(),
        "md": fetch(with_past, "md", query).decode(),
    }
    for form, text in texts.items():
        assert not NAMES.search(text), (form, NAMES.search(text))
        assert "alder.example" not in text, form
        assert "Room 1" in text or form == "csv"
        assert "Days until the money is back" in text


# ---- words stay words


@pytest.mark.parametrize("payload", [*FORMULAS, SCRIPT])
def test_payloads_in_every_field_stay_text(with_past: Cast, payload: str):
    async def poison(session: Any) -> None:
        for table, fields in (
            (Objective, ("title", "why")),
            (KeyResult, ("statement", "start", "target", "unit", "commit", "stretch")),
            (Todo, ("text", "outcome")),
            (Comment, ("body", "about", "author_name")),
            (Room, ("name",)),
            (Seat, ("name",)),
            (Workshop, ("title",)),
            (Poll, ("question",)),
        ):
            for row in await session.exec(select(table)):
                for field in fields:
                    setattr(row, field, payload)

    in_database(with_past, poison)
    sheets = sheets_of(fetch(with_past, "xlsx"))
    kept = payload.strip("\0")
    row = dict(zip(sheets["Key results"][0], sheets["Key results"][1], strict=True))
    for column in ("Objective", "Why now", "Key result", "From", "To", "Unit", "Room name"):
        assert row[column] == kept, column
    assert payload.split("(", maxsplit=1)[0].strip() in text_of_pdf(fetch(with_past, "pdf"))
    html = page_of(with_past)
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html
    for form in ("json", "csv", "md"):
        assert fetch(with_past, form)
    for query in ("&anonymised=true", "&audience=sponsor"):
        sheets_of(fetch(with_past, "xlsx", query))


def test_a_workbook_takes_any_text():
    hostile = ["\0=1", "\x0b\x1f", "a" * 40_000, "=1", "\r\n=1", "𝟘 مرحبا 👩‍🚀", "_x0041_", "'x"]
    book = write_workbook("\0x", [Sheet("Words", ("One", "Two"), [(text, 1) for text in hostile])])
    rows = sheets_of(book)["Words"][1:]
    assert [row[1] for row in rows] == [1] * len(hostile)
    assert len(rows[2][0]) == 32_767
    assert rows[3][0] == "=1"


def test_the_moments_at_which_drafts_were_kept_are_read_back(with_past: Cast):
    kept = in_database(with_past, lambda session: kept_drafts(session, with_past.workshop))
    assert [(each.title, len(each.drafts)) for each in kept] == [("Key results", 1)]
    assert kept[0].drafts[0].objectives[0].key_results[0].statement == "Money back fast"


def test_scripts_read_the_measures(with_past: Cast):
    state = with_past.script("Leo").get(f"/api/v1/workshops/{with_past.workshop}/debrief").json()
    assert (state["people"], state["came"], state["stayed"], state["at_most"]) == (3, 2, 1, 2)
    assert state["commented"]["after"] == {"part": 1, "of": 1, "percent": 100}
    assert state["attendance"][0] == [0, 2]
    assert [room["name"] for room in state["rooms"]] == ["Room 1", "Room 2"]
    assert state["polls"][-1]["answers"] == {"0": 0, "1": 0, "2": 0, "3": 0, "4": 1, "5": 0}
