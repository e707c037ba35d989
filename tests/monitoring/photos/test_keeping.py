"""Photos come in, one step at a time; what was sent twice is there once, and what never arrived leaves nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from monitoring.challenges import shots
from monitoring.photo_ends import destroy_photos_of_case, end_photos, sweep_photos
from monitoring.photos.keeping import MOST_BYTES, PhotoTrouble
from monitoring.photos.showing import photo_bytes, photo_of, reference_of, shown, steps_received, template_in
from monitoring.readings import Look, features_of, template_of
from store.blobs import NoBlob
from store.cases import Case
from store.checks import Photo
from store.keyring import Tampered
from tests.monitoring.photos.patient import CHALLENGE, FACE, WINDOW, Patient, blobs_in, features, looked, photo

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_photo_of_a_step_lies_sealed_and_can_be_opened(patient: Patient, folder: Path) -> None:
    check = patient.is_asked()

    patient.sends(check, 2)

    with patient.counter.store.reading() as work:
        (sent,) = [shown(work, patient.case(), row) for row in patient.photos()]
        received = steps_received(work, check)
    assert (received, sent.step, photo_bytes(patient.blobs, sent)) == (frozenset({2}), 2, photo(2))
    assert not any(photo(2) in file.read_bytes() for file in blobs_in(folder))


def test_the_same_photo_again_is_the_same_row(patient: Patient, folder: Path) -> None:
    check = patient.is_asked()

    first, again = patient.sends(check, 0), patient.sends(check, 0)

    assert first == again and len(patient.photos()) == len(blobs_in(folder)) == 1


def test_another_photo_of_a_step_takes_its_place(patient: Patient, folder: Path) -> None:
    check = patient.is_asked()
    first = patient.sends(check, 0)

    second = patient.sends(check, 0, photo(50))
    sweep_photos(patient.counter.store, patient.blobs)

    (gone,) = patient.photos(state="destroyed")
    (kept,) = patient.photos(state="waiting")
    assert (gone.id, gone.data_key, gone.digest, kept.id) == (first, None, None, second)
    assert [file.name for file in blobs_in(folder)] == [kept.blob]


@one_database
@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"RIFF\x00\x00\x00\x00WAVE", b"<svg>"])
def test_what_is_no_photo_is_not_taken(patient: Patient, content: bytes) -> None:
    assert patient.sends(patient.is_asked(), 0, content) is PhotoTrouble.KIND


@one_database
def test_one_that_is_too_large_is_not_taken(patient: Patient) -> None:
    assert patient.sends(patient.is_asked(), 0, photo(0) + bytes(MOST_BYTES)) is PhotoTrouble.TOO_LARGE


@one_database
def test_nothing_is_taken_that_nobody_asked_for(patient: Patient) -> None:
    check = patient.is_asked()

    beyond, unknown = patient.sends(check, len(shots(CHALLENGE))), patient.sends("0" * 24, 0)
    before = patient.sends(check, -1)
    patient.counter.clock.pass_by(seconds=WINDOW.total_seconds())
    late = patient.sends(check, 0)

    assert {beyond, before, unknown, late} == {PhotoTrouble.NOT_ASKED} and patient.photos() == []


@one_database
def test_a_disk_that_is_full_is_told_and_leaves_nothing(patient: Patient, folder: Path) -> None:
    folder.write_bytes(b"no folder")
    check = patient.is_asked()

    answer = patient.sends(check, 0)
    folder.unlink()
    patient.counter.clock.pass_by(minutes=11)
    sweep_photos(patient.counter.store, patient.blobs)

    assert answer is PhotoTrouble.NO_ROOM and patient.photos() == []


def test_what_did_not_arrive_leaves_nothing(patient: Patient, folder: Path) -> None:
    patient.sends(patient.is_asked(), 0)
    with patient.counter.store.work() as work:
        back = {"state": "arriving", "begun_blob": col(Photo.blob), "blob": None, "data_key": None, "epoch": None}
        work.run(update(Photo).values(**back, due_at=work.now + timedelta(minutes=10)))
    sweep_photos(patient.counter.store, patient.blobs)
    meanwhile = len(patient.photos())
    patient.counter.clock.pass_by(minutes=11)

    sweep_photos(patient.counter.store, patient.blobs)

    assert (meanwhile, patient.photos(), blobs_in(folder)) == (1, [], [])


def test_a_reference_keeps_the_face_and_what_we_drew(patient: Patient) -> None:
    kept = patient.shows()

    with patient.counter.store.reading() as work:
        shown = reference_of(work, patient.case())
        template = template_in(work, patient.case())
    assert shown is not None and shown.id == kept
    assert photo_bytes(patient.blobs, shown) == looked(100).drawn
    assert template == pytest.approx(FACE.features)


def test_a_new_reference_takes_the_place_of_the_old_one(patient: Patient) -> None:
    first, second = patient.shows(), patient.shows(looked(101, features=features(0.5)))

    with patient.counter.store.reading() as work:
        template = template_in(work, patient.case())
        shown = reference_of(work, patient.case())
    assert shown is not None and shown.id == second
    assert template == pytest.approx(features(0.5)) and patient.photos(id=first)[0].state == "destroyed"


@one_database
def test_a_reference_without_a_face_is_none(patient: Patient) -> None:
    assert patient.shows(Look((), None, 1, b"\xff\xd8\xff")) is PhotoTrouble.NO_FACE


@one_database
def test_a_case_that_is_closed_takes_no_reference(patient: Patient) -> None:
    with patient.counter.store.work() as work:
        work.run(update(Case).values(closed_at=work.now))

    assert patient.shows() is PhotoTrouble.NOT_ASKED


def test_a_destroyed_photo_opens_no_more(patient: Patient, folder: Path) -> None:
    reference = str(patient.shows())
    with patient.counter.store.reading() as work:
        shown = photo_of(work, patient.case(), reference)
    assert shown is not None

    with patient.counter.store.work() as work:
        destroyed, again = (end_photos(work, "worker", col(Photo.id) == reference) for _ in range(2))
    sweep_photos(patient.counter.store, patient.blobs)

    (row,) = patient.photos()
    assert (destroyed, again, row.state, row.data_key, row.template_sealed) == (1, 0, "destroyed", None, None)
    assert blobs_in(folder) == []
    with pytest.raises(NoBlob):
        photo_bytes(patient.blobs, shown)
    with patient.counter.store.reading() as work:
        assert photo_of(work, patient.case(), reference) is None and template_in(work, patient.case()) is None


@one_database
def test_with_the_key_of_the_case_every_photo_is_gone(patient: Patient) -> None:
    patient.shows()
    with patient.counter.store.work() as work:
        new = work.keys.new_key()
        work.run(update(Case).values(data_key=new.wrapped, epoch=new.epoch, details_sealed=None, seed_sealed=None))

    with patient.counter.store.reading() as work, pytest.raises(Tampered):
        reference_of(work, patient.case())


@one_database
def test_all_photos_of_a_case_end_with_their_hashes(patient: Patient, folder: Path) -> None:
    patient.shows()
    patient.sends_all(patient.is_asked())

    with patient.counter.store.work() as work:
        ended = destroy_photos_of_case(work, patient.case_id, "worker")
    sweep_photos(patient.counter.store, patient.blobs)

    rows = patient.photos()
    assert ended == len(rows) == 1 + len(shots(CHALLENGE)) and blobs_in(folder) == []
    assert {(row.state, row.likeness_hash_sealed, row.due_at) for row in rows} == {("destroyed", None, None)}


def test_a_template_is_the_features_again() -> None:
    assert features_of(template_of(FACE)) == FACE.features
    with pytest.raises(ValueError, match="128"):
        features_of(b"\x00" * 8)
