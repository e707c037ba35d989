"""That the telephone was wrong, not the patient, is an officer's word, and is counted."""

from tests.monitoring.duty.desk import Desk
from tests.web.duty.office import Officer
from tests.web.reading import words
from tests.web.review.office import sent_by


def test_that_the_telephone_was_wrong_is_kept_through_the_page_that_shows_the_text(desk: Desk, dora: Officer) -> None:
    alert_id = desk.doubt()
    dora.comes_back()
    dora.takes(alert_id)
    choice = {"decide-decision": "nothing", "decide-false_alarm": "y"}

    shown = dora.previews(alert_id, **choice)
    sent = sent_by(shown, "/decide")
    dora.client.post(f"/duty/alerts/{alert_id}/decide", data={**sent, "sure": "1"})

    assert "The telephone was wrong, not the patient" in words(shown)
    assert (desk.alert(alert_id).decision, desk.alert(alert_id).false_alarm) == ("nothing", True)
