"""How people type: keystroke by keystroke in bursts, with pauses, slips and corrections.

Pure: a list of strokes with the pause before each. A keystroke is what one press of a key puts on the
screen, such as an emoji of several code points.
"""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SLOWEST, FASTEST = 3.0, 6.0  # keystrokes a second within a burst
SLIP = 0.03  # of a letter
BREATH = (0.2, 1.2)  # seconds after a sentence's end or a comma
THOUGHT = (0.8, 4.0)  # seconds of looking up
THINKS = 0.07  # of looking up between two words
NOTICED_AFTER = 2  # right keystrokes that follow before a slip is seen, at most
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: slip for row in ROWS for key, slip in zip(row, row[1:] + row[-2], strict=True)}
JOINER, EMOJI_STYLE = "\u200d", "\ufe0f"
SKIN = range(0x1F3FB, 0x1F400)


@dataclass(frozen=True)
class Stroke:
    """A pause in seconds, then a keystroke; an empty one takes the last keystroke back."""

    pause: float
    keys: str


def keystrokes(text: str) -> list[str]:
    """The text cut where a person would press a key: never within an emoji or under an accent."""
    cut: list[str] = []
    for char in text:
        belongs = unicodedata.combining(char) or char in (JOINER, EMOJI_STYLE) or ord(char) in SKIN
        if cut and (belongs or cut[-1].endswith(JOINER)):
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def typing(text: str, chance: random.Random) -> Iterator[Stroke]:
    """The strokes that end in this text."""
    speed = chance.uniform(SLOWEST, FASTEST)
    keys = keystrokes(text)
    for at, key in enumerate(keys):
        slip = NEIGHBOURS.get(key)
        if slip and chance.random() < SLIP:
            yield from _slip([slip, *keys[at + 1 : at + 1 + chance.randint(0, NOTICED_AFTER)]], speed, chance)
        yield Stroke(_pause(keys[at - 1] if at else "", speed, chance), key)


def _slip(wrong: list[str], speed: float, chance: random.Random) -> Iterator[Stroke]:
    """A wrong letter, perhaps a few right ones, and all of them taken back."""
    for key in wrong:
        yield Stroke(_pace(speed, chance), key)
    for number in range(len(wrong)):
        yield Stroke(_pace(speed, chance) + (0.3 if number == 0 else 0), "")


def _pause(before: str, speed: float, chance: random.Random) -> float:
    pause = _pace(speed, chance)
    if before in (".", "?", ","):
        pause += chance.uniform(*BREATH)
    elif before == " " and chance.random() < THINKS:
        pause += chance.uniform(*THOUGHT)
    return pause


def _pace(speed: float, chance: random.Random) -> float:
    return chance.uniform(0.6, 1.4) / speed
