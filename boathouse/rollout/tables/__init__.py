"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import cycles, gates, okrs, parameters, plans, programs, roles, stances, why

__all__ = ["cycles", "gates", "okrs", "parameters", "plans", "programs", "roles", "stances", "why"]
