"""The queue: settled, complete, and never the same room for two coaches."""

from hypothesis import given
from hypothesis import strategies as st

from boathouse.workshop.queues import MARGIN, next_in, settle

rooms = st.sampled_from([f"room {n}" for n in range(12)])
scores = st.dictionaries(rooms, st.floats(0, 2000, allow_nan=False))
orders = st.lists(rooms, unique=True)


def inversions(order, points, margin):
    """Pairs in which one that is ahead by more than the margin stands behind."""
    return [
        (one, other)
        for at, one in enumerate(order)
        for other in order[at + 1 :]
        if points[other] > points[one] + margin
    ]


def test_new_rooms_come_where_their_score_belongs():
    assert settle([], {"a": 20, "b": 1003, "c": 40}) == ["b", "c", "a"]
    assert settle(["b", "a"], {"a": 20, "b": 1003, "c": 40}) == ["b", "c", "a"]


def test_a_small_lead_passes_nobody_and_a_large_one_does():
    assert settle(["a", "b"], {"a": 30, "b": 34}) == ["a", "b"]
    assert settle(["a", "b"], {"a": 30, "b": 36}) == ["b", "a"]


def test_a_hand_goes_behind_the_hands_that_wait_already():
    before = ["first", "second", "reply", "quiet"]
    points = {"first": 1009.0, "second": 1001.0, "reply": 540.0, "quiet": 1000.0}
    assert settle(before, points) == ["first", "second", "quiet", "reply"]


def test_who_needs_nobody_any_more_leaves():
    assert settle(["a", "b"], {"b": 30}) == ["b"]


@given(orders, scores)
def test_the_order_holds_everybody_once(before, points):
    order = settle(before, points)
    assert sorted(order) == sorted(points)


@given(orders, scores)
def test_nobody_far_ahead_stands_behind(before, points):
    assert not inversions(settle(before, points), points, MARGIN)


@given(orders, scores)
def test_an_order_that_is_good_enough_stays(before, points):
    order = settle(before, points)
    assert settle(order, points) == order


@given(orders, scores, st.floats(0, MARGIN / 2 - 0.1))
def test_small_changes_move_nobody(before, points, change):
    order = settle([], points)  # exactly by score
    moved = {room: score + (change if n % 2 else -change) for n, (room, score) in enumerate(points.items())}
    assert settle(order, moved) == order


@given(orders, scores, rooms, st.sets(rooms))
def test_the_next_room_is_another_one_that_nobody_has(before, points, after, taken):
    order = settle(before, points)
    found = next_in(order, after, taken)
    free = [room for room in order if room not in taken and room != after]
    assert (found in free) if free else found is None


def test_the_next_room_is_the_one_behind_and_begins_again_at_the_end():
    order = ["a", "b", "c"]
    assert [next_in(order, room, ()) for room in ("", "a", "c", "gone")] == ["a", "b", "a", "a"]
    assert next_in(order, "a", {"b"}) == "c"
    assert next_in(["a"], "a", ()) is None
