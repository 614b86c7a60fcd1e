"""What every table shares: naming of constraints, identifiers, times in UTC."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from boathouse.core.clock import now
from boathouse.core.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times on every database; SQLite would hand them back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; SQLite keeps no zone."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Every time read is aware."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def id_field(**options: Any) -> Any:
    """A primary key of twelve random letters."""
    return Field(default_factory=new_id, primary_key=True, max_length=12, **options)


def time_field(**options: Any) -> Any:
    """A moment that is the present unless told otherwise."""
    return Field(default_factory=now, sa_type=UtcDateTime, **options)


def maybe_time(**options: Any) -> Any:
    """A moment that may not have come."""
    return Field(default=None, sa_type=UtcDateTime, **options)


def choice_field(default: StrEnum, **options: Any) -> Any:
    """One of a few words, stored as text: a native enum of PostgreSQL cannot be downgraded."""
    kind = type(default)
    column = Enum(kind, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])
    return Field(default=default, sa_type=column, **options)
