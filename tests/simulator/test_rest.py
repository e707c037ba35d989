"""The unmodified twilio client against the carrier's REST API."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from telephony.simulator.carrier import Carrier, Handset
from telephony.simulator.serving import CarrierServer

from .service import SETTINGS, FakeService, client_for

MESSAGES = f"/2010-04-01/Accounts/{SETTINGS.account_sid}/Messages"


def refused(client: Client, **fields: str) -> TwilioRestException:
    with pytest.raises(TwilioRestException) as caught:
        client.messages.create(**fields)
    return caught.value


def test_a_created_message_has_twilios_shape(server: CarrierServer) -> None:
    answer = requests.post(
        f"{server.url}{MESSAGES}.json",
        data={"To": "8 (999) 000-00-01", "From": "2590", "Body": "Пропуск"},
        auth=(SETTINGS.account_sid, SETTINGS.auth_tokens[0]),
        timeout=5,
    )

    shown = answer.json()
    assert answer.status_code == 201
    assert shown["to"] == "+79990000001"
    assert (shown["num_segments"], shown["num_media"], shown["price"]) == ("1", "0", None)
    assert shown["uri"] == f"{MESSAGES}/{shown['sid']}.json"
    assert shown["date_created"].endswith(" +0000")
    assert (shown["status"], shown["direction"], shown["date_sent"]) == ("queued", "outbound-api", None)
    assert set(shown) == {
        *("account_sid", "api_version", "body", "date_created", "date_sent", "date_updated", "direction"),
        *("error_code", "error_message", "from", "messaging_service_sid", "num_media", "num_segments", "price"),
        *("price_unit", "sid", "status", "subresource_uris", "to", "uri"),
    }


def test_the_client_sends_and_later_reads_delivered(client: Client, carrier: Carrier) -> None:
    sent = client.messages.create(to="+79990000001", from_="2590", body="я" * 71)
    carrier.settle()

    read = client.messages(sent.sid or "").fetch()
    assert (read.status, read.num_segments, read.price, read.error_code) == ("delivered", "2", "-0.01660", None)
    assert read.date_sent is not None


def test_it_arrives_at_the_handset(client: Client, phone: Handset) -> None:
    client.messages.create(to=phone.number, from_="2590", body="Пропуск отозван")

    assert phone.inbox == ["Пропуск отозван"]


def test_a_messaging_service_may_send(client: Client) -> None:
    sent = client.messages.create(to="+79990000001", messaging_service_sid="MG" + "1" * 32, body="hi")

    assert (sent.status, sent.from_, sent.messaging_service_sid) == ("accepted", "2590", "MG" + "1" * 32)


def test_an_alphanumeric_sender_may_send(client: Client) -> None:
    assert client.messages.create(to="+79990000001", from_="Passline", body="hi").from_ == "Passline"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("+15005550001", 21211),
        ("+15005550002", 21612),
        ("+15005550003", 21408),
        ("+15005550004", 21610),
        ("+15005550009", 21614),
        ("nobody", 21211),
        ("2590", 21266),
    ],
)
def test_numbers_that_cannot_be_texted(client: Client, to: str, code: int) -> None:
    error = refused(client, to=to, from_="2590", body="hi")

    assert (error.code, error.status) == (code, 400)


@pytest.mark.parametrize(
    ("sender", "code"),
    [("+15005550001", 21212), ("+15005550007", 21606), ("+15005550008", 21611), ("+79991112233", 21606)],
)
def test_numbers_that_cannot_send(client: Client, sender: str, code: int) -> None:
    assert refused(client, to="+79990000001", from_=sender, body="hi").code == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"to": "+79990000001", "from_": "2590"}, 21602),
        ({"to": "+79990000001", "body": "hi"}, 21603),
        ({"to": "", "from_": "2590", "body": "hi"}, 21604),
        ({"to": "+79990000001", "from_": "2590", "body": "x" * 1601}, 21617),
        ({"to": "+79990000001", "from_": "2590", "body": "hi", "status_callback": "nonsense"}, 21609),
    ],
)
def test_fields_that_are_missing_or_wrong(client: Client, fields: dict[str, str], code: int) -> None:
    assert refused(client, **fields).code == code


def test_1600_characters_are_allowed(client: Client) -> None:
    assert client.messages.create(to="+79990000001", from_="2590", body="x" * 1600).num_segments == "11"


def test_the_body_of_an_error_is_twilios(server: CarrierServer) -> None:
    answer = requests.get(f"{server.url}{MESSAGES}/SMnone.json", auth=(SETTINGS.account_sid, "wrong"), timeout=5)

    assert answer.status_code == 401
    assert answer.json() == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_any_configured_token_opens_and_no_other(server: CarrierServer) -> None:
    assert client_for(server, "older-token").messages.list() == []
    with pytest.raises(TwilioRestException) as caught:
        client_for(server, "other").messages.create(to="+79990000001", from_="2590", body="hi")
    assert (caught.value.code, caught.value.status) == (20003, 401)


def test_another_account_is_shut(client: Client) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.api.v2010.accounts("AC" + "b" * 32).messages("SM" + "0" * 32).fetch()
    assert (caught.value.code, caught.value.status) == (20003, 401)


def test_what_is_not_there_is_not_found(client: Client, server: CarrierServer) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.code, caught.value.status) == (20404, 404)

    auth = (SETTINGS.account_sid, SETTINGS.auth_tokens[0])
    assert requests.get(f"{server.url}{MESSAGES}/Other.json", auth=auth, timeout=5).json()["code"] == 20404
    assert requests.put(f"{server.url}{MESSAGES}.json", auth=auth, timeout=5).json()["code"] == 20004


def test_pages_are_followed_to_the_end_newest_first(client: Client) -> None:
    sids = [client.messages.create(to="+79990000001", from_="2590", body=str(n)).sid for n in range(7)]

    assert [message.sid for message in client.messages.list(page_size=3)] == sids[::-1]


def test_pages_stay_the_same_when_texts_come_in_between(client: Client) -> None:
    for n in range(4):
        client.messages.create(to="+79990000001", from_="2590", body=str(n))
    first = client.messages.page(page_size=2)
    client.messages.create(to="+79990000001", from_="2590", body="new")

    second = first.next_page()
    assert second is not None
    assert [message.body for message in second] == ["1", "0"]
    back = second.previous_page()
    assert back is not None
    assert second.next_page() is None


def test_lists_are_filtered_by_both_ends_and_by_date(client: Client, phone: Handset) -> None:
    phone.text("in")
    client.messages.create(to="+79990000001", from_="2590", body="out")
    client.messages.create(to="+79990000002", from_="2590", body="elsewhere")
    now = datetime.now(UTC)

    def bodies(**filters: object) -> list[str | None]:
        return [message.body for message in client.messages.list(**filters)]

    assert bodies(to="+79990000001") == ["out"]
    assert bodies(to="8 999 000-00-01") == ["out"]
    assert bodies(from_="+79990000001") == ["in"]
    assert bodies(to="+79990000001", date_sent_after=now - timedelta(minutes=1)) == ["out"]
    assert bodies(to="+79990000001", date_sent_after=now + timedelta(minutes=1)) == []
    assert bodies(to="+79990000001", date_sent_before=now - timedelta(minutes=1)) == []
    assert bodies(to="+79990000001", date_sent=now.date()) == ["out"]
    assert bodies(date_sent_before=now.date() - timedelta(days=1)) == []


def test_a_date_that_is_none_is_refused(client: Client) -> None:
    with pytest.raises(TwilioException, match="20001"):
        client.messages.list(date_sent="yesterday")


def test_a_finished_message_can_be_emptied_and_deleted(client: Client, carrier: Carrier) -> None:
    sent = client.messages.create(to="+79990000001", from_="2590", body="secret")
    with pytest.raises(TwilioRestException) as caught:
        sent.delete()
    assert (caught.value.code, caught.value.status) == (20009, 409)

    carrier.settle()
    assert sent.update(body="").body == ""
    assert sent.delete()
    assert client.messages.list() == []


def test_a_message_is_neither_rewritten_nor_cancelled(client: Client, carrier: Carrier) -> None:
    sent = client.messages.create(to="+79990000001", from_="2590", body="hi")
    carrier.settle()

    for change, code in (({"body": "other"}, 20001), ({"status": "canceled"}, 30409)):
        with pytest.raises(TwilioRestException) as caught:
            sent.update(**change)
        assert caught.value.code == code


def test_the_service_moves_its_webhook_by_the_api(client: Client, service: FakeService, phone: Handset) -> None:
    (number,) = client.incoming_phone_numbers.list()
    assert (number.phone_number, number.sms_url) == ("2590", "https://pass.example/telephony/sms")

    number.update(sms_url="https://pass.example/other", friendly_name="passes")
    phone.text("hi")

    assert len(service.at("/other")) == 1
    assert client.incoming_phone_numbers(number.sid or "").fetch().friendly_name == "passes"


def test_numbers_are_bought_and_given_back(client: Client, service: FakeService, carrier: Carrier) -> None:
    bought = client.incoming_phone_numbers.create(phone_number="+1 555 000 2222", sms_url="https://pass.example/us")

    carrier.receive("+79990000001", "hi", "+15550002222")
    assert len(service.at("/us")) == 1
    assert bought.delete()
    assert [number.phone_number for number in client.incoming_phone_numbers.list()] == ["2590"]
    with pytest.raises(TwilioRestException):
        client.incoming_phone_numbers.create(phone_number="not a number")
