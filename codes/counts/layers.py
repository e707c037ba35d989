"""Layers of a map: areas imported together under a name, such as the districts that figures are shown by."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlmodel import col

from store import Work
from store.layers import Area, Layer

DISTRICTS: Final = "districts"
"""The layer that the map of figures is made of."""
_IMPORTING = b"layers.import"


@dataclass(frozen=True, slots=True)
class Shape:
    """An area that is to be imported."""

    name: str
    properties: Mapping[str, Any]
    wkb: bytes
    """Valid, WGS 84."""


@dataclass(frozen=True, slots=True)
class KnownLayer:
    """A layer, without its areas."""

    name: str
    version: str
    areas: int
    imported_at: datetime
    imported_by: str


def import_layer(work: Work, name: str, shapes: Sequence[Shape], by: str) -> str:
    """Keeps a layer, in place of the one of that name; its version."""
    work.lock(_IMPORTING)
    version = work.new_id()
    work.run(delete(Area).where(col(Area.layer) == name))
    work.run(delete(Layer).where(col(Layer.name) == name))
    made = {"version": version, "areas": len(shapes), "imported_at": work.now, "imported_by": by}
    work.insert(Layer, name=name, **made)
    for place, shape in enumerate(shapes):
        said = json.dumps(shape.properties, ensure_ascii=False)
        work.insert(Area, layer=name, place=place, name=shape.name, properties=said, wkb=shape.wkb)
    work.audit(by, "layer.imported", name, {"areas": len(shapes), "version": version})
    return version


def layers(work: Work) -> list[KnownLayer]:
    """Every layer, by name."""
    columns = [col(getattr(Layer, name)) for name in KnownLayer.__slots__]
    return [KnownLayer(*row) for row in work.rows(select(*columns).order_by(col(Layer.name)))]


def layer(work: Work, name: str) -> KnownLayer | None:
    """The layer of a name."""
    return next((one for one in layers(work) if one.name == name), None)


def area_names(work: Work, name: str) -> list[str]:
    """The names of a layer's areas, each once, in the order of the file."""
    rows = work.rows(select(col(Area.name)).where(col(Area.layer) == name).order_by(col(Area.place)))
    return list(dict.fromkeys(row.name for row in rows))
