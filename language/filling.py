"""Putting values into a sentence: what the written and the spoken one have in common.

Values are moments as aware datetimes or as ISO 8601 strings (as a message row keeps them), purposes as numbers, lists
as sequences of moments, numbers or strings. What is missing leaves a gap: a sentence with a gap is better than none.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from codes.regime import Regime
from language.examples import name_in, purpose_name
from language.templates import placeholders
from language.translations import sentences


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a value's wording can depend on."""

    template: str
    """The sentence's name in the catalogues."""
    language: str
    regime: Regime
    now: datetime | None
    fields: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The sentence as the order or else the catalogue has it; raises KeyError for a name that is none."""
        own = self.regime.wording.get(self.language, {})
        return own.get(self.template) or sentences(self.language)[self.template]


Shown = Mapping[str, Callable[[Any, Scene], str]]
"""How each value that isn't shown as it is becomes words."""


def values_in(text: str, scene: Scene, shown: Shown) -> defaultdict[str, str]:
    """The words for each field of `text`; a list has none yet."""
    values: defaultdict[str, str] = defaultdict(str)
    for name in placeholders(text):
        values[name] = shown.get(name, plain)(scene.fields.get(name), scene)
    return values


def plain(value: Any, _scene: Scene) -> str:
    """A value as it is; nothing where there is none."""
    return "" if value is None else str(value)


def moment_of(value: Any) -> datetime | None:
    """A moment given as such or as ISO 8601."""
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value or None


def purpose(value: Any, scene: Scene) -> str:
    """The name of a purpose given by its number."""
    return purpose_name(value, scene.language, scene.regime) if isinstance(value, int) else plain(value, scene)


def title(value: Any, scene: Scene) -> str:
    """The order's title, unless another is given."""
    return value or name_in(scene.regime.title, scene.language, scene.regime)
