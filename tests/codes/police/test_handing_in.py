"""Looks at QR codes, and handed in later: judged as of then, each stored once."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from codes.holding import Withdrawal
from codes.outcomes import Mark
from codes.passes import PLATE
from codes.police.clients import Client, clients
from codes.police.handing_in import OLDEST, HandedIn, hand_in
from codes.police.sought import Sought, sought_token
from codes.regimes import in_force, preset
from codes.signed.signing import Signing
from store.audit import AuditEntry
from store.officers import Inspection
from tests.codes.counter import ANN, BOB, OFFICER, Counter
from tests.codes.police.looking import KINDS, handed, hired, kept, look, seen_code, token, unknown


class TestAQrCode:
    def test_is_as_good_as_the_code(self, counter: Counter, turnstile: Client, signing: Signing) -> None:
        grant = counter.grant(ANN, 8)
        read = sought_token(signing.read(token(counter, signing)))

        (verdict,) = look(counter, turnstile, read).verdicts

        assert (verdict.kind, verdict.mark, verdict.shown) == (KINDS.VALID, Mark.GREEN, grant.code)
        assert (verdict.initials, verdict.document_tail) == ("И.А.И.", "2506")
        assert (verdict.valid_from, verdict.valid_until) == (grant.valid_from, grant.valid_until)

    def test_is_judged_by_the_store_and_not_by_what_it_says(
        self, counter: Counter, turnstile: Client, signing: Signing
    ) -> None:
        counter.grant(ANN, 8)
        before = sought_token(signing.read(token(counter, signing)))
        counter.extend(ANN)
        counter.clock.pass_by(minutes=90)  # past the end that the code says
        extended = look(counter, turnstile, before).verdicts[0].kind
        counter.cancel(ANN, Withdrawal.NOT_ME)

        revoked = look(counter, turnstile, before).verdicts[0].kind

        assert (extended, revoked) == (KINDS.VALID, KINDS.REVOKED)

    def test_that_is_forged_or_a_test_is_said_so_and_is_no_guess(
        self, counter: Counter, turnstile: Client, signing: Signing, real_keys_dir: Path
    ) -> None:
        counter.grant(ANN, 8)
        text = token(counter, signing)
        production = Signing.from_folder(real_keys_dir, "https://pass.example", counter.clock, production=True)
        reads = [signing.read(text[:-4] + "AAAA"), production.read(text), signing.read("https://example.com")]

        found = look(counter, turnstile, *[sought_token(read) for read in [*reads, *reads]])

        assert [one.kind for one in found.verdicts] == [KINDS.FORGED, KINDS.TEST, KINDS.MISTYPED] * 2
        assert not found.locked and [one.mark for one in found.verdicts[:2]] == [Mark.RED] * 2

    def test_of_a_pass_that_is_nowhere_is_unknown_and_no_guess(
        self, counter: Counter, turnstile: Client, signing: Signing
    ) -> None:
        counter.grant(ANN, 8)
        read = signing.read(token(counter, signing))
        gone = [sought_token(replace(read, serial=number)) for number in range(5)]  # type: ignore[type-var]

        found = look(counter, turnstile, *gone)

        assert {one.kind for one in found.verdicts} == {KINDS.UNKNOWN} and not found.locked

    def test_is_found_among_many(self, counter: Counter, turnstile: Client, signing: Signing) -> None:
        counter.grant(ANN, 8)
        counter.grant(BOB, 8)
        texts = [token(counter, signing, phone) for phone in (ANN, BOB, "bad")[:2]] * 50

        found = look(counter, turnstile, *[sought_token(signing.read(text)) for text in texts])

        assert [one.initials for one in found.verdicts] == ["И.А.И.", "П.Б."] * 50


class TestHandingIn:
    def test_a_look_is_judged_as_of_then(self, counter: Counter, turnstile: Client) -> None:
        grant = counter.grant(ANN, 8)
        noon = counter.clock.now
        counter.clock.pass_by(minutes=10)
        counter.cancel(ANN, Withdrawal.NOT_ME)
        counter.clock.pass_by(hours=3)
        looks = [
            seen_code(counter, grant.code, "before", noon - timedelta(minutes=1)),
            seen_code(counter, grant.code, "good", noon + timedelta(minutes=5), "green"),
            seen_code(counter, grant.code, "revoked", noon + timedelta(minutes=15), "green"),
        ]

        found = handed(counter, turnstile, *looks)

        assert {nonce: one.kind for nonce, one in found.verdicts.items()} == {
            "before": KINDS.NOT_YET_VALID,
            "good": KINDS.VALID,
            "revoked": KINDS.REVOKED,
        }
        with counter.store.work() as work:
            rows = {row.nonce: row for row in work.rows(select(Inspection))}
        assert rows["good"].seen_at == noon + timedelta(minutes=5) and rows["good"].stored_at == counter.clock.now
        assert rows["revoked"].told == "green" and rows["before"].told is None

    def test_the_same_look_twice_is_stored_and_counted_once(self, counter: Counter, turnstile: Client) -> None:
        looks = [seen_code(counter, unknown(counter), "one", counter.clock.now)] * 2
        other = seen_code(counter, unknown(counter), "one", counter.clock.now)

        answers = [handed(counter, turnstile, *looks) for _ in range(2)]
        look(counter, turnstile, other)

        with counter.store.work() as work:
            (now,) = clients(work)
            assert kept(work) == [("unknown", "one", None)]
        assert now.unknown_codes == 1
        assert [one.settled for one in answers] == [{"one"}] * 2

    def test_two_machines_may_use_the_same_name_for_a_look(self, counter: Counter, turnstile: Client) -> None:
        grant, other = counter.grant(ANN, 8), hired(counter, name="Turnstile 2")
        for one in (turnstile, other):
            handed(counter, one, seen_code(counter, grant.code, "1", counter.clock.now))

        with counter.store.work() as work:
            assert kept(work) == [("valid", "1", None)] * 2

    def test_a_look_that_races_with_itself_is_stored_once(self, counter: Counter, turnstile: Client) -> None:
        grant = counter.grant(ANN, 8)
        looks = [seen_code(counter, grant.code, f"{number}", counter.clock.now) for number in range(10)]
        found: list[HandedIn] = []

        def send(order: list[Sought]) -> None:
            found.append(handed(counter, turnstile, *order))

        orders = [looks, looks[::-1], looks[5:] + looks[:5], looks[::2] + looks[1::2]]
        hands = [threading.Thread(target=send, args=(order,)) for order in orders * 2]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()

        with counter.store.work() as work:
            assert kept(work) == [("valid", f"{number}", None) for number in range(10)]
            entries = work.rows(select(AuditEntry).where(AuditEntry.action == "pass.inspected"))  # type: ignore[arg-type]
        assert len(entries) == 10 and [len(one.verdicts) for one in found] == [10] * 8

    def test_what_is_too_old_is_forgotten_and_a_clock_ahead_is_set(self, counter: Counter, turnstile: Client) -> None:
        grant, now = counter.grant(ANN, 8), counter.clock.now
        old = seen_code(counter, grant.code, "old", now - OLDEST - timedelta(seconds=1))
        ahead = seen_code(counter, grant.code, "ahead", now + timedelta(hours=2))

        found = handed(counter, turnstile, old, ahead)

        assert found.too_old == {"old"} and found.verdicts["ahead"].kind is KINDS.VALID
        assert found.settled == {"old", "ahead"}
        with counter.store.work() as work:
            assert work.row(select(Inspection)).seen_at == now

    def test_an_officer_hands_in_too(self, on_shift: Counter) -> None:
        grant = on_shift.grant(ANN, 8)
        officer = on_shift.who(OFFICER).officer
        assert officer is not None
        looks = [seen_code(on_shift, grant.code, "x", on_shift.clock.now, "green")]
        looks += [seen_code(on_shift, unknown(on_shift), f"{number}", on_shift.clock.now) for number in range(12)]

        with on_shift.store.work() as work:
            found = hand_in(work, in_force(work), officer, looks, "en", "offline")

        assert len(found.verdicts) == 11 and found.locked  # the rest is not answered


class TestInMoscow:
    @pytest.fixture
    def order(self) -> str:
        return preset("moscow-2020")

    def test_a_machine_looks_a_plate_up(self, counter: Counter, turnstile: Client) -> None:
        counter.grant(ANN, 3, plate="T111MO777", reason="магазин", destination="дом")

        found = look(counter, turnstile, Sought(PLATE, "T111MO777"), Sought(PLATE, "A000AA77"))

        assert [one.kind for one in found.verdicts] == [KINDS.VALID, KINDS.UNKNOWN] and not found.locked
