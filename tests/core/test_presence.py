"""Presence: a fact of open sockets, keyed by connection."""

from boathouse.core.presence import Connection, Presence

ROOM = ("room", "1")


def arrive(presence, who, closed=None):
    """A socket of somebody, with a list that notes how it was closed."""
    closed = [] if closed is None else closed
    connection = Connection(ROOM, who, frozenset({who}), lambda code, reason: closed.append((code, reason)))
    presence.arrive(connection)
    return connection


def test_somebody_is_here_as_long_as_one_of_their_sockets_is_open():
    presence = Presence(lambda topic: None)
    phone, laptop = arrive(presence, "seat:ana"), arrive(presence, "seat:ana")
    presence.leave(phone)
    assert presence.is_here(ROOM, "seat:ana")
    presence.leave(laptop)
    assert presence.who(ROOM) == frozenset()


def test_the_late_close_of_an_old_socket_does_not_end_the_new_one():
    presence = Presence(lambda topic: None)
    half_open = arrive(presence, "seat:ana")
    arrive(presence, "seat:ana")
    presence.leave(half_open)
    assert presence.who(ROOM) == {"seat:ana"}


def test_others_hear_of_the_first_socket_and_the_last_only():
    heard = []
    presence = Presence(heard.append)
    phone, laptop = arrive(presence, "seat:ana"), arrive(presence, "seat:ana")
    presence.leave(phone)
    presence.leave(laptop)
    assert heard == [ROOM, ROOM]


def test_ending_an_identity_closes_all_its_sockets_and_nobody_elses():
    presence = Presence(lambda topic: None)
    of_ana, of_ben = [], []
    arrive(presence, "seat:ana", of_ana)
    arrive(presence, "seat:ana", of_ana)
    arrive(presence, "seat:ben", of_ben)
    presence.end("seat:ana", 4403, "Removed.")
    assert of_ana == [(4403, "Removed.")] * 2
    assert of_ben == []


def test_nothing_is_kept_of_those_who_left():
    presence = Presence(lambda topic: None)
    presence.leave(arrive(presence, "seat:ana"))
    assert not presence.here
    assert not presence.by_identity
