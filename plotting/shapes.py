"""Opens what GDAL reads: GeoPackage, GeoJSON, Shapefile and others."""

from pathlib import Path
from typing import Any

import geopandas

READ = "GeoPackage, GeoJSON and Shapefile (with its .shx, .dbf and .prj beside it) are read"
"""Whatever else GDAL knows may work as well."""
_PARQUET = b"PAR1"


class NoShapes(Exception):
    """There is nothing in the file to work with; the text says why, and what would do."""


def open_shapes(file: str, wanted: str | None) -> tuple[Any, list[str]]:
    """The table of a file with a coordinate system, and its properties, `wanted` among them; raises NoShapes."""
    with Path(file).open("rb") as begun:
        if begun.read(len(_PARQUET)) == _PARQUET:
            raise NoShapes(f"(Geo)Parquet is not read: {READ}, so save it as one of these")
    read = geopandas.read_file(file)
    if read.empty or read.geometry.name not in read:
        raise NoShapes("there are no shapes in it")
    if read.crs is None:
        raise NoShapes("it does not say in which coordinate system it is: add one (.prj), or save it as GeoJSON")
    columns = [str(one) for one in read.columns if one != read.geometry.name]
    if wanted is not None and wanted not in columns:
        raise NoShapes(f"there is no property {wanted!r}: there are {', '.join(columns) or 'none'}")
    return read, columns
