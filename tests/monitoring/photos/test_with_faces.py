"""The whole way with faces: a reference is taken, a check is asked, answered before the camera, and read by the job."""

from pathlib import Path

import pytest

import at_home
import tools as toolbox
from development.portraits import ASTRONAUT, portrait
from monitoring.answers.concluding import read_again
from monitoring.challenges import POSES
from monitoring.photos.keeping import PhotoTrouble
from monitoring.photos.reader import SubprocessPhotos
from settings import Settings
from tests.monitoring.photos.patient import CHALLENGE, Patient
from tests.monitoring.selfie import cameras as taken
from tests.worker.process import environment

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def job(settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """This process as one of the worker's."""
    for name, value in environment(settings.model_copy(update={"blobs_dir": folder})).items():
        monkeypatch.setenv(name, value)
    toolbox.tools.cache_clear()
    yield toolbox.tools()
    toolbox.tools().store.close()
    toolbox.tools.cache_clear()


def answered(patient: Patient, name: str) -> str:
    """A check that this person answers, who does all that is asked."""
    check = patient.is_asked()
    for step, photo in enumerate(photo for pose in CHALLENGE for photo in taken.poses(pose, name)):
        assert not isinstance(patient.sends(check, step, photo), PhotoTrouble)
    patient.hands_in(check)
    return check


def test_the_patient_passes_and_a_stranger_does_not(patient: Patient, job: object) -> None:
    [reference] = SubprocessPhotos().read([portrait(ASTRONAUT)])
    patient.shows(reference)

    mine = answered(patient, ASTRONAUT)
    at_home.read_answer(mine)
    theirs = answered(patient, "obama.jpg")
    at_home.sweep_answers()
    patient.counter.clock.pass_by(minutes=1)

    passed, failed, key = patient.check(mine), patient.check(theirs), patient.case().key
    assert key is not None
    reading = read_again(key.open(f"presence_check.reading.{theirs}", failed.reading_sealed))
    assert (passed.state, passed.outcome) == ("passed", "passed")
    assert (failed.state, failed.outcome) == ("failed", "no_match")
    assert reading.likeness is not None and reading.likeness < 0.3 and reading.verdict == "no_match"
    assert tuple(dict.fromkeys(shot.pose for shot in reading.shots)) == POSES
