"""The order in which rooms wait for a coach: settled, so that it moves only when it matters. Pure."""

from collections.abc import Collection, Mapping, Sequence

MARGIN = 5.0  # points by which a room has to be ahead before it passes another


def settle(before: Sequence[str], scores: Mapping[str, float], margin: float = MARGIN) -> list[str]:
    """The rooms with a score, most urgent first, as close to the order before as that allows.

    A room passes others only when it is ahead of them by more than the margin; where that is so it always
    does. Rooms that were not there before are put where their score belongs.
    """
    order: list[str] = []
    lowest = float("inf")  # in the order so far
    for room in [room for room in before if room in scores]:
        score = scores[room]
        if lowest + margin >= score:
            order.append(room)
        else:
            order.insert(next(n for n, other in enumerate(order) if scores[other] + margin < score), room)
        lowest = min(lowest, score)
    known = set(order)
    for room in sorted((room for room in scores if room not in known), key=lambda room: -scores[room]):
        at = next((n for n, other in enumerate(order) if scores[other] < scores[room]), len(order))
        order.insert(at, room)
    return order


def next_in(order: Sequence[str], after: str, taken: Collection[str]) -> str | None:
    """Which room to go to from the room `after`: the next one in the order that no other coach has.

    After the last one comes the first again; a room that needs nobody any more is where the order begins.
    None when there is no other.
    """
    at = order.index(after) + 1 if after in order else 0
    free = (room for room in [*order[at:], *order[:at]] if room not in taken and room != after)
    return next(free, None)
