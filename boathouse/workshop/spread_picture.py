"""Draws how fingers lie: six columns of dots, one dot a person, as large as the tallest column allows."""

from dataclasses import dataclass
from math import ceil

from boathouse.workshop.spreads import FINGERS, Spread

COLUMN = 200  # units of the drawing from one column to the next
WIDTH = COLUMN * len(FINGERS)
HEIGHT = 404
FLOOR = 308  # where the columns stand
INSIDE = 172  # how wide a column may be
TALLEST = 258  # and how tall
LARGEST = 43  # from the middle of one dot to the next; smaller with more people
# x of the four fingers, and where their tips are when they are up.
TIPS = ((10, 5), (19, 0), (28, 3), (37, 11))
DOWN, KNUCKLES = 24, 34  # tips of folded fingers, and where all of them begin


@dataclass(frozen=True)
class Column:
    """One column. dots: a path of round points; top: how high it reaches; hand: the fingers that are up."""

    fingers: int
    count: int
    x: float
    dots: str
    top: float
    hand: str


@dataclass(frozen=True)
class Picture:
    """The whole drawing. dot: how large each is."""

    columns: list[Column]
    dot: float
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def picture_of(spread: Spread) -> Picture:
    """The drawing of a fist-to-five poll."""
    step = _step(max(spread.counts))
    columns = [_column(n, spread.counts[n], step) for n in FINGERS]
    return Picture(columns, round(step * 0.8, 1))


def _step(most: int) -> float:
    """The largest distance at which the tallest column still fits."""
    step = float(LARGEST)
    while step > 4 and ceil(most / (INSIDE // step)) * step > TALLEST:
        step -= 0.5
    return step


def _column(fingers: int, count: int, step: float) -> Column:
    middle = COLUMN * (fingers + 0.5)
    in_row = int(INSIDE // step)
    points = []
    for n in range(count):
        row, place = divmod(n, in_row)
        in_this_row = min(in_row, count - row * in_row)
        x = middle + (place - (in_this_row - 1) / 2) * step
        points.append(f"M{x:.1f} {FLOOR - (row + 0.5) * step - 6:.1f}h0")
    top = FLOOR - ceil(count / in_row) * step - 6
    return Column(fingers, count, middle, "".join(points), round(top, 1), _hand(fingers))


def _hand(fingers: int) -> str:
    """Lines of fingers and thumb, in a square of 48."""
    lines = [f"M{x} {KNUCKLES}V{tip if n < fingers else DOWN}" for n, (x, tip) in enumerate(TIPS)]
    thumb = "M10 40L-1 27" if fingers == len(FINGERS) - 1 else "M10 40h14"
    return "".join([*lines, thumb])
