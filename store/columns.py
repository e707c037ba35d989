"""Tables and their columns for prebuilt statements."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Label, Table, inspect, text
from sqlmodel import SQLModel

CLUSTERED: Final = {"sqlite_with_rowid": False}
"""On SQLite rows lie in the order of their key, without a second tree beside it; the last of a table's arguments."""


def where(condition: str) -> dict[str, Any]:
    """The arguments that make an index partial on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def table(model: type[SQLModel]) -> Table:
    """The table of a model."""
    found: Table = inspect(model).local_table
    return found


def labelled(model: type[SQLModel], prefix: str, without: Collection[str] = ()) -> list[Label[Any]]:
    """The columns of a model as ``prefix_column``, so that rows of several tables can be read side by side."""
    return [column.label(f"{prefix}_{column.name}") for column in table(model).columns if column.name not in without]
