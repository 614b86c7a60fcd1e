"""A participant's own copy of a room's document, and a pen in it.

The only file of the simulation that knows pycrdt: like a browser it holds a Yjs document of its own, and
nothing of the server's. The server's documents live elsewhere (documents.py) and never meet this code.
"""

from collections.abc import Mapping
from typing import Any

from pycrdt import Doc, Text

from boathouse.workshop.documents.protocol import read_number


class Words:
    """A document. fresh: updates made here that were not passed on yet.

    The client id is random even in a seeded run: an id that comes back with other content diverges for good.
    """

    def __init__(self) -> None:
        self._doc: Doc[Any] = Doc()
        self.fresh: list[bytes] = []
        self._hearing = False
        self._subscription = self._doc.observe(self._changed)

    @property
    def client(self) -> int:
        """This copy's id in the document."""
        return self._doc.client_id

    def text(self, field: str) -> str:
        """What a field says now."""
        return str(self._root(field))

    def hear(self, update: bytes) -> None:
        """Take in what others wrote."""
        self._hearing = True
        try:
            self._doc.apply_update(update)
        finally:
            self._hearing = False

    def vector(self) -> bytes:
        """What this copy has, encoded."""
        return self._doc.get_state()

    def missing(self, vector: bytes) -> bytes:
        """What somebody with this vector lacks."""
        return self._doc.get_update(vector)

    def is_within(self, vector: bytes) -> bool:
        """Whether somebody with this vector has everything that was inserted here.

        What others inserted is for them to bring: it came from the server, which may still be storing it.
        """
        return clocks(vector).get(self.client, 0) >= clocks(self.vector()).get(self.client, 0)

    def writers(self) -> set[int]:
        """The client ids that ever wrote."""
        return set(clocks(self.vector()))

    def pen(self, field: str, before: str | None = None) -> "Pen":
        """A pen in a field: after the text that reads `before`, or at the end."""
        root = self._root(field)
        if before is None:
            return Pen(root, len(root), goes_along=True)
        return Pen(root, len(before.encode()), goes_along=False)

    def _root(self, field: str) -> Text:
        return self._doc.get(field, type=Text)

    def _changed(self, event: Any) -> None:
        if not self._hearing:
            self.fresh.append(event.update)


class Pen:
    """Where one person writes. It stays right after that person's last keystroke, whoever else writes.

    goes_along: before the first keystroke it waits behind what others add just there.

    pycrdt counts in bytes of UTF-8, and its own sticky indices fail on anything but ASCII, so the pen
    follows the text's changes itself.
    """

    def __init__(self, root: Text, at: int, *, goes_along: bool) -> None:
        self._root, self._at = root, at
        self._goes_along = goes_along
        self._writing = False
        self._subscription = root.observe(self._follow)

    def write(self, keys: str) -> None:
        """Put a keystroke in."""
        self._writing = True
        self._root.insert(self._at, keys)
        self._writing = False
        self._at += len(keys.encode())
        self._goes_along = False

    def take_back(self, keys: str, context: str) -> bool:
        """Take the last keystroke out. context: the end of what the person wrote, keys included.

        Does nothing and returns False where somebody else's letters stand within the context by now:
        nobody takes back what is not theirs, so that what everybody meant can be checked afterwards.
        """
        before = str(self._root).encode()[: self._at]
        if not before.endswith(context.encode()):
            return False
        size = len(keys.encode())
        self._writing = True
        del self._root[self._at - size : self._at]
        self._writing = False
        self._at -= size
        return True

    def put_down(self) -> None:
        """Stop following."""
        self._root.unobserve(self._subscription)

    def _follow(self, event: Any) -> None:
        if not self._writing:
            self._at = moved(self._at, event.delta, goes_along=self._goes_along)


def moved(at: int, delta: list[Mapping[str, Any]], *, goes_along: bool) -> int:
    """Where a position in bytes is after a change. goes_along: whether behind what is inserted just there."""
    reached = 0
    for step in delta:
        if "retain" in step:
            reached += step["retain"]
        elif "insert" in step:
            size = len(step["insert"].encode())
            at += size if reached < at or (goes_along and reached == at) else 0
            reached += size
        else:
            at -= min(step["delete"], max(0, at - reached))
    return at


def clocks(vector: bytes) -> dict[int, int]:
    """A state vector: how much of each client's writing it covers."""
    count, at = read_number(vector, 0)
    found = {}
    for _ in range(count):
        client, at = read_number(vector, at)
        found[client], at = read_number(vector, at)
    return found
