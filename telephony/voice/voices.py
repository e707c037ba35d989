"""Which voice says a language, how it is recognised, and which sentences were recorded instead."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

RECOGNISED: Final = MappingProxyType({"ru": "ru-RU", "tt": "ru-RU", "en": "en-GB", "el": "el-GR", "az": "az-AZ"})
"""As the carrier's recogniser calls languages; it knows no Tatar, but Tatars who speak Russian.

Source: https://www.twilio.com/docs/voice/twiml/gather
"""
VOICES: Final = MappingProxyType({"ru": "Polly.Tatyana", "en": "Polly.Amy", "el": "Google.el-GR-Standard-A"})
"""The carrier's voices, unless the settings name others: there is none for Tatar or Azerbaijani."""
FALLBACK: Final = ("ru", "en")
"""What is said to whoever speaks a language without a voice, if the order has it."""
_NAME = re.compile(r"[a-z0-9_]+")
_TYPES: Final = MappingProxyType({".mp3": "audio/mpeg", ".wav": "audio/wav"})


class Voices:
    """The voices of one installation. `recordings` may hold sentences: ``<language>/<sentence>.mp3`` or ``.wav``."""

    def __init__(self, chosen: Mapping[str, str], recordings: Path) -> None:
        self._voices = {**VOICES, **chosen}
        self._recordings = recordings
        self._recorded = {
            (file.parent.name, file.stem): file for kind in _TYPES for file in sorted(recordings.glob(f"*/*{kind}"))
        }

    def spoken(self, language: str, offered: Sequence[str]) -> str:
        """The language that is said to whoever wants `language`, of those the order has."""
        if language in self._voices:
            return language
        return next((one for one in FALLBACK if one in offered), FALLBACK[-1])

    def voice(self, language: str) -> str:
        """The carrier's name of the voice for a language that is spoken."""
        return self._voices[language]

    def recorded(self, language: str, name: str) -> bool:
        """Whether somebody recorded the sentence `name`."""
        return (language, name) in self._recorded

    def recording(self, language: str, name: str) -> tuple[Path, str] | None:
        """The file of a recorded sentence, and its media type."""
        if not (_NAME.fullmatch(language) and _NAME.fullmatch(name)):
            return None
        file = self._recorded.get((language, name))
        return (file, _TYPES[file.suffix]) if file else None
