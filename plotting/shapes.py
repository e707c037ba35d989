"""Opens files of shapes: GeoPackage, GeoJSON, Shapefile.

GDAL reads a hundred kinds, and goes by what is in a file: one that is called .geojson may be a list of other files or
of addresses, whose contents would come in as shapes. So a file is looked at before GDAL gets it.
"""

from pathlib import Path
from typing import Any, Final

import geopandas

READ: Final = "GeoPackage, GeoJSON and Shapefile (with its .shx, .dbf and .prj beside it) are read"
_PARQUET: Final = b"PAR1"
_SQLITE: Final = b"SQLite format 3\0"
_SHAPEFILE: Final = b"\x00\x00\x27\x0a"
_JSON: Final = (b"{", b"[")
_LOOKED_AT: Final = 4096


class NoShapes(Exception):
    """There is nothing in the file to work with; the text says why, and what would do."""


def open_shapes(file: str, wanted: str | None) -> tuple[Any, list[str]]:
    """The table of a file with a coordinate system, and its properties, `wanted` among them; raises NoShapes."""
    with Path(file).open("rb") as begun:
        head = begun.read(_LOOKED_AT)
    if head.startswith(_PARQUET):
        raise NoShapes(f"(Geo)Parquet is not read: {READ}, so save it as one of these")
    if not _is_of_a_known_kind(head):
        raise NoShapes(f"it is nothing that can be read: {READ}")
    read = geopandas.read_file(file)
    if read.empty or read.geometry.name not in read:
        raise NoShapes("there are no shapes in it")
    if read.crs is None:
        raise NoShapes("it does not say in which coordinate system it is: add one (.prj), or save it as GeoJSON")
    columns = [str(one) for one in read.columns if one != read.geometry.name]
    if wanted is not None and wanted not in columns:
        raise NoShapes(f"there is no property {wanted!r}: there are {', '.join(columns) or 'none'}")
    return read, columns


def _is_of_a_known_kind(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((_SQLITE, _SHAPEFILE)) or text.startswith(_JSON)
