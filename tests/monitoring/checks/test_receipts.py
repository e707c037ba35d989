"""What the carrier says of the ladder's texts and calls, and what its silence is worth."""

import pytest

from tests.monitoring.checks.ward import Ward


@pytest.mark.parametrize(
    ("reminder", "call", "state"),
    [
        ("undelivered", "sent", "excused"),
        ("sent", "failed", "excused"),
        ("undelivered", "undelivered", "missed"),
        ("delivered", "failed", "missed"),
        ("sent", "sent", "missed"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_silence_about_the_link_counts_for_nothing_where_what_followed_was_lost(
    ward: Ward, reminder: str, call: str, state: str
) -> None:
    """A call that nobody picked up is one that rang."""
    check_id = ward.asked()
    ward.wait(minutes=55)
    ward.carrier_says(reminder, "check_reminder")
    ward.carrier_says(call, "presence")

    ward.wait(minutes=6)

    assert ward.check(check_id).state == state
