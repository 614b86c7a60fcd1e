"""People with an account, their roles, and the sessions, invitations and tokens that stand for them."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from boathouse.core.tables import choice_field, id_field, maybe_time, time_field


class Role(StrEnum):
    """What an account may do in this installation."""

    OWNER = "owner"
    COACH = "coach"
    LEADER = "leader"
    VIEWER = "viewer"


class Person(SQLModel, table=True):
    """Somebody with an account; a program with an API token is one without password or email."""

    id: str = id_field()
    name: str = Field(max_length=80)
    email: str | None = Field(default=None, max_length=254, unique=True)
    password_hash: str | None = Field(default=None, max_length=255)
    role: Role = choice_field(Role.VIEWER)
    created_at: datetime = time_field()
    removed_at: datetime | None = maybe_time()


class Session(SQLModel, table=True):
    """One signed-in browser; the cookie holds the secret, the row its fingerprint."""

    fingerprint: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="CASCADE", max_length=12)
    created_at: datetime = time_field()
    expires_at: datetime = time_field()


class Invitation(SQLModel, table=True):
    """A single-use link that makes an account, or lets an existing one in further."""

    fingerprint: str = Field(primary_key=True, max_length=64)
    role: Role = choice_field(Role.COACH)
    invited_to: str = Field(default="", max_length=200)  # where to go once accepted, a path of this site
    invited_by: str | None = Field(default=None, max_length=12)
    created_at: datetime = time_field()
    expires_at: datetime = time_field()
    used_at: datetime | None = maybe_time()


class ApiToken(SQLModel, table=True):
    """A program's key; acts as its person."""

    id: str = id_field()
    fingerprint: str = Field(unique=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="CASCADE", max_length=12)
    created_at: datetime = time_field()
    expires_at: datetime | None = maybe_time()
    revoked_at: datetime | None = maybe_time()
