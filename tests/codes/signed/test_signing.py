"""Signing with the keys in a folder: each pass by the key of its hour, none refused while keys change."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from codes.meeting import meet
from codes.regimes import preset
from codes.signed.signed_pass import Unreadable
from codes.signed.signing import LOOKED_AFTER, Signing, serial_of
from codes.signed.token_bytes import PassToken
from store.key_files import KeyMissing
from store.passes import Pass
from store.signing_keys import (
    PUBLISHED_BEFORE,
    SigningKey,
    first_signing_key,
    next_signing_key,
    read_signing_keys,
)
from tests.clock import Clock
from tests.codes.counter import ANN, Counter


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    first_signing_key(tmp_path, clock.now, development=True)
    return tmp_path


def open_in(folder: Path, clock: Clock) -> Signing:
    return Signing.from_folder(folder, "https://pass.example", clock, production=False)


@pytest.fixture
def signed(counter: Counter) -> Callable[[Signing], str]:
    """Signs Ann's newest pass."""

    def sign(signing: Signing) -> str:
        with counter.store.work() as work:
            holder = meet(work, ANN).holders[0]
            return signing.sign(work, holder.live[-1], holder)

    return sign


class TestAPass:
    def test_says_what_its_holder_and_its_order_say(
        self, counter: Counter, folder: Path, signed: Callable[[Signing], str]
    ) -> None:
        grant = counter.grant(ANN, 8)
        signing = open_in(folder, counter.clock)

        token = signing.read(signed(signing))

        with counter.store.work() as work:
            row = work.row(select(Pass))
        assert isinstance(token, PassToken)
        assert (token.valid_from, token.valid_until) == (grant.valid_from, grant.valid_until)
        assert (token.purpose, token.regime, token.zones) == (8, row.regime_version, 0)
        assert (token.initials, token.document_tail, token.birth_year) == ("ИАИ", "2506", None)
        assert token.serial == serial_of(row.code_index) and token.test

    def test_is_read_with_its_address(self, counter: Counter, folder: Path, signed: Callable[[Signing], str]) -> None:
        counter.grant(ANN, 8)
        signing = open_in(folder, counter.clock)
        token = signed(signing)

        assert signing.address(token) == f"https://pass.example/q#{token}"
        assert isinstance(signing.read(signing.address(token)), PassToken)


class TestInZones:
    @pytest.fixture
    def order(self) -> str:
        return preset("example-en")

    def test_a_pass_names_its_zones(self, counter: Counter, folder: Path, signed: Callable[[Signing], str]) -> None:
        regime = counter.who(ANN).terms.regime
        purpose = next(one for one in regime.purposes if len(one.zones) == 2 and one.approval == "auto")
        counter.clock.pass_by(hours=12)  # its hours are in the evening
        counter.grant(ANN, purpose.number)
        signing = open_in(folder, counter.clock)

        token = signing.read(signed(signing))

        assert isinstance(token, PassToken)
        named = {zone.key for place, zone in enumerate(regime.zones) if token.zones >> place & 1}
        assert named == set(purpose.zones)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestRotating:
    def test_a_new_key_is_public_at_once_and_signs_an_hour_later(
        self, counter: Counter, folder: Path, signed: Callable[[Signing], str]
    ) -> None:
        counter.grant(ANN, 8)
        signing, police = open_in(folder, counter.clock), open_in(folder, counter.clock)
        next_signing_key(folder, counter.clock.now, development=True)
        counter.clock.pass_by(seconds=LOOKED_AFTER.total_seconds())
        early = signing.read(signed(signing))
        public = [key.id for key in police.public_keys]
        counter.clock.pass_by(seconds=(PUBLISHED_BEFORE - LOOKED_AFTER).total_seconds() - 1)
        before = signing.read(signed(signing))
        counter.grant(ANN, 8)
        counter.clock.pass_by(seconds=1)

        after = signing.read(signed(signing))

        read = [token.key_id for token in (early, before, after) if isinstance(token, PassToken)]
        assert (public, read) == ([1, 2], [1, 1, 2])

    def test_no_valid_pass_is_refused_while_keys_change_under_load(self, counter: Counter, folder: Path) -> None:
        """Two processes sign and four verify while keys are added; each looks into the folder at its own time."""
        counter.grant(ANN, 8)
        holder = counter.who(ANN).holders[0]
        offices = [open_in(folder, counter.clock) for _ in range(2)]
        police = []
        for seconds in (20, 30):
            counter.clock.pass_by(seconds=seconds)
            police.append(open_in(folder, counter.clock))
        refused: list[Unreadable] = []
        used: set[int] = set()
        done = threading.Event()

        def work_all_the_while(office: Signing) -> None:
            while not done.is_set():
                with counter.store.reading() as work:
                    token = office.sign(work, holder.live[0], holder)
                for one in (*police, *offices):
                    read = one.read(token)
                    if isinstance(read, Unreadable):
                        refused.append(read)
                    else:
                        used.add(read.key_id)

        hands = [threading.Thread(target=work_all_the_while, args=(office,)) for office in offices]
        for hand in hands:
            hand.start()
        for round in range(120):
            if round % 40 == 5:
                next_signing_key(folder, counter.clock.now, development=True)
            done.wait(0.01)
            counter.clock.pass_by(seconds=100 if round % 40 else 7)
        done.set()
        for hand in hands:
            hand.join()

        assert not refused and used >= {1, 2, 3}


class TestTheFolder:
    def test_the_folder_is_read_once_a_minute(self, clock: Clock, folder: Path) -> None:
        reads: list[datetime] = []

        def read() -> tuple[SigningKey, ...]:
            reads.append(clock.now)
            return read_signing_keys(folder, production=False)

        signing = Signing(read, "https://pass.example", clock)
        for _ in range(180):
            clock.pass_by(seconds=1)
            assert signing.public_keys

        assert len(reads) == 1 + 3

    def test_a_folder_that_is_away_for_a_while_changes_nothing(self, clock: Clock, folder: Path) -> None:
        signing = open_in(folder, clock)
        before = signing.public_keys
        folder.rename(folder.with_name("away"))
        clock.pass_by(minutes=2)

        assert signing.public_keys == before


class TestKeyFiles:
    def test_a_first_key_is_made_where_there_is_none(self, tmp_path: Path, clock: Clock) -> None:
        (made,) = first_signing_key(tmp_path, clock.now, development=True)

        assert first_signing_key(tmp_path, clock.now, development=True) == []
        assert made.name == "sign-1.key" and made.stat().st_mode & 0o777 == 0o600
        assert read_signing_keys(tmp_path, production=False)[0].public.since == clock.now

    def test_production_refuses_a_development_key(self, folder: Path) -> None:
        with pytest.raises(KeyMissing, match="development key"):
            read_signing_keys(folder, production=True)

    def test_a_real_key_is_no_test_key(self, tmp_path: Path, clock: Clock) -> None:
        first_signing_key(tmp_path, clock.now, development=False)

        assert not read_signing_keys(tmp_path, production=True)[0].public.test

    @pytest.mark.parametrize("note", ["", "tomorrow", "2026-99-01"])
    def test_a_key_that_does_not_say_since_when_is_named(self, folder: Path, note: str) -> None:
        secret = (folder / "sign-1.key").read_text().partition("\n")[0]
        (folder / "sign-1.key").write_text(f"{secret}\n{note}\n")

        with pytest.raises(KeyMissing, match=r"sign-1\.key does not say"):
            read_signing_keys(folder, production=False)

    def test_without_any_it_is_said_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(KeyMissing, match=r"commands\.install"):
            read_signing_keys(tmp_path, production=False)

    def test_numbers_begin_anew_when_the_byte_is_full(self, folder: Path, clock: Clock) -> None:
        (folder / "sign-1.key").rename(folder / "sign-255.key")

        assert next_signing_key(folder, clock.now, development=True).id == 1

    def test_a_file_of_another_name_is_no_key(self, folder: Path) -> None:
        for name in ("sign-0.key", "sign-01.key", "sign-256.key", "sign-x.key", "sign-.key"):
            (folder / name).write_text("nothing")

        (only,) = read_signing_keys(folder, production=False)

        assert only.public.id == 1 and only.public.since.tzinfo is UTC


def test_an_hour_is_long_against_a_minute() -> None:
    assert timedelta(minutes=30) < PUBLISHED_BEFORE > 10 * LOOKED_AFTER
