"""A recording as a WAV file of 8 kHz and 16 bits: quiet tones where somebody spoke, silence elsewhere."""

import io
import math
import wave
from array import array
from functools import cache
from typing import Final

from telephony.simulator.call_records import Recording

RATE: Final = 8000
LOUDNESS: Final = 1500
PITCHES: Final = (330.0, 440.0)
"""Hertz of the leg that is recorded, and of the other end."""
LONGEST: Final = 600
"""Seconds of sound that are made at most."""


def wav_of(recording: Recording, channels: int | None = None) -> bytes:
    """The file; ``channels`` may ask for one where there are two."""
    channels = channels or recording.channels
    frames = RATE * min(recording.duration, LONGEST)
    sides = [bytearray(2 * frames) for _ in range(channels)]
    for burst in recording.bursts:
        first = round(RATE * recording.seconds_until(burst.at))
        tone = _tone(burst.side)
        length = min(round(RATE * burst.seconds), frames - first)
        if length > 0:
            sound = (tone * (length // RATE + 1))[: 2 * length]
            sides[burst.side % channels][2 * first : 2 * (first + length)] = sound
    woven = array("h", bytes(2 * frames * channels))
    for place, side in enumerate(sides):
        woven[place::channels] = array("h", bytes(side))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(woven.tobytes())
    return file.getvalue()


@cache
def _tone(side: int) -> bytes:
    """One second of it, soft at the edges of each syllable."""
    pitch = PITCHES[side]
    wavelets = (
        LOUDNESS * math.sin(2 * math.pi * pitch * step / RATE) * math.sin(4 * math.pi * step / RATE) ** 2
        for step in range(RATE)
    )
    return array("h", map(int, wavelets)).tobytes()
