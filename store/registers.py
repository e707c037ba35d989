"""Tables: where people live, as a register or a layer of buildings says it: places, and words to find them by.

Rows belong to a version, which `store.layers.Layer` names under the layer's name once all of it is there, so that an
import of a whole city keeps no writer waiting, and another takes the place of the one before at one stroke.
"""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class RegisterPlace(SQLModel, table=True):
    """An address, a building, or both."""

    __tablename__ = "register_place"
    __table_args__ = (Index("register_place_cell", "version", "cell"), CLUSTERED)

    version: str = Field(primary_key=True)
    place: int = Field(primary_key=True)
    """Its place in the file."""
    text: str
    """The address as it is read; empty for a building of which none is known."""
    lon: float
    lat: float
    """Its middle, WGS 84."""
    cell: int
    """Of the grid in which what is near is looked for (`monitoring.addresses.grid`)."""
    wkb: bytes | None = None
    """Its outline; None where a point is all that is known."""


class RegisterWord(SQLModel, table=True):
    """A word of an address, as it is folded for searching."""

    __tablename__ = "register_word"
    __table_args__ = (CLUSTERED,)

    version: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
    place: int = Field(primary_key=True)


class RegisterSpelling(SQLModel, table=True):
    """What may be typed for a word of some register: itself with a sign less, or its beginning."""

    __tablename__ = "register_spelling"
    __table_args__ = (CLUSTERED,)

    spelling: str = Field(primary_key=True)
    word: str = Field(primary_key=True)
