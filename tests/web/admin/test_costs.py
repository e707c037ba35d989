"""What texts cost, and that no filter of administrators breaks a page."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as fuzzing
from hypothesis import strategies as st

from store import Store
from store.messages import InboundMessage
from tests.clock import Clock
from tests.stories.desk import AgentAtDesk
from tests.web.admin.conftest import Lose, Signs
from tests.web.test_sheets import read_csv

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class TestCosts:
    def test_a_month_is_added_up_by_day_and_template_and_looked_ahead(
        self, signs: Signs, lose: Lose, clock: Clock
    ) -> None:
        olga = signs("administrator")
        assert "No text went out in this month yet." in olga.opens("/admin/costs").reads
        for day in range(2):
            clock.now = clock.now.replace(day=1 + day)
            lose(), lose(template="phone_moved", segments=1)
            lose(template="never_taken", provider_sid=None, sent_at=None)
        clock.now = clock.now.replace(day=3)

        olga.opens("/admin/costs")

        assert "So far 0.30 USD By the end of the month 4.50 USD Texts 4 Segments 6" in olga.reads
        assert (
            "Pass … is cancelled but counts as used. Rules: RULES cancelled_kept Sent 2 2.0 0.20 0.10" in olga.reads
            and "01.06 3 0 0.15" in olga.reads
        )
        assert "never_taken" not in olga.reads
        lose(segments=100)
        assert "So far 5.30 USD By the end of the month 9.35 USD" in olga.opens("/admin/costs").reads
        sheet = read_csv(olga.client.get("/admin/costs.csv?month=2026-06").data)
        assert sheet[1] == ["2026-06-01", "sent", "cancelled_kept", "1", "2", "0.10", "USD"] and len(sheet) == 6
        assert "No text went out" in olga.opens("/admin/costs?month=2026-05").reads

    def test_answers_are_paid_too(self, signs: Signs, store: Store, clock: Clock) -> None:
        olga = signs("operator")
        row = {"phone_id": "p", "reply_sealed": b"", "answered_ms": 5, "received_at": clock.now, "segments": 2}
        with store.work() as work:
            work.insert(InboundMessage, sid="SM1", intent="dialogue.request:granted", **row)
            work.insert(InboundMessage, sid="SM2", intent="request:granted", **row)

        assert "Request for a pass: granted request:granted Answer 2 2.0 0.20 0.10" in olga.opens("/admin/costs").reads
        assert "03.06 0 4 0.20" in olga.reads


@one_database
@fuzzing(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    page=st.sampled_from(
        [
            *("texts", "texts.csv", "texts/resend", "costs", "costs.csv", "staff", "staff.csv"),
            *("audit", "audit.csv", "looks", "looks.csv"),
        ]
    ),
    query=st.dictionaries(
        st.sampled_from(
            [
                "state",
                "template",
                "error",
                "since",
                "until",
                "before",
                "month",
                "role",
                "told",
                "actor",
                "action",
                "subject",
            ]
        ),
        st.text(max_size=30) | st.dates().map(str) | st.integers().map(str),
    ),
)
def test_whatever_is_asked_for_no_page_fails(
    operator: AgentAtDesk, olga: AgentAtDesk, vera: AgentAtDesk, page: str, query: dict[str, str]
) -> None:
    asks = vera if page.startswith(("audit", "looks")) else olga if page.startswith("staff") else operator

    assert asks.client.get(f"/admin/{page}", query_string=query).status_code in (200, 400, 422)
