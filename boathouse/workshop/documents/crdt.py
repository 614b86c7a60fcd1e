"""A room's words: the one file that knows pycrdt.

pycrdt's positions in a text are UTF-8 bytes, Yjs' are UTF-16 units; neither ever leaves this file.
"""

from collections.abc import Iterable, Mapping

import pycrdt

from boathouse.workshop.documents.protocol import EMPTY_UPDATE, Malformed


class Words:
    """One Yjs document."""

    def __init__(self) -> None:
        self._document: pycrdt.Doc = pycrdt.Doc()  # with a fresh random client id
        # What pycrdt wraps: key by key, its checks for nested and threaded use cost as much as the merge.
        self._core = self._document._doc
        self._texts: dict[str, pycrdt.Text] = {}
        changes: list[bytes] = []
        self._changes = changes
        self._observer = self._core.observe(lambda event: changes.append(event.update))

    def apply(self, update: bytes) -> bytes:
        """Merge an update; returns what it changed, encoded by us from what was decoded.

        Empty if it changed nothing: it was known, or waits for a piece that is missing. Errors: Malformed.
        """
        self._changes.clear()
        transaction = self._core.create_transaction()
        try:
            self._core.apply_update(transaction, update)
            transaction.commit()
        except Exception as problem:
            raise Malformed(f"the update cannot be read: {problem}") from None
        except BaseException as problem:
            # A Rust panic is no Exception; a client that causes one is malformed like any other.
            if type(problem).__name__ != "PanicException":
                raise
            raise Malformed("the update cannot be applied") from None
        finally:
            transaction.drop()
        return self._changes[-1] if self._changes else b""

    def load(self, updates: Iterable[bytes]) -> None:
        """Apply what was stored, in one transaction."""
        with self._document.transaction():
            for update in updates:
                self._document.apply_update(update)

    def vector(self) -> bytes:
        """The state vector: how many letters of whom it holds."""
        transaction = self._core.create_transaction()
        vector: bytes = self._core.get_state(transaction)
        transaction.drop()
        return vector

    def missing(self, vector: bytes = b"\x00") -> bytes:
        """The update that brings somebody with this vector up to date; everything by default.

        Errors: Malformed.
        """
        try:
            return self._document.get_update(vector)
        except Exception as problem:
            raise Malformed(f"the state vector cannot be read: {problem}") from None

    def text(self, name: str) -> str:
        """A root text; "" before anybody wrote in it."""
        return str(self._text(name))

    def texts(self, names: Iterable[str]) -> dict[str, str]:
        """Several root texts, read in one transaction."""
        with self._document.transaction():
            return {name: str(self._text(name)) for name in names}

    def adds(self, update: bytes) -> bool:
        """Whether the update would change anything. Costs a copy of the document. Errors: Malformed."""
        copy = self._copy()
        return copy.apply(update) not in (b"", EMPTY_UPDATE)

    def edit(self, texts: Mapping[str, str]) -> bytes:
        """The update that gives root texts these contents, without making it.

        It is written under a client id used for nothing else, so that an edit that is thrown away can
        never clash with a later one.
        """
        copy = self._copy()
        with copy._document.transaction():
            for name, wanted in texts.items():
                replace(copy._text(name), wanted)
        return copy._changes[-1] if copy._changes else EMPTY_UPDATE

    def _copy(self) -> "Words":
        copy = Words()
        copy.load([self.missing()])
        copy._changes.clear()
        return copy

    def _text(self, name: str) -> pycrdt.Text:
        if name not in self._texts:
            self._texts[name] = self._document.get(name, type=pycrdt.Text)
        return self._texts[name]


def replace(text: pycrdt.Text, wanted: str) -> None:
    """Change only what differs between beginning and end, so that carets elsewhere stay put."""
    now = str(text)
    if now == wanted:
        return
    shortest = min(len(now), len(wanted))
    head = next((i for i in range(shortest) if now[i] != wanted[i]), shortest)
    tail = next((i for i in range(shortest - head) if now[-1 - i] != wanted[-1 - i]), shortest - head)
    start = len(now[:head].encode())
    end = len(now[: len(now) - tail].encode())
    if end > start:
        del text[start:end]
    if added := wanted[head : len(wanted) - tail]:
        text.insert(start, added)
