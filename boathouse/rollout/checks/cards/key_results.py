"""The cards of what is found in key results."""

from boathouse.rollout.checks.cards.paths import FROM_TO, MEASURE, OUTCOME, PORTAL, REFUND, TASK, Card, path

FOR_KEY_RESULTS: dict[str, Card] = {
    "kr.no_number": Card(
        "No number yet",
        "A number lets everybody see halfway whether it is going well, while there is time to steer. Without "
        "one, the last day brings a discussion instead of an answer.",
        (
            "What would you count if you had to show it to somebody outside this room?",
            "How far should that number move until the end of the cycle?",
            "Which number would you not believe if it were the only one?",
        ),
        REFUND,
        1,
        "The ground rules may allow a milestone: a state that is reached or not. Then change the type, and "
        "say by when.",
    ),
    "kr.no_baseline": Card(
        "From what?",
        "“To 75 %” can be a small step or a miracle. Only with today’s number can you tell whether the "
        "target is bold, and afterwards, whether you moved anything.",
        (
            "Where does it stand today? A rough count from last week is enough.",
            "Who could tell us in ten minutes?",
            "If nobody measures it yet, is finding the first number the real key result?",
        ),
        REFUND,
        2,
        "“Not measured yet” is an honest answer. Write it down, and find the number in the first two weeks.",
    ),
    "kr.output": Card(
        "Work, or what it changes?",
        "You can finish all the work and change nothing for anybody. A key result says what will be "
        "different; the work is your best idea today of how to get there, and a better one may replace it.",
        (
            "Who will do, know or have something that they do not today?",
            "If the work were finished tomorrow, what would you look at to see that it was worth it?",
            "How would you notice that it did not work?",
        ),
        PORTAL,
        0,
        "Sometimes the work is the point, because somebody requires it. Then it is a just-do-it: it goes on "
        "a list with a name and a date, and needs no key result.",
    ),
    "kr.milestone": Card(
        "Done or not done",
        "Such a result says nothing until the very end: at half time it is simply not done. What you do it "
        "for can usually be counted earlier.",
        (
            "Once this is there, what will get better, and for whom?",
            "Which number would move first?",
            "Could a part of it show something in four weeks already?",
        ),
        path(
            (TASK, "The new price list is live"),
            (OUTCOME, "Shops quote the right price at once"),
            (MEASURE, "Quotes that have to be corrected"),
            (FROM_TO, "from 18 to 5 in a hundred quotes"),
        ),
        0,
        "If everything waits for this one event and your ground rules allow milestones, keep it: choose the "
        "type, and give it a date.",
    ),
    "kr.bundled": Card(
        "Two results in one",
        "If one half is reached and the other is missed, nobody knows what to score. And the harder half "
        "tends to disappear behind the easier one.",
        (
            "Which of the two would you keep if you had to choose?",
            "Does one lead to the other? Then the later one is enough.",
            "Do they belong to two different people?",
        ),
        path(
            ("Together", "Refunds within a week and fewer damaged sofas"),
            ("Taken apart", "Refunds within a week. Fewer damaged sofas."),
            ("What matters more", "Refunds within a week"),
            (FROM_TO, "from 34 to 75 % of refunds"),
        ),
        0,
        "A pair that only makes sense together may stay, such as faster without more mistakes. Then say "
        "which number counts, and which one only must not get worse.",
    ),
    "kr.vague": Card(
        "Two people could disagree",
        "Words like better, more and satisfied mean something else to each of you. A key result is good "
        "enough when somebody who was not here could check it.",
        (
            "What would you see, hear or count on the last day?",
            "Who would have to agree that it is reached, and what would convince them?",
            "What would be a clear no?",
        ),
        path(
            ("As it is", "A better experience with returns"),
            ("What one would see", "Nobody has to call twice about the same return"),
            (MEASURE, "Second calls in a hundred returns"),
            (FROM_TO, "from 18 to 5 second calls"),
        ),
        0,
        "If all of you would answer the same when asked apart, it is clear enough. Try it: everybody writes "
        "down what they would count.",
    ),
    "kr.health_metric": Card(
        "A level to keep",
        "A key result is for what has to change now. What only has to stay as good as it is deserves a "
        "watchful eye all year, not the energy of a cycle.",
        (
            "Does it have to get better now? By how much?",
            "What would happen if nobody worked on it for three months?",
            "At which value would you be alarmed?",
        ),
        path(
            ("Keep", "Keep delivery on time above 95 %"),
            ("Is it healthy?", "It was 96 to 97 % all year"),
            ("Then watch it", "Health metric: delivery on time, alarm below 95 %"),
            ("And if it is not", "from 88 to 95 % of deliveries on time"),
        ),
        0,
        "When the level is in danger, defending it can be the work of a cycle. Say from where to where it "
        "would fall without you.",
    ),
    "kr.no_owner": Card(
        "Who looks after it?",
        "The owner does not do all the work. It is the one person who says in every check-in where it "
        "stands, and asks for help in time. Without a name everybody waits for somebody else.",
        (
            "Who would be the first to notice that it is going wrong?",
            "Who can get at the number without asking anybody?",
            "Does that person know, and want it?",
        ),
        path(
            ("Nobody", "Refunds within a week"),
            ("A team", "Service and Finance"),
            ("One name", "Priya tells us where it stands"),
        ),
        0,
        "A name can wait until the end of the draft, but not until after the meeting.",
    ),
    "kr.duplicate": Card(
        "Said twice",
        "Two key results that measure the same count it double, and leave another side of the objective "
        "unseen.",
        (
            "What does this one see that the other does not?",
            "If one of them were reached, could the other still be missed?",
            "Which side of the objective has no number yet?",
        ),
        path(
            ("Twice", "Refunds within a week. Refunds paid sooner."),
            ("One stays", "Refunds paid within a week, from 34 to 75 %"),
            ("Another side", "Second calls about the same return, from 18 to 5"),
        ),
        0,
        "The same measure for two groups of people can be two results, if both matter and both are named.",
    ),
    "kr.too_many": Card(
        "More than agreed",
        "Your leadership chose a limit so that all of it can be remembered without looking. What is left out "
        "is not lost: most of it is work that serves one of the others.",
        (
            "Which ones together are enough to know that the objective is reached?",
            "Which one is a step on the way to another?",
            "Which one would nobody miss at the review?",
        ),
        path(
            ("Five", "Everything that could be counted"),
            ("Which are steps?", "Two of them only help the other three"),
            ("Three", "Together they say whether the objective is reached"),
        ),
        0,
        "If each of them is needed, perhaps these are two objectives.",
    ),
    "kr.type_not_allowed": Card(
        "Not a type you agreed on",
        "Your leadership decided which types of key results this cycle has, so that everybody scores alike. "
        "The reason stands in your ground rules.",
        (
            "Which number would move if this succeeded?",
            "Is this perhaps the first step towards a key result, rather than one?",
            "Would the coach and leadership want to hear that the rule does not fit here?",
        ),
        PORTAL,
        0,
        "Rules can be wrong for one case. Raise your hand and say why: that is worth knowing.",
    ),
}
