"""Photos are kept as long as somebody may have to look, and a day more; faces as long as the case."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitoring.photos.showing import reference_of, template_in
from store.checks import Photo
from tests.monitoring.photos.patient import blobs_in, looked
from tests.monitoring.retention.ending import Ending

DAY = timedelta(hours=24)
MINUTE = timedelta(minutes=1)


def kept(ending: Ending, purpose: str = "answer") -> int:
    return sum(row.data_key is not None for row in ending.rows(Photo) if row.purpose == purpose)


def test_photos_of_an_accepted_answer_go_a_day_after_it_was_read(ending: Ending, folder: Path) -> None:
    ending.passes_a_check()
    there = kept(ending)
    ending.clock.now += DAY - MINUTE
    assert ending.destroy() == {} and kept(ending) == there == 9

    ending.clock.now += 2 * MINUTE
    found = ending.destroy()

    assert found == {"photos": there} and kept(ending) == 0
    assert kept(ending, "reference") == len(blobs_in(folder)) == 1


def test_photos_under_an_alert_wait_for_its_decision(ending: Ending) -> None:
    alert_id = ending.fails_a_check()
    ending.clock.now += timedelta(days=5)
    assert ending.destroy() == {}

    ending.decides(alert_id)
    ending.clock.now += DAY - MINUTE
    still = kept(ending)
    assert ending.destroy() == {} and still
    ending.clock.now += 2 * MINUTE

    assert ending.destroy() == {"photos": still} and kept(ending) == 0


@pytest.mark.parametrize("what", ["alert", "case"])
def test_an_open_appeal_holds_the_photos_that_are_there(ending: Ending, what: str) -> None:
    alert_id = ending.fails_a_check()
    ending.decides(alert_id, "warn")
    ending.appeals(what, alert_id if what == "alert" else ending.case_id)

    ending.clock.now += timedelta(days=9)

    assert ending.destroy() == {} and kept(ending)


def test_an_answer_nobody_read_yet_is_kept(ending: Ending) -> None:
    ending.patient.answers_all()
    ending.clock.now += timedelta(days=3)

    assert ending.destroy() == {} and kept(ending)


def test_the_face_goes_when_the_case_ends(ending: Ending, folder: Path) -> None:
    ending.patient.shows(looked(100))
    ending.clock.now += timedelta(days=3)
    assert ending.destroy() == {} and len(blobs_in(folder)) == 1
    ending.closes()

    found = ending.destroy()

    assert found == {"references": 1} and blobs_in(folder) == []
    with ending.store.reading() as work:
        case = ending.patient.case()
        assert (reference_of(work, case), template_in(work, case)) == (None, None)
    (row,) = ending.rows(Photo)
    assert (row.template_sealed, row.likeness_hash_sealed, row.digest) == (None, None, None)


def test_it_goes_at_the_end_that_was_planned_also_where_nobody_closed_the_case(ending: Ending) -> None:
    ending.patient.shows(looked(100))
    ending.is_planned_until(ending.clock.now + timedelta(days=1))

    ending.clock.now += timedelta(days=1)

    assert ending.destroy() == {"references": 1}
