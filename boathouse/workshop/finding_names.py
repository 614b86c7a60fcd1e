"""What the finding codes are called in words, for one and for several: on tiles, in the pattern strip."""

NAMES = {
    "kr.no_number": ("a key result without a number", "key results without a number"),
    "kr.no_baseline": ("a target without a starting point", "targets without a starting point"),
    "kr.output": ("a task where a result should be", "tasks where results should be"),
    "kr.milestone": ("a key result that is only done or not", "key results that are only done or not"),
    "kr.bundled": ("two results in one", "key results with two results in one"),
    "kr.vague": ("a key result people could argue about", "key results people could argue about"),
    "kr.health_metric": ("a level kept instead of changed", "levels kept instead of changed"),
    "kr.no_owner": ("a key result nobody owns", "key results nobody owns"),
    "kr.duplicate": ("two key results that say the same", "key results that repeat another"),
    "kr.too_many": ("more key results than agreed", "key results more than agreed"),
    "kr.type_not_allowed": ("a type of key result not agreed", "key results of a type not agreed"),
    "objective.has_metric": ("an objective with a number in it", "objectives with a number in them"),
    "objective.task": ("an objective that reads like a task", "objectives that read like tasks"),
    "objective.vague": ("an objective anybody could have", "objectives anybody could have"),
    "objective.no_why": ("no why now", "objectives without a why now"),
    "objective.no_key_results": ("an objective without key results", "objectives without key results"),
    "objective.too_many": ("more objectives than agreed", "objectives more than agreed"),
    "objective.no_sponsor": ("an objective without a sponsor", "objectives without a sponsor"),
}


def named(code: str, count: int = 1) -> str:
    """A finding as a phrase: "a target without a starting point", "3 targets without a starting point"."""
    one, several = NAMES[code]
    return one if count == 1 else f"{count} {several}"
