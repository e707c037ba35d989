"""Only what the carrier signed gets in: everything else is answered 403, whatever it is, and never 500."""

from collections.abc import Mapping
from io import RawIOBase
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from settings import Settings
from store import Store
from telephony.guard import HEADER, MOST_BYTES
from telephony.simulator.signing import sign
from tests.proofs.races import passes
from wsgi import create_app

PATH = "/telephony/sms"
FORM = MappingProxyType(
    {"MessageSid": f"SM{'1' * 32}", "From": "+79990000001", "To": "2590", "Body": "Цель 8, «да» №1"}
)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOKEN, OLDER, STRANGE = "token-of-the-tests", "older-token", "token-of-somebody-else"


def post(
    app: Flask,
    signature: str | None,
    form: Mapping[str, str] = FORM,
    path: str = PATH,
    raw: bytes | None = None,
    environ: Mapping[str, str] | None = None,
) -> TestResponse:
    headers = {} if signature is None else {HEADER: signature}
    data = urlencode(form).encode() if raw is None else raw
    return Client(app).post(
        path,
        data=data,
        headers=headers,
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"RAW_URI": path, **(environ or {})},
    )


def service(settings: Settings, store: Store, url: str = "https://pass.example", tokens: str = TOKEN) -> Flask:
    return create_app(settings.model_copy(update={"public_url": url}), store)


@pytest.fixture
def app(settings: Settings, in_force: Store) -> Flask:
    return service(settings, in_force)


def test_a_signed_text_gets_in(app: Flask) -> None:
    assert post(app, sign(f"https://pass.example{PATH}", FORM, TOKEN)).status_code == 200


GOOD = sign(f"https://pass.example{PATH}", FORM, TOKEN)
WRONG = {
    "missing": None,
    "empty": "",
    "wrong": "d3Jvbmc=",
    "of another token": sign(f"https://pass.example{PATH}", FORM, STRANGE),
    "cut short": GOOD[:-1],
    "with a letter more": GOOD + "A",
    "without its filling": GOOD.rstrip("="),
    "of another path": sign("https://pass.example/telephony/status", FORM, TOKEN),
    "of another host": sign(f"https://evil.example{PATH}", FORM, TOKEN),
    "of plain http": sign(f"http://pass.example{PATH}", FORM, TOKEN),
    "of the URL alone": sign(f"https://pass.example{PATH}", {}, TOKEN),
    "in small letters": GOOD.lower(),
    "in letters of another script": "подпись",
    "very long": "A" * 8000,
}


@pytest.mark.parametrize("signature", WRONG.values(), ids=WRONG)
def test_a_bad_signature_is_refused(app: Flask, store: Store, signature: str | None) -> None:
    assert post(app, signature).status_code == 403
    assert passes(store) == 0


ALTERED: dict[str, Mapping[str, str]] = {
    "another text": {**FORM, "Body": "Цель 9"},
    "another sender": {**FORM, "From": "+79990000002"},
    "a parameter more": {**FORM, "OptOutType": "STOP"},
    "a parameter less": {name: value for name, value in FORM.items() if name != "To"},
    "an empty parameter more": {**FORM, "FromCity": ""},
    "a name in other letters": {("body" if name == "Body" else name): value for name, value in FORM.items()},
    "nothing": {},
}


@pytest.mark.parametrize("form", ALTERED.values(), ids=ALTERED)
def test_an_altered_form_is_refused(app: Flask, form: Mapping[str, str]) -> None:
    assert post(app, GOOD, form).status_code == 403


RAW = {
    "no form": b"",
    "JSON": b'{"Body": "8"}',
    "bytes that are no text": b"Body=\xff\xfe%ff%fe",
    "a lone surrogate": b"Body=%ED%A0%80",
    "half an escape": b"Body=%D0",
    "a percent sign alone": b"Body=%",
    "a zero byte": b"Body=\x00",
    "ten thousand fields": b"&".join(b"a%d=1" % number for number in range(10000)),
    "too much": b"Body=" + b"8" * MOST_BYTES,
    "semicolons": b"Body=8;From=+7",
    "XML": b"<?xml version='1.0'?><a/>",
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_a_body_that_nobody_signed_is_refused_whatever_it_is(app: Flask, raw: bytes) -> None:
    assert post(app, GOOD, raw=raw).status_code == 403


class Endless(RawIOBase):
    """A body in chunks that nobody knows the end of; `taken` is what was read of it."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), 100 * MOST_BYTES - self.taken)
        buffer[:size] = b"8" * size
        self.taken += size
        return size


def test_a_body_in_chunks_is_not_read_beyond_what_a_text_needs(app: Flask) -> None:
    body = Endless()
    answer = Client(app).post(
        PATH,
        headers={HEADER: GOOD},
        content_type="application/x-www-form-urlencoded",
        environ_overrides={
            "wsgi.input": body,
            "wsgi.input_terminated": True,
            "HTTP_TRANSFER_ENCODING": "chunked",
            "RAW_URI": PATH,
        },
    )

    assert answer.status_code == 403
    assert body.taken <= 2 * MOST_BYTES


def test_a_token_that_is_being_replaced_is_good_beside_the_new_one(settings: Settings, in_force: Store) -> None:
    both = Settings(**settings.model_dump() | {"_env_file": None, "twilio_auth_token": f"{TOKEN},{OLDER}"})
    app = create_app(both, in_force)

    answers = [post(app, sign(f"https://pass.example{PATH}", FORM, token)) for token in (TOKEN, OLDER, STRANGE)]

    assert [answer.status_code for answer in answers] == [200, 200, 403]


ADDRESSES = {
    "a port": "https://pass.example:8443",
    "the port of https": "https://pass.example:443",
    "IPv6": "https://[2001:db8::7]",
    "IPv6 with a port": "https://[2001:db8::7]:8443",
    "plain http on this machine": "http://localhost:8000",
    "a path in front": "https://pass.example/service",
    "capitals": "https://Pass.Example",
}


@pytest.mark.parametrize("url", ADDRESSES.values(), ids=ADDRESSES)
def test_the_service_may_live_at_any_address(settings: Settings, in_force: Store, url: str) -> None:
    app = service(settings, in_force, url)

    assert post(app, sign(f"{url}{PATH}", FORM, TOKEN)).status_code == 200
    assert post(app, sign(f"https://evil.example{PATH}", FORM, TOKEN)).status_code == 403


@pytest.mark.parametrize("query", ["?a=%2F", "?a=b%20c+d", "?%D1%86=1", "?a=1&a=1", "?a=;"])
def test_a_percent_encoded_address_is_checked_as_it_came(app: Flask, query: str) -> None:
    path = PATH + query

    assert post(app, sign(f"https://pass.example{path}", FORM, TOKEN), path=path).status_code == 200


def test_behind_a_proxy_the_address_of_the_outside_counts(app: Flask) -> None:
    inside = {"wsgi.url_scheme": "http", "HTTP_HOST": "10.0.0.5:8000", "SERVER_NAME": "10.0.0.5", "SERVER_PORT": "8000"}
    forwarded = {"HTTP_X_FORWARDED_PROTO": "http", "HTTP_X_FORWARDED_HOST": "evil.example"}

    assert post(app, GOOD, environ=inside | forwarded).status_code == 200
    assert post(app, sign(f"http://10.0.0.5:8000{PATH}", FORM, TOKEN), environ=inside).status_code == 403
    assert post(app, sign(f"http://evil.example{PATH}", FORM, TOKEN), environ=inside | forwarded).status_code == 403


def test_an_address_in_full_on_the_request_line_is_read_as_its_path(app: Flask) -> None:
    assert post(app, GOOD, environ={"RAW_URI": f"http://10.0.0.5:8000{PATH}"}).status_code == 200
    assert post(app, GOOD, environ={"RAW_URI": "http://10.0.0.5:8000/telephony/status"}).status_code == 403


@pytest.mark.parametrize("raw_uri", ["http://[", "//", "*", "http://[::1", "\udc80"])
def test_a_strange_request_line_is_refused(app: Flask, raw_uri: str) -> None:
    assert post(app, GOOD, environ={"RAW_URI": raw_uri}).status_code == 403


@given(
    signature=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=60),
    raw=st.binary(max_size=200),
)
@hypothesis_settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_signature_and_no_body_lead_to_an_error(app: Flask, signature: str, raw: bytes) -> None:
    assert post(app, signature, raw=raw).status_code == 403


def test_a_captured_text_whose_id_was_lengthened_by_another_parameter_is_not_a_new_one(app: Flask) -> None:
    captured = {**FORM, "NumMedia": "0"}
    moved = {**FORM, "MessageSid": f"{FORM['MessageSid']}NumMedia0"}
    signature = sign(f"https://pass.example{PATH}", captured, TOKEN)
    assert sign(f"https://pass.example{PATH}", moved, TOKEN) == signature

    first, again = post(app, signature, captured), post(app, signature, moved)

    assert b"<Message>" in first.data and b"<Message>" not in again.data
