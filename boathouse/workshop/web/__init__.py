"""The routes and live regions of the workshop world, gathered for the roof."""

from fastapi import FastAPI

from boathouse.core.regions import Topic
from boathouse.workshop.web import (
    agenda,
    bank,
    board,
    broadcasts,
    comments,
    debrief,
    documents,
    drafts,
    drawer,
    erasing,
    exports,
    findings,
    handover,
    hands,
    invitations,
    invitees,
    join,
    key_results,
    objectives,
    own_seat,
    phases,
    polls,
    questions,
    queues,
    rooms,
    rules,
    seats,
    shared_comments,
    stage,
    stage_desk,
    stars,
    todos,
    workshops,
)

NOUNS = (
    workshops,
    phases,
    rules,
    agenda,
    join,
    invitations,
    invitees,
    own_seat,
    seats,
    erasing,
    rooms,
    hands,
    drafts,
    objectives,
    key_results,
    todos,
    findings,
    comments,
    bank,
    board,
    queues,
    drawer,
    broadcasts,
    shared_comments,
    stage,
    stage_desk,
    stars,
    polls,
    questions,
    exports,
    debrief,
    handover,
)
PAGES = (*(noun.pages for noun in NOUNS), documents.pages)
APIS = tuple(noun.api for noun in NOUNS)


def register_regions(app: FastAPI) -> None:
    """Every noun says how its regions are rendered. The order is the order of a fresh connect."""
    for noun in NOUNS:
        if register := getattr(noun, "register_regions", None):
            register(app)


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """Somebody came to or left a room, board or stage."""
    for noun in NOUNS:
        if react := getattr(noun, "presence_changed", None):
            react(app, topic)


def drafts_written(app: FastAPI, room_ids: set[str]) -> None:
    """The words of these rooms were copied into their rows."""
    findings.drafts_written(app, room_ids)
    board.drafts_written(app, room_ids)
    stage.drafts_written(app, room_ids)
