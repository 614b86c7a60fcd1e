"""Wrong codes are counted, by address and in all; right ones are not.

Hundreds of people may share one address. An address from which somebody has come into a workshop is never
locked out of that workshop, whatever its neighbours type: it has nothing left to guess there.
"""

from boathouse.core.errors import Problem
from boathouse.core.limits import Limits

BY_ADDRESS = "100 per 10 minute"
IN_ALL = "3000 per 10 minute"
WHILE_MANY_GUESS = "10 per 10 minute"  # by address, once the misses in all are used up
REMEMBERED = 20_000  # pairs of address and workshop
NAME = "code"


class Guesses:
    """The misses of one process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._at_home: dict[tuple[str, str], None] = {}

    async def missed(self, address: str) -> None:
        """Count a wrong code. Errors: Problem 429 once the address has no misses left."""
        await self._is_left(IN_ALL, NAME, count=True)
        few = await self._is_left(WHILE_MANY_GUESS, NAME, "few", address, count=True)
        if not await self._is_left(BY_ADDRESS, NAME, address, count=True):
            raise _too_many()
        if not few:
            await self._check_all()

    async def came(self, address: str, workshop_id: str) -> None:
        """A right code. Errors: Problem 429 from an address that only guessed so far, and too often."""
        pair = (address, workshop_id)
        if pair in self._at_home:
            return
        if not await self._is_left(BY_ADDRESS, NAME, address):
            raise _too_many()
        if not await self._is_left(WHILE_MANY_GUESS, NAME, "few", address):
            await self._check_all()
        self._at_home[pair] = None
        if len(self._at_home) > REMEMBERED:
            del self._at_home[next(iter(self._at_home))]

    async def _check_all(self) -> None:
        if not await self._is_left(IN_ALL, NAME):
            raise _too_many()

    async def _is_left(self, rate: str, *key: str, count: bool = False) -> bool:
        try:
            await (self._limits.spend if count else self._limits.check)(rate, *key)
        except Problem:
            return False
        return True


def _too_many() -> Problem:
    return Problem(
        429,
        "Too many wrong codes came from here. Wait ten minutes, or open the link your coach has sent.",
        field="code",
    )
