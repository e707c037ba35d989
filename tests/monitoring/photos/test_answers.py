"""An answer is handed in, read, and becomes an outcome; what goes wrong on our side is nobody's fault."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from apart.starting import NoReader
from monitoring.answers.attempts import LEASE, claim
from monitoring.answers.concluding import read_again
from monitoring.answers.handing_in import HandedIn
from monitoring.challenges import shots
from monitoring.photo_ends import sweep_photos
from monitoring.photos.showing import photo_bytes, photos_of_check
from monitoring.readings import Face, Look
from monitoring.told import UNREADABLE
from store.columns import table
from store.duty import Alert
from tests.monitoring.photos.patient import CHALLENGE, Patient, blobs_in, features, good_looks, photo

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def alerts(patient: Patient) -> list[str]:
    with patient.counter.store.reading() as work:
        return [row.kind for row in work.rows(select(table(Alert)))]


def ended(patient: Patient, check_id: str) -> tuple[str, str]:
    row = patient.check(check_id)
    return row.state, row.outcome


def a_stranger(look: Look) -> Face:
    assert look.face is not None
    return replace(look.face, features=features(0.1))


def test_an_honest_answer_passes(patient: Patient, folder: Path) -> None:
    patient.shows()
    check = patient.answers_all()

    patient.answers.read(check)
    patient.answers.sweep()

    row = patient.check(check)
    case = patient.case()
    assert case.key is not None
    read = read_again(case.key.open(f"presence_check.reading.{check}", row.reading_sealed))
    assert ended(patient, check) == ("passed", "passed") and alerts(patient) == []
    assert read.likeness == pytest.approx(1) and (read.doubts, len(read.shots)) == ((), len(shots(CHALLENGE)))
    assert patient.reader.given == [[photo(step) for step in range(len(shots(CHALLENGE)))]]
    assert len(blobs_in(folder)) == len(shots(CHALLENGE)) + 1


def test_only_what_we_drew_remains_of_the_photos(patient: Patient, folder: Path) -> None:
    patient.shows()
    check = patient.answers_all()

    patient.answers.read(check)

    with patient.counter.store.reading() as work:
        found = [photo_bytes(patient.blobs, one) for one in photos_of_check(work, patient.case(), check)]
    assert found == [look.drawn for look in good_looks()]


def test_a_stranger_fails_and_a_person_is_asked(patient: Patient) -> None:
    patient.shows()
    patient.reader.looks = [replace(look, face=a_stranger(look)) for look in good_looks()]
    check = patient.answers_all()

    patient.answers.read(check)

    assert ended(patient, check) == ("failed", "no_match") and alerts(patient) == ["failed"]
    assert patient.check(check).alert_id


def test_photos_of_yesterday_are_noticed(patient: Patient) -> None:
    patient.shows()
    patient.answers.read(patient.answers_all())
    patient.counter.clock.pass_by(hours=20)
    again = patient.is_asked()
    for step in range(len(shots(CHALLENGE))):
        patient.sends(again, step, photo(50 + step))
    patient.hands_in(again)

    patient.answers.read(again)

    assert ended(patient, again) == ("failed", "reused")


def test_without_a_reference_a_person_looks(patient: Patient) -> None:
    check = patient.answers_all()

    patient.answers.read(check)

    assert ended(patient, check) == ("unclear", "no_reference") and alerts(patient) == ["unclear"]


@one_database
@pytest.mark.parametrize(
    ("position", "came_of_it"),
    [
        ("inside", ("passed", "passed")),
        ("outside", ("failed", "outside")),
        ("mock", ("unclear", "mock")),
        *((kind, ("unclear", "no_position")) for kind in ("unclear", "denied", "unavailable", "timeout")),
    ],
)
def test_the_position_is_considered(patient: Patient, position: str, came_of_it: tuple[str, str]) -> None:
    patient.shows()
    check = patient.answers_all(position)

    patient.answers.read(check)

    assert ended(patient, check) == came_of_it


def test_an_answer_without_all_photos_is_not_handed_in(patient: Patient) -> None:
    check = patient.is_asked()
    patient.sends(check, 0)

    first = patient.hands_in(check)
    patient.sends_all(check)
    second, third = patient.hands_in(check), patient.hands_in(check)

    assert (first, second, third) == (HandedIn.INCOMPLETE, HandedIn.TAKEN, HandedIn.TAKEN)


@one_database
def test_what_comes_late_is_told_so(patient: Patient) -> None:
    check = patient.is_asked()
    patient.sends_all(check)
    patient.counter.clock.pass_by(hours=1)

    assert patient.hands_in(check) is HandedIn.LATE and patient.hands_in("0" * 24) is HandedIn.LATE


@pytest.mark.parametrize("fault", [NoReader("not ready"), OSError("no space")])
def test_a_fault_of_the_machine_is_tried_again(patient: Patient, fault: Exception, folder: Path) -> None:
    patient.shows()
    patient.reader.fails = fault
    check = patient.answers_all()
    patient.answers.read(check)
    meanwhile = patient.check(check).state
    patient.reader.fails = None
    patient.counter.clock.pass_by(minutes=1)

    patient.answers.sweep()
    patient.answers.sweep()

    assert (meanwhile, ended(patient, check)) == ("answered", ("passed", "passed"))
    assert len(blobs_in(folder)) == len(shots(CHALLENGE)) + 1


def test_what_never_can_be_read_goes_to_a_person(patient: Patient) -> None:
    patient.shows()
    patient.reader.fails = NoReader("not ready")
    check = patient.answers_all()
    for _ in range(12):
        patient.counter.clock.pass_by(minutes=10)
        patient.answers.sweep()

    assert ended(patient, check) == ("unclear", "not_read")


@one_database
def test_a_photo_whose_blob_is_lost_goes_to_a_person(patient: Patient, folder: Path) -> None:
    patient.shows()
    check = patient.answers_all()
    for file in blobs_in(folder):
        file.unlink()

    patient.answers.read(check)

    assert ended(patient, check) == ("unclear", "lost")


def test_who_dies_while_reading_leaves_it_to_the_next(patient: Patient, folder: Path) -> None:
    patient.shows()
    check = patient.answers_all()
    with patient.counter.store.work() as work:
        claim(work, check)
    patient.answers.sweep()
    meanwhile = patient.check(check).state
    patient.counter.clock.pass_by(seconds=LEASE.total_seconds() + 3)

    patient.answers.sweep()
    sweep_photos(patient.counter.store, patient.blobs)

    assert (meanwhile, patient.check(check).state) == ("answered", "passed")
    assert len(blobs_in(folder)) == len(shots(CHALLENGE)) + 1


@one_database
def test_a_photo_that_cannot_be_opened_is_gone(patient: Patient) -> None:
    patient.shows()
    patient.reader.looks = [UNREADABLE, *good_looks()[1:]]
    check = patient.answers_all()

    patient.answers.read(check)

    (refused,) = patient.photos(state="refused")
    assert (refused.data_key, refused.blob, refused.step) == (None, None, 0)
    assert ended(patient, check) == ("asked", "quality")  # once more


@one_database
def test_a_check_that_ended_meanwhile_stays_as_it_ended(patient: Patient) -> None:
    patient.shows()
    check = patient.answers_all()
    with patient.counter.store.work() as work:
        attempt = claim(work, check)
    assert attempt is not None
    patient.closes()

    patient.answers._read(attempt)

    assert ended(patient, check) == ("excused", "case_closed")
