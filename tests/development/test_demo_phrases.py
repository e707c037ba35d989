"""What agents and callers understand of each other."""

import pytest

from development.demo import phrases

ASKED = (phrases.HELLO, phrases.ASK_TAIL, phrases.ASK_DOCUMENT, phrases.ASK_NAME)
CODE = "THXA-9546-C61A"


def said(line: str, language: str) -> str:
    return phrases.reply(line, language, "в аптеку", "Иванов Иван", "9219632506")


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_a_caller_answers_what_is_asked(language: str) -> None:
    answers = [said(words[language].format(name="Anna"), language) for words in ASKED]

    assert answers == ["в аптеку", "2506", "9219632506", "Иванов Иван"]


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_groups_of_the_code_are_said_back(language: str) -> None:
    groups = phrases.aloud(CODE, language)

    assert [said(group, language) for group in groups] == groups
    assert not any(phrases.is_farewell(group) for group in groups)


@pytest.mark.parametrize("language", ["ru", "tt", "en"])
def test_the_rest_is_agreed_to_until_the_farewell(language: str) -> None:
    assert said(phrases.READ_OUT[language], language) == phrases.YES[language]
    assert phrases.is_farewell(phrases.GOODBYE[language])


def test_an_agent_hears_numbers_and_purposes() -> None:
    assert phrases.number_in("паспорт 92 19 632506") == "9219632506"
    assert phrases.number_in("P1234567") == "P1234567"
    assert phrases.number_in("не помню") == ""
    assert [phrases.purpose_in(line) for line in ("в банк", "to the doctor", "погулять")] == [7, 3, 8]
