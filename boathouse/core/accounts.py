"""Sessions, links and API tokens. Secrets are returned once; the database keeps fingerprints."""

from datetime import timedelta
from enum import StrEnum

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from boathouse.core.clock import now
from boathouse.core.errors import Problem
from boathouse.core.ids import fingerprint, new_secret
from boathouse.core.people import ApiToken, Person, Role, Session

SIGNED_IN_FOR = timedelta(days=14)
LINK_FOR = timedelta(minutes=10)


class LinkKind(StrEnum):
    """What a link that stands for a person lets its holder do."""

    SIGN_IN = "sign-in link"
    PASSWORD = "password link"  # noqa: S105


async def person_of_address(session: AsyncSession, email: str) -> Person | None:
    """Whose email address this is."""
    query = select(Person).where(Person.email == email.strip().lower())
    return (await session.exec(query)).first()


def change_role(session: AsyncSession, person: Person, role: Role) -> bool:
    """Give somebody with an account this role; whether it is another one. After it, end their sockets."""
    is_new = person.role != role
    person.role = role
    session.add(person)
    return is_new


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
