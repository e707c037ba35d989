"""What the carrier tells of a text after it took it."""

from itertools import permutations
from typing import Any

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, func, select

from store import Store
from store.columns import table
from store.messages import STATES, OutboxMessage, Receipt
from telephony.delivery import GRACE, LOOK_AFTER, deliver, settle, sweep
from telephony.gateway import Ambiguous, Rejected, Sent
from telephony.receipts import StatusReport, read_report, receipts_blueprint, receive_report
from tests.clock import Clock
from tests.telephony.conftest import Look, Owe
from tests.telephony.remembering import Created, RememberingGateway

SID = "SM" + "1" * 32
OTHER = "SM" + "2" * 32
ENDS = ("delivered", "undelivered", "failed")


def _count(store: Store, model: type[Any]) -> int:
    with store.reading() as work:
        row = work.row(select(func.count()).select_from(table(model)))
    assert row is not None
    return int(row[0])


def _following(store: Store, message_id: str) -> list[Row[Any]]:
    outbox = table(OutboxMessage)
    with store.reading() as work:
        return list(work.rows(select(outbox).where(outbox.c.follows == message_id)))


@pytest.fixture
def sent(store: Store, gateway: RememberingGateway, owe: Owe) -> str:
    """A text that the carrier has as `SID`."""
    message_id = owe()
    gateway.outcomes = [Sent(SID)]
    deliver(store, gateway, message_id)
    return message_id


def test_a_delivered_text_is_settled_and_its_fields_are_wiped(store: Store, sent: str, look: Look) -> None:
    for status in ("sent", "delivered"):
        receive_report(store, StatusReport(SID, status, None, sent))

    row = look(sent)
    assert (row.state, row.settled_at, row.fields_sealed, row.due_at) == ("delivered", store.clock(), None, None)


@pytest.mark.parametrize("told", [*permutations(["queued", "sending", "sent", "delivered"]), ("sent",) * 3])
def test_receipts_in_any_order_and_twice_only_move_it_forward(
    store: Store, sent: str, look: Look, told: tuple[str, ...]
) -> None:
    seen = ["sent"]
    for status in (*told, *told):
        receive_report(store, StatusReport(SID, status, None, sent))
        seen.append(look(sent).state)

    assert seen == sorted(seen, key=STATES.index)
    assert seen[-1] == ("delivered" if "delivered" in told else "sent")
    assert _count(store, Receipt) == len(set(told))


@pytest.mark.parametrize("told", list(permutations(ENDS)))
def test_the_first_end_is_the_end(store: Store, sent: str, look: Look, told: tuple[str, ...]) -> None:
    for status in told:
        receive_report(store, StatusReport(SID, status, 30007, sent))

    assert look(sent).state == told[0]


@pytest.mark.parametrize(("status", "state"), [("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")])
def test_a_receipt_that_comes_before_the_answer_settles_the_row(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, status: str, state: str
) -> None:
    message_id = owe()
    gateway.in_between = lambda made: receive_report(store, StatusReport(made.sid, status, None, made.message_id))
    deliver(store, gateway, message_id)

    assert (look(message_id).state, look(message_id).provider_sid) == (state, gateway.created[0].sid)


def test_a_receipt_settles_a_text_whose_sender_died(
    store: Store, gateway: RememberingGateway, owe: Owe, look: Look, clock: Clock
) -> None:
    message_id = owe()
    gateway.lost_answers = 1
    deliver(store, gateway, message_id)
    receive_report(store, StatusReport(gateway.created[0].sid, "delivered", None, message_id))
    clock.now += LOOK_AFTER + GRACE

    assert sweep(store, gateway) == 0
    assert (look(message_id).state, look(message_id).sent_at) == ("delivered", clock.now - LOOK_AFTER - GRACE)


def test_a_receipt_without_our_id_finds_its_text_by_theirs(store: Store, sent: str, look: Look) -> None:
    receive_report(store, StatusReport(SID, "delivered"))

    assert look(sent).state == "delivered"


@pytest.mark.parametrize("message_id", ["", "0" * 24])
def test_a_receipt_for_nothing_of_ours_is_kept_and_changes_nothing(
    store: Store, sent: str, look: Look, message_id: str
) -> None:
    before = look(sent)
    for _ in range(2):
        receive_report(store, StatusReport(OTHER, "delivered", None, message_id))

    assert (_count(store, Receipt), look(sent)) == (1, before)


@pytest.mark.parametrize(("status", "code"), [("undelivered", 30003), ("failed", 30008), ("undelivered", 30001)])
def test_a_lost_text_is_owed_anew_by_another_row(
    store: Store, gateway: RememberingGateway, sent: str, look: Look, clock: Clock, status: str, code: int
) -> None:
    for _ in range(2):
        receive_report(store, StatusReport(SID, status, code, sent))
    (anew,) = _following(store, sent)
    assert (look(sent).state, look(sent).error_code, look(sent).fields_sealed) == (status, code, None)
    assert (anew.state, anew.attempts, anew.due_at > clock.now + GRACE) == ("created", 1, True)

    deliver(store, gateway, anew.id)
    clock.now = anew.due_at + GRACE
    sweep(store, gateway)

    assert (look(sent).state, look(anew.id).state, look(anew.id).attempts) == (status, "sent", 2)
    assert gateway.bodies[0] == gateway.bodies[1] and gateway.created[1].message_id == anew.id


def test_a_telephone_that_stays_off_is_tried_with_growing_waits_and_then_no_more(
    store: Store, gateway: RememberingGateway, sent: str, look: Look, clock: Clock
) -> None:
    last, waits = sent, list[float]()
    receive_report(store, StatusReport(SID, "undelivered", 30003, sent))
    while following := _following(store, last):
        last = following[0].id
        waits.append((following[0].due_at - clock.now).total_seconds())
        clock.now = following[0].due_at
        deliver(store, gateway, last)
        receive_report(store, StatusReport(gateway.created[-1].sid, "undelivered", 30003, last))

    assert waits == sorted(set(waits)) and len(waits) == 3
    assert (look(last).state, look(last).attempts, look(last).error_code) == ("undelivered", 4, 30003)
    assert look(last).fields_sealed is not None and look(sent).fields_sealed is None


@pytest.mark.parametrize("code", [30004, 30005, 30006, 30007, 21610, None])
def test_what_can_never_arrive_is_not_tried_again(store: Store, sent: str, look: Look, code: int | None) -> None:
    receive_report(store, StatusReport(SID, "undelivered", code, sent))

    assert not _following(store, sent)
    assert (look(sent).state, look(sent).error_code) == ("undelivered", code)
    assert look(sent).fields_sealed is not None


def test_of_two_messages_for_one_row_the_loss_of_one_says_nothing(store: Store, sent: str, look: Look) -> None:
    receive_report(store, StatusReport(OTHER, "undelivered", 30003, sent))
    assert look(sent).state == "sent" and not _following(store, sent)

    receive_report(store, StatusReport(OTHER, "delivered", None, sent))
    assert look(sent).state == "delivered"


def test_a_message_that_receipts_give_to_another_row_is_not_taken_for_ours(
    store: Store, gateway: RememberingGateway, owe: Owe, sent: str, look: Look, clock: Clock
) -> None:
    receive_report(store, StatusReport(OTHER, "delivered", None, sent))
    second = owe()
    gateway.outcomes = [Ambiguous()]
    deliver(store, gateway, second)
    gateway.created = [Created(OTHER, sent, gateway.created[0].to, gateway.bodies[0].replace("A-1", "A-2"))]
    clock.now += LOOK_AFTER
    settle(store, gateway, second)

    assert look(second).provider_sid not in (SID, OTHER)


_STEP = st.one_of(
    st.sampled_from(["deliver", "settle", "wait"]),
    st.tuples(
        st.sampled_from([SID, OTHER]), st.sampled_from(["queued", "sent", *ENDS]), st.sampled_from([None, 30003])
    ),
)
_OUTCOME = st.sampled_from([Sent(SID), Sent(OTHER), Ambiguous(), Rejected(20429), Rejected(21211)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, max_size=12), outcomes=st.lists(_OUTCOME, max_size=6))
def test_whatever_happens_no_state_goes_back(
    store: Store, owe: Owe, look: Look, clock: Clock, steps: list[Any], outcomes: list[Any]
) -> None:
    """But for one step: what the carrier definitely refused was never being sent."""
    message_id, gateway = owe(), RememberingGateway(list(outcomes))
    seen = ["created"]
    for step in steps:
        match step:
            case "deliver":
                deliver(store, gateway, message_id)
            case "settle":
                settle(store, gateway, message_id)
            case "wait":
                clock.pass_by(minutes=10)
            case (sid, status, code):
                receive_report(store, StatusReport(f"{sid}{message_id}", status, code, message_id))
        seen.append(look(message_id).state)

    handed_over = [STATES.index(state) for state in seen if state not in ("created", "sending")]
    ends = {state for state in seen if state in ENDS}
    assert handed_over == sorted(handed_over) and len(ends) <= 1
    assert seen[len(seen) - len(handed_over) :] == [STATES[one] for one in handed_over]


@pytest.mark.parametrize(
    ("form", "report"),
    [
        ({"MessageSid": SID, "MessageStatus": "sent"}, StatusReport(SID, "sent", None, "77")),
        ({"SmsSid": SID, "SmsStatus": "sent", "ErrorCode": "30003"}, StatusReport(SID, "sent", 30003, "77")),
        ({"MessageSid": SID, "MessageStatus": "failed", "ErrorCode": "x"}, StatusReport(SID, "failed", None, "77")),
        ({"MessageSid": SID}, None),
        ({"MessageStatus": "sent"}, None),
        ({"MessageSid": "\0", "MessageStatus": "sent"}, None),
        ({"MessageSid": SID, "MessageStatus": "s" * 99}, None),
    ],
)
def test_a_form_is_read_with_care(form: dict[str, str], report: StatusReport | None) -> None:
    assert read_report(form, "77") == report


def test_whatever_the_carrier_tells_is_answered_204(store: Store, sent: str, look: Look) -> None:
    app = Flask(__name__)
    forms = [{"MessageSid": SID, "MessageStatus": "delivered"}, {"MessageSid": OTHER, "MessageStatus": "sent"}, {}]
    told = iter(forms)

    @app.before_request
    def admit() -> None:
        g.form = next(told)

    app.register_blueprint(receipts_blueprint(store))
    answers = [app.test_client().post(f"/status?message={sent}").status_code for _ in forms]

    assert (answers, look(sent).state) == ([204] * 3, "delivered")
