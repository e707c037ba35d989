"""The telephones one can watch: a citizen, an officer, a patient and an agent live through their day on the page."""

from collections.abc import Sequence

from development.demo.accounts import PLAYED, YOUR_TELEPHONE
from development.demo.callers import asks_an_agent
from development.demo.people import Citizen
from development.demo.police import PIN, Verdicts, shown
from development.demo.stage import Story
from development.demo.streets import Streets

YOUR_CITIZEN, YOUR_OFFICER, YOUR_AGENT = "+79990000001", "+79990000002", YOUR_TELEPHONE
ALIYA, MARAT = "Сафина Алия Маратовна", "Гарипов Марат Ильдарович"
_READING = 22.0
"""Minutes of the day between two texts, so that one can follow."""
_SHOWN_TO_PETROV = "valid miscopied valid several over sloppy unknown valid miscopied valid valid several".split()


def show(streets: Streets, aliya: Citizen, petrov: str, marat: Citizen) -> None:
    """A citizen and an agent in front, then the three that wait for whoever watches, and the rest."""
    carrier = streets.carrier
    for number in (YOUR_CITIZEN, YOUR_OFFICER, YOUR_AGENT):
        carrier.hide(number)
    carrier.show(aliya.number, "citizen", "Алия")
    carrier.show(PLAYED[0][1], "agent", PLAYED[0][0])
    carrier.show(YOUR_CITIZEN, "citizen", "You")
    carrier.show(YOUR_AGENT, "agent", "You, agent")
    carrier.show(YOUR_OFFICER, "officer", "You, officer")
    carrier.show(petrov, "officer", "Петров")
    carrier.show(marat.number, "patient", "Марат")


def citizen_story(streets: Streets, aliya: Citizen) -> Story:
    """A citizen who tries everything."""
    yield from _texts(streets, aliya.number, ["здравствуйте, нужен пропуск", "3", aliya.spaced_document, "СТАТУС"], 10)
    yield from _texts(streets, aliya.number, ["ПРОДЛИТЬ", "это мошенники?", "а с собакой гулять можно?", "ОТМЕНА"])
    yield streets.calls(_READING, aliya, asks_an_agent)
    yield from _texts(streets, aliya.number, ["статус"], _READING * 6)
    yield from _texts(streets, aliya.number, ["na dachu", "povtor", "в ближайшую аптеку"])
    # Not her: somebody's telephone pretends to be hers.
    yield streets.says(_READING * 2, aliya.number, "цель 7")
    yield from _texts(streets, aliya.number, ["НЕ Я", "за продуктами", "Цель 3", "почему?", "СПРАВКА", "ЕЩЁ"])
    yield from _texts(streets, aliya.number, ["МОИ ДАННЫЕ", "спасибо!", "язык татарский", "статус"])


def patient_story(streets: Streets, marat: Citizen) -> Story:
    """Out with a pass when he is told to stay at home; appeals, is right, goes out again."""
    yield streets.says(40, marat.number, f"РЕГИСТРАЦИЯ#{marat.name}#{marat.document}")
    streets.carried((yield streets.says(12, marat.number, "цель 6")))
    yield streets.does(110, lambda: streets.office.open_case(marat.number))
    yield from _texts(streets, marat.number, ["почему?", "цель 8", "ЖАЛОБА анализ отрицательный, заболел сосед"], 30)
    yield streets.does(150, lambda: streets.office.close_case(marat.number))
    yield streets.does(1, lambda: streets.office.uphold(marat.number, "Анализ отрицательный. Дело закрыто."))
    streets.carried((yield streets.says(60, marat.number, "цель 8")))
    yield from _texts(streets, marat.number, ["статус", "спасибо большое", "ПРОВЕРЬ"], 60)


def officer_story(streets: Streets, petrov: str, verdicts: Verdicts) -> Story:
    """An officer who is shown everything there is."""
    yield streets.says(30, petrov, "цель 8")
    yield streets.says(15, petrov, "СМЕНА 1234")
    yield streets.says(15, petrov, f"СМЕНА {PIN}")
    for kind in _SHOWN_TO_PETROV * 2:
        verdicts.note((yield streets.says(36, petrov, shown(streets, kind))))


def _texts(streets: Streets, number: str, bodies: Sequence[str], after: float = _READING) -> Story:
    for body in bodies:
        yield streets.says(after, number, body)
