"""Invitations, the set-up link among them, and the accounts that come of them."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.accounts import person_of_address
from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import fingerprint, new_secret
from boathouse.core.passwords import hash_password
from boathouse.core.people import Invitation, Person, Role

INVITED_FOR = timedelta(days=7)


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


@dataclass(frozen=True)
class Newcomer:
    """Checked details of an account to be made."""

    name: str
    email: str
    password_hash: str


async def newcomer(name: str, email: str, password: str) -> Newcomer:
    """Check what was typed and hash the password; before a transaction, since hashing takes its time.

    Errors: Problem 422 naming the field.
    """
    name, email = name.strip(), email.strip().lower()
    if not name:
        raise Problem(422, "Please write your name.", field="name")
    if "@" not in email:
        raise Problem(422, "That does not look like an email address.", field="email")
    return Newcomer(name[:80], email[:254], await hash_password(password))


async def accept(session: AsyncSession, invitation: Invitation, who: Newcomer) -> Person:
    """A new account from an invitation, which is used up by it.

    Errors: Problem 409 when the address has an account.
    """
    if await person_of_address(session, who.email):
        raise Problem(409, "There is an account with this address already.", field="email")
    person = Person(name=who.name, email=who.email, password_hash=who.password_hash, role=invitation.role)
    session.add(person)
    use_up(session, invitation)
    await session.flush()
    return person


def role_after(person: Person, invitation: Invitation) -> Role:
    """The role of somebody with an account once the invitation is accepted.

    An invitation to a workshop gives that and no more; an owner stays one, or nobody might be left.
    """
    is_to_place = bool(invitation.invited_to)
    return person.role if is_to_place or person.role == Role.OWNER else invitation.role


def use_up(session: AsyncSession, invitation: Invitation) -> None:
    """Nobody else may use it."""
    invitation.used_at = now()
    session.add(invitation)
