"""The people of a measurement: who may text, with what behind them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import case, func, select, update
from sqlmodel import col

from bench.gathering import Gathering, write
from codes.applications import Asking
from codes.fields import Field
from codes.issuing import issue_pass
from codes.outcomes import Grant
from codes.people import Holder, add_person
from codes.police.officers import enroll
from codes.regimes import Terms, activate_preset, in_force
from store import Store, Work
from store.calls import CallStep
from store.keyring import create_keys, read_keyring
from store.messages import InboundMessage
from store.officers import Officer
from store.people import Phone
from store.phones import Telephone, add_phone
from store.work import system_clock

REGIME = "tatarstan-2020"
VAR = Path(__file__).parents[1] / "var-bench"
KEYS = VAR / "keys"
"""The same for all runs, since filled stores are kept from one to the next."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A registered person with a telephone."""

    number: str
    phone: Telephone
    holder: Holder


@dataclass(frozen=True, slots=True)
class Answers:
    """What was kept of a round: how many texts, how many with the outcome wanted, their mean segments."""

    kept: int
    wanted: int
    segments: float


class Town:
    """One database with an order in force."""

    def __init__(self, url: str) -> None:
        create_keys(KEYS, system_clock(), development=False)
        self.url = url
        self.store = Store.open(url, read_keyring(KEYS, production=True))
        self._numbers = count(1)
        with self.store.work() as work:
            activate_preset(work, REGIME, "bench")

    def newcomers(self, many: int) -> list[str]:
        """Numbers that nobody has texted from."""
        return [f"+79{next(self._numbers):09d}" for _ in range(many)]

    def residents(self, many: int) -> list[Resident]:
        """People who registered by text, in Russian."""
        work = Gathering(self.store)
        settled = [settle(work, number, document) for number, document in self._documents(many)]
        write(self.url, work.take())
        return settled

    def issue_texts(self, many: int) -> list[tuple[str, str]]:
        """Number and text of people who ask for a pass, and shall get one."""
        return [(one.number, "Цель 8") for one in self.residents(many)]

    def holders_of(self, purposes: Sequence[int], many: int) -> list[tuple[Resident, str]]:
        """People with a new pass for each of the purposes, and the code of the last one."""
        residents = self.residents(many)
        with self.store.work() as work:
            under = in_force(work)
            return [(one, [code_of(work, under, one, number) for number in purposes][-1]) for one in residents]

    def officers(self, many: int) -> list[str]:
        """Numbers of officers on shift."""
        numbers = self.newcomers(many)
        with self.store.work() as work:
            for number in numbers:
                enroll(work, number, "bench", "4821", None, "bench")
            work.run(update(Officer), shift_until=work.now + timedelta(hours=12))
            work.run(update(Phone).where(col(Phone.language).is_(None)), language="ru")
        return numbers

    def answers(self, prefix: str, outcome: str) -> Answers:
        """What was kept of the texts whose MessageSid begins with `prefix`."""
        ours = col(InboundMessage.sid).between(prefix, f"{prefix}g")
        wanted = func.sum(case((col(InboundMessage.intent).like(f"%:{outcome}"), 1), else_=0))
        with self.store.reading() as work:
            row = work.row(select(func.count(), wanted, func.avg(col(InboundMessage.segments))).where(ours))
        assert row is not None
        return Answers(row[0], int(row[1] or 0), float(row[2] or 0))

    def steps(self, prefix: str) -> Counter[tuple[int, str]]:
        """How often each step of the calls whose CallSid begins with `prefix` was answered with what."""
        step, label = col(CallStep.step), col(CallStep.intent)
        ours = col(CallStep.call_sid).between(prefix, f"{prefix}g")
        with self.store.reading() as work:
            rows = work.rows(select(step, label, func.count()).where(ours).group_by(step, label))
        return Counter({(row[0], row[1]): row[2] for row in rows})

    def close(self) -> None:
        """Closes the connections."""
        self.store.close()

    def _documents(self, many: int) -> list[tuple[str, str]]:
        return [(number, f"92{number[-8:]}") for number in self.newcomers(many)]


def code_of(work: Work, under: Terms, resident: Resident, number: int) -> str:
    """The code of a new pass for a purpose."""
    phone, purpose = resident.phone, under.regime.by_number[number]
    grant = issue_pass(work, under, Asking(phone, resident.holder, purpose, {}, "text", f"phone:{phone.id}"))
    assert isinstance(grant, Grant), grant
    return grant.code


def settle(work: Gathering, number: str, document: str) -> Resident:
    """Somebody who registered: the rows the service itself would write."""
    phone = add_phone(work, number)
    work.rows_gathered[Phone][-1]["language"] = "ru"
    return Resident(number, phone, add_person(work, phone, {Field.DOCUMENT: document}))
