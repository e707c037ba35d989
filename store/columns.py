"""Tables and their columns for prebuilt statements."""

from typing import Any

from sqlalchemy import Label, Table, inspect
from sqlmodel import SQLModel


def table(model: type[SQLModel]) -> Table:
    """The table of a model."""
    found: Table = inspect(model).local_table
    return found


def labelled(model: type[SQLModel], prefix: str) -> list[Label[Any]]:
    """Every column of a model as ``prefix_column``, so that rows of several tables can be read side by side."""
    return [column.label(f"{prefix}_{column.name}") for column in table(model).columns]
