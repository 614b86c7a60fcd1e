"""Signing in, invitations and API tokens. Secrets are returned once; the database keeps fingerprints."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import fingerprint, new_secret
from boathouse.core.people import ApiToken, Invitation, Person, Role, Session

SIGNED_IN_FOR = timedelta(days=14)
INVITED_FOR = timedelta(days=7)
LINK_FOR = timedelta(minutes=10)
SHORTEST_PASSWORD = 10

_hasher = PasswordHasher()
# Hashing takes a twentieth of a second and 64 MB on purpose: beside the event loop, and never many at once.
_hashing = ThreadPoolExecutor(2, "password")
# Verified when no such person exists, so that the answer takes as long.
_nobody = _hasher.hash(new_secret())


async def needs_owner(session: AsyncSession) -> bool:
    """True until somebody with a password owns the installation."""
    owner = select(Person.id).where(Person.role == Role.OWNER, col(Person.password_hash).is_not(None))
    return (await session.exec(owner.limit(1))).first() is None


async def new_setup_secret(session: AsyncSession) -> str:
    """A fresh set-up link's secret; earlier ones stop working."""
    await session.exec(
        delete(Invitation).where(col(Invitation.role) == Role.OWNER, col(Invitation.invited_by).is_(None))
    )
    return invite(session, Role.OWNER, invited_by=None)


def invite(session: AsyncSession, role: Role, *, invited_by: str | None, invited_to: str = "") -> str:
    """A single-use invitation's secret. invited_to: where the guest lands, a path of this site."""
    secret = new_secret()
    session.add(
        Invitation(
            fingerprint=fingerprint(secret),
            role=role,
            invited_by=invited_by,
            invited_to=invited_to,
            expires_at=now() + INVITED_FOR,
        )
    )
    return secret


async def find_invitation(session: AsyncSession, secret: str) -> Invitation:
    """An invitation that can still be used. Errors: Problem 410."""
    invitation = await session.get(Invitation, fingerprint(secret))
    if invitation is None or invitation.used_at or invitation.expires_at < now():
        raise Problem(410, "This link was used already or is too old. Ask for a new one.")
    return invitation


async def accept(
    session: AsyncSession, invitation: Invitation, name: str, email: str, password: str
) -> Person:
    """A new account from an invitation, which is used up by it. Errors: Problem 422 naming the field."""
    name, email = name.strip(), email.strip().lower()
    if not name:
        raise Problem(422, "Please write your name.", field="name")
    if "@" not in email:
        raise Problem(422, "That does not look like an email address.", field="email")
    if len(password) < SHORTEST_PASSWORD:
        raise Problem(422, f"At least {SHORTEST_PASSWORD} characters, please.", field="password")
    if (await session.exec(select(Person).where(Person.email == email))).first():
        raise Problem(422, "There is an account with this address. Sign in instead.", field="email")
    hashed = await asyncio.get_running_loop().run_in_executor(_hashing, _hasher.hash, password)
    person = Person(name=name[:80], email=email[:254], password_hash=hashed, role=invitation.role)
    session.add(person)
    use_up(session, invitation)
    await session.flush()
    return person


def use_up(session: AsyncSession, invitation: Invitation) -> None:
    """Nobody else may use it."""
    invitation.used_at = now()
    session.add(invitation)


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


def open_session(session: AsyncSession, person_id: str) -> str:
    """Sign in: the secret for the cookie."""
    secret = new_secret()
    session.add(
        Session(fingerprint=fingerprint(secret), person_id=person_id, expires_at=now() + SIGNED_IN_FOR)
    )
    return secret


def sign_in_link(session: AsyncSession, person_id: str) -> str:
    """The secret of a link that signs somebody in once, within ten minutes."""
    secret = new_secret()
    ends = now() + LINK_FOR
    session.add(Session(fingerprint=_print_of_link(secret), person_id=person_id, expires_at=ends))
    return secret


async def person_of_link(session: AsyncSession, secret: str, *, use: bool = False) -> Person:
    """Whom a sign-in link signs in; use: it works no more. Errors: Problem 410."""
    waiting = await session.get(Session, _print_of_link(secret))
    person = await session.get(Person, waiting.person_id) if waiting else None
    if waiting is None or waiting.expires_at < now() or person is None:
        raise Problem(410, "This link was used already or is too old. Ask for a new one.")
    if use:
        await session.delete(waiting)
    return person


def _print_of_link(secret: str) -> str:
    """Of its own kind: a link waits as a session that no cookie can name."""
    return fingerprint(f"sign-in link\0{secret}")


async def close_session(session: AsyncSession, print_of_secret: str) -> None:
    """Sign out of one browser."""
    await session.exec(delete(Session).where(col(Session.fingerprint) == print_of_secret))


async def person_of_session(session: AsyncSession, secret: str) -> Person | None:
    """Whose cookie this is, if it is still good."""
    found = await session.exec(
        select(Person)
        .join(Session, col(Session.person_id) == Person.id)
        .where(Session.fingerprint == fingerprint(secret), Session.expires_at > now())
        .where(col(Person.removed_at).is_(None))
    )
    return found.first()


async def create_token(session: AsyncSession, name: str, role: Role) -> str:
    """An API token and the person it acts as."""
    program = Person(name=name[:80], role=role)
    session.add(program)
    await session.flush()
    secret = new_secret()
    session.add(ApiToken(fingerprint=fingerprint(secret), person_id=program.id))
    return secret


async def person_of_token(session: AsyncSession, secret: str) -> Person | None:
    """Which program's token this is, if it was not revoked."""
    found = await session.exec(
        select(Person)
        .join(ApiToken, col(ApiToken.person_id) == Person.id)
        .where(ApiToken.fingerprint == fingerprint(secret), col(ApiToken.revoked_at).is_(None))
        .where(col(Person.removed_at).is_(None))
    )
    return found.first()


async def remove_person(session: AsyncSession, person: Person) -> None:
    """End an account or token at once; what the person wrote stays under their name."""
    person.removed_at = now()
    person.email = None
    session.add(person)
    await session.exec(delete(Session).where(col(Session.person_id) == person.id))
