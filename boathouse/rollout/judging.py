"""Findings of the guardrails together with the exceptions that were written for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from boathouse.rollout.guardrails import Finding
from boathouse.rollout.tables.plans import Override


@dataclass(frozen=True)
class Judged:
    """A finding, and the override that sets it aside, if one does."""

    finding: Finding
    override: Override | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still asks for something."""
        return self.override is None


def judge(found: Sequence[Finding], overrides: Sequence[Override]) -> list[Judged]:
    """Each finding with the override that covers it.

    An override covers the units or coaches that were there when it was written: more of them open it again.
    """
    return [Judged(finding, _covering(finding, overrides)) for finding in found]


def _covering(finding: Finding, overrides: Sequence[Override]) -> Override | None:
    key = (finding.rule.code, finding.severity.value, finding.wave)
    alike = [
        each
        for each in overrides
        if each.taken_back_at is None and (each.code, each.severity, each.wave_id) == key
    ]
    covered = {one for each in alike for one in each.about}
    return alike[0] if alike and set(finding.about) <= covered else None
