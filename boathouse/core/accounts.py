"""Sessions, links, invitations and API tokens. Secrets are returned once; the database keeps fingerprints."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import fingerprint, new_secret
from boathouse.core.passwords import hash_password
from boathouse.core.people import ApiToken, Invitation, Person, Role, Session

SIGNED_IN_FOR = timedelta(days=14)
INVITED_FOR = timedelta(days=7)
LINK_FOR = timedelta(minutes=10)


class LinkKind(StrEnum):
    """What a link that stands for a person lets its holder do."""

    SIGN_IN = "sign-in link"
    PASSWORD = "password link"  # noqa: S105


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


async def person_of_address(session: AsyncSession, email: str) -> Person | None:
    """Whose email address this is."""
    query = select(Person).where(Person.email == email.strip().lower())
    return (await session.exec(query)).first()


def role_after(person: Person, invitation: Invitation) -> Role:
    """The role of somebody with an account once the invitation is accepted.

    An invitation to a workshop gives that and no more; an owner stays one, or nobody might be left.
    """
    is_to_place = bool(invitation.invited_to)
    return person.role if is_to_place or person.role == Role.OWNER else invitation.role


def change_role(session: AsyncSession, person: Person, role: Role) -> bool:
    """Give somebody with an account this role; whether it is another one. After it, end their sockets."""
    is_new = person.role != role
    person.role = role
    session.add(person)
    return is_new


def use_up(session: AsyncSession, invitation: Invitation) -> None:
    """Nobody else may use it."""
    invitation.used_at = now()
    session.add(invitation)


def open_session(session: AsyncSession, person_id: str) -> str:
    """Sign in: the secret for the cookie."""
    secret = new_secret()
    session.add(
        Session(fingerprint=fingerprint(secret), person_id=person_id, expires_at=now() + SIGNED_IN_FOR)
    )
    return secret


def sign_in_link(session: AsyncSession, person_id: str) -> str:
    """The secret of a link that signs somebody in once, within ten minutes."""
    return _link(session, LinkKind.SIGN_IN, person_id)


def password_link(session: AsyncSession, person_id: str) -> str:
    """The secret of a link with which somebody sets a new password once, within ten minutes."""
    return _link(session, LinkKind.PASSWORD, person_id)


def _link(session: AsyncSession, kind: LinkKind, person_id: str) -> str:
    secret = new_secret()
    ends = now() + LINK_FOR
    session.add(Session(fingerprint=_print_of_link(kind, secret), person_id=person_id, expires_at=ends))
    return secret


async def person_of_link(session: AsyncSession, kind: LinkKind, secret: str, *, use: bool = False) -> Person:
    """Whose link of this kind it is; use: it works no more. Errors: Problem 410."""
    waiting = await session.get(Session, _print_of_link(kind, secret))
    person = await session.get(Person, waiting.person_id) if waiting else None
    if waiting is None or waiting.expires_at < now() or person is None:
        raise Problem(410, "This link was used already or is too old. Ask for a new one.")
    if use:
        await session.delete(waiting)
    return person


def _print_of_link(kind: LinkKind, secret: str) -> str:
    """Of its own kind: a link waits as a session that no cookie can name."""
    return fingerprint(f"{kind}\0{secret}")


async def set_password(session: AsyncSession, secret: str, hashed: str) -> Person:
    """Use up a password link; every session and link of the person ends. Errors: Problem 410."""
    person = await person_of_link(session, LinkKind.PASSWORD, secret)
    person.password_hash = hashed
    session.add(person)
    await _end_sessions(session, person.id)
    return person


async def _end_sessions(session: AsyncSession, person_id: str) -> None:
    await session.exec(delete(Session).where(col(Session.person_id) == person_id))


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


async def create_token(session: AsyncSession, name: str, role: Role, lasting: timedelta | None = None) -> str:
    """An API token and the person it acts as. lasting: how long it works; None for until it is revoked."""
    script = Person(name=name[:80], role=role)
    session.add(script)
    await session.flush()
    secret, ends = new_secret(), now() + lasting if lasting else None
    session.add(ApiToken(fingerprint=fingerprint(secret), person_id=script.id, expires_at=ends))
    return secret


def is_api_token(secret: str) -> bool:
    """Whether it may be one of ours; a signed text, such as a participant's, has a dot."""
    return bool(secret) and "." not in secret


async def person_of_token(session: AsyncSession, secret: str) -> Person | None:
    """Which script's token this is, if it was not revoked and is not too old."""
    found = await session.exec(
        select(Person)
        .join(ApiToken, col(ApiToken.person_id) == Person.id)
        .where(ApiToken.fingerprint == fingerprint(secret), col(ApiToken.revoked_at).is_(None))
        .where(col(ApiToken.expires_at).is_(None) | (col(ApiToken.expires_at) > now()))
        .where(col(Person.removed_at).is_(None))
    )
    return found.first()


async def remove_expired(session: AsyncSession) -> None:
    """End the accounts of scripts whose token is too old: their owner may have died before doing so."""
    query = select(Person).join(ApiToken).where(col(ApiToken.expires_at) <= now())
    for person in await session.exec(query.where(col(Person.removed_at).is_(None))):
        await remove_person(session, person)


async def remove_person(session: AsyncSession, person: Person) -> None:
    """End an account or token at once; what the person wrote stays under their name."""
    person.removed_at = now()
    person.email = None
    session.add(person)
    await _end_sessions(session, person.id)
