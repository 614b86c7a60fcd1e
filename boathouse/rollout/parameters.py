"""Deployment parameters: the ground rules of a program, and what we recommend where none were decided.

The ten parameters are Ben Lamorte's; S-numbers refer to the field's sources in the domain notes.
"""

from pydantic import BaseModel, Field


class GroundRules(BaseModel):
    """The parameters that bind a workshop; a workshop keeps a snapshot of them."""

    max_objectives: int = Field(default=3, ge=1, le=5)  # S35: 1, 3, at most 4
    max_key_results: int = Field(default=3, ge=1, le=5)  # S71: up to three
    key_result_types: list[str] = ["metric", "baseline", "milestone"]  # S36: milestones allowed, flagged
    cycle_months: int = Field(default=3, ge=1, le=12)  # S35: three months is usual


RECOMMENDED = GroundRules()
