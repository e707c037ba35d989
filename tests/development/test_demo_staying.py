"""People at home in the demo's town: admitted at a clinic, their telephones report, they leave, answer, are excused."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from development.demo.accounts import YOUR_DUTY_OFFICER
from development.demo.chance import Chance
from development.demo.hiring import hire
from development.demo.homes import HOUSES, STREETS, address_of, beside, outline_of, town_map
from development.demo.past import silent_for_days
from development.demo.people import Citizen, town
from development.demo.staying import YOUR_PATIENT, excused_earlier, fixes, you
from development.demo.streets import Streets
from development.demo.studio import Studio
from development.demo.ward import Patient, plan_for
from monitoring.addresses.searching import search_addresses
from monitoring.answers.reading import AnswerReader
from monitoring.cases.watched import held_case
from monitoring.challenges import POSES, shots
from monitoring.checks.ladder import go_on
from monitoring.duty.deciding import Decision, why_not
from monitoring.outlines import contains
from monitoring.patients.words import say
from monitoring.photos.reader import SubprocessPhotos
from settings import Settings
from store import Store
from store.blobs import FolderBlobs
from store.checks import PresenceCheck
from store.columns import table
from store.duty import Alert
from store.patients import Departure
from store.work import system_clock
from web.signin.accounts import account_row


@pytest.fixture
def everybody(pages: Settings, streets: Streets, store: Store) -> Iterator[Citizen]:
    """The town's people; the clinic has its staff."""
    hire(pages)
    return town(streets.chance)


@pytest.fixture
def noon(store: Store, streets: Streets) -> None:
    """It is noon in Kazan, whatever it is here: at night nobody is asked."""
    later = timedelta(hours=9 - system_clock().hour)

    def shifted() -> datetime:
        return system_clock() + later

    store.clock = streets.office.ward.store.clock = shifted


@pytest.fixture
def patient(streets: Streets, everybody: Iterator[Citizen], noon: None) -> Patient:
    ward = streets.office.ward
    admitted = ward.admits(next(everybody), ("Тукая", 5), plan_for())
    assert admitted is not None
    token = ward.enrols(admitted)
    return Patient(admitted.who, admitted.case_id, admitted.street, admitted.house, token)


def test_every_house_of_the_town_is_found_by_its_address(
    pages: Settings, everybody: Iterator[Citizen], store: Store
) -> None:
    with store.reading() as work:
        found = search_addresses(work, "Тукая 5")

    assert found[0].text == address_of("Тукая", 5) and found[0].outline == outline_of("Тукая", 5)
    assert len(town_map()["features"]) == len(STREETS) * HOUSES
    assert len(json.loads((pages.var / "town.geojson").read_text("utf-8"))["features"]) == len(STREETS) * HOUSES


def test_metres_east_of_a_house_are_metres() -> None:
    (lat, lon), (_, east) = beside("Мира", 1), beside("Мира", 1, 400)

    assert contains(outline_of("Мира", 1), lon, lat)
    assert 395 < (east - lon) * 62_600 < 405


def test_who_stays_is_believed_and_who_walks_off_is_noticed_as_a_fact(
    streets: Streets, patient: Patient, store: Store
) -> None:
    ward, chance = streets.office.ward, Chance(5)
    away = ((-870, 0), (-720, 1), (-480, 1), (-240, 1), (-2, 1))

    stayed = json.loads(ward.reports(patient.token, fixes(chance, patient, [(-880, 0)], store.clock)))
    left = json.loads(ward.reports(patient.token, fixes(chance, patient, away, store.clock)))

    assert stayed["counted"] == 1 and left["counted"] == len(away)
    with store.reading() as work:
        (departure,) = work.rows(select(table(Departure)))
    assert departure.case_id == patient.case_id and departure.fixes >= 3


def test_a_check_is_answered_with_all_photos_and_read(
    streets: Streets, patient: Patient, store: Store, pages: Settings
) -> None:
    ward = streets.office.ward
    streets.office.studio.opens()
    ward.photographs(patient)
    check_id = ward.asks(patient)
    go_on(store, pages.public_url)

    assert ward.answers(patient) == "taken"

    AnswerReader(store, FolderBlobs(pages.blobs_dir), SubprocessPhotos(pages.faces_dir)).read(check_id)
    with store.reading() as work:
        (check,) = work.rows(select(table(PresenceCheck)))
    assert (check.state, check.outcome) == ("passed", "passed")


def test_what_was_missed_without_power_is_excused(
    streets: Streets, everybody: Iterator[Citizen], store: Store, pages: Settings
) -> None:
    check_id = excused_earlier(streets, streets.office.ward, everybody)

    go_on(store, pages.public_url)

    with store.reading() as work:
        check = work.row(select(table(PresenceCheck)).where(table(PresenceCheck).c.id == check_id))
        assert (check.state, check.outcome) == ("excused", "outage")
        assert not work.rows(select(table(Alert)))


def test_the_patient_who_is_you_has_a_link(streets: Streets, everybody: Iterator[Citizen]) -> None:
    you(streets, streets.office.ward, everybody)

    assert "/i/" in streets.office.ward.link(YOUR_PATIENT)
    assert streets.office.ward.link("+79990009999") == ""


def test_without_a_portrait_a_face_is_drawn(tmp_path: Path) -> None:
    photos = Studio(tmp_path).answer(0, POSES)

    assert len(photos) == len(shots(POSES)) and len({*photos}) == len(POSES)
    assert all(photo.startswith(b"\xff\xd8") for photo in photos)


def test_two_checks_of_days_ago_were_a_violation_or_may_be_one_now(
    streets: Streets, everybody: Iterator[Citizen], noon: None, store: Store
) -> None:
    office, chance = streets.office, Chance(7)

    done = silent_for_days(office.ward, office.past, next(everybody), chance, decided=True)
    ripe = silent_for_days(office.ward, office.past, next(everybody), chance, decided=False)

    assert done and ripe
    with store.work() as work:
        alerts = {row.case_id: row for row in work.rows(select(table(Alert)))}
        case, darya = held_case(work, ripe.case_id), f"staff:{account_row(work, YOUR_DUTY_OFFICER).id}"
        assert case is not None
        assert alerts[done.case_id].decision == "violation"
        assert why_not(work, alerts[ripe.case_id], case, Decision.VIOLATION, darya) == ()


def test_the_duty_desk_decides_what_is_clear_and_leaves_the_last_to_you(
    streets: Streets, everybody: Iterator[Citizen], noon: None, store: Store
) -> None:
    office = streets.office
    for who in (next(everybody), next(everybody)):
        admitted = office.ward.admits(who, ("Мира", 3), plan_for())
        assert admitted is not None
        with store.work() as work:
            case = held_case(work, admitted.case_id)
            assert case is not None
            say(work, case, "hospital", "text", by="tests")

    office.duty.decides()

    with store.reading() as work:
        decisions = [row.decision for row in work.rows(select(table(Alert)))]
    assert decisions.count("excused") == 1 and decisions.count(None) == 1
