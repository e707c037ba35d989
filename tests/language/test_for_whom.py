"""Whom a pass is for, and whether a pass is asked for at all: where that is not sure, a question is better."""

import pytest

from codes.fields import Field
from language.intents import Intent, Request
from language.understanding import describe, understand
from tests.language.texts import noon, regime

TATARSTAN = regime("tatarstan-2020")


def meaning(text: str) -> Intent:
    return understand(text, TATARSTAN, now=noon(TATARSTAN)).intent


@pytest.mark.parametrize(
    ("name", "text"),
    [("tatarstan-2020", "мужу за продуктами"), ("tatarstan-2020", "пропуск за продуктами жене"),
     ("tatarstan-2020", "моему отцу 78 лет к кардиологу"), ("tatarstan-2020", "жене завтра в 10 в банк"),
     ("tatarstan-2020", "мужу Иванову Петру в банк"), ("tatarstan-2020", "мужу нужен пропуск"),
     ("tatarstan-2020", "можно пропуск мужу в банк?"), ("tatarstan-2020", "иремә банкка"),
     ("tatarstan-2020", "ирем өчен банк"), ("tatarstan-2020", "for my husband, bank"),
     ("tatarstan-2020", "в банк жене"), ("tatarstan-2020", "жена в банк"), ("tatarstan-2020", "сын хочет к врачу"),
     ("tatarstan-2020", "отцу плохо, ему в больницу"), ("tatarstan-2020", "my son to the doctor"),
     ("moscow-2020", "мужу в аптеку"), ("nizhny-2020", "мужу в аптеку"), ("example-en", "for my husband, pharmacy"),
     ("india-epass", "for my husband, hospital"), ("azerbaijan-2020", "ərim üçün mağaza"),
     ("greece-2020", "για τον άντρα μου φαρμακείο"), ("cyprus-2020", "for my husband 1")],
)  # fmt: skip
def test_whom_a_pass_is_for_is_heard_in_every_order(name: str, text: str) -> None:
    order = regime(name)
    intent = understand(text, order, now=noon(order)).intent

    assert isinstance(intent, Request) and intent.other


@pytest.mark.parametrize(
    "text",
    [
        "бабушке нужны таблетки",
        "для мамы лекарства купить",
        "мне в аптеку маме",
        "за лекарством маме",
        "мужу в аптеку 9219632506",
    ],
)
def test_an_errand_for_somebody_is_the_sender_s_own_and_a_document_names_the_other(text: str) -> None:
    assert meaning(text) == Request(8, fields={Field.DOCUMENT: "9219632506"} if "9219632506" in text else {})


@pytest.mark.parametrize("text", ["а в аптеку можно", "в аптеку можно", "а можно в аптеку"])
def test_a_question_without_its_sign_is_asked_back(text: str) -> None:
    assert describe(meaning(text)) == "request 8?"


@pytest.mark.parametrize("text", ["можно в аптеку", "можно мне в аптеку", "в аптеку если можно"])
def test_a_polite_wish_is_a_request(text: str) -> None:
    assert describe(meaning(text)) == "request 8"
