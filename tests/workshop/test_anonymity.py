"""Hiding people: names, addresses and numbers, and not the words around them."""

import pytest

from boathouse.workshop.anonymity import Veil

VEIL = Veil(["Ana", "Jonas Weber", "Will Smith", "田中", "Zoë  Krüger", "O'Brien", "Al", "x"])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ana owns it", "[name] owns it"),
        ("ask ANA, or ana", "ask [name], or [name]"),
        ("Ana's number and Anas list", "[name] number and [name] list"),
        ("Jonas Weber and Weber, Jonas", "[name] and [name], [name]"),
        ("jonas  weber", "[name]"),
        ("Banana analysis", "Banana analysis"),
        ("We will ask Will", "We will ask [name]"),
        ("all of it, says Al", "all of it, says [name]"),
        ("田中さんに聞く", "[name]さんに聞く"),
        ("Zoë Krüger", "[name]"),
        ("O'Brien said so", "[name] said so"),
        ("x marks the spot", "x marks the spot"),
        ("ana.weber@alder.example knows", "[address] knows"),
        ("call +45 20 30 40 50 today", "call [number] today"),
        ("from 12 000 000 to 20 000 000 orders", "from 12 000 000 to 20 000 000 orders"),
        ("", ""),
    ],
)
def test_people_are_hidden_and_words_stay(typed: str, shown: str):
    assert VEIL(typed) == shown


def test_names_that_are_patterns_are_only_names():
    assert Veil(["(a+)+$", ".*", "[name"])("anything (a+)+$ goes") == "anything [name] goes"


def test_without_anybody_only_addresses_go():
    assert Veil([])("Ana, a@b.example") == "Ana, [address]"


def test_a_thousand_names_take_no_time():
    veil = Veil([f"Person{n} Family{n}" for n in range(1000)])
    assert veil("Person999 met family7 " * 50) == "[name] met [name] " * 50
