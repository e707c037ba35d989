"""The invented town: people as the order wants them, texts as the service understands them."""

import re
from itertools import islice

import pytest

from codes.phones import read_phone
from codes.regimes import PRESETS
from development.demo import sayings
from development.demo.chance import Chance
from development.demo.order import demo_order
from development.demo.people import town
from language.proofreading import check
from language.understanding import describe, understand
from tests.language.texts import noon, regime

ORDER = regime("tatarstan-2020")


def _meant(text: str) -> str:
    return describe(understand(text, ORDER, now=noon(ORDER)).intent)


def test_everybody_has_a_number_and_a_document_that_the_order_accepts() -> None:
    everybody = list(islice(town(Chance(1)), 600))

    assert len({one.number for one in everybody}) == 600
    assert all(read_phone(one.number, ORDER.phone_region) == one.number for one in everybody)
    assert all(re.fullmatch(ORDER.document_pattern, one.document) for one in everybody)


def test_one_seed_gives_one_town() -> None:
    assert list(islice(town(Chance(7)), 20)) == list(islice(town(Chance(7)), 20))


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_what_they_register_with_is_a_registration(language: str) -> None:
    values = {
        "name": "Иванов Иван Иванович",
        "document": "9219632506",
        "spaced": "92 19 632506",
        "address": "Казань, 5",
    }
    texts = [wording.format(**values) for wording in sayings.REGISTRATIONS[language]]

    assert {text: _meant(text) for text in texts} == dict.fromkeys(texts, "register")


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_what_they_ask_for_by_number_is_understood(language: str) -> None:
    texts = {wording.format(n=n): f"request {n}" for wording in sayings.REQUESTS[language] for n in sayings.PURPOSES}

    assert {text: _meant(text) for text in texts} == texts


@pytest.mark.parametrize("purpose", sayings.ERRANDS)
def test_what_they_ask_for_in_words_is_understood(purpose: int) -> None:
    texts = [text for wordings in sayings.ERRANDS[purpose].values() for text in wordings]

    assert {text: _meant(text) for text in texts} == dict.fromkeys(texts, f"request {purpose}")


def test_the_towns_order_has_no_fault_so_that_a_draft_of_it_can_be_put_in_force() -> None:
    assert check(demo_order(), PRESETS) == []
