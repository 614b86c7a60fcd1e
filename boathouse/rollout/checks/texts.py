"""A statement as the checks read it: one line, plain signs, without the labels people put before it."""

import re
import unicodedata

from boathouse.rollout.checks.lexicon.nouns import MEASURES, singular
from boathouse.rollout.checks.lexicon.verbs import BASES

LONGEST = 1_000  # characters that are read; a key result that long has other troubles
_SIGNS = str.maketrans(
    {
        "–": "-", "—": " - ", "‑": "-", "−": "-", "‐": "-", "→": " -> ", "➔": " -> ",
        "⇒": " -> ", "➜": " -> ",
        "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "×": "x", "≥": ">=", "≤": "<=", "\u00a0": " ",
    }
)  # fmt: skip
_HIDDEN = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]"
)
_MARKUP = re.compile(
    r"\[([^\]\[]{1,200})\]\((?:https?:|/|#)[^)\s]{0,300}\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?=\W|$)"
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|(?<!\S)[^\s@]{1,64}@[^\s@]{1,90}\.\w+")
_LABEL = re.compile(
    r"""(?:
        [-*•+>]\s+ | \[[ xX]\]\s* | \(?\d{1,2}(?:\.\d{1,2})*[.):]\s+(?=\D) |
        (?:key\ results?|krs?|objectives?|obj|goal|o)\s*[-\#]?\s*\d{0,2}(?:\.\d{1,2})*\s*(?:[:.)]|-\s)\s* |
        (?:kr|o)\d{1,2}(?:\.\d{1,2})*\s+ |
        \[[A-Za-z][\w &/+,-]{0,40}\]\s*:?\s*
    )(?=\S)""",
    re.VERBOSE | re.IGNORECASE,
)
# Who it belongs to: "Product: Ship the app". What follows is a sentence, what stands before is no measure.
_TEAM = re.compile(r"([A-Z][\w&/+-]*(?:,? [A-Z][\w&/+-]*){0,3}): (?=[A-Z])")


def plain(text: str) -> str:
    """The statement in one line of plain signs, without markup, hidden characters and labels such as "KR
    2:"."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].translate(_SIGNS)
    text = _ADDRESS.sub(" link ", _MARKUP.sub(r"\1", _HIDDEN.sub(" ", text)))
    text = " ".join(text.split())
    for _ in range(3):
        shorter = _without_label(text)
        if shorter == text:
            break
        text = shorter
    return text


def _without_label(text: str) -> str:
    label = _LABEL.match(text)
    if not label and (label := _TEAM.match(text)) and not _names_a_team(label[1]):
        return text
    return text[label.end() :] if label else text


def _names_a_team(label: str) -> bool:
    said = {singular(word.lower()) for word in label.split()}
    return not said & (MEASURES | BASES | {"baseline", "target"})
