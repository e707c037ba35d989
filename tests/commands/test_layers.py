"""Layers of maps from files of several kinds and coordinate systems; what is invalid is repaired and told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import geopandas
import pytest
from shapely import LineString, MultiPolygon, Point, Polygon, from_wkb
from sqlalchemy import select

from codes.counts.layers import layers
from monitoring.addresses.searching import search_addresses
from store import Store
from store.columns import table
from store.layers import Area
from tests.commands.conftest import Read, Refused
from tests.house.sources import ROOT

SHARED = [ROOT.parent / "shared" / "data" / f"{name}.geojson" for name in ("Kazan", "Tatarstan")]
"""Real districts, where they lie beside this project."""
NORTH = Polygon([(49, 55), (50, 55), (50, 56), (49, 56)])
BOW = Polygon([(49, 54), (50, 55), (50, 54), (49, 55)])
"""Crosses itself."""


def shapes(**more: Any) -> geopandas.GeoDataFrame:
    named = {"name": ["Северный район", "Southern district"], "people": [1200, 7]}
    return geopandas.GeoDataFrame({**named, **more}, geometry=[NORTH, BOW], crs=4326)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp"])
@pytest.mark.parametrize("crs", [4326, 3857, 32639])
def test_every_kind_of_file_comes_to_valid_shapes_in_wgs_84(
    tmp_path: Path, read: Read, store: Store, name: str, crs: int
) -> None:
    file = tmp_path / name
    shapes().to_crs(crs).to_file(file, engine="pyogrio", encoding="utf-8")

    told = read("layers", "import", str(file), "--name", "districts")

    assert (told["areas"], told["label"], told["repaired"], told["dropped"]) == (2, "name", ["Southern district"], [])
    with store.reading() as work:
        rows = work.rows(select(table(Area)).order_by(table(Area).c.place))
        assert [one.areas for one in layers(work)] == [2]
    kept = [from_wkb(bytes(row.wkb)) for row in rows]
    assert all(shape.is_valid for shape in kept)
    assert kept[0].symmetric_difference(NORTH).area < 1e-6
    assert isinstance(kept[1], MultiPolygon)
    assert json.loads(rows[0].properties)["people"] == 1200


def test_another_import_takes_the_place_of_the_first(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "a.geojson"
    shapes().to_file(file)
    first = read("layers", "import", str(file), "--name", "districts")
    shapes()[:1].to_file(file)

    second = read("layers", "import", str(file), "--name", "districts", "--label", "people")

    assert (first["version"] != second["version"], second["label"]) == (True, "people")
    assert [(one["name"], one["areas"]) for one in read("layers", "list")] == [("districts", 1)]


def test_what_has_no_area_is_left_out_and_told(tmp_path: Path, read: Read) -> None:
    file = tmp_path / "a.geojson"
    line = Polygon([(49, 54), (50, 54), (49, 54)])
    frame = geopandas.GeoDataFrame({"name": ["North", "Line", "Nothing"]}, geometry=[NORTH, line, None], crs=4326)
    frame.to_file(file)

    told = read("layers", "import", str(file), "--name", "districts")

    assert (told["areas"], told["dropped"]) == (1, ["Line", "Nothing"])


def test_what_can_not_be_read_is_one_line(tmp_path: Path, refused: Refused) -> None:
    nothing, words, plain = tmp_path / "no.gpkg", tmp_path / "words.geojson", tmp_path / "a.geojson"
    words.write_text("no shapes here", "utf-8")
    shapes().to_file(plain)
    bare = tmp_path / "bare.shp"
    shapes().to_file(bare)
    bare.with_suffix(".prj").unlink()

    table = tmp_path / "buildings.parquet"
    table.write_bytes(b"PAR1 and more")

    for name in ("districts", "addresses"):
        assert "Parquet is not read: GeoPackage, GeoJSON and Shapefile" in refused(
            "layers", "import", str(table), "--name", name
        )
        assert "GeoPackage, GeoJSON and Shapefile" in refused("layers", "import", str(words), "--name", name)
    assert "there is no such file" in refused("layers", "import", str(nothing), "--name", "a")
    assert "nothing that can be read" in refused("layers", "import", str(words), "--name", "a")
    assert "no name for a layer" in refused("layers", "import", str(plain), "--name", "A layer")
    assert "there is no property 'title': there are name, people" in refused(
        "layers", "import", str(plain), "--name", "a", "--label", "title"
    )
    assert "in which coordinate system" in refused("layers", "import", str(bare), "--name", "a")


def test_a_file_that_names_other_files_brings_none_of_them_in(tmp_path: Path, refused: Refused) -> None:
    other, told = tmp_path / "other.csv", tmp_path / "towns.geojson"
    other.write_text('address,WKT\nsecret,"POINT (49 55)"\n', "utf-8")
    source = (
        f'<SrcDataSource>{other}</SrcDataSource><GeometryField encoding="WKT" field="WKT"/><LayerSRS>WGS84</LayerSRS>'
    )
    told.write_text(f'<OGRVRTDataSource><OGRVRTLayer name="other">{source}</OGRVRTLayer></OGRVRTDataSource>', "utf-8")
    packed = tmp_path / "towns.gpkg"
    with ZipFile(packed, "w") as archive:
        archive.write(told, "towns.vrt")

    for file in (told, packed):
        assert "nothing that can be read" in refused("layers", "import", str(file), "--name", "addresses")


def test_real_districts_are_read(read: Read, table_of: Callable[..., str]) -> None:
    for file in filter(Path.exists, SHARED):
        told = read("layers", "import", str(file), "--name", "districts")
        assert told["label"] == "district"
        assert (told["areas"], len(told["repaired"]), told["dropped"]) in [(7, 0, []), (45, 3, [])]

    assert "Nothing" in table_of("layers", "list") or "districts" in table_of("layers", "list")


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp"])
def test_a_register_has_points_and_buildings_with_addresses(
    tmp_path: Path, read: Read, store: Store, name: str
) -> None:
    streets = {"street": ["улица Баумана", "улица Баумана", None], "number": ["1", "2", None]}
    shapes = [Point(49.5, 55.5), NORTH, BOW] if name != "a.shp" else [BOW, NORTH, BOW]
    file = tmp_path / name
    geopandas.GeoDataFrame(streets, geometry=shapes, crs=4326).to_file(file, engine="pyogrio", encoding="utf-8")

    told = read("layers", "import", str(file), "--name", "addresses")

    assert (told["places"], told["addresses"]) == (3, 2)
    assert told["repaired"]["count"] == (2 if name == "a.shp" else 1) and told["dropped"]["count"] == 0
    assert [(one["name"], one["areas"]) for one in read("layers", "list")] == [("addresses", 3)]
    with store.reading() as work:
        (found,) = search_addresses(work, "бауманна 2")
    assert found.text == "улица Баумана, 2" and found.outline is not None


def test_what_is_neither_point_nor_area_is_left_out_of_a_register(tmp_path: Path, read: Read, refused: Refused) -> None:
    file = tmp_path / "a.geojson"
    shapes = [Point(49.5, 55.5), LineString([(49, 54), (50, 54)]), None]
    frame = geopandas.GeoDataFrame({"address": ["Баумана 1", "Линия", "Ничто"]}, geometry=shapes, crs=4326)
    frame.to_file(file)

    told = read("layers", "import", str(file), "--name", "addresses")

    assert (told["places"], told["dropped"]) == (1, {"count": 2, "which": ["Линия", "Ничто"]})
    frame[1:2].to_file(file)
    assert "none of its 1 shapes is a point or an area" in refused("layers", "import", str(file), "--name", "addresses")
    assert "there is no property 'x'" in refused("layers", "import", str(file), "--name", "buildings", "--label", "x")
