"""Who may speak for whom, and what becomes of those who leave."""

import json

import pytest

from boathouse.workshop.documents.awareness import GONE, Awareness
from boathouse.workshop.documents.protocol import Malformed

ANA, BEN = {"id": "seat:ana", "name": "Ana"}, {"id": "seat:ben", "name": "Ben"}


def hear(awareness: Awareness, who: dict, client: int, clock: int, state: object, socket: str = "") -> set:
    return awareness.hear(socket or who["id"], who["id"], who, [(client, clock, json.dumps(state))])[0]


def shown(awareness: Awareness) -> dict[int, object]:
    return {client: json.loads(state) for client, _, state in awareness.entries()}


def test_the_server_says_who_speaks() -> None:
    awareness = Awareness()
    assert hear(awareness, ANA, 7, 1, {"field": "todo:1:text", "user": {"name": "The coach"}}) == {7}
    assert shown(awareness) == {7: {"field": "todo:1:text", "user": ANA}}


def test_nobody_speaks_for_another() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 1, {"field": "a"})
    assert hear(awareness, BEN, 7, 9, {"field": "b"}) == set()
    assert hear(awareness, BEN, 7, 9, None) == set()
    assert shown(awareness)[7] == {"field": "a", "user": ANA}


def test_a_connection_has_one_voice() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 1, {})
    assert hear(awareness, ANA, 8, 1, {}) == set()


def test_old_news_is_ignored() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 5, {"field": "now"})
    assert hear(awareness, ANA, 7, 4, {"field": "before"}) == set()


def test_leaving_removes_and_returning_must_be_news() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 3, {})
    assert awareness.leave(ANA["id"]) == {7}
    assert awareness.entries({7}) == [(7, 3, GONE)]
    # Her peers would take the same clock for old news; hearing that she is gone makes her client speak up.
    assert awareness.hear("again", ANA["id"], ANA, [(7, 3, "{}")]) == (set(), [(7, 3, GONE)])
    assert hear(awareness, ANA, 7, 4, {}, "again") == {7}


def test_an_echo_of_somebody_gone_revives_nobody() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 3, {})
    awareness.leave(ANA["id"])
    assert hear(awareness, BEN, 7, 3, {}) == set()
    assert shown(awareness) == {}


def test_the_late_close_of_a_half_open_socket_ends_nothing() -> None:
    awareness = Awareness()
    hear(awareness, ANA, 7, 3, {"field": "a"}, "old socket")
    assert hear(awareness, ANA, 7, 3, {"field": "a"}, "new socket") == {7}
    assert awareness.leave("old socket") == set()
    assert 7 in shown(awareness)
    assert awareness.leave("new socket") == {7}


@pytest.mark.parametrize("state", ["[]", "1", "{", '{"a": NaN}', '{"a": 1e999}', "[" * 100_000])
def test_states_that_would_break_a_browser_are_malformed(state: str) -> None:
    with pytest.raises(Malformed):
        Awareness().hear("socket", "seat:ana", ANA, [(7, 1, state)])
