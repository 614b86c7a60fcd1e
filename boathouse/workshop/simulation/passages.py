"""What somebody meant to write, kept apart from any document, so that it can be checked at the end. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

REMEMBERED = 12  # keystrokes that tell where a pen is


@dataclass
class Passage:
    """One person's keystrokes at one place in a field. writer: None for what the server wrote."""

    writer: object = None
    keys: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands on the screen, if nobody else wrote within it."""
        return "".join(self.keys)

    @property
    def context(self) -> str:
        """The last of it: what stands before the pen."""
        return "".join(self.keys[-REMEMBERED:])


def find_fault(text: str, passages: Iterable[Passage]) -> str | None:
    """What is wrong with a field that only these people wrote in; None if every keystroke is there once.

    Others may have written in between, so a passage has to be there in its order, not in one piece.
    """
    meant = [passage.text for passage in passages]
    for passage in meant:
        if not is_within(passage, text):
            return f"“{passage}” was typed, and the field says “{text}”"
    if sum(map(len, meant)) != len(text):
        return f"“{text}” holds letters that nobody typed"
    return None


def is_within(part: str, whole: str) -> bool:
    """Whether all letters of the part are in the whole, in their order."""
    letters = iter(whole)
    return all(letter in letters for letter in part)
