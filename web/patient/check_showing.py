"""What the page of a presence check shows, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from codes.regimes import in_force
from language.moments import when
from monitoring.answers.again import MOST_TRIES, poor_in
from monitoring.answers.beginning import Unanswerable
from monitoring.challenges import POSES
from monitoring.checks.waiting import is_awaited
from monitoring.photos.keeping import PhotoTrouble
from monitoring.readings import SAID, Finding
from store import Work
from web.patient.entering import Opened
from web.patient.wording import STATES, outcome_words
from web.words import _, later

TROUBLES: Mapping[Unanswerable | PhotoTrouble, str] = MappingProxyType(
    {
        Unanswerable.NOT_AWAITED: later("No answer is awaited here any more."),
        Unanswerable.ELSEWHERE: later("This check was opened in another window. Go on there, or here."),
        Unanswerable.TOO_SLOW: later("That took long. Go on: the photos that came are kept."),
        PhotoTrouble.KIND: later("That is no photo from a camera. Take it again."),
        PhotoTrouble.TOO_LARGE: later("The photo is too large. Take it again."),
        PhotoTrouble.NO_FACE: later("No face can be seen. Hold the camera in front of your face."),
        PhotoTrouble.NOT_ASKED: later("No answer is awaited here any more."),
        PhotoTrouble.NO_ROOM: later("We can't keep the photo just now. It is our fault: it is tried again."),
    }
)
"""Why something that the page sent is not taken."""
NOT_SEEN: Mapping[str, str] = MappingProxyType(
    {
        "centre": later("The photo that looks into the camera could not be made out."),
        "left": later("Turn your head further to the left."),
        "right": later("Turn your head further to the right."),
        "blink": later("Close your eyes for longer, and open them wide when you hear the sign."),
    }
)
"""What to do better, by pose."""
BLINDING = frozenset({Finding.UNREADABLE, Finding.LARGE, Finding.DARK, Finding.BRIGHT, Finding.NO_FACE})
"""With these nothing could be seen of any pose, and more turning of the head would help nobody."""


def shown_page(work: Work, opened: Opened) -> dict[str, Any]:
    """All of the page; `mode` is what it is about now."""
    check, regime = opened.check, in_force(work).regime
    mode = _mode(work, opened)
    return {
        "check_id": check.id,
        "mode": mode,
        "until": when(check.window_ends_at, regime, work.now) if check.window_ends_at else "",
        "received": when(check.answered_at, regime, work.now) if check.answered_at else "",
        "words": _(STATES[check.state]),
        "why": outcome_words(check.outcome) if check.state not in ("asked", "passed") else "",
        "no_position": check.outcome == "no_position",
        "again": _again(opened) if mode == "begin" else (),
        "tries": check.tries or 0,
        "tries_left": MOST_TRIES - (check.tries or 0),
        "poses": POSES,
        "sos": regime.isolation.sos_number,
        "number": regime.number,
    }


def _mode(work: Work, opened: Opened) -> str:
    """``begin``, ``call``, ``visit``, ``paused``, ``late``, ``received``, ``passed``, ``doubt`` or ``excused``."""
    check, case = opened.check, opened.case
    settled = {"answered": "received", "passed": "passed", "failed": "doubt", "unclear": "doubt", "missed": "late"}
    if check.state != "asked":
        return settled.get(check.state, "excused")
    if case.paused_at is not None:
        return "paused"
    if check.means != "link":
        return str(check.means)
    return "begin" if case.is_watched(work.now) and is_awaited(work, check) else "late"


def _again(opened: Opened) -> list[str]:
    """What was poor in the last try, as sentences; none where it is the first."""
    poor = poor_in(opened.case, opened.check)
    if poor is None:
        return []
    findings = [_(SAID[Finding(one)]) for one in poor.findings]
    if BLINDING & set(poor.findings):
        return findings
    poses = [_(NOT_SEEN[pose]) for pose in poor.poses if pose != "centre" or not findings]
    return findings + poses
