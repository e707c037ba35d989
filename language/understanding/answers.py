"""A text while a question is open: an answer to it, another field, or something else altogether."""

import re
from collections.abc import Callable

from codes.fields import Field
from language.fields import Fit, read_field
from language.intents import (
    Answer,
    Ask,
    Command,
    Complaint,
    Decline,
    Dialogue,
    Do,
    Inquiry,
    Intent,
    Malformed,
    Register,
    Request,
    SetLanguage,
    Unclear,
)
from language.understanding.commands import is_command_alone
from language.understanding.officers import own_codes
from language.understanding.people import find_people
from language.understanding.purposes import EMPTY, is_sure, spelt_number
from language.understanding.reading import Reading
from language.understanding.times import bare_hour
from language.understanding.vocabulary import Kind
from language.understanding.wish import Wish
from language.understanding.wishes import interpret

FREE_TEXT = frozenset(
    {Field.NAME, Field.ADDRESS, Field.REASON, Field.DESTINATION, Field.ORGANISATION, Field.CLINIC}
)  # fmt: skip
_ENDS_DIALOGUE = frozenset({"cancel", "end", "quit"})
"""Outside a dialogue they stop all texts, as the carriers have it."""
_OWN_WORDS = frozenset({Field.REASON, Field.DESTINATION, Field.ORGANISATION, Field.CLINIC})
_FOR_ME = ("self", "direction", "for", "behalf", "behalf_of", "yes", "pass")
"""Roles of the words that say «для меня»; «мой муж» says another thing."""
_SHORTEST_TAIL = 2
_SHORT = 3  # words


def interpret_answer(reading: Reading, dialogue: Dialogue) -> Intent:
    """What a text means in reply to `dialogue.asking`."""
    if not reading.words:
        return Answer(yes=True) if dialogue.asking is Ask.CONFIRM and reading.text == "+" else Unclear()
    if command := _command(reading, dialogue):
        return command
    if isinstance(dialogue.asking, Ask):
        return _ASKED[dialogue.asking](Wish(reading), dialogue) or _otherwise(reading)
    if dialogue.asking in FREE_TEXT:
        return _free_text(Wish(reading), dialogue.asking)
    return _structured(Wish(reading), dialogue.asking)


def _command(reading: Reading, dialogue: Dialogue) -> Intent | None:
    if reading.of(Kind.COMMAND) and own_codes(reading):
        intent = interpret(reading)
        return intent if isinstance(intent, Do) and intent.code else None
    mark = is_command_alone(reading)
    if mark is None or mark.entry.value not in [command.value for command in Command]:
        return None
    if dialogue.asking in FREE_TEXT and mark.fuzzy:
        return None
    if isinstance(dialogue.asking, Ask) and reading.any_role("yes", "no"):
        return None
    ends = reading.tokens[mark.tokens[0]].text.casefold() in _ENDS_DIALOGUE
    return Do(Command.CANCEL if ends else Command(str(mark.entry.value)))


def _purpose(wish: Wish, dialogue: Dialogue) -> Intent | None:
    """A purpose by number or keyword; among the offered ones where that settles it."""
    reading, named = wish.reading, wish.named
    if not named.all and (spelt := spelt_number(reading)) in reading.regime.by_number and not dialogue.options:
        return Answer(purpose=spelt)
    offered = {int(option) for option in dialogue.options if option.isdecimal()}
    chosen = {*named.all} & offered if len(named.all) > 1 and offered else {*named.all}
    if len(chosen) != 1 or "?" in reading.text or reading.any_role("question", "doubt") or _denied(reading):
        return None
    number = chosen.pop()
    if offered and number not in offered and reading.of(Kind.NUMBER):
        return Unclear()  # «первая» may be the first of those offered
    said = [index for index in reading.words if index not in named.tokens | wish.taken]
    bare = all(reading.role(index, *EMPTY, "no") for index in said)
    if not (bare or number in offered or is_sure(reading, named, wish.taken)) or wish.other():
        return None
    asked = interpret(reading)
    later = isinstance(asked, Request) and (asked.start or asked.unclear_time)
    return asked if later else Answer(reading.sound_fields, number)


def _denied(reading: Reading) -> bool:
    """Whether something is denied; «нет, 3» with its comma denies only the question."""
    denials = [index for index in reading.words if reading.role(index, "negation")]
    return bool(denials) and not (denials == [0] and len(reading.tokens) > 1 and reading.role(0, "no"))


def _confirm(wish: Wish, _: Dialogue) -> Intent | None:
    """Yes or no; «да, в банк» says neither to a question about a document."""
    verdict = None if wish.named.all else _yes_or_no(wish.reading)
    return None if verdict is None else Answer(yes=verdict)


def _person(wish: Wish, dialogue: Dialogue) -> Intent | None:
    reading = wish.reading
    if wish.leads("dependant"):
        return None
    numbers = [int(reading.tokens[i].text) for i in reading.words if reading.tokens[i].kind == "number"]
    if len(numbers) == 1 and 1 <= numbers[0] <= len(dialogue.options) and not wish.named.explicit:
        return Answer(choice=numbers[0] - 1)
    ordinal = reading.of(Kind.NUMBER)
    if len(reading.words) == 1 and ordinal and int(str(ordinal[0].entry.value)) <= len(dialogue.options):
        return Answer(choice=int(str(ordinal[0].entry.value)) - 1)
    if reading.any_role("self") and all(reading.role(index, *_FOR_ME) for index in reading.words):
        return Answer(sender=True)
    typed = re.sub(r"\W+", "", reading.text).casefold()
    fitting = [
        place for place, option in enumerate(dialogue.options)
        if len(typed) >= _SHORTEST_TAIL and typed in re.sub(r"\W+", "", option).casefold()
    ]  # fmt: skip
    if len(fitting) == 1:
        return Answer(choice=fitting[0])
    if fields := _people(reading, wish.taken, certain=True) | reading.sound_fields:
        return Answer(fields)
    return None


def _time(wish: Wish, dialogue: Dialogue) -> Intent | None:
    now, when = wish.reading.now, wish.when or bare_hour(wish.reading)
    if not when:
        return Answer(start=now) if when.immediately else None
    try:
        return Answer(start=when.start(wish.reading.regime, now, dialogue.purpose) or now)
    except ValueError:
        return Unclear()


def _otherwise(reading: Reading) -> Intent:
    """Not the answer: what the text is by itself; a field sent alone answers."""
    intent = interpret(reading)
    if isinstance(intent, Register) and not any(mark.entry.value == "register" for mark in reading.of(Kind.COMMAND)):
        return Answer(intent.fields)
    return intent


def _structured(wish: Wish, asked: Field) -> Intent:
    reading = wish.reading
    fields = wish.reading.sound_fields
    if asked in fields:
        return Answer(fields | _people(reading, reading.in_fields, certain=False))
    given = _bare_text(reading)
    judged = read_field(asked, given, reading.regime, reading.now.date())
    if judged.fit is Fit.FINE:
        return Answer({asked: judged.value})
    if judged.fit is Fit.MALFORMED and Field.BIRTH_DATE not in fields:
        return Malformed(asked, given)
    intent = _otherwise(reading)
    if isinstance(intent, Malformed):
        return Malformed(asked, given)
    return Decline() if isinstance(intent, Unclear) and _refuses(reading) else intent


def _refuses(reading: Reading) -> bool:
    return len(reading.words) <= _SHORT and reading.any_role("negation", "no")


def _free_text(wish: Wish, asked: Field) -> Intent:
    if (other := _plainly_other(wish, asked)) is not None:
        return other
    reading = wish.reading
    fields = {} if asked in _OWN_WORDS and len(reading.words) > len(reading.in_fields) else wish.reading.sound_fields
    used = frozenset(i for one in reading.found if one.field in fields for i in range(one.first, one.last + 1))
    if len(used) == len(reading.words) - _labels(reading):
        return Answer(fields)
    if asked is Field.NAME:
        fields |= _people(reading, used, certain=True)
    if asked not in fields:
        given = reading.text if asked in _OWN_WORDS and not used else _bare_text(reading, used, asked)
        judged = read_field(asked, given, reading.regime, reading.now.date())
        if judged.fit is not Fit.FINE:
            return Malformed(asked, reading.text, fields)
        fields[asked] = judged.value
    return Answer(fields)


def _plainly_other(wish: Wish, asked: Field) -> Intent | None:
    """A command, a request or a question that cannot be the answer although the answer is free text."""
    reading, named = wish.reading, wish.named
    intent = interpret(reading)
    if isinstance(intent, Complaint) or (isinstance(intent, SetLanguage) and len(reading.words) < _SHORT):
        return intent
    if isinstance(intent, Register) and wish.leads("register"):
        return intent
    if isinstance(intent, Request) and intent.purpose is not None:
        by_number = named.explicit and not any(reading.role(index, "address") for index in reading.words)
        wanted = asked not in _OWN_WORDS and reading.any_role("ask", "pass") and not _brings_people(intent)
        return intent if by_number or wanted else None
    if isinstance(intent, Inquiry) and "?" in reading.text:
        return intent
    return intent if isinstance(intent, Decline) and len(reading.words) <= _SHORT else None


def _brings_people(intent: Request) -> bool:
    """Whether a request brings an address or a name with it, so that it is rather an answer."""
    return not {Field.ADDRESS, Field.NAME}.isdisjoint(intent.fields)


def _people(reading: Reading, taken: frozenset[int], certain: bool) -> dict[Field, str]:
    return {field: reading.slice(tokens) for field, tokens in find_people(reading, taken, certain).items()}


def _labels(reading: Reading) -> int:
    return len({token for mark in reading.of(Kind.LABEL) for token in mark.tokens})


def _bare_text(reading: Reading, without: frozenset[int] = frozenset(), asked: Field | None = None) -> str:
    """The text without leading labels and (but for an address) politeness, and without the tokens of other fields."""
    polite = "nothing" if asked is Field.ADDRESS else "filler"
    words = [index for index in reading.words if index not in without]
    while len(words) > 1 and (reading.says(words[0], Kind.LABEL) or reading.role(words[0], polite)):
        words.pop(0)
    return reading.text[reading.tokens[words[0]].start : reading.tokens[words[-1]].end] if words else ""


def _yes_or_no(reading: Reading) -> bool | None:
    yes = {token for mark in reading.marks if mark.entry.value == "yes" for token in mark.tokens}
    no = {token for mark in reading.marks if mark.entry.value in ("no", "negation") for token in mark.tokens}
    rest = [i for i in reading.words if i not in yes | no and not reading.role(i, *EMPTY)]
    if "?" in reading.text or (len(rest) > 2) or not yes | no:
        return None
    return not no


_ASKED: dict[Ask, Callable[[Wish, Dialogue], Intent | None]] = {
    Ask.PURPOSE: _purpose,
    Ask.CONFIRM: _confirm,
    Ask.PERSON: _person,
    Ask.TIME: _time,
}
