"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import gates, parameters, plans, programs, roles, stances, why

__all__ = ["gates", "parameters", "plans", "programs", "roles", "stances", "why"]
