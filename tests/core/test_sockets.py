"""The short way of a small message reads exactly what the general parser reads."""

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode, apply_mask
from websockets.protocol import Protocol, Side

from boathouse.core.sockets import is_small_message

DATA = (Opcode.BINARY, Opcode.TEXT, Opcode.CONT)


def parsed(data: bytes) -> list[Frame] | None:
    """The frames that the websockets library finds; None if it waits for more or refuses them."""
    protocol = Protocol(Side.SERVER, max_size=None)
    protocol.receive_data(data)
    if protocol.parser_exc or protocol.reader.buffer:
        return None
    return [event for event in protocol.events_received() if isinstance(event, Frame)]


@given(st.binary(max_size=200))
def test_a_small_message_is_recognised_and_unmasked(message: bytes) -> None:
    data = Frame(Opcode.BINARY, message).serialize(mask=True)
    assert is_small_message(data) == (0 < len(message) <= 125)
    if is_small_message(data):
        assert apply_mask(data[6:], data[2:6]) == message


@given(st.binary(min_size=1, max_size=125), st.binary(max_size=3), st.sampled_from(DATA), st.booleans())
def test_whatever_is_recognised_is_one_whole_message(
    payload: bytes, more: bytes, opcode: Opcode, fin: bool
) -> None:
    data = Frame(opcode, payload, fin=fin).serialize(mask=True) + more
    if is_small_message(data):
        frames = parsed(data)
        assert frames is not None
        assert [(frame.opcode, frame.fin) for frame in frames] == [(Opcode.BINARY, True)]
        assert bytes(frames[0].data) == apply_mask(data[6:], data[2:6])


@given(st.binary(max_size=140))
def test_no_other_bytes_are_recognised(data: bytes) -> None:
    if is_small_message(data):
        frames = parsed(data)
        assert frames is not None
        assert len(frames) == 1
