"""`flask --app wsgi layers ...`: shapes for maps, from a file of any kind that GDAL reads."""

import re
from pathlib import Path
from typing import Any

import click

from codes.counts.layers import Shape, import_layer
from codes.counts.layers import layers as known_layers
from commands.tables import Row, show_rows
from commands.terminal import Failure, Group, acting, json_option, operator, out, store
from monitoring.addresses.registers import REGISTERS, Place, import_register
from plotting.process import LAYERS, PLACES, PlottingFailed, ask

_TIMEOUT_S = 300.0
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
layers = Group("layers", help="Layers of maps: districts, addresses, buildings. Import, list.")


@layers.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--name",
    required=True,
    help="What the layer is called: districts is what figures are shown by; addresses (points or buildings) is where "
    "clinics look for homes, buildings has outlines alone.",
)
@click.option("--label", help="The property that has names or addresses; otherwise the first that fits.")
@acting
def import_file(*, file: Path, name: str, label: str | None, as_json: bool) -> None:
    """Imports FILE (GeoPackage, GeoJSON, Shapefile) in place of the layer of that name; invalid shapes are repaired."""
    if not _NAME.fullmatch(name):
        raise Failure(f"{name!r} is no name for a layer: small letters, digits, - and _, beginning with a letter")
    if not file.is_file():
        raise Failure(f"{file} can't be read: there is no such file")
    if name in REGISTERS:
        _import_places(file, name, label, as_json=as_json)
        return
    found = _read(LAYERS, file, label)
    if not found["areas"]:
        raise Failure(f"{file}: none of its {len(found['dropped'])} shapes is an area")
    shapes = [Shape(one["name"], one["properties"], bytes.fromhex(one["wkb"])) for one in found["areas"]]
    with store().work() as work:
        version = import_layer(work, name, shapes, operator())
    row: Row = {"name": name, "version": version, "areas": len(shapes), "label": found["name_property"]}
    told = {"repaired": found["repaired"], "dropped": found["dropped"]}
    out(as_json, {**row, **told}, _told(name, len(shapes), found))


def _import_places(file: Path, name: str, label: str | None, *, as_json: bool) -> None:
    """A register: points and areas, with addresses to be searched."""
    found = _read(PLACES, file, label)
    if not found["places"]:
        raise Failure(f"{file}: none of its {found['dropped']['count']} shapes is a point or an area")
    places = [Place(text, lon, lat, bytes.fromhex(wkb) if wkb else None) for text, lon, lat, wkb in found.pop("places")]
    version = import_register(store(), name, places, operator())
    named, outlines = sum(bool(one.text) for one in places), sum(one.wkb is not None for one in places)
    row: Row = {"name": name, "version": version, "places": len(places), "addresses": named, "outlines": outlines}
    told = {"label": found["text_property"], "repaired": found["repaired"], "dropped": found["dropped"]}
    lines = [f"{name}: {len(places)} places, {named} with an address, {outlines} with an outline"]
    lines += [
        f"{words}: {found[what]['count']} ({', '.join(found[what]['which'])})"
        for what, words in (("repaired", "invalid, repaired"), ("dropped", "neither point nor area, left out"))
        if found[what]["count"]
    ]
    out(as_json, {**row, **told}, "\n".join(lines))


@layers.command("list")
@json_option
def list_layers(*, as_json: bool) -> None:
    """Every layer."""
    with store().reading() as work:
        rows = known_layers(work)
    show_rows(
        as_json,
        (
            {
                "name": one.name,
                "areas": one.areas,
                "imported_at": one.imported_at.isoformat(timespec="seconds"),
                "imported_by": one.imported_by,
            }
            for one in rows
        ),
    )


def _read(module: str, file: Path, label: str | None) -> dict[str, Any]:
    """What a process of its own makes of the file; raises Failure."""
    try:
        found: dict[str, Any] = ask(module, str(file.resolve()), *([label] if label else []), timeout=_TIMEOUT_S)
    except PlottingFailed as error:
        raise Failure(f"{file} can't be read: {error}") from None
    if "error" in found:
        raise Failure(f"{file}: {found['error']}")
    return found


def _told(name: str, areas: int, found: dict[str, Any]) -> str:
    lines = [f"{name}: {areas} areas, named by {found['name_property'] or 'their number'}"]
    for what, words in (("repaired", "invalid, repaired"), ("dropped", "without area, left out")):
        if found[what]:
            lines.append(f"{words}: {', '.join(found[what])}")
    return "\n".join(lines)
