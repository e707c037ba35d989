"""What agents and callers say to each other, in three languages; and what each understands of it."""

import re
from collections.abc import Mapping

from development.demo.sayings import ERRANDS
from language.alphabets import LETTERS, spelled

Phrases = Mapping[str, str]
"""By language."""

HELLO: Phrases = {
    "ru": "Здравствуйте, оператор {name}. Куда вам нужно?",
    "tt": "Исәнмесез, оператор {name}. Кая барасыз?",
    "en": "Good day, this is {name}. Where do you need to go?",
}
ASK_TAIL: Phrases = {
    "ru": "Назовите, пожалуйста, последние четыре цифры документа.",
    "tt": "Документның соңгы дүрт санын әйтегез.",
    "en": "Please tell me the last four digits of your document.",
}
ASK_DOCUMENT: Phrases = {
    "ru": "Вы ещё не записаны. Назовите, пожалуйста, весь номер документа.",
    "tt": "Сез әле теркәлмәгән. Документның тулы номерын әйтегез.",
    "en": "You are not registered yet. Please tell me the whole number of your document.",
}
ASK_NAME: Phrases = {
    "ru": "Как вас зовут, полностью?",
    "tt": "Исемегез, фамилиягез ничек?",
    "en": "What is your full name?",
}
READ_OUT: Phrases = {
    "ru": "Пропуск выдан. Читаю код, повторяйте за мной.",
    "tt": "Рөхсәт бирелде. Кодны укыйм, минем арттан кабатлагыз.",
    "en": "Your pass is issued. I read the code, please say it after me.",
}
NOT_POSSIBLE: Phrases = {
    "ru": "К сожалению, сейчас пропуска нет.",
    "tt": "Кызганычка, хәзер рөхсәт юк.",
    "en": "I am sorry, there is no pass now.",
}
GOODBYE: Phrases = {
    "ru": "Код придёт и сообщением. До свидания.",
    "tt": "Код хәбәр белән дә килер. Сау булыгыз.",
    "en": "The code comes as a text too. Goodbye.",
}
YES: Phrases = {"ru": "да", "tt": "әйе", "en": "yes"}
USUAL = 8
"""The purpose for who says none that is known."""

_LEAVE = re.compile(r"свидания|сау бул|goodbye", re.IGNORECASE)
_TAIL = re.compile(r"четыре цифр|соңгы дүрт|four digits", re.IGNORECASE)
_DOCUMENT = re.compile(r"документ|document", re.IGNORECASE)
_NAME = re.compile(r"зовут|исемегез|name\?", re.IGNORECASE)
_WHERE = re.compile(r"куда|кая бар|where", re.IGNORECASE)
_DIGITS = re.compile(r"[A-Z]?\d[\d ]{2,}\d")
_CODE_WORDS = {
    sign.word.lower() for language in HELLO for (signs,) in [spelled(LETTERS, language)] for sign in signs
} | {sign.word.lower() for language in HELLO for (signs,) in [spelled("123456789", language)] for sign in signs}
_FEWEST = 3
"""Words of the alphabet that make a group of a code."""


def aloud(code: str, language: str) -> list[str]:
    """The groups of a code as they are said."""
    return [" ".join(sign.word for sign in group) for group in spelled(code, language)]


def is_farewell(line: str) -> bool:
    """Whether the talk is over."""
    return _LEAVE.search(line) is not None


def reply(line: str, language: str, errand: str, name: str, document: str) -> str:
    """What a caller answers to an agent, you included: groups of the code are said back."""
    if len([word for word in re.findall(r"[\w-]+", line.lower()) if word in _CODE_WORDS]) >= _FEWEST:
        return line
    answers = ((_TAIL, document[-4:]), (_DOCUMENT, document), (_NAME, name), (_WHERE, errand))
    return next((said for asked, said in answers if asked.search(line)), YES[language])


def number_in(line: str) -> str:
    """The document, or the end of it, in what a caller said; empty where there is none."""
    found = _DIGITS.search(line)
    return found.group().replace(" ", "") if found else ""


def purpose_in(line: str) -> int:
    """The number of the purpose that a caller named."""
    named = (
        number for number, wordings in ERRANDS.items() for texts in wordings.values() for text in texts if text in line
    )
    return next(named, USUAL)
