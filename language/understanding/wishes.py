"""A text by itself, outside a dialogue: what its sender wants."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from codes.fields import PERSONAL, Field
from language.intents import (
    AddDependant,
    CheckBinding,
    Command,
    Decline,
    Do,
    Exempted,
    Inquiry,
    Intent,
    Malformed,
    Register,
    Request,
    Unclear,
)
from language.understanding.commands import command_intent, complaint_intent, language_intent
from language.understanding.forms import read_form
from language.understanding.officers import find_codes
from language.understanding.people import find_people
from language.understanding.purposes import EMPTY, Named, is_sure, named_purposes
from language.understanding.reading import Reading, read
from language.understanding.times import When, find_time
from language.understanding.vocabulary import Kind

_CONTRAST = re.compile(r"[\s,;.]+(?:а|но|but|ә)\s+", re.IGNORECASE)
_NEAR = 2
_LONGEST_WRONG_DOCUMENT = 20


@dataclass
class Wish:
    """One text on its way to an intent: what was read, and what follows from it, worked out when asked for."""

    reading: Reading

    @cached_property
    def when(self) -> When:
        """The time it speaks of."""
        return find_time(self.reading)

    @cached_property
    def taken(self) -> frozenset[int]:
        """Tokens of fields and times."""
        return self.reading.in_fields | self.when.tokens

    @cached_property
    def named(self) -> Named:
        """The purposes it names."""
        return named_purposes(self.reading, self.taken)

    def command(self, name: str) -> int | None:
        """The first token of a command word, if it is there."""
        return next((mark.tokens[0] for mark in self.reading.of(Kind.COMMAND) if mark.entry.value == name), None)

    def leads(self, name: str) -> bool:
        """Whether a command word comes before all others but politeness."""
        first = next((index for index in self.reading.words if not self.reading.role(index, "filler", "ask")), None)
        return first is not None and self.command(name) == first

    def fields(self, certain: bool) -> dict[Field, str]:
        """Every sound field of the text; `certain`: a name is expected."""
        sound = {one.field: one.value for one in reversed(self.reading.found) if one.field is not None and one.fine}
        heads = {
            token
            for mark in self.reading.of(Kind.COMMAND)
            if mark.entry.value in ("register", "dependant", "request")
            for token in mark.tokens
        }
        used = self.taken | self.named.tokens | heads
        return sound | {
            field: value for field, value in find_people(self.reading, used, certain).items() if field not in sound
        }

    @property
    def malformed(self) -> tuple[Field, str] | None:
        """The first field that was meant but cannot be one."""
        return next(((one.field, one.value) for one in self.reading.found if not one.fine and one.field), None)


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
    codes = find_codes(wish.reading) if wish.reading.any_role("pass", "filler") or len(wish.reading.text) < 30 else ()
    return Do(Command.STATUS, code=codes[0]) if codes and not wish.named.all else None


def _binding(wish: Wish) -> Intent | None:
    """A plate or card alone, or with «проверь»."""
    bound = [one for one in wish.reading.found if one.field in wish.reading.regime.bound and one.fine and one.field]
    personal = any(one.field in PERSONAL for one in wish.reading.found)
    if not bound or personal or wish.named.all or wish.command("register") is not None or bound[0].field is None:
        return None
    return CheckBinding(bound[0].field, bound[0].value)


def _contrast(wish: Wish) -> Intent | None:
    """«не 3, а 8»: the part that is not denied is meant."""
    reading = wish.reading
    if not reading.any_role("negation"):
        return None
    parts = [read(part, reading.regime, reading.now) for part in _CONTRAST.split(reading.text, maxsplit=1)]
    meant = [part for part in parts if not part.any_role("negation")]
    return interpret(meant[0]) if len(parts) == 2 and len(meant) == 1 and meant[0].words else None


def _decline(wish: Wish) -> Intent | None:
    reading, named = wish.reading, wish.named
    denials = [index for index in reading.words if reading.role(index, "negation")]
    if not denials:
        return None
    asks = [index for index in reading.words if reading.role(index, "ask")]
    wanted = named.tokens | {index for index in reading.words if reading.role(index, "ask", "pass", "head", "go")}
    direct = any(abs(denial - index) <= _NEAR for denial in denials for index in wanted)
    apart = any(all(abs(denial - index) > _NEAR for denial in denials) for index in asks)
    if reading.any_role("question", "trouble") or "?" in reading.text:
        return _inquiry(wish)
    if direct and not apart:
        return Decline()
    if named.all:
        return Request(None, candidates=named.all)
    return Decline() if all(reading.role(i, *EMPTY, "negation", "no") for i in reading.words) else None


def _inquiry(wish: Wish) -> Intent | None:
    reading, named = wish.reading, wish.named
    asks = "?" in reading.text or reading.any_role("question")
    modal = reading.any_role("modal")
    about = named.all[0] if len(named.all) == 1 else None
    if not asks and modal and not named.all and not reading.any_role("pass", "head"):
        return Inquiry()
    if not asks:
        return (
            Inquiry(about) if reading.any_role("trouble") and (named.all or reading.any_role("pass", "head")) else None
        )
    if named.all and not reading.any_role("question", "trouble") and modal and reading.any_role("pass"):
        return Request(None, candidates=named.all)
    return Inquiry(about)


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
    if not headed and (wish.named.all or not (personal or labelled)):
        return None
    fields = wish.fields(certain=True)
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
    fields = wish.fields(
        certain=Field.NAME in reading.regime.registration.required and not reading.regime.registration.separate
    )
    people = [index for index in reading.words if any(reading.tokens[index].text in value for value in fields.values())]
    sure = is_sure(reading, named, wish.taken | frozenset(people))
    purpose = named.all[0] if sure else None
    if wish.malformed and sure:
        return Malformed(*wish.malformed, fields, purpose)
    return timed(Request(purpose, fields, candidates=() if sure else named.all), wish)


def _exempted(wish: Wish) -> Intent | None:
    marks = wish.reading.of(Kind.EXEMPTION)
    if not marks:
        return None
    value = max(marks, key=lambda mark: len(mark.tokens)).entry.value
    return Exempted(str(value[0]), int(value[1])) if isinstance(value, tuple) else None


def _vague_request(wish: Wish) -> Intent | None:
    reading = wish.reading
    wants = (
        reading.any_role("pass", "head", "go")
        or wish.command("request") is not None
        or wish.named.wrong
        or bool(wish.when)
    )
    if not wants and reading.any_role("ask"):
        wants = all(reading.role(index, *EMPTY) for index in reading.words)
    return timed(Request(None, wish.fields(certain=False)), wish) if wants else None


def _full_name(wish: Wish) -> Intent | None:
    """Family name, given name and patronymic and nothing else: somebody introduces themselves."""
    fields = wish.fields(certain=False)
    return Register(fields) if len(fields.get(Field.NAME, "").split()) == 3 else None


def timed(request: Request, wish: Wish) -> Request:
    """`request` with the time the text speaks of, or with that time marked unclear."""
    if not wish.when:
        return request
    try:
        start = wish.when.start(wish.reading.regime, wish.reading.now, request.purpose)
    except ValueError as unclear:
        return Request(request.purpose, request.fields, None, request.candidates, str(unclear))
    return Request(request.purpose, request.fields, start, request.candidates)


_RULES: tuple[Callable[[Wish], Intent | None], ...] = (
    _nothing,
    _form,
    _complaint,
    _own_code,
    _command,
    _language,
    _binding,
    _contrast,
    _decline,
    _inquiry,
    _dependant,
    _register,
    _request,
    _exempted,
    _vague_request,
    _full_name,
)
"""In this order; the first that has an answer is right."""
