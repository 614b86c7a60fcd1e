"""The agendas a coach can start from, with instructions clear enough that nobody has to ask (S46).

Each phase opens with the one question it is about, which the stage shows large; the steps follow.
People work on their own examples with little theory (S59), and leave able to ask the questions
themselves (S85).
"""

from dataclasses import dataclass

WHY = """\
What would be worth having changed, three months from now?

1. Say who you are and what your team works on, one sentence each.
2. Each of you: name one thing that has annoyed your customers or colleagues for a while.
3. Hear from the coach why your organisation does this at all. If the reason does not convince you, \
say so now.

You will work on something real of your own. There is little theory, and nobody is graded.
"""

TO_DO = """\
When this task is done, what is different, and for whom?

1. Two minutes alone: put the tasks that fill your month on the to-do strip, one line each.
2. Take them one by one and write the intended outcome beside the task. If the answer is one more \
task, ask again: and then what?
3. Agree on the outcome you would miss most if it never came, and turn it into an objective.

There is nothing wrong with the task. It is only the way, not the place you want to get to.
"""

OBJECTIVE = """\
What do you want to be better, and why now rather than next year?

1. Say it in one plain sentence that people outside your team understand. No numbers yet.
2. Write why now, in three to five sentences, before any key result. What happens if you leave it \
as it is? Who feels that?
3. Read both aloud. Is it worth the effort, and is it in your hands?

If the sentence starts with build, launch or introduce, you have written the way again. What is it for?
"""

KEY_RESULTS = """\
What will be different at the end that somebody outside your room could check?

1. Write two or three key results: what you measure, **from** where it stands today, **to** where it \
shall stand when the cycle ends.
2. No number for today? A rough count from last week is fine. If nobody has ever measured it, choose \
the type *baseline* and find out this cycle, provided you will use the number again in the next one.
3. Found a task? Ask what changes when it is done, and write that down.
4. Together they should cover the objective, and no two should say the same.
5. Give each one the name of a person in this room who watches over the number.
"""

STRESS_TEST = """\
If every key result came true, would you say that the objective is reached?

1. Answer honestly. If something is missing, write it. If one adds nothing, take it out.
2. For each number: what is the worst way to reach it? If that way is tempting, change the key result \
or set another one against it.
3. Who will have the figure on the last day of the cycle, and could anybody argue about it?
4. Is it mostly in your hands, hard enough to be worth a cycle, and still possible?
"""

SHARE_OUT = """\
Which question would make this draft better?

1. A few rooms read out their objective and one key result, just as they are written.
2. All others ask, nobody advises: Why does that matter now? How will you know? What is the intended \
outcome of that task?
3. The room that read keeps the questions it could not answer. They are the best thing it takes home.
"""

REFLECT = """\
Which question will you ask yourself next time, before anybody else does?

1. One minute alone, then one sentence each.
2. Look through the comments at your draft once more: answer them, or mark them done.
3. Agree on the **one thing** that has to happen in the next two weeks, and who does it.

Your draft stays here for you to read, with all its comments.
"""

BRING_OBJECTIVE = """\
Which objective do you bring, and why does it matter now?

1. Write it down the way you would tell a friend, and below it why now, in three sentences.
2. If you bring several, take the one you would miss most.
3. Say what is *not* part of it. That saves an argument later.
"""


@dataclass(frozen=True)
class StandardPhase:
    """One phase: minutes and Markdown instructions."""

    title: str
    minutes: int
    instructions: str

    @property
    def id(self) -> str:
        """Courses are drawn from phases with an id; here the title is one."""
        return self.title


@dataclass(frozen=True)
class StandardAgenda:
    """A choice of the form for a new workshop."""

    key: str
    title: str
    phases: tuple[StandardPhase, ...]

    @property
    def minutes(self) -> int:
        """Its whole length."""
        return sum(phase.minutes for phase in self.phases)


TWO_HOURS = StandardAgenda(
    "two-hours",
    "The whole way, with time to share",
    (
        StandardPhase("Why we are here", 10, WHY),
        StandardPhase("From to-do to outcome", 20, TO_DO),
        StandardPhase("Objective and why now", 20, OBJECTIVE),
        StandardPhase("Key results from X to Y", 30, KEY_RESULTS),
        StandardPhase("Stress test", 15, STRESS_TEST),
        StandardPhase("Share out", 15, SHARE_OUT),
        StandardPhase("Reflect", 10, REFLECT),
    ),
)
ONE_HOUR = StandardAgenda(
    "one-hour",
    "From to-do to key result",
    (
        StandardPhase("Why we are here", 5, WHY),
        StandardPhase("From to-do to outcome", 10, TO_DO),
        StandardPhase("Objective and why now", 12, OBJECTIVE),
        StandardPhase("Key results from X to Y", 20, KEY_RESULTS),
        StandardPhase("Stress test", 8, STRESS_TEST),
        StandardPhase("Reflect", 5, REFLECT),
    ),
)
KEY_RESULTS_ONLY = StandardAgenda(
    "key-results",
    "Key results only",
    (
        StandardPhase("Objective and why now", 8, BRING_OBJECTIVE),
        StandardPhase("Key results from X to Y", 20, KEY_RESULTS),
        StandardPhase("Stress test", 10, STRESS_TEST),
        StandardPhase("Reflect", 7, REFLECT),
    ),
)
STANDARD_AGENDAS = {agenda.key: agenda for agenda in (KEY_RESULTS_ONLY, ONE_HOUR, TWO_HOURS)}
