"""Passwords: kept as argon2id, checked so that a wrong address and a wrong password cost the same."""

import asyncio
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from secrets import token_bytes

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.errors import Problem
from boathouse.core.people import Person

SHORTEST = 10  # characters

_hasher = PasswordHasher()
# Hashing takes a twentieth of a second and 64 MB on purpose: beside the event loop, and never many at once.
_hashing = ThreadPoolExecutor(2, "password")


def _hash_of_nothing() -> str:
    """Like a kept password, without the work of hashing one at every start. Nothing matches it."""
    costs = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    salt, digest = (
        b64encode(token_bytes(size)).decode().rstrip("=") for size in (_hasher.salt_len, _hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${digest}"


# Verified when no such person exists, so that the answer takes as long.
_nobody = _hash_of_nothing()


async def hash_password(password: str) -> str:
    """What is kept of it. Errors: Problem 422 when it is too short."""
    if len(password) < SHORTEST:
        raise Problem(422, f"At least {SHORTEST} characters, please.", field="password")
    return await asyncio.get_running_loop().run_in_executor(_hashing, _hasher.hash, password)


async def check_password(session: AsyncSession, email: str, password: str) -> Person:
    """The person with this address and password. Errors: Problem 422, the same for either being wrong."""
    person = (await session.exec(select(Person).where(Person.email == email.strip().lower()))).first()
    is_known = person is not None and person.removed_at is None and person.password_hash is not None
    kept = person.password_hash if is_known and person else _nobody
    is_right = await asyncio.get_running_loop().run_in_executor(_hashing, _verify, kept, password)
    if not (is_known and is_right) or person is None:
        raise Problem(422, "Address and password do not belong together.", field="password")
    return person


def _verify(kept: str | None, password: str) -> bool:
    try:
        return _hasher.verify(kept or _nobody, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
