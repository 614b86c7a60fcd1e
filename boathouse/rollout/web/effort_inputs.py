"""The numbers a forecast rests on, as a form asks for them: words, smallest, largest, step."""

from dataclasses import dataclass

from boathouse.rollout.forecast import Effort

WORDS = {
    "workshop_people": "people in a workshop",
    "room_size": "people in a room",
    "rooms_per_coach": "rooms a coach reads along in",
    "workshop_hours": "hours a workshop takes",
    "preparation_hours": "hours a coach prepares for it",
    "monthly_hours": "coach hours for each unit and month",
    "people_per_coach": "people for each coach inside",
}


@dataclass(frozen=True)
class EffortInput:
    """One number. words: stand behind it; sentence: says which numbers it may be."""

    name: str
    words: str
    low: float
    high: float
    step: float

    @property
    def sentence(self) -> str:
        """What to answer to any other number."""
        whole = "whole " if self.step == 1 else ""
        return f"A {whole}number from {self.low:g} to {self.high:,g}, please."


def _input(name: str, words: str) -> EffortInput:
    limits = Effort.model_json_schema()["properties"][name]
    step = 1 if limits["type"] == "integer" else 0.5
    return EffortInput(name, words, limits.get("minimum", step), limits["maximum"], step)


INPUTS = tuple(_input(name, words) for name, words in WORDS.items())
SENTENCES = {each.name: each.sentence for each in INPUTS}
