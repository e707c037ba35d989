"""A photo to compare with, telephones that are lent, devices that are the patient's no more."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from codes.regimes import activate, preset
from monitoring.cases.watched import telephone_of, watched_case
from monitoring.home.links import Entry, find_link
from monitoring.home.sessions import sessions_with
from monitoring.patients.devices import add_device, devices_of
from monitoring.patients.lent_phones import remind
from monitoring.patients.links import new_link
from monitoring.readings import Finding, Look
from settings import Settings
from store import Store
from store.columns import table
from store.duty import Alert
from tests.clock import Clock
from tests.monitoring.photos.patient import JPEG, FakePhotos, looked
from tests.web.clinic.ward import Ward
from wsgi import create_app

LENT = "+79990000077"


@pytest.fixture
def photos() -> FakePhotos:
    """What reads photos, in place of the process that does."""
    return FakePhotos([looked(1)])


@pytest.fixture
def app(settings: Settings, store: Store, clock: Clock, photos: FakePhotos) -> Flask:
    with store.work() as work:
        activate(work, preset("tatarstan-2020"), clock.now, "tests")
    return create_app(settings, store, photos)


def sends_photo(ward: Ward, case_id: str, content: bytes = JPEG, **more: Any) -> None:
    ward.opens(f"/clinic/cases/{case_id}/photo").sends(photo=(BytesIO(content), "face.jpg"), **more)


def test_a_good_photo_is_kept_and_shown_to_the_clinic_alone(ward: Ward, photos: FakePhotos, clinician: Any) -> None:
    case_id = ward.admits()

    sends_photo(ward, case_id)

    assert "The photo is good, and kept" in ward.reads and photos.given == [[JPEG]]
    picture = f"/clinic/cases/{case_id}/photo/picture"
    answer = ward.client.get(picture)
    assert answer.mimetype == "image/jpeg" and answer.data == looked(1).drawn
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert clinician("B", "Клиника 2").client.get(picture).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("finding", [Finding.DARK, Finding.FAR, Finding.SEVERAL, Finding.NO_FACE])
def test_what_is_wrong_with_a_photo_is_told_at_once(ward: Ward, photos: FakePhotos, finding: Finding) -> None:
    case_id = ward.admits()
    face = None if finding is Finding.NO_FACE else looked(1).face
    photos.looks = [Look((finding,), face, 1, looked(1).drawn)]

    sends_photo(ward, case_id)

    assert "This photo is not good enough" in ward.reads
    assert ward.client.get(f"/clinic/cases/{case_id}/photo/picture").status_code == 404


def test_a_poor_photo_is_kept_where_no_better_can_be_had(ward: Ward, photos: FakePhotos) -> None:
    case_id = ward.admits()
    photos.looks = [Look((Finding.DARK,), looked(1).face, 1, looked(1).drawn)]

    sends_photo(ward, case_id, keep="y")

    assert "The photo is kept" in ward.reads


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"GIF89a"])
def test_what_is_no_photo_is_not_read(ward: Ward, photos: FakePhotos, content: bytes) -> None:
    case_id = ward.admits()

    sends_photo(ward, case_id, content)

    assert "Choose a photo" in ward.reads and photos.given == []


def test_a_lent_telephone_is_where_the_patient_is_texted_until_it_is_back(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"

    ward.opens(f"{url}/phones").sends(number="8 999 000-00-77", serial="SN 7", due="2026-06-10")

    assert "Language Russian" in ward.reads
    assert "SN 7" in ward.reads and "due back 10.06 18:00" in ward.reads and _number(store, case_id) == LENT
    assert ward.page
    back = ward.page.text.partition(f"{url}/phones/")[2].partition('"')[0]
    ward.sends(f"{url}/phones/{back}")
    assert "The telephone is back" in ward.reads and _number(store, case_id) != LENT


def test_what_a_lent_telephone_opened_it_opens_no_more_once_it_is_back(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    url = f"/clinic/cases/{case_id}"
    with store.work() as work:
        case = watched_case(work, case_id)
        assert case is not None
        own = add_device(work, case, "browser", "Android 10", "tests")
    ward.opens(f"{url}/phones").sends(number=LENT, serial="SN 7", due="2026-06-10")
    with store.work() as work:
        token, there = (
            new_link(work, case, "page", case.ends_at or work.now),
            add_device(work, case, "browser", "", "t"),
        )

    assert ward.page
    ward.sends(f"{url}/phones/{ward.page.text.partition(f'{url}/phones/')[2].partition(chr(34))[0]}")

    with store.work() as work:
        assert find_link(work, token).entry is Entry.ENDED
        assert [one.token for one in sessions_with(work, [own, there])[0]] == [own]
    assert [template for template, _, _ in ward.texts()][-1] == "page_link"


def test_one_telephone_is_lent_to_one_patient(ward: Ward) -> None:
    first, second = ward.admits(), ward.admits(number="+79990000009", document="9219632599")
    ward.opens(f"/clinic/cases/{first}/phones").sends(number=LENT, serial="7", due="2026-06-10")

    ward.opens(f"/clinic/cases/{second}/phones").sends(number=LENT, serial="7", due="2026-06-10")

    assert "This telephone is with another patient" in ward.reads and ward.page and ward.page.status_code == 422


def _number(store: Store, case_id: str) -> str:
    with store.reading() as work:
        case = watched_case(work, case_id)
        assert case is not None
        phone = telephone_of(work, case)
    assert phone is not None
    return phone.number


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("due", ["", "2026-06-01", "x", "2029-01-01"])
def test_a_telephone_is_due_on_a_day_ahead(ward: Ward, due: str) -> None:
    case_id = ward.admits()

    ward.opens(f"/clinic/cases/{case_id}/phones").sends(number=LENT, serial="7", due=due)

    assert ward.page and ward.page.status_code == 422


def test_who_has_a_lent_telephone_is_reminded_and_then_a_person_is_told(ward: Ward, store: Store, clock: Clock) -> None:
    case_id = ward.admits()
    ward.opens(f"/clinic/cases/{case_id}/phones").sends(number=LENT, serial="7", due="2026-06-05")

    told = []
    for _ in range(5):
        told.append(remind(store))
        clock.pass_by(days=1)

    assert told == [0, 0, 1, 0, 1]  # on the day it is due, and the second day after
    assert [template for template, _, _ in ward.texts()][-1] == "phone_due"
    with store.reading() as work:
        assert [row.kind for row in work.rows(select(table(Alert).c.kind))] == ["phone_not_returned"]


def test_a_device_that_is_not_theirs_any_more_reports_no_more(ward: Ward, store: Store) -> None:
    case_id = ward.admits()
    with store.work() as work:
        case = watched_case(work, case_id)
        assert case is not None
        add_device(work, case, "browser", "Android 10", "phone:1")
        (device,) = devices_of(work, case)

    assert "Android 10" in ward.opens(f"/clinic/cases/{case_id}").reads
    ward.opens(f"/clinic/cases/{case_id}/devices/{device.id}/end").sends(reason="Продан")

    assert "It reports no more" in ward.reads and "Продан" in ward.reads and "Android 10" not in ward.reads
