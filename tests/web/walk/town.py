"""A town in which everybody has done something, so that no page is empty: what is where, by name."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import update

from codes.counts.figures import Span
from codes.counts.hours import count_hours
from codes.counts.publishing import publish
from codes.desk.helping import issue
from codes.desk.identifying import prove_by_tail
from codes.fields import Field
from codes.meeting import meet
from codes.outcomes import Grant, Referral
from codes.own_passes import own_pass
from codes.police.officers import enroll
from codes.regimes import activate, preset
from codes.review.appeals import file_appeal
from codes.sharing import share
from drawing import draw_wanted
from monitoring.cases.watched import watched_case
from monitoring.patients.devices import add_device, devices_of
from papers.keeping import PaperKeeper
from store.blobs import FolderBlobs
from store.passes import Application
from store.phones import ensure_phone
from tests.clock import Clock
from tests.codes.counter import Counter
from tests.codes.days import lived
from tests.codes.line import Line
from tests.codes.picking import Chance, keep, wraps
from tests.employers.office import BOSS, Office, line, listed
from tests.monitoring.duty.desk import Desk
from tests.papers.hand import Applicant, FakeReader
from tests.stories.desk import AgentAtDesk
from tests.web.admin.orders import begin, proposal_in, saves
from tests.web.browsing import Site
from tests.web.citizen.entering import answers
from tests.web.clinic.lists import GOOD, proposes, tries
from tests.web.clinic.ward import Ward, exempt, register
from tests.web.people import Person, Staff, citizen_signed_in, signed_in
from tests.web.review.office import Reviewer
from tests.web.walk.household import a_patient
from web.police.accounts import invite
from web.roles import Role
from web.signin.accounts import add_account

CITIZEN, CALLER, OTHER, AT_HOME = "+79170000021", "+79170000022", "+79170000023", "+79170000024"
WORK, CLINIC, ERRAND = 1, 2, 3
_NAMES = re.compile(r"^(?:name|title) = \{.*\}", re.MULTILINE)
_NAME = re.compile(r'"([^"]*)"')


def order() -> str:
    """Moscow's, where a person decides about personal errands, and wants to see a paper."""
    return preset("moscow-2020").replace(
        "quota = { week = 2 }  # [H]",
        'approval = "review"\npapers = { need = "optional", hint = { ru = "Справка", en = "A letter" } }',
    )


def _cell(text: str) -> str:
    """A cell of a CSV file."""
    return f'"{text.replace(chr(34), chr(34) * 2)}"'


@dataclass
class Town:
    """The store, who works there, and the ids of what they left behind."""

    site: Site
    blobs: Path
    clock: Clock
    staff: Staff
    ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    said: Callable[[str], str] = str
    """What becomes of the words that somebody writes or is called by."""

    def fill(self) -> "Town":
        """All of it, in the order of a day."""
        with self.site.store.work() as work:
            activate(work, self.order(), self.clock.now, "tests")
        self.clock.pass_by(seconds=1)
        counter = Counter(self.site.store, self.clock)
        self._accounts()
        self._days()
        self._citizens(counter)
        self._applications(counter)
        self._calls(counter)
        self._employers()
        self._orders()
        self._clinic()
        self._duty()
        self.ids |= a_patient(self.site, AT_HOME, self.said("Орлова Ольга"), CALLER)
        return self

    def order(self) -> str:
        """The order, with the names of its purposes and its title as said here."""
        if self.said is str:
            return order()
        return _NAMES.sub(lambda line: _NAME.sub(lambda name: json.dumps(self.said(name[1])), line[0]), order())

    def _accounts(self) -> None:
        names = {"agent": "Анна", "supervisor": "Вера", "reviewer": "Роза", "administrator": "Адам"}
        for role, name in {
            **names,
            "operator": "Олег",
            "auditor": "Алла",
            "clinician": "Клара",
            "duty_officer": "Дора",
        }.items():
            self.people[role] = self.staff(role, name=self.said(name))
        self.ids["staff_id"] = self.people["reviewer"].id
        with self.site.store.work() as work:
            self.ids["enrolment"] = add_account(work, self.said("Новая"), [Role.AGENT], "tests")[1]
            self.ids["officer"] = enroll(work, "+79990000031", self.said("Отдел 1"), "4821", None, "tests")
        with self.site.store.work() as work:
            met = meet(work, "+79990000031")
            self.ids["invitation"] = str(invite(work, met.terms, "+79990000031", "tests"))

    def _days(self) -> None:
        """Two days, counted, published and drawn once asked for."""
        store, now = self.site.store, self.clock.now
        lived(store, Span(now - timedelta(hours=40), now), Random(1), many=60)
        count_hours(store)
        publish(store)
        viewers = signed_in(self.site.app, store, self.people["auditor"])
        for path in ("/admin/figures", "/figures"):
            viewers.get(path)
        draw_wanted(store)

    def _citizens(self, counter: Counter) -> None:
        """One with a pass to work, one that is over, a link, and an application half filled in."""
        store = self.site.store
        counter.introduce(CITIZEN, name=self.said("Иванова Анна Ивановна"), document="4411123456")
        counter.grant(CITIZEN, CLINIC, clinic=self.said("Больница 4"))
        counter.cancel(CITIZEN)
        counter.grant(CITIZEN, WORK, organisation=self.said("ООО Ромашка"), plate="Т111МО777")
        with store.work() as work:
            met = meet(work, CITIZEN)
            one = own_pass(work, met.holders, met.holders[0].live[-1].id)
            assert one is not None
            self.ids["pass"] = one.live.id
            self.ids["link"] = str(share(work, one, None, "tests"))
        client = citizen_signed_in(self.site.app, store, CITIZEN)
        answer = answers(client, counter.who(CITIZEN).holders[0].id, {"choice": str(CLINIC)})
        self.ids["draft"], self.ids["step"] = answer.headers["Location"].split("/")[-2:]

    def _applications(self, counter: Counter) -> None:
        """One of the citizen with a paper, one of somebody else that waits, and an appeal about nothing of theirs."""
        blobs = FolderBlobs(self.blobs)
        counter.introduce(OTHER, name=self.said("Петров Борис"), document="4411123457")
        why, where = self.said("Кладбище"), self.said("Химки")
        asked = [counter.ask(number, ERRAND, reason=why, destination=where) for number in (CITIZEN, OTHER)]
        assert isinstance(asked[0], Referral)
        self.ids["application"] = asked[0].application
        mine = Applicant(counter, blobs, counter.who(CITIZEN).phone.id, self.ids["application"])
        PaperKeeper(self.site.store, blobs, FakeReader()).keep(str(mine.adds()))
        self.ids["paper"] = mine.papers()[0].id
        with self.site.store.work() as work:
            work.run(update(Application).values(channel="web"))
        roza = Reviewer(signed_in(self.site.app, self.site.store, self.people["reviewer"]))
        roza.takes(self.ids["application"])
        with self.site.store.work() as work:
            self.ids["appeal"] = file_appeal(
                work, ensure_phone(work, CITIZEN), self.said("Мне отказали по ошибке. ") * 5
            )

    def _calls(self, counter: Counter) -> None:
        """One that was picked and recorded, and one that goes on, proved, with a pass."""
        counter.introduce(CALLER, name=self.said("Сидорова Вера"), document="4411122506")
        line, agent = Line(counter), self.people["agent"].id
        store, kept = self.site.store, self.site.store.random
        store.random = Chance()
        self.ids["picked"] = self._served(line, agent)
        self.clock.pass_by(minutes=3)
        line.ends(self.ids["picked"])
        wraps(line, self.ids["picked"], agent)
        store.random = kept
        keep(line, self.ids["picked"], FolderBlobs(self.blobs))
        self.ids["call"] = self._served(line, agent)
        known = counter.who(CALLER).holders[0]
        self.ids |= {"person": known.id, "spoken": known.live[-1].id}

    def _served(self, line: Line, agent: str) -> str:
        sid = line.talk(CALLER, agent)
        line.hears(sid, lambda work, attended: prove_by_tail(work, attended, "2506"), agent)
        person, said = line.person(CALLER), {Field.CLINIC: self.said("Больница 4")}
        given = line.attends(sid, lambda work, attended: issue(work, attended, person, CLINIC, said), agent)
        assert isinstance(given, Grant)
        return sid

    def _employers(self) -> None:
        """A firm with workers and a list with mistakes, and another that waits for a reviewer."""
        office = Office(self.site.store, self.clock).confirmed(name=self.said("ООО Ромашка"))
        office.issue(listed(range(1, 4)))
        faulty = "\n".join(
            [listed([5]), line(6, phone="12"), line(7, document="x1"), line(8, name=_cell(self.said("Рабочий")))]
        )
        self.ids["upload"] = office.read(faulty)
        self.ids["firm"] = office.organisation_id
        self.ids["waits"] = Office(self.site.store, self.clock).open("500100732259", BOSS, self.said("ИП Петров"))

    def _clinic(self) -> None:
        """A case that is open, one that is about to be; a place that is allowed, and one that is about to be."""
        store, person = self.site.store, self.people["clinician"]
        register(store)
        ward = Ward(store, self.clock, person, signed_in(self.site.app, store, person)).works_at("Клиника 1")
        self.ids["case"] = ward.admits(
            document="4411123497", circumstances="poor_sight", reason=self.said("Приказ 5"), note=self.said("Сын")
        )
        ward.sends(f"/clinic/cases/{self.ids['case']}/move", aim="elsewhere").places()
        self.ids["moving"] = ward.path.split("/")[3]
        with store.work() as work:
            found = watched_case(work, self.ids["case"])
            assert found is not None
            add_device(work, found, "browser", "Android 10", "tests")
            self.ids |= {"device": devices_of(work, found)[0].id, "exemption": exempt(work, found)}
        tries(ward, GOOD, GOOD.replace("9219111111", "x"))
        self.ids["listed"] = ward.path.rsplit("/", 1)[1]
        proposes(ward, GOOD)
        self.ids["closed"] = ward.admits(number="+79990000003", document="4411123498")
        close = f"/clinic/cases/{self.ids['closed']}/close"
        ward.opens(close).sends(close, closing="ended", reason=self.said("Приказ 6"))
        self.ids["begun"] = ward.drafts(number="+79990000002", document="4411123499").rsplit("/", 1)[1]

    def _duty(self) -> None:
        """A doubt about somebody at home, taken, with the patient's words."""
        desk, officer = Desk(self.site.store, self.clock), f"staff:{self.people['duty_officer'].id}"
        self.ids["alert"] = desk.taken(officer, self.said("Орлова Ольга"), self.said("Выносила мусор"))

    def _orders(self) -> None:
        """A draft, a proposal, and a version that is to be in force next week."""
        store, person = self.site.store, self.people["administrator"]
        with store.work() as work:
            activate(work, order(), work.now + timedelta(days=7), "tests")
        desk = AgentAtDesk(person, None, signed_in(self.site.app, store, person))
        proposed = begin(desk, "version:3")
        saves(desk, f"{proposed}/parts/limits", quota__day="3")
        desk.opens(f"{proposed}/propose").sends("/propose", when="once", day="", clock="")
        self.ids["proposal"] = proposal_in(desk).rsplit("/", 1)[1]
        self.ids["order"] = begin(desk, "version:2").rsplit("/", 1)[1]
        saves(desk, f"/admin/regimes/drafts/{self.ids['order']}/parts/limits", quota__day="4")
