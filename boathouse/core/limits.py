"""How often a stranger may try. Kept in memory: one process owns a workshop."""

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from boathouse.core.errors import Problem

WAIT = "That was tried too often. Please wait a few minutes, then try again."


class Limits:
    """Counts attempts by name and key. One per app."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def spend(self, rate: str, *key: str) -> None:
        """Count one attempt. rate: such as "10 per 10 minute". Errors: Problem 429 once it is used up."""
        if not await self._limiter.hit(_parsed(rate), *key):
            raise Problem(429, WAIT)

    async def check(self, rate: str, *key: str) -> None:
        """Like spend, without counting."""
        if not await self._limiter.test(_parsed(rate), *key):
            raise Problem(429, WAIT)


def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)
