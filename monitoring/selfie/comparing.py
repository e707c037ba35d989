"""Two photos: do they show one person?"""

from pathlib import Path

from monitoring.readings import Reading, likeness_of, verdict
from monitoring.selfie.looking import look
from monitoring.weights import FOLDER


def compare(reference: bytes, selfie: bytes, folder: Path = FOLDER) -> Reading:
    """Reads two photos (JPEG, PNG or WebP). `folder` holds the networks; raises WrongWeights where they are not there.

    The likeness is computed whatever the quality, and is no decision: see `Reading`.
    """
    first, second = look(reference, folder), look(selfie, folder)
    found = likeness_of(first.face, second.face)
    return Reading(found, verdict(found), second.findings, first.findings)
