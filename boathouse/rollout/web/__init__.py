"""The routes and live regions of the rollout world, gathered for the roof."""

from types import ModuleType

from fastapi import FastAPI

from boathouse.core.regions import Topic
from boathouse.rollout.web import (
    calendars,
    checks,
    councils,
    holders,
    home,
    members,
    okrs,
    papers,
    parameters,
    people,
    plans,
    programs,
    sheets,
    tables,
    trainings,
    unit_import,
    units,
    why,
)

# In the order of the cards on a program's home.
NOUNS: tuple[ModuleType, ...] = (
    programs,
    home,
    why,
    parameters,
    unit_import,
    units,
    okrs,
    people,
    plans,
    calendars,
    councils,
    tables,
    sheets,
    holders,
    trainings,
    members,
    papers,
    checks,
)
PAGES = tuple(noun.pages for noun in NOUNS)
APIS = tuple(noun.api for noun in NOUNS if hasattr(noun, "api"))


def register_regions(app: FastAPI) -> None:
    """Every noun says how its regions are rendered. The order is the order of a fresh connect."""
    for noun in NOUNS:
        if register := getattr(noun, "register_regions", None):
            register(app)


def presence_changed(app: FastAPI, topic: Topic) -> None:
    """Somebody came to or left a live decision."""
    for noun in NOUNS:
        if react := getattr(noun, "presence_changed", None):
            react(app, topic)
