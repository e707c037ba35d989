"""The desk has words for all that the rooms below can mean."""

import pytest
from flask import Flask

from codes.desk.attending import Why
from codes.desk.identifying import LookReason, Proof
from codes.desk.wrapping_up import Outcome
from codes.moving import Move
from codes.outcomes import RefusalReason
from language.failures import WORDS, in_words
from language.translations import languages
from web.desk.people_pages import MOVED
from web.desk.proof_pages import OF_CODE, OF_SENDING, OF_TAIL
from web.desk.showing import TOLD
from web.desk.wording import LOOKS, OUTCOMES, REFUSED
from web.masking import masked_number
from web.wording import REASONS, language_name
from web.words import LANGUAGES


def test_every_reason_and_outcome_has_words() -> None:
    assert set(REFUSED) == set(Why)
    assert set(REASONS) == set(RefusalReason)
    assert set(OUTCOMES) == set(Outcome)
    assert set(LOOKS) == set(LookReason)


def test_whatever_a_form_comes_to_is_told() -> None:
    assert set(MOVED) == set(Move)
    assert set(OF_TAIL) | set(OF_CODE) | set(OF_SENDING) == set(Proof)
    assert {*MOVED.values(), *OF_TAIL.values(), *OF_CODE.values(), *OF_SENDING.values()} <= set(TOLD)


def test_an_error_of_the_carriers_is_told_in_the_language_of_the_page() -> None:
    assert {tuple(words) for words in WORDS.values()} == {tuple(WORDS["en"])}
    assert in_words(30003, "ru") == "телефон выключен или вне сети"
    assert in_words(30003, "tt") == "телефон сүндерелгән яки челтәрдән тыш"
    assert [in_words(1, language) for language in ("ru", "tt", "az")] == ["ошибка 1", "хата 1", "error 1"]
    assert in_words(None, "ru") is None


def test_a_number_shows_its_country_and_its_end() -> None:
    assert masked_number("+79990000001") == "+7…0001"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("page", LANGUAGES)
def test_each_language_people_write_in_has_a_name_in_each_of_the_pages(app: Flask, page: str) -> None:
    with app.test_request_context(headers={"Accept-Language": page}):
        names = {code: language_name(code) for code in languages()}
        unheard = language_name("xx")

    assert len(set(names.values())) == len(names)
    assert not [code for code, name in names.items() if name.lower() == code or not name[0].isupper()]
    assert unheard == "Xx"
