"""Each thing that `regime check` can find, caused by one change to an order that has nothing to find."""

import re
from pathlib import Path

import pytest

from language.proofreading import check

GUIDE = Path(__file__).parents[2] / "docs" / "regimes.md"

SOUND = """
name = "harrow"
title = { en = "Harrow passes" }
time_zone = "Europe/London"
languages = ["en"]
default_language = "en"
number = "2590"
phone_region = "GB"
document_pattern = '[A-Z]{2}\\d{6}'
document_example = "HA123456"
quota = { day = 2, week = 10 }
extension = { times = 1, minutes = 30 }
bound = ["plate"]
wording.en.stopped = "Notices are off."

[registration]
required = ["document"]
optional = ["name"]

[[purposes]]
number = 1
name = { en = "Shopping" }
keywords = { en = ["shop", "groceries"] }
validity = { minutes = 60 }
quota = { day = 1 }
hours = [{ start = "07:00", until = "12:00" }, { start = "22:00", until = "02:00" }]
optional_fields = ["plate"]
zones = ["north"]

[[purposes]]
number = 2
name = { en = "Ferry" }
keywords = { en = ["ferry"] }
validity = { days = 2 }
approval = "review"
fields = ["reason"]
book_ahead_days = 3

[[zones]]
key = "north"
name = { en = "North" }
geojson = "north.geojson"

[[no_pass_needed]]
name = { en = "Emergency care" }
keywords = { en = ["ambulance"] }

[[grammars]]
head = "REGISTER"
separator = "#"
places = ["name", "document"]

[[examples]]
text = "1"
meaning = "request 1"

[[examples]]
text = "to the ferry please"
meaning = "request 2"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the order lies, with the outline of its zone."""
    (tmp_path / "north.geojson").write_text('{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}}')
    return tmp_path


def test_a_sound_order_has_nothing_to_find(folder: Path) -> None:
    assert check(SOUND, folder) == []


def test_the_order_in_the_guide_has_nothing_to_find() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)

    assert [check(block) for block in blocks] == [[]]


CHANGES = [
    # What TOML or the shape objects to.
    ('name = "harrow"', "name = harrow", "line 2: this is not TOML"),
    ('name = "harrow"', "", 'name: this key is missing; write for example name = "harrow-2020"'),
    ("validity = { minutes = 60 }", "", "purpose 1, validity: this key is missing; write for example validity"),
    ("validity = { minutes = 60 }", "validity = {}", "purpose 1, validity: say either minutes or days"),
    ("keywords = { en = [", "keyword = { en = [", "purpose 1, keyword: there is no such key; did you mean keywords?"),
    ("quota = { day = 1 }", "quota = { fortnight = 1 }", "there is no such key; the keys here are day, week, month"),
    ("quota = { day = 1 }", "quota = { day = 0 }", "purpose 1, quota, day: a limit of zero lets nobody go"),
    ("quota = { day = 1 }", "quota = 1", "purpose 1, quota: 1 should be a group of keys in { }"),
    ("{ days = 2 }", '{ days = "two" }', "purpose 2, validity, days: 'two' should be a whole number"),
    ("number = 1\n", "number = 100\n", "purpose 100, number: input should be less than or equal to 99"),
    (
        'approval = "review"',
        'approval = "human"',
        "purpose 2, approval: 'human' is not known; write 'auto' or 'review'",
    ),
    (
        'fields = ["reason"]',
        'fields = ["motive"]',
        "purpose 2, fields 1: 'motive' is not known; write 'name', 'document'",
    ),
    ('["shop", "groceries"]', '"shop"', "purpose 1, keywords, en: 'shop' should be a list in [ ]"),
    ('start = "07:00"', "start = 7", 'purpose 1, hours 1, start: write a time of day as "07:30"'),
    ('start = "07:00"', 'start = "7 am"', 'purpose 1, hours 1, start: write a time of day as "07:30"'),
    ('"Europe/London"', '"Harrow"', "time_zone: this is no time zone of the IANA list; write for example"),
    ("[A-Z]{2}\\d{6}", "[A-Z{2}", "document_pattern: this is no regular expression"),
    ('places = ["name", "document"]', 'places = ["nickname"]', "grammars 1, places 1: unknown place; the places are"),
    # Contradictions in the order.
    ("number = 2\n", "number = 1\n", "purpose 1: 2 purposes have this number; give each its own"),
    ("week = 10 }", "week = 1 }", "quota: 2 a day can't be reached with 1 a week; lower the first"),
    ("week = 10 }", "week = 14 }", "quota: 14 a week is never reached with 2 a day; leave it out or lower it"),
    ("quota = { day = 1 }", "quota = { day = 3 }", "purpose 1, quota: 3 a day is more than all purposes together may"),
    ('until = "12:00"', 'until = "07:00"', "purpose 1, hours: 07:00 to 07:00 never opens"),
    ('until = "02:00"', 'until = "08:00"', "purpose 1, hours: 07:00 to 12:00 and 22:00 to 08:00 overlap"),
    ("times = 1, minutes = 30", "times = 0, minutes = 30", "extension: minutes are given but times is 0"),
    (
        "times = 1, minutes = 30",
        "times = 1, minutes = 90",
        "extension: 90 minutes are longer than the pass of purpose 1",
    ),
    ("{ days = 2 }", "{ days = 60 }", "purpose 2, validity: 60 days are longer than records are kept"),
    ("bound =", "retention_days = 2\nbound =", "purpose 2, book_ahead_days: booked 3 days ahead, its record"),
    ('zones = ["north"]', 'zones = ["south"]', "purpose 1, zones: there is no zone 'south'; add it under [[zones]]"),
    ("[[no_pass", '[[zones]]\nkey = "north"\nname = { en = "N" }\n[[no_pass', "zone north: 2 zones have this key"),
    (
        '"north.geojson"',
        '"south.geojson"',
        "zone north, geojson: there is no file south.geojson beside the regime's file",
    ),
    ('optional = ["name"]', 'optional = ["document"]', "registration: document is both required and optional"),
    ('optional = ["name"]', 'optional = ["plate"]', "registration: plate belongs to one pass, not to a person"),
    ('required = ["document"]', "required = []", "registration: nothing is required of a person"),
    ('fields = ["reason"]', 'fields = ["reason"]\noptional_fields = ["reason"]', "purpose 2, fields: reason is both"),
    ('bound = ["plate"]', 'bound = ["name"]', "bound: a pass can't be looked up by name; only by plate and card"),
    ('bound = ["plate"]', 'bound = ["card"]', "bound: no purpose takes a card; add it to the optional_fields of one"),
    ('separator = "#"', 'separator = "x"', "grammar 1: the separator must be a sign or a space"),
    ('head = "REGISTER"', 'head = ""', "grammar 1: without a head it must begin with the place purpose"),
    ('separator = "#"', "purpose = 9", "grammar 1: there is no purpose 9; write the number of one"),
    ('"HA123456"', '"HA12345"', "document_example: HA12345 does not match document_pattern; change one of the two"),
    ('phone_region = "GB"', 'phone_region = "XX"', "phone_region: XX is no country's code; write two capitals"),
    ("bound =", "code = { group = 20 }\nbound =", "code: a group of 20 is longer than the code itself"),
    # Names and keywords.
    ('default_language = "en"', 'default_language = "ru"', "default_language: ru is not among languages"),
    ('languages = ["en"]', 'languages = ["en", "xx"]', "languages: there are no sentences in xx; strike it"),
    ('languages = ["en"]', 'languages = ["en", "ru"]', "purpose 1, name: the text in ru is missing; add it as ru = "),
    ('languages = ["en"]', 'languages = ["en", "ru"]', "purpose 1, keywords: there are none in ru"),
    ('{ en = "Ferry" }', '{ en = "Ferry", ru = "Паром" }', "purpose 2, name: ru is not among languages; add it there"),
    ('{ en = ["ferry"] }', '{ en = ["ferry"], ru = ["паром"] }', "purpose 2, keywords: ru is not among languages"),
    (
        '"Ferry"',
        '"The ferry to the mainland"',
        "purpose 2, name, en: 'The ferry to the mainland' has 25 signs; shorten",
    ),
    ('["ferry"]', '["ferry", "stop"]', "purpose 2, keywords, en: carriers keep the word stop for themselves"),
    ('["ferry"]', '["ferry", "SHОP"]', "purpose 2, keywords: 'SHОP' is also 'shop' of purpose 1; leave it to one"),
    ('["ambulance"]', '["ferry"]', "no_pass_needed 1, keywords: 'ferry' is also 'ferry' of purpose 2"),
    ('head = "REGISTER"', 'head = "START"', "grammar 1: START is a word of the carriers; choose another head"),
    # Sentences.
    ("wording.en.stopped", "wording.ru.stopped", "wording, ru: ru is not among languages; add it there"),
    ("wording.en.stopped", 'wording.en."spoken.halt"', "wording, en, spoken.halt: there is no sentence of this name"),
    (
        'stopped = "Notices are off."',
        '"spoken.stopped" = "Off, {code}."',
        "wording, en, spoken.stopped: there is no field",
    ),
    (
        'stopped = "Notices are off."',
        '"spoken.stopped" = "Off }"',
        "wording, en, spoken.stopped: a brace { or } stands",
    ),
    (
        'stopped = "Notices are off."',
        f'"spoken.stopped" = "{"so " * 60}."',
        "seconds to say, 12 are the most; shorten it",
    ),
    ("wording.en.stopped", "wording.en.halted", "wording, en, halted: there is no sentence of this name; strike it"),
    ('"Notices are off."', '"Off, {code}."', "wording, en, stopped: there is no field {code} in this sentence"),
    ('"Notices are off."', '"Off }"', "wording, en, stopped: a brace { or } stands alone; write fields as {code}"),
    ('"Notices are off."', '"Send START."', "wording, en, stopped: it teaches START, a word that carriers keep"),
    ('"Notices are off."', f'"{"Notices are off. " * 12}"', "takes 2 segments instead of 1; shorten it"),
    ('"Harrow passes"', '"Ж' + "ж" * 40 + '"', "sentence regime_changed in en: "),
    # Examples, sent through the parser.
    ('text = "1"', 'text = "2"', "example 1: '2' is understood as request 2, not as request 1"),
    ('text = "1"', 'text = "CANCEL"', "example 1: carriers keep the word CANCEL for themselves"),
    ('meaning = "request 2"', 'meaning = "request 1"', "purpose 2: no example asks for it; add one"),
    ('["ferry"]', '["ferry", "status"]', "purpose 2, keywords, en: 'status' alone is understood as status 2, not as"),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_a_mistake_is_found_and_told(folder: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    findings = [str(finding) for finding in check(SOUND.replace(old, new, 1), folder)]

    assert any(said in finding for finding in findings), "\n".join(findings) or "nothing found"


def test_every_finding_is_one_sentence(folder: Path) -> None:
    for old, new, _ in CHANGES:
        for finding in check(SOUND.replace(old, new, 1), folder):
            assert finding.where and finding.what and not finding.what.endswith(".") and "\n" not in finding.what


def test_a_review_of_minutes_without_booking_ahead_is_found() -> None:
    hurried = SOUND.replace("{ days = 2 }", "{ minutes = 60 }").replace("book_ahead_days = 3", "")

    assert any(finding.where == "purpose 2, approval" for finding in check(hurried))


def test_an_order_without_purposes_is_found() -> None:
    empty = re.sub(r"\[\[purposes\]\].*?(?=\[\[zones)", "", SOUND, flags=re.DOTALL).replace(
        "bound =", "purposes = []\nbound ="
    )

    assert any(finding.where == "purposes" for finding in check(empty))


def test_an_outline_that_is_no_geojson_is_found(folder: Path) -> None:
    (folder / "north.geojson").write_text("[1, 2]")

    assert [finding.where for finding in check(SOUND, folder)] == ["zone north, geojson"]


def test_the_end_of_a_file_cut_short_is_named() -> None:
    assert [finding.where for finding in check(SOUND + "\n[[examples")] == ["end of the file"]
