"""No finding ever raises or dawdles, whatever is typed: any language, emoji, right to left, endless."""

import random
import time

import pytest

from boathouse.rollout.checks import check_key_result, check_objective
from boathouse.rollout.checks.outlines import read_outline

PIECES = (
    *(
        "from",
        "to",
        "5",
        "10%",
        "$3",
        "1,000",
        "increase",
        "launch",
        "and",
        ";",
        "(",
        ")",
        "users can",
        "is",
        "->",
    ),
    *(
        "Q1",
        "v2.0",
        "ж",
        "質問",
        "مرحبا",
        "שלום",
        "😀",
        "👩‍👩‍👧",
        "e\u0301",
        "\u202e",
        "\u200b",
        "\ud800",
        "\0",
        "\ue000",
    ),
    *(
        "²",
        "½",
        "Ⅷ",
        "١٢",
        "ａ",
        "ﷺ",
        "[a](",
        "**",
        "#1",
        "'",
        '"',
        "\n",
        "\t",
        " ",
        "",
        "@",
        "http://",
        "half",
        "one",
    ),
    *(
        "twenty",
        "hundred",
        "by",
        "currently",
        "baseline",
        "O1:",
        "KR",
        "100% of",
        "with over 5k users",
        "-",
        "–",
    ),
)
ENDLESS = (
    "a",
    "1",
    "1,",
    "1 ",
    "from 1 to ",
    "(",
    "[a](",
    "**",
    "Aa ",
    "A: ",
    "@",
    "a@",
    "x.y@",
    "$ ",
    "Q1",
    "v1.",
    "to ",
)
ENDLESS += (
    "and run it ",
    "users can ",
    "-> 5 ",
    "twenty ",
    "one hundred ",
    "half ",
    "5 may ",
    "#",
    "😀",
    "\u202e",
    "ﷺ",
    "- ",
)


def generated(number: int) -> list[str]:
    """Strings of odd pieces, the same each time."""
    chance = random.Random(4)
    return [
        chance.choice(("", " ")).join(chance.choices(PIECES, k=chance.randrange(1, 40)))
        for _ in range(number)
    ]


def test_no_text_breaks_a_check(soak: bool):
    for text in generated(100_000 if soak else 1_500):
        check_key_result(text)
        check_objective(text)
        read_outline(text)


@pytest.mark.parametrize("piece", ENDLESS)
def test_ten_thousand_characters_are_read_quickly(piece: str):
    text = (piece * 10_000)[:10_000]
    began = time.process_time()
    check_key_result(text)
    check_objective(text)
    assert time.process_time() - began < 1
