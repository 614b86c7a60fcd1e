"""Which items of a room rest: nobody has written in them for some seconds. Pure, on the clock it is given."""

from collections.abc import Collection, Mapping

from boathouse.workshop.asking import item_of

PAUSE = 3.5  # seconds after the last words reached their rows, which takes up to 0.7 s
AGAIN = 1.0  # seconds until an item is looked at again in which a page says that somebody writes


class Pauses:
    """One room's items, and when they were written in last. Moments are seconds of any steady clock."""

    def __init__(self, words: Mapping[str, str | None]) -> None:
        self.words = dict(words)
        self.written: dict[str, float] = {}

    def note(self, words: Mapping[str, str | None], moment: float) -> None:
        """These are the words of the room's fields now; what differs from before was written."""
        for name, text in words.items():
            if self.words.get(name) != text:
                self.written[item_of(name)] = moment
                self.words[name] = text

    def busy(self, in_use: Collection[str], moment: float) -> dict[str, float]:
        """The items that do not rest, each with the moment to look again.

        in_use: fields in which people write now.
        """
        self.written = {item: at for item, at in self.written.items() if at + PAUSE > moment}
        busy = {item: at + PAUSE for item, at in self.written.items()}
        for name in in_use:
            item = item_of(name)
            busy[item] = max(busy.get(item, 0.0), moment + AGAIN)
        return busy
