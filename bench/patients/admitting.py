"""Everybody of the simulated town is admitted: opened, agreed, at home, some with an app."""

from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy import update
from sqlmodel import col

from bench.patients.people import APPS, CALLED, Patient
from bench.rules import house
from codes.fields import Field
from codes.people import add_person
from codes.regimes import in_force
from monitoring.cases.fences import set_home
from monitoring.cases.opening import Plan, open_case
from monitoring.cases.watched import watched_case
from monitoring.outlines import read_wkb
from monitoring.patients.devices import add_device
from monitoring.patients.telling import tell_opened
from store import Store, Work
from store.cases import Case, Consent
from store.phones import ensure_phone

CLINICIAN: Final = "staff:clinician"
_PAGE: Final = 50


def admit_all(store: Store, random: Random, people: int, days: int) -> dict[str, Patient]:
    """So many patients for so many days, by telephone."""
    found: dict[str, Patient] = {}
    for start in range(0, people, _PAGE):
        with store.work() as work:
            for number in range(start, min(start + _PAGE, people)):
                patient = _admit(work, random, number, days)
                found[patient.phone_id] = patient
    return found


def _admit(work: Work, random: Random, number: int, days: int) -> Patient:
    phone = ensure_phone(work, f"+7999{number:07}")
    person = add_person(work, phone, {Field.NAME: "Иванова Анна", Field.DOCUMENT: f"92{number:08}"})
    means = "call" if random.random() < CALLED else "link"
    plan = Plan("confirmed", means, work.now + timedelta(days=days), phone.id)
    case_id = open_case(work, person.id, "order 5", CLINICIAN, plan).case_id
    agreed = {"version": "1", "language": "ru", "text_hash": "", "way": "signed", "taken_by": CLINICIAN}
    work.insert(Consent, id=work.new_id(), case_id=case_id, **agreed, given_at=work.now)
    case = watched_case(work, case_id)
    assert case is not None and case.key is not None
    seed = case.key.seal_bytes(f"isolation_case.seed.{case_id}", random.randbytes(16))
    work.run(update(Case).where(col(Case.id) == case_id), seed_sealed=seed)
    set_home(work, case, read_wkb(house().wkb), weak=False, by=CLINICIAN)
    token = None
    if means == "link" and random.random() < APPS:
        token = add_device(work, case, "app", "Android 10", CLINICIAN)
    tell_opened(work, in_force(work).regime, case, "https://pass.example")
    return Patient(case_id, phone.id, Random(random.getrandbits(64)), means, work.now, token)
