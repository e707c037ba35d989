"""A text by itself, outside a dialogue: what its sender wants."""

from collections.abc import Callable

from codes.fields import PERSONAL, Field
from language.intents import (
    AddDependant,
    CheckBinding,
    Command,
    Do,
    Exempted,
    Intent,
    Malformed,
    Register,
    Request,
    Unclear,
)
from language.understanding.commands import command_intent, complaint_intent, language_intent
from language.understanding.forms import read_form
from language.understanding.officers import own_codes
from language.understanding.purposes import EMPTY, is_sure
from language.understanding.reading import Reading
from language.understanding.refusing import affirmed, decline, inquiry
from language.understanding.vocabulary import Kind
from language.understanding.wish import Wish, timed


def interpret(reading: Reading) -> Intent:
    """What a text means where no question is open."""
    wish = Wish(reading)
    return next((intent for rule in _RULES if (intent := rule(wish)) is not None), Unclear())


def _form(wish: Wish) -> Intent | None:
    return read_form(wish.reading.text, wish.reading.regime, wish.reading.now.date())


def _nothing(wish: Wish) -> Intent | None:
    return None if wish.reading.words else Unclear()


def _complaint(wish: Wish) -> Intent | None:
    return complaint_intent(wish.reading)


def _command(wish: Wish) -> Intent | None:
    return command_intent(wish.reading, wish.named, wish.taken)


def _language(wish: Wish) -> Intent | None:
    return language_intent(wish.reading)


def _own_code(wish: Wish) -> Intent | None:
    codes = own_codes(wish.reading)
    asks_more = wish.named.explicit or wish.reading.of(Kind.COMMAND)
    return Do(Command.STATUS, code=codes[0]) if codes and not asks_more else None


def _binding(wish: Wish) -> Intent | None:
    """A plate or card alone, or with «проверь»."""
    bound = [one for one in wish.reading.found if one.field in wish.reading.regime.bound and one.fine and one.field]
    personal = any(one.field in PERSONAL for one in wish.reading.found)
    if not bound or personal or wish.named.all or wish.command("register") is not None or bound[0].field is None:
        return None
    return CheckBinding(bound[0].field, bound[0].value)


def _contrast(wish: Wish) -> Intent | None:
    part = affirmed(wish.reading)
    return None if part is None else interpret(part)


def _dependant(wish: Wish) -> Intent | None:
    if not wish.leads("dependant") or wish.named.all or wish.when:
        return None
    if wish.malformed:
        return Malformed(*wish.malformed, wish.fields(certain=True))
    return AddDependant(wish.fields(certain=True))


def _register(wish: Wish) -> Intent | None:
    headed = wish.command("register") is not None
    personal = [one for one in wish.reading.found if one.field in PERSONAL]
    labelled = [mark for mark in wish.reading.of(Kind.LABEL) if mark.entry.value in PERSONAL]
    if not (headed or personal or labelled) or (
        wish.named.all and not wish.leads("register") and not (headed and personal)
    ):
        return None
    fields = wish.fields(certain=headed or bool(personal))
    if wish.malformed:
        return Malformed(*wish.malformed, fields)
    if not headed and not fields:
        return None
    if Field.DOCUMENT not in fields and (given := _short_document(wish, headed)):
        return Malformed(Field.DOCUMENT, given, fields)
    return Register(fields)


def _short_document(wish: Wish, headed: bool) -> str:
    """A number that stands where the document belongs but is far too short: «РЕГИСТРАЦИЯ#123»."""
    reading = wish.reading
    if not headed or Field.DOCUMENT not in reading.regime.registration.required:
        return ""
    for index in reading.words:
        alone = index == reading.words[-1] or reading.tokens[index + 1].text in "#*;,|\n"
        first = index > 0 and (
            reading.tokens[index - 1].text in "#*;|\n" or reading.says(index - 1, Kind.COMMAND, "register")
        )
        if reading.tokens[index].kind == "number" and alone and first and index not in reading.in_fields:
            return reading.tokens[index].text
    return ""


def _request(wish: Wish) -> Intent | None:
    reading, named = wish.reading, wish.named
    if not named.all:
        return None
    certain = Field.NAME in reading.regime.registration.required and not reading.regime.registration.separate
    people = wish.people(certain)
    fields = wish.with_people(people)
    spoken = frozenset[int]().union(*people.values())
    sure = is_sure(reading, named, wish.taken | spoken)
    purpose = named.all[0] if sure else None
    if wish.malformed and sure:
        return Malformed(*wish.malformed, fields, purpose)
    return timed(Request(purpose, fields, candidates=() if sure else named.all, other=wish.other(spoken)), wish)


def _exempted(wish: Wish) -> Intent | None:
    marks = [mark for mark in wish.reading.of(Kind.EXEMPTION) if mark.sure]
    if not marks:
        return None
    value = max(marks, key=lambda mark: len(mark.tokens)).entry.value
    return Exempted(str(value[0]), int(value[1])) if isinstance(value, tuple) else None


def _vague_request(wish: Wish) -> Intent | None:
    reading = wish.reading
    dated = wish.when.clock is not None or wish.when.moment is not None
    asked = reading.any_role("pass", "head", "go") or wish.command("request") is not None
    numbered = wish.named.wrong and all(
        index in wish.named.tokens or reading.role(index, *EMPTY) for index in reading.words
    )
    wants = asked or numbered or dated
    if not wants and reading.any_role("ask"):
        wants = all(reading.role(index, *EMPTY) for index in reading.words)
    return timed(Request(None, wish.fields(certain=False), other=wish.other()), wish) if wants else None


def _full_name(wish: Wish) -> Intent | None:
    """Family name, given name and patronymic and nothing else: somebody introduces themselves."""
    fields = wish.fields(certain=False)
    return Register(fields) if len(fields.get(Field.NAME, "").split()) == 3 else None


_RULES: tuple[Callable[[Wish], Intent | None], ...] = (
    _nothing,
    _form,
    _complaint,
    _own_code,
    _binding,
    _command,
    _language,
    _contrast,
    decline,
    inquiry,
    _dependant,
    _register,
    _request,
    _exempted,
    _vague_request,
    _full_name,
)
"""In this order; the first that has an answer is right."""
