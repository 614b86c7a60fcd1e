"""The interpreter's own pauses, kept too short to feel between two keystrokes."""

import gc
import sys

YOUNG = 10_000  # new objects before the youngest are looked through
SWITCH = 0.0005  # seconds that a thread may keep the others waiting


def shorten_pauses() -> None:
    """Call once everything is imported, before serving.

    A full collection looks at every object of every socket: half a second with five thousand of them.
    Sockets and documents are freed without it, so it may be rare. And a commit runs in a thread that
    takes turns with the event loop at every row: the default turn is ten times as long as the row.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 100)
    sys.setswitchinterval(SWITCH)
