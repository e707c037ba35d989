"""Photos of faces to try things with: `python -m development.portraits` fetches them by their hashes.

They are in no repository of ours: an astronaut's portrait of NASA out of scikit-image's wheel, and official portraits
of two presidents out of the source distribution of face_recognition; all three are in the public domain. Nothing of
those packages is installed or run.
"""

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
import zipfile
from pathlib import Path
from types import MappingProxyType
from typing import Final

from monitoring.weights import Package, WrongWeights, download, put

FOLDER: Final = Path(sys.prefix) / "share" / "passline" / "portraits"
ASTRONAUT: Final = "astronaut.png"
_ASTRONAUT_SHA256: Final = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"
_WHEEL: Final = Package("scikit-image==0.25.2", "24cc986e1f4187a12aa319f777b36008764e856e5013666a4a83f8df083c2641")
_ANY_MACHINE: Final = ("--platform", "manylinux2014_x86_64", "--python-version", "3.11", "--implementation", "cp")
_SOURCES: Final = "face_recognition==1.3.0"
_SOURCES_SHA256: Final = "5e5efdd1686aa566af0d3cc1313b131e4b197657a8ffd03669e6d3fad92705ec"
PRESIDENTS: Final = MappingProxyType(
    {
        "biden.jpg": "3c17508bb91554c637a2eabddfae790e5bb1caba93130814fc2ac50be9760c4c",
        "obama.jpg": "0930e3aa8cae5920329c0c8cbc6a2ab70f47b0e67b432875beaa95cbf7e741f6",
        "obama2.jpg": "a7efcc907375274796f39646510704aa86672d59f6d5469d69af3c85590976a6",
    }
)
_PATIENCE_S = 120


def portrait(name: str) -> bytes:
    """A photo by its name: `ASTRONAUT` or one of `PRESIDENTS`. `make test` fetches them."""
    return (FOLDER / name).read_bytes()


def fetch_portraits(folder: Path = FOLDER, *, presidents: bool = True) -> None:
    """Fetches what is not there yet, the astronaut alone if told so; raises WrongWeights where that can't be done."""
    wanted = {ASTRONAUT: _ASTRONAUT_SHA256, **(PRESIDENTS if presidents else {})}
    missing = [name for name, sha256 in wanted.items() if not _is_there(folder / name, sha256)]
    if ASTRONAUT in missing:
        with (
            tempfile.TemporaryDirectory() as name,
            zipfile.ZipFile(download(_WHEEL, Path(name), _ANY_MACHINE)) as wheel,
        ):
            put(wheel.read(f"skimage/data/{ASTRONAUT}"), ASTRONAUT, _ASTRONAUT_SHA256, folder)
    if official := [name for name in PRESIDENTS if name in missing]:
        with tarfile.open(fileobj=io.BytesIO(_sources())) as sources:
            for name in official:
                file = sources.extractfile(f"face_recognition-1.3.0/tests/test_images/{name}")
                put(file.read() if file else b"", name, PRESIDENTS[name], folder)


def _sources() -> bytes:
    """The source distribution. pip would run its set-up; so uv is asked for the address, and the file is fetched."""
    asked = [str(Path(sys.executable).parent / "uv"), *"pip compile --quiet --no-deps --format pylock.toml -".split()]
    told = subprocess.run(asked, input=_SOURCES, capture_output=True, text=True, check=False)
    if told.returncode:
        raise WrongWeights(f"uv does not know where {_SOURCES} lies: {told.stderr.strip()}")
    (package,) = tomllib.loads(told.stdout)["packages"]
    address = str(package["sdist"]["url"])
    if not address.startswith("https://"):
        raise WrongWeights(f"{_SOURCES} lies at an address that is not https")
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE_S) as answer:  # noqa: S310 - it is https
            content: bytes = answer.read()
    except OSError as error:
        raise WrongWeights(f"{_SOURCES} could not be fetched: {error}") from None
    if hashlib.sha256(content).hexdigest() != _SOURCES_SHA256:
        raise WrongWeights(f"{_SOURCES} is another file than it should be")
    return content


def _is_there(file: Path, sha256: str) -> bool:
    return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def main() -> int:
    """`python -m development.portraits`, with `astronaut` that one alone, for which nothing but pip is needed."""
    try:
        fetch_portraits(presidents=sys.argv[1:] != ["astronaut"])
    except WrongWeights as error:
        print(f"The photos of faces could not be fetched: {error}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
