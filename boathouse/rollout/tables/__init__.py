"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import programs

__all__ = ["programs"]
