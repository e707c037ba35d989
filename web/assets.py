"""Styles and scripts as the browser gets them: read once, packed once, under names that change with their content."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, abort, request

from web.headers import guard_file

FOLDER = Path(__file__).parent / "static"
NEEDED = ("pages.css", "start.js", "passkeys.js", "govuk-frontend.min.js", "htmx.min.js", "zxing-reader.wasm")
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono-Bold.ttf")
"""For pictures that are drawn here; pages use the reader's own."""
_KINDS = {".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm", ".png": "image/png"}
_FOR_EVER = "public, max-age=31536000, immutable"


class AssetsMissing(Exception):
    """`make assets` did not run; the text says so."""


@dataclass(frozen=True, slots=True)
class _Asset:
    plain: bytes
    packed: bytes
    kind: str


class Assets:
    """Every file of web/static; one address for all of them, so that a script finds those it imports beside it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        missing = [name for name in (*NEEDED, *FONTS) if not (folder / name).exists()]
        if missing:
            raise AssetsMissing(f"web/static has no {', '.join(missing)}: run `make assets`")
        self._files = _read(folder)
        self.version = _version(self._files)

    def url(self, name: str) -> str:
        """Where a file is; raises KeyError for one that is not there."""
        self._files[name]
        return f"/static/{self.version}/{name}"

    def text(self, name: str) -> str:
        """What a script says; raises KeyError for one that is not there."""
        return self._files[name].plain.decode()

    def response(self, version: str, name: str) -> Response:
        """The file, to be kept for ever; 404 under an address that is not today's."""
        asset = self._files.get(name)
        if asset is None or version != self.version:
            abort(404)
        packing = request.accept_encodings.quality("gzip") > 0
        answer = Response(asset.packed if packing else asset.plain, mimetype=asset.kind)
        answer.headers["Cache-Control"] = _FOR_EVER
        answer.headers["Vary"] = "Accept-Encoding"
        if packing:
            answer.headers["Content-Encoding"] = "gzip"
        return answer


def _read(folder: Path) -> Mapping[str, _Asset]:
    files = {}
    for file in sorted(folder.iterdir()):
        if file.suffix in _KINDS:
            plain = file.read_bytes()
            files[file.name] = _Asset(plain, _packed(plain), _KINDS[file.suffix])
    return MappingProxyType(files)


@cache
def _packed(plain: bytes) -> bytes:
    """A fifth of a second for all, which only the first application of a process pays."""
    return gzip.compress(plain, 9, mtime=0)


def _version(files: Mapping[str, _Asset]) -> str:
    whole = hashlib.sha256()
    for name, asset in files.items():
        whole.update(f"{name}\0{len(asset.plain)}\0".encode() + asset.plain)
    return whole.hexdigest()[:16]


def assets_blueprint(assets: Assets) -> Blueprint:
    """GET /static/VERSION/NAME."""
    blueprint = Blueprint("assets", __name__, url_prefix="/static")

    blueprint.after_request(guard_file)

    @blueprint.get("/<version>/<name>")
    def asset(version: str, name: str) -> Response:
        return assets.response(version, name)

    return blueprint
