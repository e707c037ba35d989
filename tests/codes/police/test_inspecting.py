"""Is this pass good? The order of verdicts, every look kept, three guesses a day."""

from datetime import date

import pytest
from sqlalchemy import select

from codes.code import draw_code, read_code
from codes.holding import Withdrawal
from codes.outcomes import Mark, Verdict, VerdictKind
from codes.police.officers import (
    SHIFT,
    UNKNOWN_CODES,
    WRONG_PINS,
    Officer,
    Shift,
    UnlockReason,
    enroll,
    officer_on,
    open_shift,
    unlock,
)
from codes.regimes import preset
from store.officers import Inspection
from tests.codes.conftest import PIN
from tests.codes.counter import ANN, BOB, OFFICER, Counter

TATARSTAN, MOSCOW = preset("tatarstan-2020"), preset("moscow-2020")


def judged(counter: Counter, *codes: str, kind: str = "code") -> list[tuple[VerdictKind, Mark]]:
    return [(verdict.kind, verdict.mark) for verdict in counter.look(*codes, kind=kind).verdicts]


def unknown(counter: Counter, seed: int = 0) -> str:
    """A well-formed code that nobody has."""
    shape = counter.who(ANN).terms.regime.code
    for _ in range(seed + 1):
        code = draw_code(shape, counter.clock.now.date(), counter.store.random)
    return code


def duty(counter: Counter) -> Officer:
    officer = counter.who(OFFICER).officer
    assert officer is not None
    return officer


def test_a_good_code_is_green_with_what_the_officer_compares(on_shift: Counter) -> None:
    grant = on_shift.grant(ANN, 8)

    (verdict,) = on_shift.look(grant.code.lower().replace("-", " ")).verdicts

    assert verdict == Verdict(
        VerdictKind.VALID,
        Mark.GREEN,
        grant.code,
        "Food, meds, family",
        grant.valid_from,
        grant.valid_until,
        "И.А.И.",
        "2506",
    )


def test_a_pass_is_good_until_its_last_moment_and_not_at_its_end(on_shift: Counter) -> None:
    code = on_shift.grant(ANN, 8).code
    on_shift.clock.pass_by(minutes=59, seconds=59)
    last = judged(on_shift, code)
    on_shift.clock.pass_by(seconds=1)

    assert (last, judged(on_shift, code)) == ([(VerdictKind.VALID, Mark.GREEN)], [(VerdictKind.EXPIRED, Mark.RED)])


def test_one_sign_away_is_mistyped_and_never_a_guess(on_shift: Counter) -> None:
    code = on_shift.grant(ANN, 8).code
    near = [code[:-1] + sign for sign in "123456789AEKMHPCTYX" if sign != code[-1]][:10]

    found = on_shift.look(*near)

    assert {(one.kind, one.mark) for one in found.verdicts} == {(VerdictKind.MISTYPED, Mark.AMBER)}
    assert not found.locked and duty(on_shift).unknown_codes == 0


def test_revoked_comes_before_expired(on_shift: Counter) -> None:
    code = on_shift.grant(ANN, 8).code
    on_shift.cancel(ANN, Withdrawal.NOT_ME)
    on_shift.clock.pass_by(days=1)

    assert judged(on_shift, code) == [(VerdictKind.REVOKED, Mark.RED)]


def test_verdicts_come_in_the_order_asked_for_and_a_code_twice_counts_once(on_shift: Counter) -> None:
    one, two = on_shift.grant(ANN, 8).code, on_shift.grant(BOB, 8).code

    found = on_shift.look(two, one, two.lower(), "THXA")

    assert [verdict.shown for verdict in found.verdicts] == [two, one, "THXA"]


def test_every_look_is_kept_good_or_bad(on_shift: Counter) -> None:
    grant = on_shift.grant(ANN, 8)
    on_shift.look(grant.code, "THXA", unknown(on_shift))

    with on_shift.store.work() as work:
        kept = {(row.verdict, row.pass_id) for row in work.rows(select(Inspection))}

    assert kept == {("valid", grant.pass_id), ("mistyped", None), ("unknown", None)}


def test_three_unknown_codes_a_day_lock_until_a_supervisor_unlocks(on_shift: Counter) -> None:
    locked = [on_shift.look(unknown(on_shift, seed)).locked for seed in range(UNKNOWN_CODES)]
    at_the_door = duty(on_shift).locked
    with on_shift.store.work() as work:
        officer_id, stranger = officer_on(work, OFFICER), officer_on(work, ANN)
        assert officer_id and unlock(work, officer_id, "supervisor", UnlockReason.SPOKEN_WITH)
        again = unlock(work, officer_id, "supervisor", UnlockReason.SPOKEN_WITH)

    assert (locked, at_the_door) == ([False, False, True], True)
    assert (again, stranger, duty(on_shift).locked, duty(on_shift).unknown_codes) == (False, None, False, 0)


def test_guesses_are_counted_by_the_local_day(on_shift: Counter) -> None:
    for seed in range(2):
        on_shift.look(unknown(on_shift, seed))
    on_shift.clock.pass_by(days=1)

    assert duty(on_shift).unknown_codes == 0 and not on_shift.look(unknown(on_shift)).locked


@pytest.mark.parametrize("hours", [11.99, 12])
def test_a_shift_ends_by_time(on_shift: Counter, hours: float) -> None:
    on_shift.clock.pass_by(hours=hours)

    assert duty(on_shift).on_shift is (hours < 12) and SHIFT.total_seconds() == 12 * 3600


def try_pin(counter: Counter, pin: str) -> Shift:
    officer = duty(counter)
    with counter.store.work() as work:
        return open_shift(work, officer, pin, None, "tests").shift


def test_five_wrong_pins_in_a_row_lock_even_against_the_right_one(on_shift: Counter) -> None:
    answers = [try_pin(on_shift, "0000") for _ in range(WRONG_PINS)]

    assert answers == [Shift.WRONG_PIN] * (WRONG_PINS - 1) + [Shift.LOCKED]
    assert try_pin(on_shift, PIN) is Shift.LOCKED


def test_the_right_pin_forgives_the_wrong_ones(on_shift: Counter) -> None:
    for _ in range(2):
        for _ in range(WRONG_PINS - 1):
            try_pin(on_shift, "0000")
        last = try_pin(on_shift, PIN)

    assert last is Shift.OPENED and duty(on_shift).wrong_pins == 0


def test_enrolling_again_gives_a_new_pin_and_ends_lock_and_shift(on_shift: Counter) -> None:
    before = duty(on_shift).id
    for _ in range(WRONG_PINS):
        try_pin(on_shift, "0000")
    with on_shift.store.work() as work:
        again = enroll(work, OFFICER, "Unit 2", "9876", None, "tests")

    assert again == before and not duty(on_shift).on_shift
    assert [try_pin(on_shift, pin) for pin in (PIN, "9876")] == [Shift.WRONG_PIN, Shift.OPENED]


class TestInMoscow:
    """Where plates and cards are bound, and the code carries its end date."""

    @pytest.fixture
    def order(self) -> str:
        return MOSCOW

    def test_a_plate_and_a_card_find_the_pass(self, on_shift: Counter) -> None:
        on_shift.grant(ANN, 3, plate="T111MO777", card="1111111111", reason="магазин", destination="дом")

        assert judged(on_shift, "T111MO777", kind="plate") == [(VerdictKind.VALID, Mark.GREEN)]
        assert judged(on_shift, "1111111111", kind="card") == [(VerdictKind.VALID, Mark.GREEN)]
        assert judged(on_shift, "A000AA77", kind="plate") == [(VerdictKind.UNKNOWN, Mark.RED)]

    def test_an_unknown_plate_is_no_guess(self, on_shift: Counter) -> None:
        assert not any(on_shift.look(f"A00{number}AA77", kind="plate").locked for number in range(5))

    def test_a_right_code_with_a_wrong_date_is_mistyped(self, on_shift: Counter) -> None:
        code = on_shift.grant(ANN, 3, plate="T111MO777", reason="магазин", destination="дом").code
        other = ("0101" if code[:4] != "0101" else "0202") + code[4:]

        assert judged(on_shift, code, other) == [(VerdictKind.VALID, Mark.GREEN), (VerdictKind.MISTYPED, Mark.AMBER)]


class TestAfterAnotherOrder:
    """Sixteen signs without a date before, and as many with one now."""

    @pytest.fixture
    def order(self) -> str:
        return TATARSTAN.replace("[registration]", "[code]\nsigns = 15\n\n[registration]", 1)

    def test_a_code_that_either_order_could_have_drawn_is_looked_up_as_both(self, on_shift: Counter) -> None:
        code = on_shift.grant(ANN, 8).code
        on_shift.put_in_force(MOSCOW)
        moscow, before = on_shift.who(ANN).terms.shapes
        either = [draw_code(moscow, date(2026, 11, 11), on_shift.store.random) for _ in range(9)]

        found = judged(on_shift, code, *either)

        assert all(read_code(one, moscow, before).shapes == (moscow, before) for one in either)
        assert found == [(VerdictKind.VALID, Mark.GREEN)] + [(VerdictKind.UNKNOWN, Mark.RED)] * 9
