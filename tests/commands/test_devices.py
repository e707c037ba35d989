"""An operator connects an app, sees what reports, and ends it."""

import pytest

from monitoring.cases.consent import Agreed, keep_consent
from monitoring.cases.watched import held_case
from store import Store
from telephony.simulator.carrier import Handset
from tests.commands.conftest import Looks, Read, Refused

NUMBER = "+79990000001"
ON = ("--phone", NUMBER)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_token_is_printed_once_the_app_listed_and_ended(
    read: Read, refused: Refused, phone: Handset, store: Store, looks: Looks
) -> None:
    assert refused("devices", "add", *ON).startswith("this person has no open case")
    case_id = read("cases", "open", *ON, "--reason", "order 5")["case"]
    assert refused("devices", "add", *ON).startswith("no app can report: the patient did not agree")
    with store.work() as work:
        case = held_case(work, case_id)
        assert case is not None
        keep_consent(work, case, Agreed("ru", "0" * 64, "signed", phone.number), "staff:vera")

    first = read("devices", "add", *ON, "--model", "Android 14")
    second = read("devices", "add", *ON, "--model", "Android 15")

    assert first["token"].startswith("pld_") and first["token"] != second["token"]
    (listed,) = read("devices", "list", *ON, "--why", "asked")
    assert (listed["kind"], listed["model"], listed["case"]) == ("app", "Android 15", case_id)
    assert [told["at"] for _, _, told in looks()] == ["devices list"]
    read("devices", "remove", listed["device"])
    assert read("devices", "list", *ON) == []
    assert refused("devices", "remove", listed["device"]).startswith("nothing reports as")
