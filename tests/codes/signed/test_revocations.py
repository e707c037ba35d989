"""The signed list of revoked passes: whole, changes since, small, and made seldom."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, update

from codes.holding import Withdrawal
from codes.signed.revocation_bytes import BadList, read_list, write_list
from codes.signed.revocations import FRESH, Revocations
from codes.signed.revoked import OVERLAP, PRUNED_AFTER
from codes.signed.signed_pass import Ed25519
from codes.signed.signing import Signing, serial_of
from store.columns import table
from store.passes import Pass
from tests.codes.counter import ANN, BOB, Counter
from tests.codes.signing import key

NOON = datetime(2026, 6, 3, 9, tzinfo=UTC)
KEY = key(1)
KEYS = {1: KEY.public}
PASS = table(Pass)


class TestTheBytes:
    @given(st.sets(st.integers(0, 2**64 - 1), max_size=60), st.booleans())
    def test_what_is_written_is_read(self, serials: set[int], whole: bool) -> None:
        since = None if whole else NOON - timedelta(hours=1)

        read = read_list(write_list(serials, NOON, since, KEY), KEYS)

        assert (read.serials, read.made_at, read.since) == (tuple(sorted(serials)), NOON, since)

    def test_a_million_take_less_than_8_megabytes_and_a_days_3000_less_than_30_kilobytes(self) -> None:
        random = Random(2590)
        million = [random.getrandbits(64) for _ in range(1_000_000)]

        assert len(write_list(million, NOON, None, KEY)) < 8_000_000
        assert len(write_list(million[:3000], NOON, NOON, KEY)) < 30_000
        hourly = [write_list(million[hour * 125 : hour * 125 + 125], NOON, NOON, KEY) for hour in range(24)]
        assert sum(map(len, hourly)) < 30_000

    def test_every_single_flipped_bit_is_noticed(self) -> None:
        packed = write_list([5, 2**63, 77], NOON, None, KEY)

        for bit in range(len(packed) * 8):
            spoilt = bytearray(packed)
            spoilt[bit // 8] ^= 1 << bit % 8
            with pytest.raises(BadList):
                read_list(bytes(spoilt), KEYS)

    @pytest.mark.parametrize("cut", [0, 1, 30, 64, 90])
    def test_a_part_of_a_list_is_none(self, cut: int) -> None:
        packed = write_list(range(10), NOON, None, KEY)

        with pytest.raises(BadList):
            read_list(packed[:cut], KEYS)

    def test_another_key_is_not_believed(self) -> None:
        real = key(1, test=False)

        for written, trusted in ((KEY, real), (real, KEY), (key(2), KEY)):
            with pytest.raises(BadList):
                read_list(write_list([1], NOON, None, written), {1: trusted.public})

    @pytest.mark.parametrize("spoil", [b"\x80", b"\x00", b""])
    def test_a_signed_list_that_lies_about_its_length_is_none(self, spoil: bytes) -> None:
        """Nobody but us can sign one; the reader must not fall over it all the same."""
        packed = write_list([3, 4], NOON, None, KEY)
        forged = packed[:-66] + spoil * 3
        from_us = forged + Ed25519().get_signature(KEY.secret, forged)

        with pytest.raises(BadList):
            read_list(from_us, KEYS)


@pytest.fixture
def lists(counter: Counter, signing: Signing) -> Revocations:
    return Revocations(counter.store, signing, lambda: 0.0)


def serials(counter: Counter) -> list[int]:
    """Of every pass there is, by id."""
    with counter.store.reading() as work:
        return [serial_of(row.code_index) for row in work.rows(select(PASS.c.code_index).order_by(PASS.c.id))]


def listed(lists: Revocations, signing: Signing, since: str | None = None) -> tuple[list[int], str]:
    found = lists.listing(since)
    assert found is not None
    public = {key.id: key for key in signing.public_keys}
    return list(read_list(found.packed, public).serials), found.mark


class TestTheList:
    def test_holds_passes_revoked_before_their_end_until_it(
        self, counter: Counter, lists: Revocations, signing: Signing
    ) -> None:
        counter.grant(ANN, 8)
        counter.clock.pass_by(seconds=1)
        counter.grant(BOB, 8)
        before, _ = listed(lists, signing)
        counter.cancel(ANN, Withdrawal.NOT_ME)
        counter.clock.pass_by(seconds=5)
        counter.clock.pass_by(seconds=5)
        during, _ = listed(lists, signing)
        counter.clock.pass_by(hours=1)

        after, _ = listed(lists, signing)

        assert (before, during, after) == ([], serials(counter)[:1], [])

    def test_tells_what_came_since_and_nothing_where_nothing_did(
        self, counter: Counter, lists: Revocations, signing: Signing
    ) -> None:
        for phone in (ANN, BOB):
            counter.grant(phone, 8)
            counter.clock.pass_by(seconds=1)
        counter.cancel(ANN)
        counter.clock.pass_by(minutes=2)
        first, mark = listed(lists, signing)
        counter.clock.pass_by(minutes=5)
        quiet = lists.listing(mark), lists.is_news(mark)
        counter.cancel(BOB)
        counter.clock.pass_by(seconds=5)
        second, later = listed(lists, signing, mark)

        assert (first, quiet, second) == (serials(counter)[:1], (None, False), serials(counter)[1:])
        assert lists.listing(later) is None and not lists.is_news(later) and lists.is_news(mark)

    def test_tells_what_committed_late(self, counter: Counter, lists: Revocations, signing: Signing) -> None:
        counter.grant(ANN, 8)
        moment = counter.clock.now
        counter.clock.pass_by(seconds=20)
        _, mark = listed(lists, signing)
        with counter.store.work() as work:  # it says a moment before the mark, and is seen only now
            work.run(update(PASS), revoked_at=moment, revoked_reason="review")
        counter.clock.pass_by(seconds=20)

        assert listed(lists, signing, mark)[0] == serials(counter)
        assert timedelta(seconds=40) < OVERLAP

    def test_goes_on_with_the_mark_of_another_process(
        self, counter: Counter, lists: Revocations, signing: Signing
    ) -> None:
        other = Revocations(counter.store, signing, lambda: 0.0)
        for phone in (ANN, BOB):
            counter.grant(phone, 8)
            counter.clock.pass_by(seconds=1)
        counter.cancel(ANN)
        counter.clock.pass_by(minutes=2)
        _, mark = listed(lists, signing)
        quiet = other.listing(mark)
        counter.clock.pass_by(minutes=2)
        counter.cancel(BOB)

        assert quiet is None and listed(other, signing, mark)[0] == serials(counter)[1:]

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize(
        "mark", ["", "-", "x", "1-2", "zz-00000000", "f" * 15 + "-00000000", "-00000000", "é-12345678"]
    )
    def test_is_whole_for_a_mark_it_never_gave(
        self, counter: Counter, lists: Revocations, signing: Signing, mark: str
    ) -> None:
        counter.grant(ANN, 8)
        counter.cancel(ANN)

        assert listed(lists, signing, mark)[0] == serials(counter) and lists.is_news(mark)

    def test_is_made_once_in_a_few_seconds_however_many_ask(
        self, counter: Counter, lists: Revocations, signing: Signing
    ) -> None:
        counter.grant(ANN, 8)
        counter.cancel(ANN)
        first = lists.listing()
        asked: list[str] = []
        event.listen(counter.store.engine, "begin", lambda connection: asked.append("begin"))
        for _ in range(100):
            assert lists.listing() is first
        counter.clock.pass_by(seconds=FRESH.total_seconds())

        again = lists.listing()

        assert again is not None and again is not first and len(asked) == 1

    def test_is_made_more_seldom_where_making_it_takes_long(self, counter: Counter, signing: Signing) -> None:
        ticks = iter(range(0, 1000, 2))
        lists = Revocations(counter.store, signing, lambda: next(ticks))
        first = lists.listing()
        counter.clock.pass_by(seconds=39)
        meanwhile = lists.listing()
        counter.clock.pass_by(seconds=1)

        assert meanwhile is first and lists.listing() is not first

    def test_forgets_those_past_their_end(self, counter: Counter, lists: Revocations, signing: Signing) -> None:
        counter.grant(ANN, 8)
        counter.cancel(ANN)
        before, _ = listed(lists, signing)
        counter.clock.pass_by(seconds=max(PRUNED_AFTER.total_seconds(), 3601))

        assert (before, listed(lists, signing)[0]) == (serials(counter), [])
