"""A drawing as plain shapes, so that a page and a sheet of paper show the same one.

templates/kit/picture.html draws it as SVG, core/pdf.py on paper. What a kind looks like is theirs to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle. says: what it means, shown when the pointer rests on it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    says: str = ""
    tag: str = "box"


@dataclass(frozen=True)
class Line:
    """From point to point. is_area: filled, and closed between its last and its first point."""

    points: Sequence[Point]
    kind: str
    is_area: bool = False
    tag: str = "line"


@dataclass(frozen=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    kind: str
    says: str = ""
    tag: str = "dot"


@dataclass(frozen=True)
class Label:
    """A line of text; y is its baseline. anchor: which part of it is at x: start, middle or end."""

    x: float
    y: float
    text: str
    kind: str = "plain"
    anchor: str = "start"
    tag: str = "label"


Shape = Box | Line | Dot | Label


@dataclass(frozen=True)
class Picture:
    """Shapes on a ground of this size. title: its name; words: all it shows, for those who cannot see it."""

    width: float
    height: float
    title: str
    words: str
    shapes: Sequence[Shape]


def fitting(text: str, width: float, letter: float) -> str:
    """The text cut to a width, where a letter takes so much on average."""
    most = max(1, int(width / letter))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
