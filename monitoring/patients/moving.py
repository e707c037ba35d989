"""The number on which a patient is reached is corrected: by the one rule of `codes.moving`, and kept with why."""

from enum import StrEnum

from codes.meeting import Meeting, meet
from codes.moving import Move, move_person
from monitoring.cases.changing import note_change
from monitoring.cases.watched import WatchedCase, held_case, telephone_of
from monitoring.patients.telling import tell_moved
from store import Work


class Stays(StrEnum):
    """Why a number is not corrected, where the rule of all does not say so."""

    LENT = "lent"  # they are reached on a telephone that was lent to them
    OVER = "over"  # the case ended meanwhile


def move_patient(work: Work, case: WatchedCase, number: str, reason: str, by: str, public_url: str) -> Move | Stays:
    """The patient, and who is in their care, is known on `number` (E.164) from now on, and texted there.

    The case is not held before: whoever answers a text holds the telephone first, then the case.
    """
    here = _met(work, case)
    person = next((one for one in here.holders if one.id == case.person_id), None) if here else None
    if here is None or person is None:
        return Stays.LENT
    moved = move_person(work, here, person, number, by)
    if isinstance(moved, Move):
        return moved
    held = held_case(work, case.id)
    if held is None or held.closed_at is not None:
        return Stays.OVER
    note_change(work, held, "number", reason, by)
    tell_moved(work, here.terms.regime, number, public_url)
    return Move.MOVED


def _met(work: Work, case: WatchedCase) -> Meeting | None:
    phone = telephone_of(work, case)
    return meet(work, phone.number) if phone else None
