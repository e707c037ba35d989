"""Days of people who stay at home: they report where they are, are asked, leave, come back, fall ill, appeal.

What telephones report has the real time, as everything the service sees.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import update
from sqlmodel import col

from development.demo.chance import Chance
from development.demo.homes import a_home, beside
from development.demo.past import silent_for_days
from development.demo.people import Citizen
from development.demo.stage import Story
from development.demo.streets import Streets
from development.demo.ward import Patient, Ward, due_check, plan_for
from monitoring.cases.watched import WatchedCase, watched_case
from monitoring.outages import begin_outage
from store import Clock, Work
from store.checks import PresenceCheck
from store.work import system_clock

YOUR_PATIENT, LENT = "+79990000004", "+79990000013"
_AWAY_M: Final = 400.0
_WALK: Final = ((-870, 0), (-720, 1), (-480, 1), (-240, 1), (-2, 1))
"""Seconds ago, and whether away by then: a telephone that had no network tells it all at once."""
_BACK: Final = ((-70, 0), (-2, 0))
_APPEALS: Final = ("ЖАЛОБА я выходил к врачу, есть талон", "ЖАЛОБА телефон был на зарядке, я был дома")


def fixes(
    chance: Chance, patient: Patient, walk: Sequence[tuple[float, float]], clock: Clock = system_clock
) -> list[dict[str, Any]]:
    """Reported positions: seconds ago, and 1 where the telephone is 400 m from home; a little off, as all are."""
    now = clock().timestamp()
    places = [(ago, beside(patient.street, patient.house, away * _AWAY_M + chance.gauss(0, 6))) for ago, away in walk]
    return [
        {"t": now + ago, "lat": lat + chance.gauss(0, 5e-5), "lon": lon, "accuracy": 18.0, "provider": "wifi"}
        for ago, (lat, lon) in places
    ]


def staying_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """At home all day: the app says so, and a check is answered."""
    for turn in range(14):
        yield streets.does(60, lambda: ward.reports(patient.token, fixes(streets.chance, patient, ((-2, 0),))))
        if turn in (2, 9):
            yield streets.does(10, lambda: ward.asks(patient))
            yield streets.does(30, lambda: ward.answers(patient))


def leaving_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """Walks 400 m away: noticed as a fact, asked at once, answered from outside; then home again, and an appeal."""
    yield streets.does(60, lambda: ward.reports(patient.token, fixes(streets.chance, patient, _WALK)))
    yield streets.does(40, lambda: ward.answers(patient, "outside"))
    yield streets.does(390, lambda: ward.reports(patient.token, fixes(streets.chance, patient, _BACK)))
    yield streets.says(60, patient.who.number, streets.chance.choice(_APPEALS))


def warned_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """The same, but says why when told of it: a duty officer warns, the patient appeals from that."""
    duty = streets.office.duty
    yield streets.does(90, lambda: ward.reports(patient.token, fixes(streets.chance, patient, _WALK)))
    yield streets.does(40, lambda: ward.answers(patient, "outside"))
    yield streets.does(200, lambda: duty.hears(patient, "Вынес мусор и заговорился с соседом у магазина."))
    yield streets.does(80, lambda: duty.warns(patient))
    yield streets.says(120, patient.who.number, "ЖАЛОБА я отошёл на десять минут, сосед подтвердит")


def appealing_day(streets: Streets, patient: Patient) -> Story:
    """Was told yesterday that it was a violation, and has a letter that says otherwise."""
    yield streets.says(330, patient.who.number, "ЖАЛОБА лежал в больнице, есть выписка")


def duty_day(streets: Streets) -> Story:
    """The duty desk decides what is clear."""
    for _ in range(6):
        yield streets.does(140, streets.office.duty.decides)


def silent_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """Asked, and does not answer: reminded, called, sent a second link; after a quarter of a real hour a miss."""
    yield streets.does(10, lambda: ward.asks(patient))


def word_day(streets: Streets, who: Citizen, words: Sequence[str]) -> Story:
    """Tells by text how things are; soon, so that whoever looks at the duty desk finds it there."""
    for body in words:
        yield streets.says(streets.chance.uniform(20, 60), who.number, body)


def lent_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """Has no telephone that could: one is lent, and comes back when the case is closed."""
    yield streets.does(90, lambda: ward.lends(patient, LENT))
    yield streets.says(120, LENT, "СТАТУС")
    yield streets.does(300, lambda: ward.takes_back(patient))
    yield streets.does(30, lambda: ward.closes(patient))
    yield streets.says(60, patient.who.number, "цель 8")


def called_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """Has no smartphone: a call asks for a number that is spoken; the telephone rings unanswered here."""
    yield streets.does(20, lambda: ward.asks(patient))


def fill(streets: Streets, ward: Ward, everybody: Iterator[Citizen]) -> list[Story]:
    """Admits the town's patients; what each lives through today."""
    yours = you(streets, ward, everybody)
    excused_earlier(streets, ward, everybody)
    town = Filled(streets, ward, everybody)
    office, chance = streets.office, streets.chance
    silent = [
        silent_for_days(ward, office.past, replace(next(everybody), language="ru"), chance, decided=decided)
        for decided in (True, False)
    ]
    return [
        duty_day(streets),
        *(your_day(streets, ward, one) for one in [yours] if one),
        *(appealing_day(streets, one) for one in silent[:1] if one),
        *(warned_day(streets, ward, one) for one in [town.patient()] if one),
        *(staying_day(streets, ward, one) for one in (town.patient() for _ in range(3)) if one),
        *(leaving_day(streets, ward, one) for one in [town.patient()] if one),
        *(silent_day(streets, ward, one) for one in [town.patient()] if one),
        *(called_day(streets, ward, one) for one in [town.patient("contact", "call", "no_smartphone")] if one),
        *(lent_day(streets, ward, one) for one in [town.patient("suspected")] if one),
        *(word_day(streets, one.who, ["СТАТУС", "БОЛЬНИЦА"]) for one in [town.patient()] if one),
        *(word_day(streets, one.who, ["ДОМА", "SOS"]) for one in [town.patient()] if one),
    ]


class Filled:
    """Homes of the town, given out one by one."""

    def __init__(self, streets: Streets, ward: Ward, everybody: Iterator[Citizen]) -> None:
        self._streets, self._ward, self._everybody = streets, ward, everybody

    def patient(self, kind: str = "confirmed", means: str = "link", *circumstances: str) -> Patient | None:
        """Somebody admitted this morning; with a page, an app and a photo, where they are asked by links."""
        who = replace(next(self._everybody), language="ru")
        home, plan, earlier = (
            a_home(self._streets.chance),
            plan_for(kind, means, *circumstances),
            self._streets.office.earlier,
        )
        admitted = self._ward.admits(who, home, plan, earlier)
        if admitted is None:
            return None
        self._ward.photographs(admitted)
        return replace(admitted, token=self._ward.enrols(admitted, earlier))


def excused_earlier(streets: Streets, ward: Ward, everybody: Iterator[Citizen]) -> str:
    """A check of hours ago that nobody answered, since the region had no power then: excused; its id."""
    earlier = streets.office.earlier
    patient = ward.admits(replace(next(everybody), language="ru"), a_home(streets.chance), plan_for(), earlier)
    if patient is None or not ward.enrols(patient, earlier):
        return ""
    with earlier.work() as work:
        case = watched_case(work, patient.case_id)
        assert case is not None
        until = work.now + timedelta(hours=1)
        begin_outage(work, "power", work.now - timedelta(minutes=30), case.opened_by, until, "Подстанция № 3")
        return asked_in_vain(work, case)


def asked_in_vain(work: Work, case: WatchedCase) -> str:
    """A check whose text arrived then, and was not answered; its id."""
    check_id = due_check(work, case)
    # Not asked while an outage goes on: it began as the text was on its way.
    given = {"state": "asked", "step": 1, "asked_at": work.now, "window_ends_at": work.now + timedelta(minutes=15)}
    work.run(update(PresenceCheck).where(col(PresenceCheck.id) == check_id), **given)
    return check_id


def your_day(streets: Streets, ward: Ward, patient: Patient) -> Story:
    """Whoever tries it out is asked once they opened their page."""
    for _ in range(40):
        yield streets.does(24, lambda: ward.asks_once(patient))


def you(streets: Streets, ward: Ward, everybody: Iterator[Citizen]) -> Patient | None:
    """A patient for whoever tries it out: admitted, nothing else; the link comes to their telephone."""
    streets.carrier.show(YOUR_PATIENT, "patient", "You, patient")
    who = replace(next(everybody), number=YOUR_PATIENT, language="ru")
    return ward.admits(who, a_home(streets.chance), plan_for())
