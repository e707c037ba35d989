"""Answers to checks: the page's last step, the number keyed on a call, and the reading in the worker."""

from collections.abc import Mapping

from bench.patients.people import TEMPLATE, Patient, new_challenge
from monitoring.answers.attempts import answer_read, claim, due_answers
from monitoring.answers.concluding import Answer, conclude
from monitoring.answers.handing_in import Position, hand_in
from monitoring.checks.calls import check_call, key_number
from store import Store

_MOST = 100


def answer(store: Store, patient: Patient, check_id: str) -> None:
    """The patient did what the page asks for; too late is too late."""
    with store.work() as work:
        hand_in(work, check_id, Position(patient.position(work.now)), "phone:patient")


def key_in(store: Store, patient: Patient, check_id: str) -> None:
    """The patient hears a number and keys it; nobody errs twice."""
    with store.work() as work:
        call = check_call(work, check_id)
        if call is not None and call.number:
            if patient.chance(0.1):
                key_number(work, check_id, "", "phone:patient")
            key_number(work, check_id, call.number, "phone:patient")


def read_answers(store: Store, patients: Mapping[str, Patient]) -> None:
    """What the worker reads; the photos are drawn as numbers."""
    with store.reading() as work:
        due = due_answers(work, work.now, _MOST)
    for check_id in due:
        with store.work() as work:
            attempt = claim(work, check_id)
        if attempt is None:
            continue
        patient = patients[attempt.case.phone_id or ""]
        challenge = new_challenge(patient)
        read = conclude(Answer(challenge, patient.looks(challenge), TEMPLATE, (), attempt.given.position))
        with store.work() as work:
            answer_read(work, attempt, [], read)
