"""The cards of the to-do strip: what is it for?"""

from boathouse.rollout.checks.cards.paths import MEASURE, OUTCOME, PORTAL, TASK, Card, path

FOR_TODOS: dict[str, Card] = {
    "todo.no_outcome": Card(
        "What is it for?",
        "Everybody has a list of things to do. What an objective needs is the other side of it: what will be "
        "different, and for whom, once it is done.",
        (
            "What changes for whom if this is done?",
            "Who would complain if it were never done, and about what?",
            "What would you look at in three months to see that it was worth it?",
        ),
        PORTAL,
        0,
        "Some to-dos just have to be done. Leave their right side empty and do them.",
    ),
    "todo.work": Card(
        "And what is that for?",
        "The right side still says what you do. Ask the same question once more: behind a task there is "
        "often another task, and behind that one somebody who is better off.",
        (
            "When that is done too: what changes, and for whom?",
            "What could they do then that they cannot do today?",
            "Would it still be worth it if you found an easier way there?",
        ),
        path(
            (TASK, "Build a returns portal"),
            ("Another task", "Offer online booking of pick-ups"),
            (OUTCOME, "Customers arrange the pick-up themselves"),
            (MEASURE, "Large returns booked without a call, from 20 to 70 %"),
        ),
        1,
        "If you cannot find anybody for whom it changes something, it may be worth asking who wants it.",
    ),
}
