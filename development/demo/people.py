"""Five hundred people who do not exist: names, documents, addresses and numbers drawn by chance."""

from collections.abc import Iterator
from dataclasses import dataclass

from development.demo.chance import Chance

_SURNAMES = """Иванов Петров Сидоров Кузнецов Смирнов Волков Соловьёв Зайцев Морозов Фёдоров Николаев Егоров Лебедев
Сафин Гарипов Хабибуллин Шайхутдинов Валиев Галиев Закиров Ахметов Каримов Мухаметзянов Нуриев Сабиров Юсупов""".split()
_MEN = "Иван Пётр Сергей Алексей Дмитрий Николай Марат Рустам Ильдар Айрат Ренат Тимур Азат Фарид".split()
_WOMEN = "Анна Мария Елена Ольга Наталья Татьяна Алия Гузель Лейла Динара Зульфия Айгуль Резеда Эльвира".split()
_FATHERS = "Иванович Петрович Сергеевич Алексеевич Маратович Рустамович Ильдарович Айратович Фаридович".split()
_FOREIGN = """Smith John|Brown Alice|Taylor Emma|Wilson George|Clark Helen|Walker James|Hughes Olivia|Green Oscar|
Baker Ruth|Carter Simon""".replace("\n", "").split("|")
_STREETS = "Баумана Ленина Пушкина Чистопольская Декабристов Сибгата Хакима Гагарина Тукая Восстания Мира".split()
_TOWNS = "Казань Альметьевск Нижнекамск Елабуга Бугульма Зеленодольск".split()
_LANGUAGES = {"ru": 74, "tt": 15, "en": 11}
_REGION = "92"
"""The passports of Tatarstan begin so."""
_PREFIX = "+7999"
_OTHERS_FROM = 1_000_000
"""Numbers below are for those who try it out."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody with a telephone and a document; writes in `language`."""

    number: str
    name: str
    document: str
    address: str
    language: str

    @property
    def spaced_document(self) -> str:
        """The document as it is printed: ``92 05 418273``."""
        return f"{self.document[:2]} {self.document[2:4]} {self.document[4:]}"

    @property
    def child(self) -> str:
        """The name of the citizen's daughter."""
        family = self.name.split()[0]
        return f"{family} Anna" if self.language == "en" else f"{family.removesuffix('а')}а Амина"


def town(chance: Chance) -> Iterator[Citizen]:
    """People without end, no two with one number."""
    numbers = chance.sample(range(_OTHERS_FROM, 10_000_000), 5000)
    for number in numbers:
        yield _somebody(chance, f"{_PREFIX}{number}")


def _somebody(chance: Chance, number: str) -> Citizen:
    language = chance.weighed(_LANGUAGES)
    english = language == "en"
    name = chance.choice(_FOREIGN) if english else _full_name(chance)
    document = f"P{chance.digits(7)}" if english else passport(chance)
    return Citizen(number, name, document, _address(chance), language)


def passport(chance: Chance) -> str:
    """Ten digits: the region, the year of printing, a number."""
    return f"{_REGION}{chance.randrange(24):02}{chance.randrange(100_000, 1_000_000)}"


def _full_name(chance: Chance) -> str:
    surname, father = chance.choice(_SURNAMES), chance.choice(_FATHERS)
    if chance.once(0.5):
        return f"{surname} {chance.choice(_MEN)} {father}"
    return f"{surname}а {chance.choice(_WOMEN)} {father.removesuffix('ич')}на"


def _address(chance: Chance) -> str:
    return (
        f"{chance.choice(_TOWNS)}, ул. {chance.choice(_STREETS)}, {chance.randrange(1, 90)}-{chance.randrange(1, 120)}"
    )
