"""What we text by ourselves: revoked passes, decided applications, decided appeals."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from codes.meeting import meet
from codes.regimes import in_force
from codes.review.appeals import appeals, decide_appeal
from codes.review.reviewing import NotWaiting, grant_application, refuse_application
from monitoring.cases.opening import open_case
from monitoring.cases.watched import cases_of
from monitoring.patients.leaving import end_case
from store import Store
from store.messages import OutboxMessage
from store.outbox import message_fields
from store.phones import phone_by_id
from telephony.simulator.carrier import Handset
from tests.stories.reading import code_in, has_code

GREEN = "🟢"


@pytest.fixture
def owed(store: Store) -> Callable[[], list[tuple[str, dict[str, object]]]]:
    """Template and fields of every text we owe, in order."""

    def read() -> list[tuple[str, dict[str, object]]]:
        with store.reading() as work:
            rows = work.rows(select(OutboxMessage).order_by(OutboxMessage.id))
            return [(row.template, message_fields(row, phone_by_id(work, row.phone_id).key)) for row in rows]

    return read


def test_opening_a_case_revokes_live_passes_and_tells_the_holder(
    registered: Handset, on_shift: Handset, store: Store, owed: Callable[[], list[tuple[str, dict[str, object]]]]
) -> None:
    code = code_in(registered.text("цель 8"))

    with store.work() as work:
        opened = open_case(work, meet(work, registered.number).holders[0].id, "confirmed", "clinic")

    assert opened.revoked == 1 and [template for template, _ in owed()] == ["revoked_case"]
    assert GREEN not in on_shift.text(code)


def test_after_the_case_is_closed_passes_are_issued_again(registered: Handset, store: Store) -> None:
    with store.work() as work:
        person = meet(work, registered.number).holders[0].id
        open_case(work, person, "confirmed", "clinic")
    refused = registered.text("цель 8")
    with store.work() as work:
        (case,) = cases_of(work, [person])
        end_case(work, in_force(work).regime, case, "recovered", "well again", "clinic")

    assert not has_code(refused) and has_code(registered.text("цель 8"))


def test_an_appeal_is_answered_with_the_words_of_whoever_decided(
    registered: Handset, store: Store, owed: Callable[[], list[tuple[str, dict[str, object]]]]
) -> None:
    registered.text("ЖАЛОБА меня вылечили")
    with store.work() as work:
        (appeal,) = appeals(work, "open")
        decide_appeal(work, appeal.number, upheld=True, words="Дело закрыто", language="ru", by="reviewer")

    assert appeal.text == "меня вылечили"
    assert owed() == [("appeal_upheld", {"number": appeal.number, "text": "Дело закрыто"})]


class TestReview:
    @pytest.fixture
    def order(self) -> str:
        return "india-epass"

    @pytest.fixture
    def number(self, phone: Handset) -> str:
        """A referred application's number, as the applicant was told."""
        phone.text("register Sharma Anita ABCDE1234F")
        phone.text("purpose 2")
        referred = re.search(r"\b\d{8}\b", phone.text("Pune, Station Road 5"))
        assert referred
        return referred.group()

    def test_a_granted_application_owes_the_code(
        self, number: str, phone: Handset, store: Store, owed: Callable[[], list[tuple[str, dict[str, object]]]]
    ) -> None:
        with store.work() as work:
            grant_application(work, number, "reviewer")

        (template, fields) = owed()[0]
        assert template == "application_granted" and str(fields["code"]) in phone.text("STATUS")

    def test_an_application_is_decided_once(self, number: str, store: Store) -> None:
        with store.work() as work:
            refuse_application(work, number, "papers missing", "reviewer")

        with pytest.raises(NotWaiting), store.work() as work:
            grant_application(work, number, "reviewer")
