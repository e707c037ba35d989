"""`python -m development.demo SPEED`: plays a day once the service is healthy; what `make demo` adds to `make run`."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from threading import Event, Thread

from development.demo.carrier import Carrier
from development.demo.chance import Chance
from development.demo.citizens import citizens_day, isolated_day
from development.demo.desks import Bulletin, clerks_day, open_call_centre, troubled_line
from development.demo.guide import guide
from development.demo.handsets import ALIYA, MARAT, YOUR_OFFICER, citizen_story, officer_story, patient_story, show
from development.demo.machines import Turnstile, turnstiles_day
from development.demo.office import Office
from development.demo.people import Citizen, town
from development.demo.police import PIN, Verdicts, guessing_day, officers_day
from development.demo.stage import Stage
from development.demo.staying import YOUR_PATIENT, fill
from development.demo.streets import Streets
from development.demo.surfing import surfers_day
from development.ready import wait
from settings import DEFAULT_REGIME, exit_with, load_or_exit
from store.work import system_clock

_ORGANISATIONS = (("ООО «Горэлектросеть»", "7707083893"), ("Хлебозавод № 3", "7736050003"))
"""Who ask for an account, with tax numbers whose check digits are right."""


@dataclass(frozen=True, slots=True)
class Cast:
    """How many there are of each; `early` had a pass before the day began, `surfers` ask on the pages."""

    address: str
    """Where the pages are."""
    citizens: int = 500
    isolated: int = 12
    officers: int = 6
    early: int = 8
    surfers: int = 60


def people_the(streets: Streets, stage: Stage, verdicts: Verdicts, everybody: Iterator[Citizen], cast: Cast) -> None:
    """Gives everybody their story."""
    aliya = replace(next(everybody), name=ALIYA, language="ru")
    marat = replace(next(everybody), name=MARAT, language="ru")
    petrov, guesser, *others = (one.number for one in islice(everybody, cast.officers))
    for number in (YOUR_OFFICER, petrov, guesser, *others):
        streets.office.enroll(number, "Kazan, unit 3", PIN)
    streets.office.let_in(YOUR_OFFICER)
    streets.over.extend(filter(None, map(streets.office.issue_earlier, islice(everybody, cast.early))))
    show(streets, aliya, petrov, marat)
    stage.add(citizen_story(streets, aliya))
    stage.add(patient_story(streets, marat))
    stage.add(officer_story(streets, petrov, verdicts))
    stage.add(guessing_day(streets, guesser, verdicts))
    for number in others:
        stage.add(officers_day(streets, number, verdicts))
    for (name, tax_number), boss in zip(_ORGANISATIONS, everybody, strict=False):
        streets.office.ask_for_organisation(boss.number, name, tax_number)
    stage.add(turnstiles_day(streets, Turnstile(cast.address, streets.office.machine())))
    for surfer in islice(everybody, cast.surfers):
        stage.add(surfers_day(streets, cast.address, surfer, Chance(streets.chance.getrandbits(32))))
    for day in fill(streets, streets.office.ward, everybody):
        stage.add(day)
    for isolated in islice(everybody, cast.isolated):
        stage.add(isolated_day(streets, isolated))
    for citizen in islice(everybody, cast.citizens - cast.isolated):
        stage.add(citizens_day(streets, citizen))


def play_day(speed: float) -> None:
    """From the morning to the evening."""
    settings = load_or_exit()
    wait(settings)
    office, chance = Office(settings), Chance(int(system_clock().timestamp()))
    if office.order() != DEFAULT_REGIME:
        exit_with(f"{office.order()} is in force in {settings.var}; the demo's people know {DEFAULT_REGIME} alone")
    office.studio.opens()
    print(guide(settings, speed), flush=True)
    streets = Streets(Carrier(settings.twilio_api_base), office, chance, office.code_shape())
    stage, verdicts = Stage(speed), Verdicts()
    people_the(streets, stage, verdicts, town(chance), Cast(settings.public_url))
    agents = open_call_centre(streets, settings.public_url)
    stage.add(clerks_day(streets))
    stage.add(troubled_line(streets))
    bulletin = Bulletin(streets, stage, verdicts)
    over = Event()
    Thread(target=bulletin.tell_until, args=(over,), daemon=True).start()
    stage.play()
    streets.lines.finish()
    for agent in agents:
        agent.join()
    over.set()
    link = office.ward.link(YOUR_PATIENT)
    print(f"{bulletin.line()}\nThe day is over; everything stays up until Ctrl-C.", flush=True)
    print(guide(settings, speed, link), flush=True)


if __name__ == "__main__":
    play_day(float(sys.argv[1]))
