"""Dealing a roster out to rooms: what holds whatever the list."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as some

from boathouse.workshop.roster.assigning import Guest, Way, assign, keep_together, mix

GROUPS = some.sampled_from(["", "Shops", "Returns", "Depots", "Finance", "People"])


@some.composite
def rosters(draw: some.DrawFn, seated: bool = False) -> tuple[list[Guest], list[str]]:
    """People, some of whom may have a place already, and rooms."""
    rooms = [f"room{n}" for n in range(draw(some.integers(1, 12)))]
    place = some.sampled_from([None, None, *rooms, "closed"]) if seated else some.none()
    people = draw(some.lists(some.tuples(GROUPS, place), max_size=80))
    return [Guest(str(n), group, room) for n, (group, room) in enumerate(people)], rooms


def sizes(places: dict[str, str], rooms: list[str]) -> list[int]:
    """How many sit in each room."""
    count = Counter(places.values())
    return [count[room] for room in rooms]


@given(rosters(), some.sampled_from([Way.EVENLY, Way.MIX]))
def test_sizes_differ_by_one_at_most_when_mixing(roster, way):
    guests, rooms = roster
    places = assign(way, guests, rooms, 7)
    assert places.keys() == {guest.id for guest in guests}
    assert max(sizes(places, rooms)) - min(sizes(places, rooms)) <= 1


@given(rosters())
def test_every_group_is_spread_as_far_as_it_goes_when_mixing(roster):
    guests, rooms = roster
    places = mix(guests, rooms)
    for group in {guest.group for guest in guests}:
        of_group = {guest.id: places[guest.id] for guest in guests if guest.group == group}
        assert max(sizes(of_group, rooms)) - min(sizes(of_group, rooms)) <= 1


@given(rosters(), some.integers(1, 12))
def test_groups_stay_together_when_kept(roster, most):
    guests, rooms = roster
    places = keep_together(guests, rooms, most)
    assert places.keys() == {guest.id for guest in guests}
    fits = max(most, -(-len(guests) // len(rooms)))
    people = Counter(guest.group for guest in guests)
    seats = defaultdict(set)
    for guest in guests:
        seats[guest.group].add(places[guest.id])
    for group, number in people.items():
        if group:  # one room, or as few as can hold them
            assert len(seats[group]) <= -(-number // fits)


@given(rosters(seated=True), some.sampled_from(list(Way)))
def test_whoever_has_a_place_keeps_it_and_nobody_is_left_out(roster, way):
    guests, rooms = roster
    places = assign(way, guests, rooms, 7)
    assert places.keys() == {guest.id for guest in guests}
    assert set(places.values()) <= set(rooms)
    assert all(places[guest.id] == guest.room for guest in guests if guest.room in rooms)


@given(rosters(seated=True))
def test_those_who_come_later_fill_the_emptiest_rooms(roster):
    guests, rooms = roster
    stay = Counter(guest.room for guest in guests if guest.room in rooms)
    places = mix(guests, rooms)
    grown = [size for room, size in zip(rooms, sizes(places, rooms), strict=True) if size > stay[room]]
    if grown:
        assert max(grown) - min(sizes(places, rooms)) <= 1


def test_a_latecomer_goes_to_the_team_that_sits_already():
    guests = [Guest("a", "Returns", "two"), Guest("b", "Returns", "two"), Guest("c", "Returns"), Guest("d")]
    assert keep_together(guests, ["one", "two"], 7)["c"] == "two"
    assert keep_together(guests, ["one", "two"], 7)["d"] == "one"


def test_the_same_list_is_dealt_the_same_way_each_time():
    guests = [Guest(str(n), "abc"[n % 3]) for n in range(40)]
    for way in Way:
        assert assign(way, guests, ["1", "2", "3"], 7) == assign(way, guests, ["1", "2", "3"], 7)
