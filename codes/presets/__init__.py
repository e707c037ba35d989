"""The orders that come with Passline: one TOML file each, found by name."""

from importlib.resources import files
from importlib.resources.abc import Traversable

FOLDER: Traversable = files(__name__)
"""Where the presets and the outlines of their zones lie."""

_SUFFIX = ".toml"


def preset_names() -> tuple[str, ...]:
    """Names of all presets, such as ``tatarstan-2020``, sorted."""
    return tuple(sorted(entry.name.removesuffix(_SUFFIX) for entry in FOLDER.iterdir() if entry.name.endswith(_SUFFIX)))


def preset_text(name: str) -> str:
    """The TOML text of a preset; raises KeyError if there is none of that name."""
    if name not in preset_names():
        raise KeyError(name)
    return FOLDER.joinpath(name + _SUFFIX).read_text(encoding="utf-8")
