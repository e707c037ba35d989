"""What the photos and the position of one answer come to. It decides about nobody: a doubt goes to a person."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import Row

from monitoring.cases.watched import WatchedCase
from monitoring.challenges import has_blinked, is_turned, shots
from monitoring.readings import SAME, Face, Look, Verdict, likeness, likeness_of, used_again, verdict

PASSED, FAILED, UNCLEAR = "passed", "failed", "unclear"
INSIDE: Final = "inside"


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to go by. `looks` are the photos of `challenge`, by their step."""

    challenge: tuple[str, ...]
    looks: Sequence[Look]
    template: tuple[float, ...] | None
    """The patient's face, from the reference photo."""
    earlier: Sequence[int] = ()
    """Hashes of the photos of this case that were sent before."""
    position: str | None = None
    """As `store.checks.PresenceCheck.position_kind`."""


@dataclass(frozen=True, slots=True)
class ShotRead:
    """One photo of an answer, as people are shown it."""

    pose: str
    findings: tuple[str, ...]
    yaw: float | None
    openness: float | None
    same: float | None
    """Likeness to the photo that looks into the camera."""


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """What was read of an answer; sealed with the check, and shown beside the photos."""

    likeness: float | None
    """To the reference."""
    verdict: str
    position: str | None
    doubts: tuple[tuple[str, str], ...]
    """``failed`` or ``unclear``, and why in a word, the gravest first; none where all is well."""
    shots: tuple[ShotRead, ...] = field(default=())

    @property
    def outcome(self) -> tuple[str, str]:
        """The check's state, and why, in a word."""
        return self.doubts[0] if self.doubts else (PASSED, PASSED)

    def written(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))


def reading_of(case: WatchedCase, check: Row[Any]) -> AnswerRead | None:
    """What was read of the photos of a check, as it is kept with it; None before, and once it is gone."""
    written = case.opened(f"presence_check.reading.{check.id}", check.reading_sealed)
    return read_again(written) if written else None


def read_again(written: str) -> AnswerRead:
    """What `AnswerRead.written` wrote."""
    told: dict[str, Any] = json.loads(written)
    doubts = tuple((state, word) for state, word in told.pop("doubts"))
    read = tuple(ShotRead(**{**one, "findings": tuple(one["findings"])}) for one in told.pop("shots"))
    return AnswerRead(**told, doubts=doubts, shots=read)


def conclude(answer: Answer) -> AnswerRead:
    """Reads an answer as a whole."""
    centre = _centre(answer)
    face = centre.face if centre else None
    found = likeness(answer.template, face.features) if answer.template and face else None
    doubts = sorted(_doubts(answer, centre, found), key=lambda one: one[0] != FAILED)
    return AnswerRead(found, verdict(found), answer.position, tuple(doubts), tuple(_shots(answer, face)))


def _centre(answer: Answer) -> Look | None:
    poses = shots(answer.challenge)
    return next((look for pose, look in zip(poses, answer.looks, strict=False) if pose == "centre"), None)


def _shots(answer: Answer, centre: Face | None) -> Iterator[ShotRead]:
    for pose, look in zip(shots(answer.challenge), answer.looks, strict=False):
        face = look.face
        findings = tuple(str(one) for one in look.findings)
        yaw, openness = (face.yaw, face.openness) if face else (None, None)
        yield ShotRead(pose, findings, yaw, openness, likeness_of(centre, face))


def _doubts(answer: Answer, centre: Look | None, found: float | None) -> Iterator[tuple[str, str]]:
    if len(answer.looks) < len(shots(answer.challenge)):
        yield UNCLEAR, "incomplete"
    if any(used_again(look.hash, old) for look in answer.looks for old in answer.earlier):
        yield FAILED, "reused"
    if answer.template is None:
        yield UNCLEAR, "no_reference"
    if centre is None or centre.face is None or centre.retake:
        yield UNCLEAR, "quality"  # and nothing is made of a likeness that a poor photo has
    else:
        yield from _of_likeness(verdict(found))
    yield from _of_challenge(answer, centre)
    yield from _of_position(answer.position)


def _of_likeness(found: Verdict) -> Iterator[tuple[str, str]]:
    if found is Verdict.NO_MATCH:
        yield FAILED, "no_match"
    elif found is Verdict.LOOK:
        yield UNCLEAR, "likeness"


def _of_challenge(answer: Answer, centre: Look | None) -> Iterator[tuple[str, str]]:
    """Whoever does not turn, or is somebody else meanwhile, is before a person; whoever can't be seen only unclear."""
    posed = list(zip(shots(answer.challenge), answer.looks, strict=False))
    turning = [(pose, look.face) for pose, look in posed if pose in ("left", "right")]
    if any(face and not is_turned(pose, face.yaw) for pose, face in turning):
        yield FAILED, "challenge"
    elif any(face is None for _, face in turning):
        yield UNCLEAR, "challenge"
    if not has_blinked([look.face.openness if look.face else None for pose, look in posed if pose == "blink"]):
        yield UNCLEAR, "challenge"
    others = [look.face for _, look in posed if look.face]
    if centre and centre.face and any(likeness(centre.face.features, one.features) < SAME for one in others):
        yield FAILED, "another_face"


def _of_position(kind: str | None) -> Iterator[tuple[str, str]]:
    """One position proves nothing: outside is a doubt like the others, and none is no contact, not absence."""
    if kind == "outside":
        yield FAILED, "outside"
    elif kind == "mock":
        yield UNCLEAR, "mock"
    elif kind != INSIDE:
        yield UNCLEAR, "no_position"
