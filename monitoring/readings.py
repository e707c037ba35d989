"""What can be said of photos of faces: plain values, for whoever reads, keeps, shows or decides. No network in here."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

MATCH, NO_MATCH = 0.40, 0.30
"""Likeness from which two photos show one person, and below which they don't; in between a person looks."""
SAME = 0.30
"""Likeness from which the face of one answer is one face all through."""
FEATURES: Final = 128
USED_AGAIN = 8
"""Two hashes that differ in so many of their 256 bits at most are of one photo, sent again."""


class Finding(StrEnum):
    """What is wrong with a photo, in the order in which it is looked for."""

    UNREADABLE = "unreadable"
    LARGE = "large"
    DARK = "dark"
    BRIGHT = "bright"
    HARSH = "harsh"
    NO_FACE = "no_face"
    SEVERAL = "several"
    FAR = "far"
    TURNED = "turned"
    TILTED = "tilted"
    BLURRED = "blurred"
    SOFT = "soft"


SAID: Final[Mapping[Finding, str]] = MappingProxyType(
    {
        Finding.UNREADABLE: "The photo can't be opened. Take it again.",
        Finding.LARGE: "The photo has too many pixels. Take it again with fewer.",
        Finding.DARK: "It is too dark. Turn on a light, or turn your face to a window.",
        Finding.BRIGHT: "It is too bright. Turn away from the lamp or the sun.",
        Finding.HARSH: "Part of the face lies in shadow or glare. Let the light fall on it from the front.",
        Finding.NO_FACE: "No face can be seen. Hold the camera in front of your face.",
        Finding.SEVERAL: "There are several faces. Nobody else may be in the picture.",
        Finding.FAR: "You are too far away. Come closer.",
        Finding.TURNED: "Look straight into the camera.",
        Finding.TILTED: "Hold your head upright.",
        Finding.BLURRED: "The photo is blurred. Hold still, and wipe the camera.",
        Finding.SOFT: "The photo is a little blurred. It will do; a sharper one is better.",
    }
)
"""What to change, in English; the pages' catalogues have it in their languages."""


class Verdict(StrEnum):
    """What a likeness suggests. It decides nothing: a person does."""

    MATCH = "match"
    LOOK = "look"
    NO_MATCH = "no_match"
    NO_FACE = "no_face"


@dataclass(frozen=True, slots=True)
class Face:
    """The face that a photo is of, measured."""

    score: float
    """How sure the detector is, 0 to 1."""
    eye_px: float
    """Between the eyes, in the photo's own pixels."""
    yaw: float
    """0 looks into the camera; positive: the nose points to the picture's right."""
    roll: float
    """Degrees that the head is tilted, 0 upright."""
    sharpness: float
    openness: float | None
    """Of the eyes: their height by their width; None where they can't be seen."""
    features: tuple[float, ...]
    """`FEATURES` numbers of length 1, which stand for the face."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one photo shows."""

    findings: tuple[Finding, ...]
    face: Face | None = None
    hash: int = 0
    """256 bits that hardly change when the photo is saved anew; 0 where it can't be opened."""
    drawn: bytes = b""
    """The photo as a JPEG of ours, upright and without anything hidden; empty where it can't be opened."""

    @property
    def retake(self) -> bool:
        """Whether another photo is needed."""
        return any(one is not Finding.SOFT for one in self.findings)


@dataclass(frozen=True, slots=True)
class Reading:
    """Two photos compared."""

    likeness: float | None
    """The cosine of the two faces, -1 to 1; None only where no face is found on one of them."""
    verdict: Verdict
    findings: tuple[Finding, ...]
    """Of the selfie."""
    reference_findings: tuple[Finding, ...]

    @property
    def retake(self) -> bool:
        """Whether the selfie is too poor to rely on."""
        return any(one is not Finding.SOFT for one in self.findings)

    @property
    def words(self) -> tuple[str, ...]:
        """What the patient is told to change, in English."""
        return tuple(SAID[one] for one in self.findings)


def likeness_of(one: Face | None, other: Face | None) -> float | None:
    """The cosine of two faces; None where one is missing."""
    return likeness(one.features, other.features) if one and other else None


def likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """The cosine of two faces' features."""
    return sum(first * second for first, second in zip(one, other, strict=True))


def verdict(found: float | None) -> Verdict:
    """The band a likeness lies in."""
    if found is None:
        return Verdict.NO_FACE
    if found >= MATCH:
        return Verdict.MATCH
    return Verdict.LOOK if found >= NO_MATCH else Verdict.NO_MATCH


def used_again(one: int, other: int) -> bool:
    """Whether two hashes are of one photo."""
    return bool(one and other) and (one ^ other).bit_count() <= USED_AGAIN


def template_of(face: Face) -> bytes:
    """A face's features as 512 bytes."""
    return array("f", face.features).tobytes()


def features_of(template: bytes) -> tuple[float, ...]:
    """The features that `template_of` wrote; raises ValueError where it did not."""
    found = array("f")
    found.frombytes(template)
    if len(found) != FEATURES:
        raise ValueError("a face has 128 features")
    return tuple(found)
