"""A tree from a flat list: whoever knows its own id and that of its parent finds its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """Something with a place in a tree. parent_id: none at the top."""

    @property
    def id(self) -> str:
        """Its own."""

    @property
    def parent_id(self) -> str | None:
        """That of what it hangs on."""


T = TypeVar("T", bound=Placed)


@dataclass
class Branch(Generic[T]):
    """A unit in the tree. depth: 0 at the top."""

    unit: T
    depth: int = 0
    below: list["Branch[T]"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Branch[T]"]:
        """This branch and all below it, from the top, as one reads a tree."""
        waiting = [self]
        while waiting:
            branch = waiting.pop()
            yield branch
            waiting.extend(reversed(branch.below))


def tree_of(units: Sequence[T]) -> list[Branch[T]]:
    """The units at the top with the others below them, neighbours in the order given.

    Who stands in a circle hangs on no top and is left out.
    """
    branches = {unit.id: Branch(unit) for unit in units}
    tops: list[Branch[T]] = []
    for unit in units:
        above = branches.get(unit.parent_id) if unit.parent_id else None
        (above.below if above else tops).append(branches[unit.id])
    waiting = list(tops)
    while waiting:
        branch = waiting.pop()
        for child in branch.below:
            child.depth = branch.depth + 1
        waiting.extend(branch.below)
    return tops


def in_order(tree: Sequence[Branch[T]]) -> list[Branch[T]]:
    """Every branch, parents before what is below them."""
    return [branch for top in tree for branch in top]


def with_ends(tree: Sequence[Branch[T]]) -> list[tuple[Branch[T], int]]:
    """Every branch in order, each with how many levels end after it: what nested lists need."""
    ordered = in_order(tree)
    following = [*(branch.depth for branch in ordered[1:]), 0]
    return [(branch, max(0, branch.depth - depth)) for branch, depth in zip(ordered, following, strict=False)]
