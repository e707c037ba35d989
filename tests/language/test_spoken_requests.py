"""What callers say, as a recogniser writes it: small letters, no commas, with the words people speak around it."""

from collections.abc import Iterator
from itertools import product

import pymorphy3
import pytest

from codes.fields import Field
from codes.regime import Purpose, Regime
from language.intents import Aim, Ask, Dialogue
from language.understanding import describe, understand
from language.understanding.vocabulary import table
from tests.language.orders import PRESETS
from tests.language.texts import noon, regime

SPEAKING = [(name, language) for name, order in PRESETS.items() for language in order.languages]
ASKED = Dialogue(Aim.REQUEST, Ask.PURPOSE)
AROUND = {
    "ru": ("{}", "мне нужно {}", "алло добрый день мне нужен пропуск {}", "здравствуйте я хочу {}", "ну {} пожалуйста"),
    "tt": ("{}", "миңа {} кирәк", "алло исәнмесез миңа {} рөхсәт кирәк", "{} барырга кирәк", "зинһар {}"),
    "en": (
        "{}",
        "hello i need to go to the {}",
        "i want to go to {}",
        "well {} please",
        "can i have a pass for the {}",
    ),
    "el": ("{}", "θέλω {}", "εμπρός χρειάζομαι άδεια για {}", "γεια σας θέλω να πάω {} παρακαλώ", "{} παρακαλώ"),
    "az": ("{}", "mənə {} lazımdır", "alo salam mənə {} üçün icazə lazımdır", "{} getmək istəyirəm"),
}
NUMBERED = {
    "ru": ("{}", "цель {}", "цель номер {}", "номер {}", "под номером {}", "алло мне нужна цель {} пожалуйста"),
    "tt": ("{}", "максат {}", "номер {}", "миңа {} максат кирәк"),
    "en": ("{}", "number {}", "purpose {}", "purpose number {}", "i need number {}", "option {} please"),
    "el": ("{}", "σκοπός {}", "νούμερο {}", "τον αριθμό {}", "σκοπός νούμερο {}", "θέλω το {}"),
    "az": ("{}", "məqsəd {}", "nömrə {}"),
}
WHOSE = ("other", "request 5?", "request 8?", "request 4?", "request 3?")
"""«маме» by itself is a person too: then it is asked whether, and for whom."""
_RUSSIAN = pymorphy3.MorphAnalyzer()


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_an_errand_that_is_said_asks_for_its_purpose(preset_name: str, language: str) -> None:
    order = PRESETS[preset_name]
    said = [(purpose, text) for purpose in order.purposes for text in utterances(purpose, language)]

    missed = [(text, got) for purpose, text in said if (got := heard(text, order)) != f"request {purpose.number}"]

    assert [text for text, got in missed if not got.endswith(WHOSE)] == []
    assert len(missed) <= len(said) * 0.07, missed


@pytest.mark.parametrize(("preset_name", "language"), SPEAKING)
def test_a_number_that_is_said_asks_for_its_purpose(preset_name: str, language: str) -> None:
    order = PRESETS[preset_name]
    names = table(language)["order"]["numbers"]

    for number, around in product(order.by_number, NUMBERED[language]):
        for name in names[number - 1].split("|"):
            text = around.format(name)
            assert heard(text, order) == f"request {number}", text
            assert heard(text, order, ASKED) in {f"answer {number}", f"request {number}"}, text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("мне нужно в аптеку", "request 8"),
        ("девушка мне бы в больницу съездить", "request 3"),
        ("я хочу поехать на дачу", "request 6"),
        ("алло здравствуйте мне надо в банк", "request 7"),
        ("ну это мне на похороны надо", "request 4"),
        ("восемь", "request 8"),
        ("восьмая", "request 8"),
        ("цель восемь", "request 8"),
        ("двенадцать", "request ?"),
        ("i need to go to the pharmacy", "request 8"),
        ("eight", "request 8"),
        ("number eight", "request 8"),
        ("икенче", "request 2"),
        ("миңа табибка барырга кирәк", "request 3"),
        ("даруханәгә", "request 8"),
        ("дом номер восемь", "unclear"),
        ("квартира номер восемь", "unclear"),
        ("у меня один вопрос", "unclear"),
    ],
)
def test_what_callers_in_kazan_say(text: str, meant: str) -> None:
    assert heard(text, PRESETS["tatarstan-2020"]) == meant


def test_who_it_is_for_is_asked_as_by_text() -> None:
    assert heard("can i have a pass for my mother", PRESETS["example-en"]).startswith("request 4 other")
    assert Field.DOCUMENT in PRESETS["example-en"].registration.required


def utterances(purpose: Purpose, language: str) -> Iterator[str]:
    """Every keyword of a purpose with the words around it; a Russian noun said as the aim, too."""
    for keyword in purpose.keywords.get(language, ()):
        word = keyword.lower()
        verb = word.startswith("go ")
        yield from (around.format(word) for around in AROUND[language] if not (verb and "the" in around))
        if language == "ru" and (aim := _aimed(word)):
            yield f"мне нужно в {aim}"
            yield f"алло девушка мне на {aim} надо"


def _aimed(word: str) -> str | None:
    """The accusative of a noun that stands for a place: «в аптеку»."""
    parsed = _RUSSIAN.parse(word)[0]
    form = parsed.inflect({"accs"}) if "NOUN" in parsed.tag and "anim" not in parsed.tag else None
    return str(form.word) if form and word.isalpha() and form.word != "еду" else None  # «еду» is "I am going", too


def heard(text: str, order: Regime, dialogue: Dialogue | None = None) -> str:
    return describe(understand(text, order, dialogue, now=noon(regime(order.name))).intent)
