"""Whatever comes in with a good signature is answered 200, in well-formed TwiML, by what it means, not with sorry."""

from collections.abc import Callable
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from codes.regimes import in_force as order_in_force
from language.wording import say
from settings import Settings
from store import Store
from telephony.simulator.signing import SignedForm, sign
from telephony.simulator.wires import Reply
from tests.proofs.hostile import ANYTHING, NEARLY, SENDERS, TEXTS
from tests.proofs.posting import CONNECT_S, READ_S, Poster
from tests.proofs.races import register, unsound

PHONE = "+79990000001"
EXAMPLES = effort(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def apologies(in_force: Store) -> set[str]:
    with in_force.reading() as work:
        regime = order_in_force(work).regime
    return {say("apology", language, regime) for language in regime.languages}


def said(reply: Reply) -> str:
    """What a telephone would show; fails for what the carrier could not use."""
    assert (reply.status, reply.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    response = ET.fromstring(reply.body)
    assert response.tag == "Response" and [verb.tag for verb in response] in ([], ["Message"])
    return "".join(response.itertext())


def as_carried(text: str) -> str:
    """Half a character is replaced on the way, as carriers do."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@pytest.mark.parametrize("known", [False, True], ids=["unknown", "registered"])
def test_a_hostile_text_gets_a_sensible_answer(poster: Poster, store: Store, apologies: set[str], known: bool) -> None:
    answers = {}

    for number, (kind, text) in enumerate(TEXTS.items()):
        phone = f"+7999000{number:04}"
        if known:
            register(poster, phone, f"92196{number:05}")
        answers[kind] = said(poster.text(phone, as_carried(text)))

    assert {kind for kind, answer in answers.items() if not answer or answer in apologies} == set()
    assert unsound(store) == []


def test_hostile_texts_one_after_the_other_in_one_dialogue_are_answered(poster: Poster, apologies: set[str]) -> None:
    asked = ["нужен пропуск", *map(as_carried, TEXTS.values()), "РЕГИСТРАЦИЯ#Иванов", *map(as_carried, TEXTS.values())]

    answers = [said(poster.text(PHONE, text)) for text in asked]

    assert all(answers) and not apologies & set(answers)


@on_sqlite
def test_a_strange_sender_is_answered_or_told_that_we_cannot(poster: Poster, apologies: set[str]) -> None:
    answers = {sender: said(poster.text(sender, "цель 8")) for sender in SENDERS.values()}

    assert {sender for sender, answer in answers.items() if not answer} == {poster.number}
    assert not apologies & set(answers.values())


@on_sqlite
def test_one_number_written_four_ways_is_one_person(poster: Poster) -> None:
    register(poster, "+79990000001")

    answers = {
        said(poster.text(SENDERS[way], "мои данные")) for way in ("+7", "8", "7", "no plus", "spaces and brackets")
    }

    assert len(answers) == 1 and "2506" in answers.pop()


FORMS: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {
    "in another order": lambda form: dict(reversed(form.items())),
    "with parameters nobody knows": lambda form: form | {"NewIn2027": "да", "": "", "Тело": "цель 3", "Body[]": "x"},
    "with media": lambda form: form | {"NumMedia": "1", "MediaUrl0": "http://x", "MediaContentType0": "image/png"},
    "without a body": lambda form: {name: value for name, value in form.items() if name != "Body"},
    "without a sender": lambda form: {name: value for name, value in form.items() if name != "From"},
    "without an id": lambda form: {name: value for name, value in form.items() if name != "MessageSid"},
    "with an empty id": lambda form: form | {"MessageSid": ""},
    "with a strange id": lambda form: form | {"MessageSid": "'; DROP TABLE pass --"},
    "with a long id": lambda form: form | {"MessageSid": "S" * 5000},
    "with an opt-out": lambda form: form | {"OptOutType": "STOP"},
    "with names in another case": lambda form: {name.lower(): value for name, value in form.items()},
}


def test_a_strange_form_is_answered(poster: Poster, apologies: set[str]) -> None:
    answers = {
        kind: said(poster.post(alter(poster.form(PHONE, "цель 8", poster.sid())))) for kind, alter in FORMS.items()
    }

    assert {kind for kind, answer in answers.items() if answer in apologies} == set()


def test_an_id_that_a_database_refuses_gets_an_answer_still(poster: Poster) -> None:
    form = poster.form(PHONE, "цель 8", "SM\x00")

    assert said(poster.post(form))


@on_sqlite
def test_of_a_parameter_sent_twice_the_first_counts(poster: Poster, settings: Settings) -> None:
    register(poster, PHONE)
    pairs = [*poster.form(PHONE, "статус", poster.sid()).items(), ("Body", "цель 8"), ("From", "+79990000002")]
    body = "&".join(f"{name}={quote_from_bytes(value.encode())}" for name, value in pairs)
    headers = {"X-Twilio-Signature": sign(poster.url, pairs, poster.token)}
    headers["Content-Type"] = "application/x-www-form-urlencoded"

    reply = poster.wires[0].send("POST", SignedForm(poster.url, body.encode(), headers), CONNECT_S, READ_S)

    assert "2506" in said(reply)


@on_sqlite
@EXAMPLES
@given(text=st.one_of(ANYTHING, NEARLY), known=st.booleans())
def test_any_text_is_answered(poster: Poster, apologies: set[str], text: str, known: bool) -> None:
    phone = f"+7999{next(poster.sids):07}"
    if known:
        register(poster, phone)

    answer = said(poster.text(phone, as_carried(text)))

    assert answer and answer not in apologies
