"""The cards of what is found in objectives."""

from boathouse.rollout.checks.cards.paths import FROM_TO, MEASURE, Card, path

FOR_OBJECTIVES: dict[str, Card] = {
    "objective.has_metric": Card(
        "A number in the objective",
        "The objective says what you want and makes people want it too. The number comes below: there it "
        "can be measured, corrected and joined by others.",
        (
            "What is better for whom when the number is reached?",
            "Would you say this sentence aloud to a colleague?",
            "Which key result does the number belong to?",
        ),
        path(
            ("With a number", "Reach 75 % refunds within a week"),
            ("What for?", "People do not wait for their money"),
            ("Objective", "Sending a sofa back is as easy as buying one"),
            ("Key result", "Refunds within a week from 34 to 75 %"),
        ),
        0,
        "A number that is a name, such as a product version or a year, is no target.",
    ),
    "objective.task": Card(
        "A piece of work",
        "When the project itself is the objective, finishing it becomes the goal, even if nobody is better "
        "off. Say what it is for, and the project may change on the way.",
        (
            "Why do it? And why that?",
            "Who will notice that it is done, and how?",
            "If the project were stopped, what would you still want?",
        ),
        path(
            ("Project", "Launch the returns portal"),
            ("What for?", "Customers can arrange a return without us"),
            ("Objective", "Sending a sofa back is as easy as buying one"),
        ),
        0,
        "If it has to be done for its own sake, it is a just-do-it: it needs a name and a date only.",
    ),
    "objective.vague": Card(
        "It could hang on anybody’s wall",
        "An objective that fits every team in every year helps nobody to choose. It should make clear what "
        "you will do now, and what you will leave.",
        (
            "What exactly should be different at the end of this cycle?",
            "For whom? Can you name three of them?",
            "What would you say no to because of it?",
        ),
        path(
            ("Anybody’s", "Improve customer satisfaction"),
            ("For whom?", "People who send something large back"),
            ("What changes?", "They do not have to call us"),
            ("Yours", "Sending a sofa back is as easy as buying one"),
        ),
        0,
        "A short slogan may stay if the why below it says what it means this time.",
    ),
    "objective.no_why": Card(
        "Why now?",
        "The why is what people remember when the plan meets reality. Three to five sentences will do, and "
        "it is worth writing them before the key results: they often change the objective.",
        (
            "What happens if you leave this for a year?",
            "Who loses what today because of it?",
            "What makes this cycle the right moment?",
        ),
        path(
            ("Objective", "Sending a sofa back is as easy as buying one"),
            ("Today", "One large return in five ends in a second call"),
            ("Why now", "Forty heavy pieces join the range in spring"),
        ),
        0,
        "You may have talked about it long ago. Somebody who was not there will read this too.",
    ),
    "objective.no_key_results": Card(
        "How will we know?",
        "Without key results an objective is a wish. Two or three say by the end of the cycle whether it "
        "came true.",
        (
            "It is the last day and it worked. What do you see?",
            "What would the people it is for say?",
            "Which number would have moved?",
        ),
        path(
            ("Objective", "Sending a sofa back is as easy as buying one"),
            ("One would see", "Nobody calls twice about the same return"),
            (MEASURE, "Second calls in a hundred returns"),
            (FROM_TO, "from 18 to 5 second calls"),
        ),
        0,
        "While you are still looking for the objective, they can wait.",
    ),
    "objective.too_many": Card(
        "More than agreed",
        "Every objective takes attention from the others. Your leadership chose a limit so that each of "
        "them gets enough.",
        (
            "If you could reach only one of them, which would it be?",
            "Which one would happen anyway?",
            "Which one could wait a cycle without harm?",
        ),
        path(
            ("Four", "Everything that is important"),
            ("What would happen anyway?", "Two are the daily business"),
            ("Two", "What will not happen unless you choose it"),
        ),
        0,
        "Daily business is not worth less. It only needs no objective.",
    ),
    "objective.no_sponsor": Card(
        "Who wants this?",
        "When it gets difficult, somebody with a say has to want it too: to move something out of the way, "
        "and to ask how it goes.",
        (
            "Which senior leader would be glad if this came true?",
            "Have they said so?",
            "When will they ask about it?",
        ),
        path(
            ("Alone", "Sending a sofa back is as easy as buying one"),
            ("Who gains?", "The head of service has the second calls in her figures"),
            ("Sponsor", "Hanna asks in every monthly review"),
        ),
        0,
        "A team that decides everything about it itself may be its own sponsor. Say who of you.",
    ),
}
