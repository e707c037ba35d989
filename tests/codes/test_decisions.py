"""May this person have this pass, now? Rules first to last; hours over midnight, month ends, clock changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from codes.applications import Asking
from codes.decisions import AGAIN, Again, Span, decide, next_opening, valid_until
from codes.fields import Field
from codes.outcomes import Refusal, RefusalReason
from codes.passes import Face, LivePass
from codes.people import Holder
from codes.quotas import limits
from codes.regime import Purpose, read_regime
from codes.regimes import Terms, preset
from store.keyring import DataKey
from store.phones import Telephone

TATARSTAN = read_regime(preset("tatarstan-2020"))
BERLIN = TATARSTAN.model_copy(update={"time_zone": "Europe/Berlin"})
NOON = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
ANN = Holder("p1", DataKey(bytes(32)), {})
PHONE = Telephone("phone", b"", DataKey(bytes(32)))


def purpose(**given: Any) -> Purpose:
    return Purpose.model_validate({"number": 8, "name": {"en": "Shop"}, "validity": {"minutes": 60}} | given)


def live(
    issued_at: datetime = NOON, number: int = 8, start: datetime | None = None, plate: str = "", version: int = 1
) -> LivePass:
    begin = start or issued_at
    face, end = Face("", "", "", plate), begin + timedelta(hours=1)
    return LivePass("1", number, face, issued_at, begin, end, 0, version, "phone", b"")


def decided(
    wanted: Purpose, holder: Holder = ANN, start: datetime | None = None, plate: str = ""
) -> Span | Again | Refusal:
    """The first version of the order decides, at noon."""
    fields = {Field.PLATE: plate} if plate else {}
    asking = Asking(PHONE, holder, wanted, fields, "text", PHONE.actor, start)
    return decide(Terms(1, TATARSTAN, NOON, (TATARSTAN.code,)), asking, NOON)


def reason(wanted: Purpose, holder: Holder, start: datetime | None = None) -> RefusalReason | None:
    answer = decided(wanted, holder, start)
    return answer.reason if isinstance(answer, Refusal) else None


def test_a_pass_begins_now_and_lasts_as_long_as_the_order_says() -> None:
    assert decided(purpose()) == Span(NOON, NOON + timedelta(hours=1), False)


def test_a_reviewed_purpose_is_for_a_person_to_decide() -> None:
    assert decided(purpose(approval="review")) == Span(NOON, NOON + timedelta(hours=1), True)


def test_blocked_comes_before_isolation_and_isolation_before_a_live_pass() -> None:
    ill = replace(ANN, open_case=True, live=(live(),))

    assert reason(purpose(), replace(ill, blocked=True)) is RefusalReason.BLOCKED
    assert reason(purpose(), ill) is RefusalReason.ISOLATION


def test_a_purpose_allowed_in_isolation_is_granted() -> None:
    assert isinstance(decided(purpose(isolation=True), replace(ANN, open_case=True)), Span)


@pytest.mark.parametrize(("seconds", "again"), [(-0.025, True), (0, True), (59, True), (60, False), (3600, False)])
def test_the_same_request_within_a_minute_is_the_same_pass(seconds: float, again: bool) -> None:
    """Also a pass that was given while this request, which had come a moment earlier, waited."""
    holder = replace(ANN, live=(live(NOON - timedelta(seconds=seconds)),))

    assert isinstance(decided(purpose(), holder), Again) is again
    assert timedelta(seconds=60) == AGAIN


def test_another_purpose_within_a_minute_is_another_pass() -> None:
    holder = replace(ANN, live=(live(number=3),))

    assert isinstance(decided(purpose(), holder), Span)


def test_the_same_number_under_another_order_is_another_purpose() -> None:
    assert isinstance(decided(purpose(), replace(ANN, live=(live(version=2),))), Span)


def test_a_booking_for_another_time_within_a_minute_is_another_pass() -> None:
    tomorrow = NOON + timedelta(days=1)
    ahead, holder = purpose(book_ahead_days=2), replace(ANN, live=(live(start=tomorrow),))

    assert isinstance(decided(ahead, holder, tomorrow), Again)
    assert isinstance(decided(ahead, holder, tomorrow + timedelta(hours=3)), Span)


def test_a_pass_booked_for_later_is_no_answer_to_whoever_needs_one_now() -> None:
    ahead, holder = purpose(book_ahead_days=2), replace(ANN, live=(live(start=NOON + timedelta(days=1)),))

    assert decided(ahead, holder) == decided(ahead, holder, NOON) == Span(NOON, NOON + timedelta(hours=1), False)


@pytest.mark.parametrize("start", [None, NOON - timedelta(seconds=20), NOON - timedelta(hours=3)])
def test_a_pass_that_runs_is_the_same_for_whoever_asks_for_now_or_before(start: datetime | None) -> None:
    holder = replace(ANN, live=(live(NOON - timedelta(seconds=10)),))

    assert isinstance(decided(purpose(), holder, start), Again)


@pytest.mark.parametrize(
    ("shown", "said", "again"),
    [("A123BC16", "A123BC16", True), ("A123BC16", "A123BC17", False), ("", "A123BC16", False), ("A123BC16", "", True)],
)
def test_a_corrected_plate_is_another_request_and_an_unsaid_one_contradicts_nothing(
    shown: str, said: str, again: bool
) -> None:
    holder = replace(ANN, live=(live(plate=shown),))

    assert isinstance(decided(purpose(), holder, plate=said), Again) is again


@pytest.mark.parametrize(
    ("days", "hours", "refused"), [(0, 1, True), (1, 1, False), (1, 30, False), (1, 39, True), (3, 72, False)]
)
def test_a_pass_is_booked_as_many_local_days_ahead_as_the_order_says(days: int, hours: int, refused: bool) -> None:
    found = reason(purpose(book_ahead_days=days), ANN, NOON + timedelta(hours=hours))

    assert (found is RefusalReason.NOT_AHEAD) is refused


def test_a_start_in_the_past_is_now() -> None:
    answer = decided(purpose(), start=NOON - timedelta(hours=1))

    assert isinstance(answer, Span) and answer.valid_from == NOON


NIGHT = [{"start": "21:00", "until": "07:00"}]
DAY = [{"start": "07:00", "until": "10:00"}, {"start": "18:00", "until": "20:00"}]


@pytest.mark.parametrize(
    ("hours", "local", "opens"),
    [
        (NIGHT, "2026-06-03 21:00", None),
        (NIGHT, "2026-06-03 23:59", None),
        (NIGHT, "2026-06-03 00:00", None),
        (NIGHT, "2026-06-03 06:59", None),
        (NIGHT, "2026-06-03 07:00", "2026-06-03 21:00"),
        (NIGHT, "2026-06-03 20:59", "2026-06-03 21:00"),
        (DAY, "2026-06-03 09:59", None),
        (DAY, "2026-06-03 10:00", "2026-06-03 18:00"),
        (DAY, "2026-06-30 20:00", "2026-07-01 07:00"),
        (DAY, "2026-12-31 23:00", "2027-01-01 07:00"),
        (DAY, "2026-06-03 06:59", "2026-06-03 07:00"),
        ([{"start": "20:00", "until": "24:00"}], "2026-06-03 23:59", None),
        ([{"start": "20:00", "until": "24:00"}], "2026-06-03 00:00", "2026-06-03 20:00"),
        ([], "2026-06-03 03:00", None),
    ],
)
def test_hours_open_and_close_on_the_minute_over_midnight_too(hours: Any, local: str, opens: str | None) -> None:
    zone = ZoneInfo("Europe/Moscow")
    moment = datetime.fromisoformat(local).replace(tzinfo=zone)
    expected = datetime.fromisoformat(opens).replace(tzinfo=zone) if opens else moment

    assert next_opening(TATARSTAN, purpose(hours=hours), moment) == expected


@pytest.mark.parametrize(
    ("begin", "ends"),
    [
        ("2026-03-28 23:30", "2026-03-29 01:00"),
        ("2026-03-29 00:30", "2026-03-29 03:00"),
        ("2026-10-25 00:30", "2026-10-25 01:30"),
    ],
)
def test_a_pass_of_an_hour_and_a_half_lasts_that_long_when_the_clocks_change(begin: str, ends: str) -> None:
    start = datetime.fromisoformat(begin).replace(tzinfo=BERLIN.zone)
    end = valid_until(BERLIN, purpose(validity={"minutes": 90}), start.astimezone(UTC))

    assert end - start.astimezone(UTC) == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("days", "begin", "ends"),
    [
        (1, "2026-06-03 12:00", "2026-06-03 23:59"),
        (2, "2026-02-28 12:00", "2026-03-01 23:59"),
        (1, "2026-03-29 00:30", "2026-03-29 23:59"),
        (3, "2026-12-30 23:59", "2027-01-01 23:59"),
    ],
)
def test_a_pass_of_days_ends_with_its_last_local_day(days: int, begin: str, ends: str) -> None:
    start = datetime.fromisoformat(begin).replace(tzinfo=BERLIN.zone)

    end = valid_until(BERLIN, purpose(validity={"days": days}), start.astimezone(UTC))

    assert end.astimezone(BERLIN.zone).replace(tzinfo=None) == datetime.fromisoformat(ends)


@pytest.mark.parametrize(
    ("begin", "periods", "next_ones"),
    [
        ("2026-06-03 12:00", ["2026-06-03", "2026-W23", "2026-06"], ["2026-06-04", "2026-06-08", "2026-07-01"]),
        ("2026-06-03 23:59", ["2026-06-03", "2026-W23", "2026-06"], ["2026-06-04", "2026-06-08", "2026-07-01"]),
        ("2026-12-31 12:00", ["2026-12-31", "2026-W53", "2026-12"], ["2027-01-01", "2027-01-04", "2027-01-01"]),
        ("2027-01-01 00:00", ["2027-01-01", "2026-W53", "2027-01"], ["2027-01-02", "2027-01-04", "2027-02-01"]),
        ("2028-02-29 12:00", ["2028-02-29", "2028-W09", "2028-02"], ["2028-03-01", "2028-03-06", "2028-03-01"]),
    ],
)
def test_quotas_are_counted_by_the_local_day_week_and_month(
    begin: str, periods: list[str], next_ones: list[str]
) -> None:
    wanted = purpose(counts=False, quota={"day": 1, "week": 2, "month": 3})
    start = datetime.fromisoformat(begin).replace(tzinfo=TATARSTAN.zone).astimezone(UTC)

    found = limits(TATARSTAN, wanted, start)

    assert [limit.period for limit in found] == periods
    assert [limit.next_at.astimezone(TATARSTAN.zone).strftime("%Y-%m-%d") for limit in found] == next_ones
    assert [limit.rule for limit in found] == ["8/day", "8/week", "8/month"]


def test_the_common_limit_comes_first_and_only_for_purposes_that_count() -> None:
    both = [limit.rule for limit in limits(TATARSTAN, purpose(quota={"week": 4}), NOON)]

    assert both == ["all/day", "8/week"]
    assert [limit.rule for limit in limits(TATARSTAN, purpose(counts=False), NOON)] == []
