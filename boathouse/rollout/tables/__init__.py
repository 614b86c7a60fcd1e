"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import parameters, programs, roles, why

__all__ = ["parameters", "programs", "roles", "why"]
