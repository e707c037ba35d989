"""What people at desks do during the day: the verbs of the store that the command line calls too."""

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from codes.applications import Asking
from codes.counts.figures import figures
from codes.employers.accounts import Details, open_account
from codes.fields import Field
from codes.issuing import issue_pass
from codes.meeting import meet
from codes.outcomes import Grant
from codes.own_passes import own_applications
from codes.people import add_person
from codes.police.clients import Scope, add_client
from codes.police.duty import officer_of_number
from codes.police.officers import UnlockReason, enroll, officer_on, unlock
from codes.regime import CodeShape
from codes.regimes import in_force
from codes.review.appealed import ALERT
from codes.review.appeals import appeals, decide_appeal
from codes.review.papers import keep_paper
from development.demo.accounts import SECRET, YOUR_AGENT
from development.demo.duty import DutyDesk
from development.demo.hiring import EARLIER
from development.demo.letters import letter
from development.demo.past import Past
from development.demo.people import Citizen
from development.demo.studio import Studio
from development.demo.ward import Ward
from monitoring.cases.opening import open_case
from monitoring.cases.watched import cases_of
from monitoring.patients.leaving import end_case
from monitoring.photos.reader import SubprocessPhotos
from settings import Settings
from store import Store, Work
from store.blobs import FolderBlobs
from store.columns import table
from store.doorbell import RedisDoorbell
from store.ids import new_id
from store.keyring import read_keyring
from store.phones import ensure_phone
from store.staff import Agent, Staff
from store.work import system_clock
from web.police.accounts import invite
from web.signin.accounts import account_row, change_account, data_key, row_by_id
from web.signin.codes import sealed_secret

BY = "operator:demo"
ANSWERS = "Rustam"
"""Somebody else than who opens cases or decides: nobody answers an appeal against their own decision."""
_WAITING = 3
"""Appeals left for those who try it out."""


class Office:
    """Desks on the running service's store."""

    def __init__(self, settings: Settings) -> None:
        keys = read_keyring(settings.keys_dir, production=settings.environment == "production")
        url = settings.database_url
        self._store = Store.open(url, keys, doorbell=RedisDoorbell(settings.redis_url))
        self._blobs = FolderBlobs(settings.blobs_dir)
        photos, self.studio = SubprocessPhotos(settings.faces_dir), Studio(settings.var / "posing")
        self.ward = Ward(self._store, self._blobs, photos, self.studio, settings.public_url)
        self.duty, self.past = DutyDesk(self._store), Past(url, keys)
        # Its ids are of now all the same: the audit is linked in the order of ids.
        self.earlier = Store.open(
            url, keys, pool_size=1, clock=lambda: system_clock() - EARLIER, ids=lambda _: new_id(system_clock())
        )

    def close(self) -> None:
        """Ends the connections."""
        self._store.close()
        self.earlier.close()
        self.past.store.close()

    def is_yours(self) -> bool:
        """Whether whoever tries the demo out is at the desk, so that calls are for them."""
        there = select(col(Agent.presence)).join(table(Staff), table(Staff).c.id == col(Agent.staff_id))
        with self._store.reading() as work:
            yours = work.row(there.where(col(Staff.name) == YOUR_AGENT, col(Agent.presence) != "away"))
        return yours is not None

    def enroll(self, number: str, unit: str, pin: str) -> str:
        """A new officer."""
        with self._store.work() as work:
            return enroll(work, number, unit, pin, None, BY)

    def let_in(self, number: str) -> str:
        """The officer may use the pages: their app shows what everybody's shows."""
        with self._store.work() as work:
            under = in_force(work)
            invite(work, under, number, BY)
            serving = officer_of_number(work, under, number)
            row = row_by_id(work, serving.staff_id) if serving and serving.staff_id else None
            if row is not None:
                sealed = sealed_secret(data_key(work, row), row.id, SECRET)
                change_account(work, row.id, totp_sealed=sealed, enrol_hash=None, enrol_until=None)
        return ""

    def hand_in_paper(self, citizen: Citizen) -> str:
        """Adds a letter to whatever of theirs a person is to decide."""
        with self._store.work() as work:
            meeting = meet(work, citizen.number)
            waiting = [one.number for one in own_applications(work, meeting.holders) if one.state == "referred"]
        for number in filter(None, waiting):
            keep_paper(self._store, self._blobs, meeting.phone.id, number, letter(citizen.name))
        return ""

    def ask_for_organisation(self, number: str, name: str, tax_number: str) -> str:
        """Somebody asks that their organisation may ask for passes."""
        with self._store.work() as work:
            open_account(work, ensure_phone(work, number), Details(name, tax_number, number))
        return ""

    def machine(self) -> str:
        """The key of a new machine that checks passes; one a start."""
        with self._store.work() as work:
            name = f"Station turnstile {work.new_id()[-4:]}"
            return add_client(work, name, frozenset({Scope.INSPECT}), BY, None, 600, 3)

    def unlock(self, number: str) -> str:
        """A supervisor lets an officer go on."""
        with self._store.work() as work:
            unlock(work, officer_on(work, number) or "", BY, UnlockReason.SPOKEN_WITH)
        return ""

    def open_case(self, number: str) -> str:
        """Whoever is on this telephone has to stay at home."""
        with self._store.work() as work:
            holders = meet(work, number).holders
            if holders and not holders[0].open_case:
                open_case(work, holders[0].id, "order 17 of the health service", BY)
        return ""

    def close_case(self, number: str) -> str:
        """They may leave home again."""
        with self._store.work() as work:
            for case in cases_of(work, [one.id for one in meet(work, number).holders[:1]]):
                end_case(work, in_force(work).regime, case, "recovered", "well again", BY)
        return ""

    def decide_appeals(self) -> str:
        """Answers what has waited longest; leaves a few, and all from decisions about people at home."""
        with self._store.work() as work:
            waiting = [one for one in appeals(work, "open") if not (one.about and one.about.what == ALERT)]
            for one in waiting[:-_WAITING][:4]:
                upheld = int(one.number) % 2 == 0
                words = "Мы ошиблись, исправим." if upheld else "Решение принято по приказу 17."
                decide_appeal(work, one.number, upheld=upheld, words=words, language="ru", by=_reviewer(work))
        return ""

    def uphold(self, number: str, words: str) -> str:
        """Decides the open appeals of one telephone for its owner."""
        with self._store.work() as work:
            for one in appeals(work, "open"):
                if one.phone.number == number:
                    decide_appeal(work, one.number, upheld=True, words=words, language="ru", by=_reviewer(work))
        return ""

    def issue_earlier(self, citizen: Citizen) -> str:
        """A pass of hours ago, over by now, entered afterwards; its code, empty where it was refused."""
        with self._store.reading() as work:
            under = in_force(work)
        with self.earlier.work() as work:
            phone = ensure_phone(work, citizen.number)
            known = {Field.NAME: citizen.name, Field.DOCUMENT: citizen.document}
            holder = add_person(work, phone, known, by=BY)
            asking = Asking(phone, holder, under.regime.by_number[8], {}, "operator", BY)
            outcome = issue_pass(work, under, asking)
        return outcome.code if isinstance(outcome, Grant) else ""

    def code_shape(self) -> CodeShape:
        """How codes look under the order in force."""
        with self._store.reading() as work:
            return in_force(work).regime.code

    def order(self) -> str:
        """The name of the order in force."""
        with self._store.reading() as work:
            return in_force(work).regime.name

    def today(self) -> date:
        """The local day."""
        with self._store.reading() as work:
            return work.now.astimezone(in_force(work).regime.zone).date()

    def counted(self, day: date) -> tuple[int, int, int]:
        """Passes issued, requests refused and questions asked back on a local day."""
        with self._store.reading() as work:
            found = figures(work, day, in_force(work).regime.zone)
        return found.passes, sum(found.refused.values()), found.asked


def _reviewer(work: Work) -> str:
    return f"staff:{account_row(work, ANSWERS).id}"
