"""What a comment changed: its objective or key result as it stood when it was written, and as it is now."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.workshop.comments import PLACE_WORDS, words_at
from boathouse.workshop.drafts import Draft, KeyResultDraft
from boathouse.workshop.tables import Comment

FIELDS = ("statement", "start", "target", "unit")  # of a key result, as the stage shows it


@dataclass(frozen=True)
class Piece:
    """Words in a row. is_new: they were not there before."""

    text: str
    is_new: bool = False


@dataclass(frozen=True)
class Wording:
    """One version. lead: the statement, title or whatever field it is about; the rest only of key results."""

    lead: list[Piece]
    type: str = ""  # metric, baseline or milestone; empty: nothing but the lead
    start: list[Piece] = field(default_factory=list)
    target: list[Piece] = field(default_factory=list)
    unit: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """A comment with the words before it and after it. place: what it was about, "the starting point"."""

    comment_id: str
    room_id: str
    item: str  # objective:ID or key_result:ID
    body: str
    author: str
    is_coach: bool
    place: str
    before: Wording
    after: Wording

    @property
    def has_changed(self) -> bool:
        """Whether there is a difference to show."""
        after, before = self.after, self.before
        parts = zip(
            (after.lead, after.start, after.target, after.unit),
            (before.lead, before.start, before.target, before.unit),
            strict=True,
        )
        return any(text_of(new) != text_of(old) for new, old in parts)


async def load_turns(session: AsyncSession, draft: Draft, items: Collection[str] = ()) -> list[Turn]:
    """The comments of a room whose words changed since, the earliest first; of these items, if any are given.

    Comments to the whole room, and those whose item is gone, have no words to compare.
    """
    return about((await turns_in(session, {draft.room_id: draft}))[draft.room_id], items)


async def turns_in(session: AsyncSession, drafts: Mapping[str, Draft]) -> dict[str, list[Turn]]:
    """The same of several rooms, by room."""
    query = select(Comment).where(col(Comment.room_id).in_(drafts), col(Comment.parent_id).is_(None))
    query = query.where(col(Comment.deleted_at).is_(None))
    turns: dict[str, list[Turn]] = {room_id: [] for room_id in drafts}
    for comment in await session.exec(query.order_by(col(Comment.created_at), col(Comment.id))):
        turn = turn_of(comment, drafts[comment.room_id])
        if turn and turn.has_changed:
            turns[comment.room_id].append(turn)
    return turns


def about(turns: Iterable[Turn], items: Collection[str]) -> list[Turn]:
    """Those of these items; all, if none are given."""
    return [turn for turn in turns if not items or turn.item in items]


def turn_of(comment: Comment, draft: Draft) -> Turn | None:
    """The comment with its before and after; None without words to compare."""
    wordings = _of_key_result(comment, draft) if comment.stood else _of_field(comment, draft)
    if wordings is None:
        return None
    item = (
        f"key_result:{comment.key_result_id}"
        if comment.key_result_id
        else f"objective:{comment.objective_id}"
    )
    place = PLACE_WORDS[comment.field] if comment.field else ""
    is_coach = comment.person_id is not None
    return Turn(
        comment.id, draft.room_id, item, comment.body, comment.author_name, is_coach, place, *wordings
    )


def pieces(text: str, before: str | None = None) -> list[Piece]:
    """The text, with what is new since `before` told apart; None: nothing is new."""
    if before is None or text == before:
        return [Piece(text)] if text else []
    old, new = _words(before), _words(text)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found = [
        Piece("".join(new[start:end]), tag != "equal")
        for tag, _, _, start, end in matcher.get_opcodes()
        if end > start
    ]
    return found


def text_of(some: Sequence[Piece]) -> str:
    """The words alone."""
    return "".join(piece.text for piece in some)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _of_key_result(comment: Comment, draft: Draft) -> tuple[Wording, Wording] | None:
    found = next((each for each in draft.key_results() if each.id == comment.key_result_id), None)
    if found is None or comment.stood is None:
        return None
    then = {name: str(comment.stood.get(name) or "") for name in FIELDS}
    before = Wording(
        pieces(then["statement"]),
        str(comment.stood.get("type") or found.type.value),
        *(pieces(then[name]) for name in FIELDS[1:]),
    )
    return before, _as_it_stands(found, then)


def _as_it_stands(found: KeyResultDraft, then: dict[str, str]) -> Wording:
    rest = (pieces(getattr(found, name), then[name]) for name in FIELDS[1:])
    return Wording(pieces(found.statement, then["statement"]), found.type.value, *rest)


def _of_field(comment: Comment, draft: Draft) -> tuple[Wording, Wording] | None:
    kind = "key_result" if comment.key_result_id else "objective"
    item_id = comment.key_result_id or comment.objective_id
    if item_id is None:
        return None
    place = f"{kind}:{item_id}:{comment.field}" if comment.field else f"{kind}:{item_id}"
    now = words_at(draft, place)
    if now is None:
        return None
    return Wording(pieces(comment.about)), Wording(pieces(now, comment.about))
