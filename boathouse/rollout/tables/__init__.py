"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import parameters, programs

__all__ = ["parameters", "programs"]
