"""One unit of work: all or nothing, one moment, rows in the order asked for, the doorbell after the commit."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select, text
from sqlmodel import col

from store import Keyring, Store, Work
from store.audit import AuditEntry
from store.ids import first_id, new_id
from store.jobs import DELIVER, Ring
from store.messages import OutboxMessage
from store.outbox import message_fields, send
from store.phones import add_phone, ensure_phone, find_phone, phone_by_id
from store.prepared import Prepared
from store.work import system_clock
from tests.clock import Clock

NUMBER = "+79990000001"


class Broken(Exception):
    """Something went wrong on the way."""


class Bell:
    """A doorbell that remembers, and what could be seen when it rang."""

    def __init__(self) -> None:
        self.rung: list[tuple[Ring, ...]] = []
        self.seen: list[int] = []
        self.store: Store | None = None

    def ring(self, rings: Sequence[Ring]) -> None:
        self.rung.append(tuple(rings))
        if self.store:
            with self.store.reading() as work:
                self.seen.append(len(work.rows(select(col(OutboxMessage.id)))))


def entries(work: Work) -> list[str]:
    return [row.subject for row in work.rows(select(col(AuditEntry.subject)).order_by(col(AuditEntry.subject)))]


def test_what_a_work_wrote_is_there_when_it_ends(store: Store) -> None:
    with store.work() as work:
        work.audit("tests", "noted", "1")

    with store.reading() as work:
        assert entries(work) == ["1"]


def test_a_work_that_raises_leaves_nothing(store: Store) -> None:
    with suppress(Broken), store.work() as work:
        work.audit("tests", "noted", "1")
        work.flush()
        raise Broken

    with store.reading() as work:
        assert entries(work) == []


def test_a_read_sees_the_rows_that_waited(store: Store) -> None:
    with store.work() as work:
        work.audit("tests", "noted", "1")

        assert entries(work) == ["1"]


def test_one_work_has_one_moment(store: Store, clock: Clock) -> None:
    with store.work() as work:
        before = work.now
        clock.pass_by(minutes=1)

        assert work.now == before


def test_moments_come_back_aware_and_in_utc(store: Store, clock: Clock) -> None:
    with store.work() as work:
        work.audit("tests", "noted", "1")
        row = work.row(select(col(AuditEntry.at)))

    assert row is not None and row.at == clock.now and row.at.utcoffset() == timedelta()


def test_ids_sort_by_time_and_never_repeat(clock: Clock) -> None:
    ids = [new_id(clock.pass_by(seconds=0.001)) for _ in range(1000)]

    assert ids == sorted(ids) and len(set(ids)) == 1000 and {len(one) for one in ids} == {24}
    assert first_id(clock.now) <= ids[-1] and first_id(clock.now) > ids[-2]


def test_the_doorbell_rings_once_after_the_commit_with_what_is_owed(database_url: str, keyring: Keyring) -> None:
    bell = Bell()
    store = Store.open(database_url, keyring, doorbell=bell)
    bell.store = store

    with store.work() as work:
        phone = add_phone(work, NUMBER)
        ids = tuple(send(work, phone, "revoked", "ru", {"code": str(number)}) for number in range(2))
        assert bell.rung == []
    store.close()

    assert (bell.rung, bell.seen) == ([tuple(Ring(DELIVER, one) for one in ids)], [2])


def test_nobody_is_rung_for_a_work_that_was_undone(database_url: str, keyring: Keyring) -> None:
    bell = Bell()
    store = Store.open(database_url, keyring, doorbell=bell)

    with suppress(Broken), store.work() as work:
        send(work, add_phone(work, NUMBER), "revoked", "ru", {})
        raise Broken
    store.close()

    assert bell.rung == []


def test_a_text_we_owe_keeps_its_fields_sealed_and_moments_as_text(store: Store, clock: Clock) -> None:
    with store.work() as work:
        phone = add_phone(work, NUMBER)
        send(work, phone, "regime_changed", "ru", {"title": "Пропуска", "starts": clock.now, "number": 8})
        row = work.row(select(OutboxMessage))

    assert row is not None and "Пропуска".encode() not in row.fields_sealed
    assert message_fields(row, phone.key) == {"title": "Пропуска", "starts": clock.now.isoformat(), "number": 8}
    assert (row.state, row.due_at, row.attempts) == ("created", clock.now, 0)


def test_a_telephone_is_found_by_its_number_and_made_once(store: Store) -> None:
    with store.work() as work:
        made = ensure_phone(work, NUMBER)
    with store.work() as work:
        again, found, other = ensure_phone(work, NUMBER), find_phone(work, NUMBER), find_phone(work, "+79990000002")
        by_id = phone_by_id(work, made.id)

    assert found and other is None and {made.id, again.id, found.id, by_id.id} == {made.id}
    assert by_id.number == NUMBER


def test_the_system_clock_is_aware() -> None:
    assert system_clock().utcoffset() == timedelta()


def test_a_work_that_only_reads_keeps_no_writer_waiting(store: Store) -> None:
    with store.reading() as reading:
        reading.row(text("SELECT count(*) FROM audit_entry"))
        with store.work() as work:
            work.audit("tests", "noted", "1")

        assert entries(reading) == []


def test_a_glance_sees_what_was_committed_and_waits_for_nobody(store: Store) -> None:
    entries = Prepared(select(col(AuditEntry.subject)).order_by(col(AuditEntry.subject)))
    with store.work() as work:
        work.audit("tests", "thing.done", "a")
    with store.work() as work:
        work.audit("tests", "thing.done", "b")
        work.flush()

        seen = store.glance(entries)

    assert [row.subject for row in seen] == ["a"]
    assert [row.subject for row in store.glance(entries)] == ["a", "b"]


def test_a_work_tells_how_many_rows_its_last_statement_touched(store: Store) -> None:
    with store.work() as work:
        work.insert(AuditEntry, id="1", at=work.now, actor="a", action="b", subject="c", details="{}")

    assert work.touched == 1
