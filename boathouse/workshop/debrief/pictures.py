"""The debrief as drawings: who was there over time, each room's crew, from X to Y before and after.

Pure geometry; kit/picture.html draws it on the page, core/pdf.py on paper. Kinds of shapes are explained by
the page's style sheet and the paper's inks.
"""

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from boathouse.core.pictures import Box, Dot, Label, Line, Picture, Shape, fitting
from boathouse.workshop.coaching import Change, Moment, Share
from boathouse.workshop.debrief.debrief import Debrief, PollResult
from boathouse.workshop.debrief.rooms import RoomPart

WIDE, NARROW = 1000.0, 480.0
LETTER = 7.6  # width of a letter of a label
LEFT, RIGHT, TOP, FOOT = 44.0, 984.0, 34.0, 250.0  # of the curve
MOST_ROOMS = 60
ROW, SEAT = 27.0, 17.0


def attendance_picture(debrief: Debrief) -> Picture:
    """The curve of people over the phases."""
    first, last = debrief.points[0][0], max(debrief.points[-1][0], debrief.points[0][0] + 1)
    top = _rounded_up(debrief.at_most)

    def x(minute: float) -> float:
        return round(LEFT + (minute - first) / (last - first) * (RIGHT - LEFT), 1)

    def y(people: float) -> float:
        return round(FOOT - people / top * (FOOT - TOP - 12), 1)

    shapes: list[Shape] = []
    for number, phase in enumerate(debrief.phases):
        begins, width = x(phase.begins), x(phase.ends) - x(phase.begins)
        shapes.append(Box(begins, TOP - 26, width, FOOT - TOP + 26, f"band{number % 2}", phase.title))
        if width > 4 * LETTER:
            shapes.append(Label(begins + 6, TOP - 9, fitting(phase.title, width - 8, LETTER), "quiet"))
    for people in (0, top // 2, top):
        shapes.append(Line([(LEFT, y(people)), (RIGHT, y(people))], "grid"))
        shapes.append(Label(LEFT - 8, y(people) + 5, str(people), "quiet", "end"))
    edge = [(x(minute), y(people)) for minute, people in debrief.points]
    shapes.append(Line([(edge[0][0], y(0)), *edge, (edge[-1][0], y(0))], "area", is_area=True))
    shapes.append(Line(edge, "curve"))
    shapes += _ticks(first, last, x)
    at = next(minute for minute, people in debrief.points if people == debrief.at_most)
    aside, anchor = (-9, "end") if x(at) > WIDE * 0.8 else (9, "start")
    shapes.append(Dot(x(at), y(debrief.at_most), 4.5, "mark"))
    words = f"{debrief.at_most} at most"
    shapes.append(Label(x(at) + aside, y(debrief.at_most) - 7, words, "strong", anchor))
    return Picture(WIDE, FOOT + 44, "People over time", _attendance_words(debrief), shapes)


def _ticks(first: int, last: int, x: Callable[[float], float]) -> Iterator[Shape]:
    step = next((each for each in (5, 10, 15, 30, 60, 120, 240) if (last - first) / each <= 10), 480)
    for minute in range(ceil(first / step) * step, last + 1, step):
        place = x(minute)
        yield Line([(place, FOOT), (place, FOOT + 5)], "axis")
        yield Label(place, FOOT + 22, "start" if minute == 0 else f"{minute} min", "quiet", "middle")


def _rounded_up(people: int) -> int:
    """A round number for the top of the scale, even so that its half is one too."""
    step = next(each for each in (2, 4, 10, 20, 50, 100, 200, 1000) if people <= each * 6)
    return max(step, ceil(people / step) * step)


def _attendance_words(debrief: Debrief) -> str:
    phases = ". ".join(f"{count} left during {title}" for title, count in debrief.left_by_phase if count)
    return f"{debrief.at_most} people at most, {debrief.stayed} at the end. {phases}".strip()


def rooms_picture(rooms: Sequence[RoomPart]) -> Picture:
    """A square for each seat: there to the end, left before, never came."""
    shown = [room for room in rooms if room.was_used][:MOST_ROOMS]
    columns = 1 if len(shown) <= 8 else 2
    lines = ceil(len(shown) / columns) or 1
    width = WIDE / columns
    shapes: list[Shape] = []
    for place, room in enumerate(shown):
        left, line = (place // lines) * (width + 14), (place % lines) * ROW + 8
        shapes += _room(room, left, line, width - 14)
    words = "; ".join(f"{each.label}: {each.stayed} of {each.seats} to the end" for each in shown)
    return Picture(WIDE, lines * ROW + 10, "Crews by room", words, shapes)


def _room(room: RoomPart, left: float, line: float, width: float) -> Iterator[Shape]:
    seats_at = left + width * 0.4
    yield Label(left, line + 13, fitting(room.label, width * 0.4 - 10, LETTER), "strong")
    kinds = ["full"] * room.stayed + ["part"] * (room.came - room.stayed)
    kinds += ["none"] * (room.seats - room.came)
    for number, kind in enumerate(kinds[:12]):
        yield Box(seats_at + number * (SEAT + 4), line, SEAT, SEAT - 2, kind)
    results = f"{room.key_results} key result{'' if room.key_results == 1 else 's'}"
    yield Label(left + width, line + 13, results, "quiet", "end")


def shares_picture(moments: Sequence[Moment]) -> Picture:
    """A column for each moment: how many metrics said from X to Y."""
    shown = [moment for moment in moments if moment.from_to.of][-8:]
    step = NARROW / max(len(shown), 1)
    shapes: list[Shape] = [Line([(0, 190), (NARROW, 190)], "grid")]
    for number, moment in enumerate(shown):
        middle, percent = step * (number + 0.5), moment.from_to.percent or 0
        height = round(percent * 1.5, 1)
        wide = min(64.0, step * 0.6)
        kind = "full" if number == len(shown) - 1 else "part"
        shapes.append(Box(round(middle - wide / 2, 1), 190 - height, round(wide, 1), height, kind))
        shapes.append(Label(middle, 182 - height, f"{percent} %", "strong", "middle"))
        name = moment.title.removeprefix("After “").removesuffix("”")
        shapes.append(Label(middle, 208, fitting(name, step - 4, 6.6), "quiet", "middle"))
        shapes.append(Label(middle, 225, f"{moment.from_to.part} of {moment.from_to.of}", "quiet", "middle"))
    words = "; ".join(f"{each.title}: {said(each.from_to)}" for each in shown)
    return Picture(NARROW, 236, "Key results from X to Y", words, shapes)


def changes_picture(commented: Change, others: Change) -> Picture:
    """From before to after, for key results a coach commented on and for the others."""
    shapes: list[Shape] = [Line([(8, 178), (NARROW - 8, 178)], "grid")]
    groups = (("With a coach’s comment", commented, "curve"), ("Without one", others, "still"))
    for number, (title, change, kind) in enumerate(groups):
        line = 34 + number * 82
        before, after = (share.percent for share in change.shares)
        shapes.append(Label(8, line, title, "strong"))
        shapes.append(Label(NARROW - 8, line, f"{change.of} key results", "quiet", "end"))
        if before is None or after is None:
            shapes.append(Label(8, line + 34, "None to compare", "quiet"))
            continue
        begins, ends = _along(before), _along(after)
        at = line + 36.0
        shapes += [Line([(8, at), (NARROW - 8, at)], "grid"), Line([(begins, at), (ends, at)], kind)]
        shapes += [Dot(begins, at, 7, "hollow"), Dot(ends, at, 8, "mark" if kind == "curve" else "dull")]
        apart = 0 if abs(ends - begins) > 52 else 30 * (1 if ends >= begins else -1)
        shapes.append(Label(begins - apart, at - 14, f"{before} %", "quiet", "middle"))
        shapes.append(Label(ends + apart * 0.4, at - 14, f"{after} %", "strong", "middle"))
    shapes += [Label(8, 200, "0 %", "quiet"), Label(NARROW - 8, 200, "100 %", "quiet", "end")]
    words = "; ".join(
        f"{title}: from {said(change.shares[0])} to {said(change.shares[1])}" for title, change, _ in groups
    )
    return Picture(NARROW, 236, "Before and after", words, shapes)


def _along(percent: int) -> float:
    return round(24 + percent / 100 * (NARROW - 48), 1)


def poll_picture(poll: PollResult) -> Picture:
    """A bar for each answer, the most frequent words only."""
    shown = poll.answers if poll.kind == "fist" else poll.answers[:10]
    most = max((count for _, count in shown), default=0) or 1
    shapes: list[Shape] = []
    for number, (answer, count) in enumerate(shown):
        line = number * 26 + 6.0
        shapes.append(Label(150, line + 14, fitting(answer, 144, LETTER), "strong", "end"))
        shapes.append(Box(160, line, max(2.0, round(count / most * 270, 1)), 18, "full" if count else "none"))
        shapes.append(Label(168 + max(2.0, count / most * 270), line + 14, str(count), "quiet"))
    words = ", ".join(f"{answer}: {count}" for answer, count in shown)
    return Picture(NARROW, max(len(shown), 1) * 26 + 8, poll.question, words, shapes)


def said(share: Share) -> str:
    """In words."""
    return f"{share.percent} % ({share.part} of {share.of})" if share.of else "none yet"
