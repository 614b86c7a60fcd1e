"""Takes people out of words: names of everybody who took part, addresses and telephone numbers.

Who shows a workshop to others wants to show drafts, not people. A word too many is hidden rather than one
too few.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

HIDDEN_NAME, HIDDEN_ADDRESS, HIDDEN_NUMBER = "[name]", "[address]", "[number]"
ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(r"(?:\+|\b00)\d[\d ()/.-]{6,}\d")
_WORD = re.compile(r"\w+")
WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
SHORTEST = 2  # letters of a part of a name
# Parts of names that sentences need: hidden only where they are written like a name.
_ALSO_WORDS = (
    "al an art august bell bill brook chase da de dean del der di drew el faith frank grace hope in it jack "
    "joy june la le mark max may no of or pat rich rob rose so sue summer the to van von will young"
)
WORDS = frozenset(_ALSO_WORDS.split())


class Veil:
    """Hides these people in whatever it is given. names: as they were typed.

    A text is searched only for names whose first word it has: one search for all names of a large workshop
    takes milliseconds a line.
    """

    def __init__(self, names: Iterable[str]) -> None:
        wholes = {" ".join(name.split()) for name in names}
        parts = {part.strip(".,()'’\"") for name in wholes for part in name.split()}
        self._by_word: dict[str, list[str]] = defaultdict(list)  # names by their first word
        self._anywhere: list[str] = []  # names that do not begin where a word does
        for name in {each for each in wholes | parts if len(each) >= SHORTEST}:
            first = _WORD.match(name)
            is_apart = first and not WITHOUT_SPACES.search(name)
            (self._by_word[_key(first[0])] if first and is_apart else self._anywhere).append(name)

    def __call__(self, text: str) -> str:
        """The same words without people."""
        text = TELEPHONE.sub(HIDDEN_NUMBER, ADDRESS.sub(HIDDEN_ADDRESS, text))
        words = {_key(word) for word in _WORD.findall(text)}
        words |= {word[:-1] for word in words if word.endswith("s")}  # Anas list
        names = [*self._anywhere, *(name for word in words for name in self._by_word.get(word, ()))]
        if not names:
            return text
        longest_first = sorted(names, key=lambda each: (-len(each), each))
        return re.sub("|".join(map(_as_written, longest_first)), HIDDEN_NAME, text)


def _key(word: str) -> str:
    """What is alike in all ways to write a word; letters that patterns take for an i are one."""
    return word.casefold().replace("i\u0307", "i").replace("ı", "i")


def _as_written(name: str) -> str:
    """A pattern for a name between other words. Names of scripts without spaces are found anywhere."""
    letters = re.escape(name).replace(r"\ ", r"\s+")
    if name.casefold() in WORDS:
        letters = f"(?:{re.escape(name.capitalize())}|{re.escape(name.upper())})"
    else:
        letters = f"(?i:{letters})"
    if WITHOUT_SPACES.search(name):
        return letters
    return rf"(?<!\w){letters}(?:['’]?s)?(?!\w)"
