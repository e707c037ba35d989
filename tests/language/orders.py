"""The orders that are there, and what somebody is granted under one."""

from datetime import UTC, datetime, timedelta

from codes.outcomes import Grant
from codes.regime import read_regime
from codes.regimes import preset, preset_names

PRESETS = {name: read_regime(preset(name)) for name in preset_names()}
TATARSTAN, ENGLISH = PRESETS["tatarstan-2020"], PRESETS["example-en"]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Noon in Kazan."""
DOCTOR = TATARSTAN.by_number[3].name
GRANT = Grant("p1", "THXA-9546-C61A", 3, DOCTOR, NOW, NOW + timedelta(minutes=220), "И.И.И.", "2506")
