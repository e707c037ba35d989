"""What understanding promises whatever the text: it never raises, noise changes nothing, a negation is no request."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codes.fields import Field
from language.intents import Aim, Ask, Dialogue, Inspect, Intent, Request
from language.understanding import describe, lexicon_of, understand
from tests.language.texts import noon, regime

TATARSTAN = regime("tatarstan-2020")
NOW = noon(TATARSTAN)
MAIN_FORMS = (
    "цель 8",
    "8",
    "в аптеку",
    "статус",
    "повтор",
    "продлить",
    "purpose 3",
    "регистрация 9219632506",
    "справка 3",
)
REQUESTS = ("3", "цель 3", "пропуск", "в больницу", "в аптеку", "к врачу", "на дачу")
DENIALS = ("не надо {}", "{} не надо", "{} не нужно", "не хочу {}", "мне не нужно {}", "ненадо {}", "{} не нужен")
FOR_OTHERS = (
    "мужу нужен пропуск {}",
    "{} надо моей жене",
    "пропуск {} для сына",
    "дайте пропуск {} моей дочери",
    "соседке надо {}",
    "отпустите внука {}",
    "a pass for my wife, {}",
    "пусть муж сходит {}",
)
ERRANDS = ("в больницу", "в аптеку", "к врачу", "на дачу", "в банк", "на похороны")
NOT_NOW = ("вечером {}", "{} после работы", "завтра {}", "потом {}", "{} через неделю", "tonight {}")
ASKED = [*Field, *Ask]


def meaning(text: str) -> Intent:
    return understand(text, TATARSTAN, now=NOW).intent


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(), max_size=200), asked=st.sampled_from(ASKED), officer=st.booleans())
def test_no_text_raises(text: str, asked: Field | Ask, officer: bool) -> None:
    understand(text, TATARSTAN, now=NOW, officer=officer)
    understand(text, TATARSTAN, Dialogue(Aim.REQUEST, asked, 8, options=("3", "8")), now=NOW)


WORDS = st.sampled_from(
    (
        "цель пропуск не 8 3 99 9219632506 25.11 10:00 завтра в к # * , ? 5 аптеку паспорт регистрация Иванов ул. код "
        "THXA адрес ребенок через часа карта"
    ).split()
)


@settings(max_examples=150, deadline=None)
@given(words=st.lists(WORDS, max_size=12), asked=st.sampled_from(ASKED))
def test_no_mixture_of_meaningful_words_raises(words: list[str], asked: Field | Ask) -> None:
    text = " ".join(words)

    understand(text, TATARSTAN, now=NOW)
    understand(text, TATARSTAN, Dialogue(Aim.REQUEST, asked, 8), now=NOW)
    understand(text, TATARSTAN, now=NOW, officer=True)


@pytest.mark.parametrize(
    "text", ["\ud800", "\0", "8" * 1700, "а" * 5000, "😀" * 800, "\u202e8", "#" * 1600, "\u0300" * 50]
)
def test_hostile_texts_are_read_calmly(text: str) -> None:
    assert describe(meaning(text)) in {"unclear", "request 8", "request ?"}


@settings(max_examples=100, deadline=None)
@given(
    form=st.sampled_from(MAIN_FORMS),
    upper=st.booleans(),
    before=st.sampled_from(["", " ", "  ", "\n", "🙏 ", "😷", "! "]),
    after=st.sampled_from(["", " ", ".", "!!", " 🙏", "\n", " 🚗🚗", " \u200b"]),
)
def test_case_spaces_and_emoji_change_nothing(form: str, upper: bool, before: str, after: str) -> None:
    noisy = before + (form.upper() if upper else form) + after

    assert meaning(noisy) == meaning(form)


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("denial", DENIALS)
def test_a_negation_is_never_a_request(denial: str, request_: str) -> None:
    intent = meaning(denial.format(request_))

    assert not (isinstance(intent, Request) and intent.purpose is not None)


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize("form", FOR_OTHERS)
def test_somebody_else_s_pass_is_never_given_to_the_sender(form: str, errand: str) -> None:
    intent = meaning(form.format(errand))

    assert isinstance(intent, Request)
    assert intent.other or intent.purpose is None


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize("form", NOT_NOW)
def test_a_pass_for_another_time_is_never_given_for_now(form: str, errand: str) -> None:
    intent = meaning(form.format(errand))

    assert isinstance(intent, Request)
    assert intent.purpose is None or intent.unclear_time or intent.start is not None


@pytest.mark.parametrize("purpose", sorted(TATARSTAN.by_number))
def test_a_bare_number_answers_the_question_about_the_purpose(purpose: int) -> None:
    intent = understand(str(purpose), TATARSTAN, Dialogue(Aim.REQUEST, Ask.PURPOSE, 8), now=NOW).intent

    assert describe(intent) == f"answer {purpose}"


def test_a_time_is_booked_in_the_order_s_own_zone() -> None:
    intent = understand("цель 8 завтра 10:00", TATARSTAN, now=NOW.astimezone(ZoneInfo("UTC"))).intent

    assert intent == Request(8, start=datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Moscow")))


def test_a_delay_counts_from_now() -> None:
    intent = meaning("цель 8 через 2 часа")

    assert intent == Request(8, start=NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "given"), [("цель 8 вчера в 9:00", "9:00"), ("цель 8 в 25:00", "в 25:00"), ("8 завтра", "завтра")]
)
def test_a_time_that_cannot_be_is_asked_about(text: str, given: str) -> None:
    intent = meaning(text)

    assert isinstance(intent, Request)
    assert intent.start is None
    assert intent.unclear_time.removeprefix("в ") == given.removeprefix("в ")


def test_officers_codes_are_kept_as_written_and_folded() -> None:
    intent = understand("код тнха 9546 с61а и 1234-AEKM-HPC", TATARSTAN, officer=True, now=NOW).intent

    assert intent == Inspect(codes=("THXA9546C61A", "1234AEKMHPC"))


def test_one_code_more_than_is_answered_is_read_so_that_it_can_be_told() -> None:
    text = " ".join(f"1234-AEKM-HP{sign}{other}" for sign in "123456789" for other in "12")

    intent = understand(text, TATARSTAN, officer=True, now=NOW).intent

    assert isinstance(intent, Inspect)
    assert len(intent.codes) == 11


def test_a_citizen_never_inspects() -> None:
    assert not isinstance(meaning("THXA-9546-C61A, 1234-AEKM-HPCT"), Inspect)


@pytest.mark.parametrize(
    ("text", "language"),
    [("8", None), ("цель 8", "ru"), ("cel 8", "ru"), ("purpose 8", "en"), ("максат 8", "tt"), ("кибеткә", "tt"),
     ("status", "en"), ("статус", "ru"), ("registracia", "ru"), ("да", "ru"), ("әйе", "tt"), ("42 ?!", None),
     ("HH94-8X34-XKH5", None)],
)  # fmt: skip
def test_the_language_shows_by_script_and_words(text: str, language: str | None) -> None:
    assert understand(text, TATARSTAN, now=NOW).language == language


@pytest.mark.parametrize(
    ("name", "text", "language"), [("greece-2020", "φαρμακείο", "el"), ("azerbaijan-2020", "mağazaya", "az")]
)
def test_other_orders_know_their_languages(name: str, text: str, language: str) -> None:
    order = regime(name)

    assert understand(text, order, now=noon(order)).language == language


@pytest.mark.parametrize(
    "text", ["цель 8", "8", "в аптеку", "РЕГИСТРАЦИЯ#Иванов Иван Иванович#9219632506#Казань, ул. Баумана, 5"]
)
def test_understanding_takes_no_noticeable_time(text: str) -> None:
    meaning(text)
    start = time.perf_counter()

    for _ in range(50):
        meaning(text)

    assert (time.perf_counter() - start) / 50 < 0.005  # a tenth of this alone; the machine may be busy


@pytest.mark.parametrize("text", ["цель 6 во вторник", "цель 8 в 12:00", "цель 8 24.11"])
def test_a_time_that_was_now_for_one_is_past_for_the_next(text: str) -> None:
    order = regime("tatarstan-2020")
    first = understand(text, order, now=NOW).intent
    later = understand(text, order, now=NOW + timedelta(days=1, hours=1)).intent

    assert isinstance(first, Request) and not first.unclear_time
    assert isinstance(later, Request) and later.unclear_time


def test_nothing_that_names_anybody_or_is_no_word_stays_in_memory() -> None:
    lexicon = lexicon_of(TATARSTAN)
    personal = ("цель 8 для Закусилова", "цель 8 89265554433", "цель 8 7719632506", "ц" * 1500)
    for text in personal:
        understand(text, TATARSTAN, now=NOW)

    assert not any((text, officer) in lexicon.understood for text in personal for officer in (False, True))
    assert max(map(len, lexicon.found)) <= 40
    assert "7719632506" not in lexicon.found
