"""Every word of the pages is in every language, with its fields, and nothing is kept that no page says."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Message
from flask.testing import FlaskClient

from monitoring.readings import SAID
from store import Store
from store.phones import choose_language, ensure_phone
from tests.house.sources import ROOT, dotted, product_files, tree
from tests.web.people import CITIZEN, Person
from tests.web.reading import csrf, send, words
from web.admin.audit.actions import ACTIONS, FAMILIES
from web.words import LANGUAGES, SOURCE_LANGUAGE, read_catalogues

OTHERS = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})
_MARKS = {"_": 1, "later": 1, "counted": 2}
"""The functions that say a text, with how many of their first arguments are texts."""
_CALL = re.compile(r"""\b(_|counted)\(("(?:[^"\\]|\\.)*")(?:, ("(?:[^"\\]|\\.)*"))?""")
_NOTES = frozenset({"audit", "_audit", "_change"})
"""The functions that are given an action of the audit."""
_ACTION = re.compile(r"[a-z_]+\.[a-z_]*[a-z]")
_ENDING = re.compile(r"\}-?\w")
"""What depends on how the field is said, and is wrong for some."""
_MIXED = re.compile(r"[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]")

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _in_python() -> Iterator[tuple[str, ...]]:
    for file in (ROOT / "web").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
                texts = node.args[: _MARKS[node.func.id]]
                if all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                    yield tuple(str(text.value) for text in texts if isinstance(text, ast.Constant))


def _in_templates() -> Iterator[tuple[str, ...]]:
    for file in (ROOT / "web" / "templates").rglob("*.html"):
        for mark, first, second in _CALL.findall(file.read_text("utf-8")):
            yield tuple(ast.literal_eval(text) for text in (first, second)[: _MARKS[mark]])


def _in_proofreading() -> Iterator[tuple[str, ...]]:
    """What is found in an order, as pages say it: the second argument of `found`, or all that it can be."""
    for file in (ROOT / "language" / "proofreading").glob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                    named.setdefault(target.id, []).append(node.value)
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
        for call in (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "found"):
            yield from ((text,) for text in _texts(call.args[1], named))


def _texts(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name):
        yield from (text for value in named.get(node.id, []) for text in _texts(value, named))
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, named), *_texts(node.orelse, named))
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, named)
    elif isinstance(node, ast.Call):
        yield from (text for argument in node.args for text in _texts(argument, named))
    elif isinstance(node, ast.Dict):
        yield from (text for value in node.values for text in _texts(value, named))


def said() -> set[tuple[str, ...]]:
    """Each text of the source; a pair where it counts something."""
    return {*_in_python(), *_in_templates(), *_in_proofreading(), *((text,) for text in SAID.values())}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _tuple(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _messages(language: str) -> Iterator[Message]:
    for catalogue in read_catalogues(language).values():
        yield from (message for message in catalogue if message.id)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    kept = {_tuple(message.id): message for message in _messages(language)}

    missing = said() - set(kept)
    assert not missing, f"add to web/catalogues/{language}/LC_MESSAGES/*.po: {sorted(missing)}"
    assert not set(kept) - said()
    assert not [name for name, message in kept.items() if message.fuzzy or not all(_tuple(message.string))]


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_stands_in_one_catalogue_alone(language: str) -> None:
    kept = Counter(_tuple(message.id)[0] for message in _messages(language))

    assert not [text for text, times in kept.items() if times > 1]


def _actions() -> Iterator[str]:
    """What is written into the audit, as far as it stands in the source as a whole."""
    for node in (node for file in product_files() for node in ast.walk(tree(file))):
        parts = list[ast.expr]()
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in _NOTES:
            parts = node.args
        elif isinstance(node, ast.Assign) and dotted(node.targets[0]) == "action":
            parts = [node.value]
        texts = (one.value for part in parts for one in ast.walk(part) if isinstance(one, ast.Constant))
        yield from (text for text in texts if isinstance(text, str) and _ACTION.fullmatch(text))


def test_auditors_read_in_words_what_was_done() -> None:
    done = set(_actions())

    assert len(done) > 100
    assert not done - set(ACTIONS), f"add to web/admin/audit/actions.py: {sorted(done - set(ACTIONS))}"
    assert not {action.partition(".")[0] for action in ACTIONS} - set(FAMILIES)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_fields_of_the_source(language: str) -> None:
    wrong = [
        message.id
        for message in _messages(language)
        if any(_fields(text) != _fields(_tuple(message.id)[-1]) for text in _tuple(message.string))
    ]

    assert not wrong


@pytest.mark.parametrize("language", OTHERS)
def test_a_field_takes_no_ending_and_a_word_has_letters_of_one_alphabet(language: str) -> None:
    texts = [text for message in _messages(language) for text in _tuple(message.string)]

    assert not [text for text in texts if _ENDING.search(text)]
    assert not [text for text in texts if _MIXED.search(text)]


def test_tatar_has_one_form_after_every_number() -> None:
    assert {catalogue.num_plurals for catalogue in read_catalogues("tt").values()} == {1}


@one_database
@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("ru-RU,ru;q=0.9", "ru"),
        ("en", "en"),
        ("de,fr", "en"),
        ("", "en"),
        ("tt,ru;q=0.5", "tt"),
        ("tt-RU,ru;q=0.9", "tt"),
        ("ru;q=0.5,tt-RU", "tt"),
        ("tt;q=0,ru;q=0.1", "ru"),
        ("ba,ru;q=0.9", "ru"),
        ("*", "en"),
    ],
)
def test_the_browser_says_which_language_it_wants(client: FlaskClient, asked: str, language: str) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": asked})

    assert f'<html lang="{language}"' in page.text


@one_database
def test_a_choice_stays_before_signing_in_and_wins_over_the_browser(client: FlaskClient) -> None:
    answer = send(client, "/language", language="ru", back="/sign-in?back=/desk")

    assert answer.headers["Location"] == "/sign-in?back=/desk"
    assert "Войти" in words(client.get("/sign-in", headers={"Accept-Language": "en"}))


def test_a_choice_stays_with_the_person(desk_client: FlaskClient) -> None:
    send(desk_client, "/language", shown="/desk", language="ru", back="/desk")
    desk_client.delete_cookie("language")

    assert '<html lang="ru"' in desk_client.get("/desk").text


@one_database
def test_a_citizen_reads_on_in_the_language_chosen_in_this_browser(citizen: FlaskClient, store: Store) -> None:
    with store.work() as work:
        choose_language(work, ensure_phone(work, CITIZEN).id, "ru")
    assert '<html lang="ru"' in citizen.get("/passes", headers={"Accept-Language": "en"}).text

    citizen.set_cookie("language", "tt", secure=True)

    assert '<html lang="tt"' in citizen.get("/passes").text


@one_database
def test_a_choice_of_another_at_the_same_browser_is_not_theirs(desk_client: FlaskClient) -> None:
    send(desk_client, "/language", shown="/desk", language="ru", back="/desk")
    desk_client.set_cookie("language", "tt", secure=True)

    assert '<html lang="ru"' in desk_client.get("/desk").text


@one_database
@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_a_choice_leads_nowhere_else(client: FlaskClient, back: str) -> None:
    answer = send(client, "/language", language="ru", back=back)

    assert answer.headers["Location"] == "/"


@one_database
def test_no_language_but_ours_is_kept(client: FlaskClient, agent: Person) -> None:
    answer = client.post("/language", data={"language": "xx", "back": "/", "csrf_token": csrf(client)})

    assert "language=" not in ";".join(answer.headers.getlist("Set-Cookie"))
