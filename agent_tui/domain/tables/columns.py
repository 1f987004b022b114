"""What the tables share: column types that mean the same on SQLite and PostgreSQL, and mixins.

No `from __future__ import annotations` in this folder: SQLModel reads the annotations.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

from agent_tui.domain.values.ids import new_id

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

CONDITION = "condition"
"""Under which name an index tells which rows it holds, where it holds only some (`part`)."""

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit integer; on SQLite the plain INTEGER that may alias the row id."""

Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that both databases order by its bytes, so that a prefix is a range of the index."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment. PostgreSQL: timestamptz. SQLite: whole microseconds since 1970, UTC."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the database at hand."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive moments; turn aware ones into what the database stores."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        if dialect.name == "postgresql":
            return value
        return (value - _UNIX_EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        if dialect.name == "postgresql":
            moment: datetime = value.astimezone(UTC)
            return moment
        return _UNIX_EPOCH + int(value) * _MICROSECOND


def identity() -> Any:
    """The primary key: a client-made 64-bit id."""
    return Field(default_factory=new_id, primary_key=True, sa_type=BigId)


def points_to(table: str, *, null: bool = False, index: bool = False) -> Any:
    """A foreign key to another table's id."""
    args = (ForeignKey(f"{table}.id"),)
    extra: dict[str, Any] = {"default": None} if null else {}
    return Field(**extra, nullable=null, index=index, sa_type=BigId, sa_column_args=args)


def moment(*, null: bool = False) -> Any:
    """A column of aware moments."""
    extra: dict[str, Any] = {"default": None} if null else {}
    return Field(**extra, nullable=null, sa_type=UtcDateTime)


def words(*, null: bool = False, default: str | None = None) -> Any:
    """A column of text of any length."""
    extra: dict[str, Any] = {}
    if null or default is not None:
        extra["default"] = default
    return Field(**extra, nullable=null, sa_type=Text)


def sought(*, null: bool = False) -> Any:
    """A column of text in normal form, found by its beginning."""
    extra: dict[str, Any] = {"default": None} if null else {}
    return Field(**extra, nullable=null, sa_type=Bytewise)


def code(length: int = 32, *, null: bool = False, default: str | None = None) -> Any:
    """A column for a word from one of the closed lists in `domain.values.kinds`."""
    extra: dict[str, Any] = {}
    if null or default is not None:
        extra["default"] = default
    return Field(**extra, nullable=null, sa_type=String(length))


def part(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of some of the rows.

    Its condition is not said to SQLAlchemy, which would load all it has for either database,
    until tables are made or compared (`domain.tables.with_conditions`).
    """
    return Index(name, *columns, unique=unique, info={CONDITION: where})


def among(name: str, column: str, *more: str) -> Index:
    """An index of the rows that have something in its first column, which `IS NULL` never uses."""
    return part(name, column, *more, where=f"{column} IS NOT NULL")


class Record(SQLModel):
    """What every table is. Nothing validates with it: what it would take to do so is made when
    it is asked for, and not for all tables before the first note."""

    model_config = {"defer_build": True}


class Versioned(Record):
    """A row that may change: its version is checked on save, so that no change is lost."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Imported(Record):
    """A row that a file may bring again: `import_key` is a digest of what the file said.

    The digest is of the values as imported, so a row that was changed at the desk afterwards is
    still the same row when the file comes again.
    """

    import_key: str | None = Field(default=None, max_length=32)
