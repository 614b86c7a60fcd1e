"""The rows of the rollout world: programs and units, parameters, plans, calendars."""

from boathouse.rollout.tables import cycles, gates, parameters, plans, programs, roles, stances, why

__all__ = ["cycles", "gates", "parameters", "plans", "programs", "roles", "stances", "why"]
