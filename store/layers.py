"""Tables: layers of a map, each with its areas, all in WGS 84."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from store.columns import CLUSTERED


class Layer(SQLModel, table=True):
    """Areas that were imported together under a name."""

    __table_args__ = (CLUSTERED,)

    name: str = Field(primary_key=True)
    version: str
    """Another one with each import."""
    areas: int
    imported_at: datetime
    imported_by: str


class Area(SQLModel, table=True):
    """One shape of a layer."""

    __table_args__ = (CLUSTERED,)

    layer: str = Field(primary_key=True, foreign_key="layer.name")
    place: int = Field(primary_key=True)
    """Its place in the file."""
    name: str
    properties: str = Field(sa_type=Text)
    """JSON: what else the file says of it."""
    wkb: bytes
    """Well-known binary, longitude and latitude in degrees; valid."""
