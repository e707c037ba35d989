"""Callers and agents as the rules know them, without a carrier: who sits down, who rings, who is joined with whom."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from codes.desk.agents import answer_ring, caller_gone, connect, go_available, release
from codes.desk.attending import Attended, attend, hear
from codes.desk.calling import Caller, Wanted, begin_call, end_call, find_call, join_line
from codes.desk.identifying import Proof, prove_by_tail
from codes.fields import Field
from store import Work
from store.audit import AuditEntry
from store.calls import Call
from store.phones import ensure_phone
from store.staff import Agent, Staff
from tests.codes.counter import ANN, Counter

ANNAS_TAIL = "2506"
Answer = TypeVar("Answer")
_numbers = count(1)


@dataclass(frozen=True)
class Line:
    """The line for an agent, and the desk behind it."""

    counter: Counter

    def sits(self, name: str = "anna") -> str:
        """Somebody is available, who has an account or gets one; their id."""
        with self._work() as work:
            account = {"roles": "agent", "created_at": work.now, "wrong_sign_ins": 0}
            if work.row(select(col(Staff.id)).where(col(Staff.id) == name)) is None:
                work.insert(Staff, id=name, name=name, **account)
            go_available(work, name, ensure_phone(work, f"+7999000{len(name):04}"))
        return name

    def rings(self, number: str | None = ANN, language: str = "ru") -> str:
        """Somebody waits in the line; the call's id."""
        sid = f"CA{next(_numbers):032x}"
        with self._work() as work:
            phone = ensure_phone(work, number) if number else None
            caller = Caller(sid, phone, language)
            begin_call(work, caller, "in")
            join_line(work, caller, Wanted.ASKED if number else Wanted.HIDDEN)
        return sid

    def waits(self, sid: str) -> None:
        """A caller who is back with the machine wants an agent again."""
        with self._work() as work:
            call = find_call(work, sid)
            assert call is not None
            join_line(work, Caller(sid, None, call.language), Wanted.ASKED)

    def joins(self, staff_id: str, sid: str) -> str:
        """The agent's telephone rang and was picked up: they are joined; the leg's id."""
        leg = f"CA{next(_numbers):032x}"
        with self._work() as work:
            go_available(work, staff_id, ensure_phone(work, f"+7999000{len(staff_id):04}"))
        with self._work() as work:
            row = work.row(select(col(Agent.ring_id)).where(col(Agent.staff_id) == staff_id))
            assert answer_ring(work, row.ring_id, leg) == staff_id
            assert connect(work, leg, sid)
        return leg

    def talk(self, number: str | None = ANN, staff_id: str = "anna") -> str:
        """An agent who is joined with a caller; the call's id."""
        sid = self.rings(number)
        self.joins(self.sits(staff_id), sid)
        return sid

    def proved(self, number: str = ANN, tail: str = ANNAS_TAIL) -> str:
        """As `talk`, and the caller said the end of the document."""
        sid = self.talk(number)
        assert self.hears(sid, lambda work, attended: prove_by_tail(work, attended, tail)) is Proof.PROVED
        return sid

    def ends(self, sid: str) -> None:
        """The caller hangs up."""
        with self._work() as work:
            end_call(work, sid)
            caller_gone(work, sid)

    def drops(self, leg: str) -> None:
        """The agent's leg breaks."""
        with self._work() as work:
            release(work, leg)

    def hears(self, sid: str, act: Callable[[Work, Attended], Answer], staff_id: str = "anna") -> Answer:
        """The agent does something in the call, proved or not."""
        with self._work() as work:
            return act(work, hear(work, staff_id, sid))

    def attends(self, sid: str, act: Callable[[Work, Attended], Answer], staff_id: str = "anna") -> Answer:
        """The agent does something for the proved caller."""
        with self._work() as work:
            return act(work, attend(work, staff_id, sid))

    @contextmanager
    def _work(self) -> Iterator[Work]:
        """A unit of work a moment later: what is done has an order."""
        self.counter.clock.pass_by(milliseconds=5)
        with self.counter.store.work() as work:
            yield work

    def call(self, sid: str) -> Any:
        """The row of a call."""
        with self.counter.store.reading() as work:
            return work.row(select(Call.__table__).where(col(Call.sid) == sid))  # type: ignore[attr-defined]

    def audited(self, *actions: str) -> list[tuple[str, str]]:
        """Actor and subject of the entries of these actions."""
        with self.counter.store.reading() as work:
            rows = work.rows(
                select(col(AuditEntry.actor), col(AuditEntry.subject)).where(col(AuditEntry.action).in_(actions))
            )
            return [(row.actor, row.subject) for row in rows]

    def person(self, number: str, place: int = 0) -> str:
        """The id of somebody on a telephone."""
        return self.counter.who(number).holders[place].id

    def details(self, number: str, place: int = 0) -> dict[Field, str]:
        """What is known of them."""
        return dict(self.counter.who(number).holders[place].details)
