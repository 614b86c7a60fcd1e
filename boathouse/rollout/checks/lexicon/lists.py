"""How a list of words is written down: plain text, "_" where a word of several parts has a blank."""


def words(text: str) -> frozenset[str]:
    """Every word of the text."""
    return frozenset(word.replace("_", " ") for word in text.split())


def either(text: str) -> str:
    """A pattern that finds one of the words, which may be patterns themselves."""
    return "(?:" + "|".join(word.replace("_", r"\s") for word in text.split()) + ")"
