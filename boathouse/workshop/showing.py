"""What a coach puts on the stage: a view, a room or one item of it, a comment's before and after, a question;
and the stars one after another.
"""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem, not_found
from boathouse.workshop.drafts import load_draft
from boathouse.workshop.questions import the_question
from boathouse.workshop.stage import items_of
from boathouse.workshop.stars import load_stars, must_be_in
from boathouse.workshop.steps import the_workshop
from boathouse.workshop.tables import Comment, Room, StageView, Workshop
from boathouse.workshop.turns import load_turns


async def show_view(session: AsyncSession, workshop_id: str, view: StageView) -> None:
    """Show how to join, the clock, all objectives, the poll, the questions, or what the workshop is doing."""
    _put(await the_workshop(session, workshop_id), view=view)


async def show_room(
    session: AsyncSession, workshop_id: str, room_id: str, item: str = "", comment_id: str = ""
) -> None:
    """Show a room's draft, or objective:ID or key_result:ID of it, or what a comment changed.

    Errors: Problem 409 for a room that is closed or of another workshop, 404 for what is not in it.
    """
    workshop = await the_workshop(session, workshop_id)
    room = await session.get(Room, room_id)
    if room is None or room.workshop_id != workshop_id or room.closed_at:
        raise Problem(409, "This room is not open, so it cannot be shown.")
    await must_be_in(session, room_id, item)
    if comment_id:
        query = select(Comment.id).where(Comment.id == comment_id, Comment.room_id == room_id)
        if not (await session.exec(query)).first():
            raise not_found("This comment")
    _put(workshop, room_id=room_id, item=item, comment_id=comment_id)


async def show_question(session: AsyncSession, question_id: str) -> None:
    """Show one question large, for as long as it is answered. Errors: Problem 404; 409 once answered."""
    question = await the_question(session, question_id)
    if question.answered_at:
        raise Problem(409, "This question has been answered.")
    workshop = await the_workshop(session, question.workshop_id)
    _put(workshop, view=StageView.QUESTIONS)
    workshop.stage_question_id = question_id


async def hide_names(session: AsyncSession, workshop_id: str, hidden: bool) -> None:
    """Whether rooms and people stay unnamed on the stage; it holds until it is taken back."""
    (await the_workshop(session, workshop_id)).stage_hides_names = hidden


async def show_neighbour(session: AsyncSession, workshop_id: str, by: int) -> None:
    """Show the next star (1) or the one before (-1); from anything else the first or the last.

    Errors: Problem 409 without a star, or past the last one.
    """
    workshop = await the_workshop(session, workshop_id)
    stars = await load_stars(session, workshop_id)
    if not stars:
        raise Problem(409, "Nothing is starred yet. Star rooms and key results while you read them.")
    shown = [(star.room_id, star.item) for star in stars]
    here = (workshop.stage_room_id, workshop.stage_item)
    place = shown.index(here) + by if here in shown else 0 if by > 0 else len(stars) - 1
    if not 0 <= place < len(stars):
        raise Problem(409, "That was the last star." if by > 0 else "This is the first star.")
    _put(workshop, room_id=stars[place].room_id, item=stars[place].item)


async def show_next_turn(session: AsyncSession, workshop_id: str) -> None:
    """What the next comment changed in what is on stage; after the last one the plain words again.

    Errors: Problem 409 if nothing is shown, or no comment changed it.
    """
    workshop = await the_workshop(session, workshop_id)
    if not workshop.stage_room_id:
        raise Problem(409, "Show a room or a key result first.")
    draft = await load_draft(session, workshop.stage_room_id)
    turns = await load_turns(session, draft, items_of(draft, workshop.stage_item))
    ids = [turn.comment_id for turn in turns]
    if not ids and not workshop.stage_comment_id:
        raise Problem(409, "No comment has changed these words yet.")
    here = workshop.stage_comment_id
    following = ids[ids.index(here) + 1 :] if here in ids else ids if not here else []
    workshop.stage_comment_id = following[0] if following else None


def _put(
    workshop: Workshop,
    view: StageView = StageView.AUTO,
    room_id: str | None = None,
    item: str = "",
    comment_id: str = "",
) -> None:
    """Everything else leaves the stage. A room is shown over the view chosen before it."""
    workshop.stage_view = workshop.stage_view if room_id else view
    workshop.stage_room_id, workshop.stage_item = room_id, item
    workshop.stage_comment_id, workshop.stage_question_id = comment_id or None, None
