"""The comment bank's standard questions, in our own words: for every finding, every phase, and any moment.

A coach asks and does not correct, so every entry is a question a crew can answer by itself, and says why it
is worth asking. Words in braces are filled with the crew's own, see bank_words.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """ways: the wording, the one that says most first; taken is the first whose braces the draft can fill.
    why: why it is worth asking. needs: a type of key result the ground rules must allow for it.
    """

    ways: tuple[str, ...]
    why: str
    needs: str = ""


def _ask(*ways: str, why: str, needs: str = "") -> Question:
    return Question(ways, why, needs)


FOR_FINDING: dict[str, tuple[Question, ...]] = {
    "kr.no_baseline": (
        _ask(
            "From what to {target}?",
            "From what? Where does it stand today?",
            why="Without today’s number nobody can say how far the way is, or whether anything moved.",
        ),
        _ask(
            "What is it today? A rough count from last week is enough.",
            why="A rough number now is worth more than an exact one after the cycle.",
        ),
        _ask(
            "Has anybody ever measured this? If not, finding the first number can be the key result.",
            why="Not measured yet is an honest answer, provided the number is used again next cycle.",
            needs="baseline",
        ),
    ),
    "kr.no_number": (
        _ask(
            "How will you know? Which number would tell you, and how far should it move?",
            why="Only what can be counted can be reached by half, and tells you early that it is going wrong.",
        ),
        _ask(
            "What would you count to see that “{words}” has come true?",
            "What would you count to see that it has come true?",
            why="Most things can be counted somehow; the first idea need not be the best one.",
        ),
        _ask(
            "On the last day two of you disagree whether it is reached. What settles it?",
            why="A quarrel that can be imagined now will be had later.",
        ),
    ),
    "kr.output": (
        _ask(
            "“{words}”: what changes once that is done, and for whom?",
            "What changes once that is done, and for whom?",
            why="Work is the way. The key result says where the way leads, so that you may choose a better one.",
        ),
        _ask(
            "Say it is finished, and nobody is better off. Would you still call it a success?",
            why="It parts the work from what the work is for.",
        ),
        _ask(
            "The task can stay, as a task. Which number should it move?",
            why="Nothing is lost by moving it to the to-dos, and the number is what you can steer by.",
        ),
    ),
    "kr.milestone": (
        _ask(
            "The day after it is there: what can people do that they could not do before?",
            why="A date says when. It does not say what for.",
        ),
        _ask(
            "Which number will be different a month after that date?",
            why="If none will be, the date alone is worth little.",
        ),
        _ask(
            "What would half of this look like?",
            why="What has no half tells nobody before the last day whether you are on your way.",
        ),
    ),
    "kr.bundled": (
        _ask(
            "There are two results in here. If you reach one and miss the other, what is the score?",
            why="One line, one number: otherwise every check-in begins with an explanation.",
        ),
        _ask(
            "If you could keep only one of the two, which would it be?",
            why="Often one is the result and the other the way there.",
        ),
        _ask(
            "Could each have a line of its own, from where to where?",
            why="Apart they can be owned, measured and given up one by one.",
        ),
    ),
    "kr.vague": (
        _ask(
            "What would somebody outside your team see on the last day?",
            why="What others can see needs no explaining.",
        ),
        _ask(
            "Which word in “{words}” could two of you read differently?",
            "Which word in it could two of you read differently?",
            why="Finding the soft word is half of the rewording.",
        ),
        _ask(
            "If you had to count something for this by Friday, what would it be?",
            why="A first, poor measure leads to a better one sooner than thinking does.",
        ),
    ),
    "kr.health_metric": (
        _ask(
            "Does this have to get better, or only stay as it is?",
            why="What only has to stay healthy is watched, not driven; it needs no key result.",
        ),
        _ask(
            "From where to where should it go in this cycle?",
            why="If there is an answer, it is a key result. If not, it is a health metric, and that is fine.",
        ),
        _ask(
            "Who would notice first if it slipped?",
            why="A health metric needs somebody who looks, not a target.",
        ),
    ),
    "kr.no_owner": (
        _ask(
            "Who in this room watches over this number?",
            why="With a name on it somebody looks. Without one, everybody thinks that somebody does.",
        ),
        _ask(
            "Who will say at every check-in where it stands, before anybody asks?",
            why="That is all an owner has to do; it does not mean to do the work alone.",
        ),
        _ask(
            "Whose name goes with “{words}”?",
            "Whose name goes with this one?",
            why="Naming it aloud shows at once whether anybody wants it.",
        ),
    ),
    "kr.duplicate": (
        _ask(
            "What does this one tell you that the other does not?",
            why="Two lines that say the same count one success twice.",
        ),
        _ask(
            "If the other is reached, is this one reached as well?",
            why="If it always is, one of them can go.",
        ),
        _ask("Which of the two would you miss more?", why="Choosing is quicker than merging."),
    ),
    "kr.too_many": (
        _ask(
            "Which of these are enough to know that the objective is reached?",
            why="Whoever steers by many numbers steers by none.",
        ),
        _ask(
            "Which would you strike first, and what would you lose?",
            why="If the answer is nothing, it was not needed.",
        ),
        _ask(
            "Is one of them only a step towards another?",
            why="Steps belong to the work, and the last of them is the result.",
        ),
    ),
    "kr.type_not_allowed": (
        _ask(
            "Your ground rules ask for another type here. Which number would move if this succeeds?",
            why="Leadership chose the types so that everybody’s key results can be read alike.",
        ),
        _ask(
            "Could this be a task on the way to a number?",
            why="Then it keeps its place in the work, and the number becomes the key result.",
        ),
        _ask(
            "Who would be better off for it, and how would you see that?",
            why="That answer often holds the number already.",
        ),
    ),
    "objective.has_metric": (
        _ask(
            "What do you want to be different? The number can follow as a key result.",
            why="An objective says what and why, in words one remembers. Numbers say how one will know.",
        ),
        _ask(
            "Read it aloud without the number. Is it still worth getting up for?",
            why="If nothing is left, the wish behind the number has not been found yet.",
        ),
        _ask(
            "Which change is that number meant to show?",
            why="The change is the objective; the number may be one of several that show it.",
        ),
    ),
    "objective.task": (
        _ask(
            "“{words}”: what for? What will be better, and for whom?",
            "What for? What will be better, and for whom?",
            why="The task is one way there. The objective leaves room for better ways.",
        ),
        _ask(
            "If somebody handed you the finished thing tomorrow, what would you still want to change?",
            why="What is left to want is the objective.",
        ),
        _ask(
            "Who will notice that it is done, and what will they say?",
            why="Put their sentence down; it is often the better objective.",
        ),
    ),
    "objective.vague": (
        _ask(
            "Could any other team hang this on its wall? What makes it yours?",
            why="What fits everybody helps nobody to choose.",
        ),
        _ask(
            "What exactly should be different at the end of the cycle, and for whom?",
            why="A person and a change make it concrete.",
        ),
        _ask(
            "What would you leave undone because of it?",
            why="An objective that rules nothing out gives no direction.",
        ),
    ),
    "objective.no_why": (
        _ask(
            "Why now? What happens if you leave it as it is for another year?",
            why="Written before the key results, the why decides which of them matter.",
        ),
        _ask(
            "Who feels it today that this is not so yet?",
            why="Somebody with a name is a better reason than a strategy.",
        ),
        _ask(
            "What made you choose “{words}” and nothing else?",
            "What made you choose this and nothing else?",
            why="The reason for choosing is the why, usually in the right words.",
        ),
    ),
    "objective.no_key_results": (
        _ask(
            "It is the last day, and it worked. What do you see?",
            why="Looking back from the end is easier than looking ahead.",
        ),
        _ask("How will you know that you are there?", why="This is the one question a key result answers."),
        _ask(
            "Which number would you look at first?",
            why="The first that comes to mind is a good first key result.",
        ),
    ),
    "objective.too_many": (
        _ask(
            "If you could reach only one of these, which would it be?",
            why="Choosing is what objectives are for.",
        ),
        _ask(
            "Which one could wait for the next cycle, and what would happen?",
            why="Waiting is no defeat; what can wait should.",
        ),
        _ask(
            "Are two of them one wish in different words?",
            why="Then one of them is a key result of the other.",
        ),
    ),
    "objective.no_sponsor": (
        _ask(
            "Which leader wants this as much as you do?",
            why="Without somebody behind it, the next urgent thing will push it aside.",
        ),
        _ask("Who clears the way when you are stuck?", why="Better asked now than in the sixth week."),
        _ask(
            "Whom outside your team would you tell first when it is reached?",
            why="Whoever it is probably wants it too, and can be asked.",
        ),
    ),
}

# By what a phase is about; the words tell a coach's own agenda from the standard one's.
PHASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "stress": ("Stress test", ("stress", "test", "check")),
    "key_results": ("Key results", ("key result", "from x", "measure")),
    "todo": ("From to-do to outcome", ("to-do", "todo", "outcome", "task")),
    "share": ("Share out", ("share", "read", "present", "swap")),
    "reflect": ("Reflect", ("reflect", "close", "closing", "retro", "next step", "goodbye")),
    "objective": ("Objective and why now", ("objective", "why now")),
    "why": ("Why we are here", ("why", "welcome", "arrive", "hello", "begin")),
}
FOR_PHASE: dict[str, tuple[Question, ...]] = {
    "why": (
        _ask(
            "What has annoyed your customers for longer than anybody can remember?",
            why="Real trouble makes better examples than invented ones.",
        ),
        _ask(
            "If this helped you, what would be different at the end of the cycle?",
            why="People learn a method for something, not for its own sake.",
        ),
        _ask(
            "What about the reason you heard does not convince you yet?",
            why="A doubt said aloud can be answered; one kept quiet stays all day.",
        ),
    ),
    "todo": (
        _ask(
            "When “{words}” is done, what is different, and for whom?",
            "When that is done, what is different, and for whom?",
            why="This turns a task into its outcome.",
        ),
        _ask("And then what? Ask it once more.", why="The first answer is often one more task."),
        _ask(
            "Which of these outcomes would you miss most if it never came?",
            why="That one is worth an objective.",
        ),
    ),
    "objective": (
        _ask(
            "Would somebody outside your team understand this sentence?",
            why="What needs explaining will be explained for a whole cycle.",
        ),
        _ask("Why now rather than next year?", why="No answer means that it can wait."),
        _ask("Is it in your hands?", why="One can only be asked for what one can influence."),
    ),
    "key_results": (
        _ask(
            "Could somebody outside your room check this?",
            why="If others can check it, nobody has to argue about it.",
        ),
        _ask("Do these together cover the objective?", why="A gap found now costs a minute."),
        _ask(
            "How often can you see “{words}” move before the last day?",
            "How often can you see this move before the last day?",
            why="A number that comes once comes too late to steer by.",
        ),
    ),
    "stress": (
        _ask(
            "If all of these came true, would you say that the objective is reached?",
            why="If not, something is missing, or something else was meant.",
        ),
        _ask(
            "What is the worst way to get to {target}?",
            "What is the worst way to reach this number?",
            why="If that way is tempting, somebody will take it.",
        ),
        _ask(
            "Who has the figure on the last day, and could anybody argue about it?",
            why="A number nobody can get is no number.",
        ),
    ),
    "share": (
        _ask(
            "Would you read this one to everybody?",
            why="One good example teaches more than ten rules.",
        ),
        _ask(
            "Which question could you not answer?",
            why="It is the best thing to take home.",
        ),
        _ask(
            "What would you ask a room that wrote this?",
            why="Asking others is practice for asking oneself.",
        ),
    ),
    "reflect": (
        _ask(
            "Which question will you ask yourselves next time, before anybody else does?",
            why="The day has worked when nobody needs the coach for it.",
        ),
        _ask(
            "What is the one thing for the next two weeks, and who does it?",
            why="A draft nobody acts on is forgotten by Monday.",
        ),
        _ask(
            "Which comment here has no answer yet?",
            why="An open question is a good reason to meet again.",
        ),
    ),
}
ANY_TIME: tuple[Question, ...] = (
    _ask("Who would notice?", why="If nobody would, it is not a result."),
    _ask(
        "Strong. Would you read it to everybody?",
        why="What went well deserves words too, and others learn from it.",
    ),
    _ask(
        "Is it too safe? What would you dare if missing it were no shame?",
        why="A target that is sure to be met teaches nothing.",
    ),
    _ask("What makes you think so?", why="It sends people to their evidence without saying no."),
    _ask(
        "What have you left out on purpose?",
        why="What is not part of it saves an argument later.",
    ),
)
