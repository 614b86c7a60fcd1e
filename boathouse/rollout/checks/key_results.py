"""The checks of one key result: a number, a starting point, work or outcome, one result or several, vague
or not."""

from boathouse.rollout.checks.bundle_features import bundle_features
from boathouse.rollout.checks.findings import Finding, Severity, finding
from boathouse.rollout.checks.lexicon.lists import words
from boathouse.rollout.checks.lexicon.nouns import STRONG_MEASURES
from boathouse.rollout.checks.lexicon.verbs import FIND_MEASURE, KEEP
from boathouse.rollout.checks.model import Model, Models, load_model
from boathouse.rollout.checks.reading import Reading, base_of, read
from boathouse.rollout.checks.work_features import work_features
from boathouse.rollout.parameters import RECOMMENDED, GroundRules

MODELS = Models(load_model("work"), load_model("bundle"))
LIKELY, SURE = 0.5, 0.85
_STAYS = words("stay remain keep maintain hold")


def check_key_result(
    statement: str,
    *,
    kind: str | None = None,
    start: str = "",
    target: str = "",
    unit: str = "",
    owner: str | None = None,
    rules: GroundRules = RECOMMENDED,
    models: Models = MODELS,
) -> list[Finding]:
    """What a coach would ask about a key result, in the order in which to ask.

    kind: metric, baseline or milestone if somebody chose it, else it is read off the words. start, target,
    unit: fields beside the statement, if it has them. owner: None if nobody asks for one, "" if it is
    missing. models: the weights, which only an evaluation replaces.
    """
    said = read(_joined(statement, start, target, unit))
    if not said.tokens:
        return []
    found = _type(said, kind, rules, models.work)
    if kind not in ("baseline", "milestone"):
        found += _measured(said, is_work=any(one.code in ("kr.output", "kr.milestone") for one in found))
    if said.is_english and models.bundle.likelihood(bundle_features(said)) >= LIKELY:
        found.append(finding("kr.bundled"))
    if owner is not None and not owner.strip():
        found.append(finding("kr.no_owner"))
    return found


def _joined(statement: str, start: str, target: str, unit: str) -> str:
    """The statement with what stands in its fields, as one sentence."""
    if start.strip() and target.strip():
        return f"{statement} from {start} to {target} {unit}".strip()
    return f"{statement} to {target} {unit}".strip() if target.strip() else statement


def _type(said: Reading, kind: str | None, rules: GroundRules, model: Model) -> list[Finding]:
    """Whether it is work or a milestone, and whether the ground rules allow that."""
    if kind == "baseline":
        return _allowed("baseline", rules)
    if kind == "milestone":
        return [finding("kr.milestone", Severity.INFO), *_allowed("milestone", rules)]
    if not said.is_english:
        return []
    marks = work_features(said)
    likelihood = model.likelihood(marks)
    if likelihood < LIKELY or _moves_a_measure(said, marks):
        return _allowed("baseline", rules) if finds_measure(said) else []
    severity = Severity.FIX if likelihood >= SURE else Severity.ASK
    if _is_milestone(said, marks):
        softer = Severity.ASK if "milestone" in rules.key_result_types else severity
        return [finding("kr.milestone", softer), *_allowed("milestone", rules)]
    return [finding("kr.output", severity, _work_named(said, marks))]


def _allowed(kind: str, rules: GroundRules) -> list[Finding]:
    if kind in rules.key_result_types:
        return []
    return [
        finding("kr.type_not_allowed", message=f"The ground rules do not allow a {kind} as a key result.")
    ]


def _moves_a_measure(said: Reading, marks: list[str]) -> bool:
    """Whether something goes from X to Y that is no count of own work; it tells so in any language."""
    own_work = {"counts.product", "counts.maybe_product", "lead.work", "lead.task"}
    return said.has_from_to and not own_work & set(marks)


def _is_milestone(said: Reading, marks: list[str]) -> bool:
    """One thing that is there or not, rather than something done again and again or counted."""
    if said.has_number or "when.often" in marks:
        return False
    return "lead.task" in marks or "state.can" in marks or "state.done" in marks or not said.lead


def _work_named(said: Reading, marks: list[str]) -> str:
    """The message, with the word that gave it away."""
    if said.counted and ("counts.product" in marks or "counts.maybe_product" in marks):
        counted = " ".join(said.counted[0].words)
        return f"This counts what you make or do (“{counted}”), not the change it brings."
    if "lead.work" in marks:
        return f"“{base_of(said.lead).capitalize()}” is work that you do, not the change it brings."
    return ""


def finds_measure(said: Reading) -> bool:
    """Whether the result is that something is measured for the first time."""
    return bool(said.lead in FIND_MEASURE and said.heads & STRONG_MEASURES and not said.has_number)


def _measured(said: Reading, is_work: bool) -> list[Finding]:
    """Number, starting point, and whether the level shall change at all. About work they are only good to
    know."""
    milder = Severity.INFO if is_work else None
    if not said.has_number:
        found = [finding("kr.no_number", milder if said.is_english else Severity.ASK)]
        names_measure = said.heads & STRONG_MEASURES
        says_enough = is_work or names_measure or not said.is_english
        return found if says_enough else [*found, finding("kr.vague")]
    found = [] if said.has_from_to else [finding("kr.no_baseline", milder)]
    stays = said.lead in KEEP or any(
        token.tag in "FM" and base_of(token.word) in _STAYS for token in said.tokens
    )
    return [*found, finding("kr.health_metric")] if stays and not said.has_from_to and not is_work else found
