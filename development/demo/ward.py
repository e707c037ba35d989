"""People who stay at home, as clinicians and their own telephones see them: the verbs of the pages, on the store."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from apart.starting import NoReader
from codes.fields import Field
from codes.regimes import in_force
from development.demo.accounts import CLINIC, CLINICIANS
from development.demo.api import post
from development.demo.homes import address_of, outline_of
from development.demo.people import Citizen
from development.demo.studio import Studio
from monitoring.answers.handing_in import Position, hand_in
from monitoring.cases.consent import Agreed, consent_text
from monitoring.cases.lending import lend, lent_in, take_in
from monitoring.cases.opening import Opened, Plan
from monitoring.cases.watched import WatchedCase, cases_on, held_case, watched_case
from monitoring.challenges import new_challenge
from monitoring.checks.enrolling import enrol
from monitoring.patients.admitting import Admission, Home, admit
from monitoring.patients.devices import add_device
from monitoring.patients.leaving import end_case
from monitoring.patients.links import link_address, new_link
from monitoring.photos.keeping import PhotoTrouble, keep_reference, keep_step
from monitoring.photos.reader import PhotoReader
from store import Store, Work
from store.blobs import BlobStore
from store.checks import PresenceCheck
from store.columns import table
from store.phones import ensure_phone
from web.signin.accounts import account_row

_REASON = "Постановление 5 главного санитарного врача"
_CHECK = table(PresenceCheck)
_LASTS = _LENT_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Patient:
    """Somebody at home: their case, where they live, the token of the app on their telephone."""

    who: Citizen
    case_id: str
    street: str
    house: int
    token: str = ""


class Ward:
    """A clinic's patients; photos come from a studio and are read as pages have them read."""

    def __init__(self, store: Store, blobs: BlobStore, reader: PhotoReader, studio: Studio, address: str) -> None:
        self.store, self.address = store, address
        self._blobs, self._reader, self._studio = blobs, reader, studio
        self._sittings: Counter[str] = Counter()

    def admits(self, who: Citizen, home: tuple[str, int], plan: Plan, at: Store | None = None) -> Patient | None:
        """A clinician opens a case with consent; None where that is not possible. `at` tells another time."""
        street, house = home
        words = consent_text(who.language)
        with (at or self.store).work() as work:
            admission = Admission(
                who.number,
                {Field.NAME: who.name, Field.DOCUMENT: who.document},
                who.language,
                _REASON,
                replace(plan, ends_at=work.now + _LASTS, address=f"{address_of(street, house)}, кв. 7"),
                Home(outline_of(street, house), weak=False),
                Agreed(words.language, words.digest, "signed", who.name),
            )
            opened = admit(work, admission, clinician(work), self.address)
        return Patient(who, opened.case_id, street, house) if isinstance(opened, Opened) else None

    def photographs(self, patient: Patient) -> str:
        """The photo that others are compared with; nothing where the portrait shows no face."""
        try:
            look = self._reader.read([self._studio.face()])[0]
        except NoReader:
            return ""
        with self.store.reading() as work:
            by = clinician(work)
        kept = keep_reference(self.store, self._blobs, patient.case_id, look, by)
        return "" if isinstance(kept, PhotoTrouble) else kept

    def enrols(self, patient: Patient, at: Store | None = None) -> str:
        """The patient opens their page, and an app of theirs may report; its token, empty where the case is over."""
        with (at or self.store).work() as work:
            case = held_case(work, patient.case_id)
            if case is None or not case.is_open(work.now):
                return ""
            by = _patient(case)
            enrol(work, case, by)
            return add_device(work, case, "app", "Android 10", by)

    def reports(self, token: str, fixes: Sequence[dict[str, Any]]) -> str:
        """What the app sends; the service's answer."""
        return post(f"{self.address}/api/v1/fixes", token, {"fixes": list(fixes)})

    def asks(self, patient: Patient) -> str:
        """Somebody wants to know whether the patient is at home: a check that is due now; its id."""
        with self.store.work() as work:
            case = watched_case(work, patient.case_id)
            return due_check(work, case) if case is not None and case.is_watched(work.now) else ""

    def asks_once(self, patient: Patient) -> str:
        """The same, of somebody who was never asked."""
        with self.store.reading() as work:
            asked = work.row(
                select(_CHECK.c.id).where(_CHECK.c.case_id == patient.case_id, _CHECK.c.state != "planned")
            )
        return "" if asked else self.asks(patient)

    def answers(self, patient: Patient, position: str = "inside") -> str:
        """The patient answers what was asked, by photos and a position; empty where nothing waits for an answer."""
        with self.store.work() as work:
            case = watched_case(work, patient.case_id)
            row = work.row(_asked(patient.case_id))
            if case is None or row is None:
                return ""
            challenge = json.loads(row.challenge) if row.challenge else new_challenge(work)
            work.run(update(_CHECK).where(_CHECK.c.id == row.id).values(challenge=json.dumps(challenge)))
        photos = self._studio.answer(self._sittings[patient.case_id], challenge)
        self._sittings[patient.case_id] += 1
        for step, photo in enumerate(photos):
            if isinstance(keep_step(self.store, self._blobs, row.id, step, photo, _patient(case)), PhotoTrouble):
                return ""
        bands = ("250-500", "0-25") if position == "outside" else (None, None)
        with self.store.work() as work:
            return str(hand_in(work, row.id, Position(position, *bands), _patient(case)))

    def link(self, number: str) -> str:
        """An address that opens the page of whoever is at home on a telephone; empty where nobody is."""
        with self.store.work() as work:
            cases = cases_on(work, ensure_phone(work, number))
            return link_address(self.address, new_link(work, cases[0], "page", work.now + _LASTS)) if cases else ""

    def lends(self, patient: Patient, number: str) -> str:
        """A telephone is handed out."""
        with self.store.work() as work:
            case = held_case(work, patient.case_id)
            assert case is not None
            return lend(work, case, number, f"SN-{number[-6:]}", work.now + _LENT_FOR, clinician(work))

    def takes_back(self, patient: Patient) -> str:
        """What was lent is returned."""
        with self.store.work() as work:
            case = held_case(work, patient.case_id)
            assert case is not None
            for one in lent_in(work, case):
                take_in(work, case, one.id, clinician(work))
        return ""

    def closes(self, patient: Patient, closing: str = "recovered") -> str:
        """The case ends, the patient is told."""
        with self.store.work() as work:
            case = held_case(work, patient.case_id)
            if case is not None:
                end_case(work, in_force(work).regime, case, closing, "Выписка", clinician(work))
        return ""


def clinician(work: Work) -> str:
    """Who opens the town's cases, as in the audit."""
    return f"staff:{account_row(work, CLINICIANS[0]).id}"


def due_check(work: Work, case: WatchedCase) -> str:
    """A check that somebody asks for now; its id."""
    check_id = work.new_id()
    given = {"id": check_id, "case_id": case.id, "origin": "staff", "means": case.means, "state": "planned"}
    work.insert(PresenceCheck, **given, planned_at=work.now, due_at=work.now, step=0, attempts=0)
    work.audit(clinician(work), "check.planned", check_id, {"case": case.id, "origin": "staff"})
    return check_id


def plan_for(kind: str = "confirmed", means: str = "link", *circumstances: str) -> Plan:
    """A plan of this clinic."""
    return Plan(kind, means, clinic=CLINIC, circumstances=circumstances)


def _asked(case_id: str) -> Any:
    waiting = select(_CHECK).where(_CHECK.c.case_id == case_id, _CHECK.c.state == "asked", _CHECK.c.means == "link")
    return waiting.order_by(_CHECK.c.id)


def _patient(case: WatchedCase) -> str:
    return f"phone:{case.phone_id}"
