"""Words that stand for themselves: commands, languages, complaints."""

from codes.fields import Field
from language.intents import Command, Complaint, Do, Intent, SetLanguage
from language.understanding.officers import own_codes
from language.understanding.purposes import EMPTY, Named
from language.understanding.reading import Mark, Reading
from language.understanding.vocabulary import Kind

_COMMANDS = frozenset(command.value for command in Command)
_OF_A_PASS = frozenset({Command.STATUS, Command.REPEAT, Command.EXTEND, Command.CANCEL, Command.RULES})
_OF_A_CODE = _OF_A_PASS | {Command.NOT_ME}
_ANSWERS = frozenset({Command.STATUS, Command.RULES, Command.MY_DATA, Command.GENUINE})
"""Commands that only tell something: a question does no harm to them."""
_HARMLESS = frozenset({Command.REPEAT, Command.EXTEND})
_CARRIERS_CANCEL = frozenset({"cancel"})
"""Alone it is the carrier's word for stopping all texts."""
_MOST_STRAYS = 3
_WHERE = frozenset({"где", "where"})


def command_intent(reading: Reading, named: Named, taken: frozenset[int]) -> Intent | None:
    """The command a text is, if it is one; other words may stand around it where that leaves no doubt."""
    mark = _chosen(reading)
    if mark is None or _negated(reading, mark) or not (mark.sure or is_command_alone(reading)):
        return None
    command = Command(str(mark.entry.value))
    if command is Command.MY_DATA and Field.DOCUMENT in reading.sound_fields:
        return None  # «мои паспортные данные 9219632506»
    used = set(mark.tokens) | named.tokens | taken
    strays = [index for index in reading.words if index not in used and not _empty(reading, index)]
    asks = "?" in reading.text or any(reading.role(index, "question") for index in strays)
    if (
        asks
        and not _asks_politely(reading, command, strays)
        and (command not in _ANSWERS or reading.any_role("past_day", "trouble") or _asks_otherwise(reading, mark))
    ):
        return None
    codes = own_codes(reading)
    if codes and command in _OF_A_CODE:
        return Do(command, code=codes[0])
    if named.explicit or named.plain or any(one.sure for one in named.words):
        return _for_purpose(reading, command, mark, named, strays)
    if strays and not _clear_enough(reading, command, mark, strays):
        return None
    if command is Command.CANCEL and reading.text.casefold().strip(" .!") in _CARRIERS_CANCEL:
        command = Command.STOP
    return Do(command)


def is_command_alone(reading: Reading) -> Mark | None:
    """The command a text consists of, politeness apart."""
    mark = _chosen(reading)
    if mark is None or "?" in reading.text:
        return None
    rest = [
        index
        for index in reading.words
        if index not in mark.tokens and not reading.role(index, "filler", "pass", "self")
    ]
    return None if rest else mark


def language_intent(reading: Reading) -> SetLanguage | None:
    """«язык татарский», ENGLISH, «татарча»."""
    chosen = [mark for mark in reading.of(Kind.LANGUAGE) if mark.entry.value in reading.regime.languages]
    if not chosen:
        return None
    used = {token for mark in reading.of(Kind.LANGUAGE) for token in mark.tokens}
    rest = [
        i
        for i in reading.words
        if i not in used and not reading.says(i, Kind.COMMAND, "language") and not _empty(reading, i)
    ]
    return None if rest or reading.any_role("negation") else SetLanguage(str(chosen[0].entry.value))


def complaint_intent(reading: Reading) -> Complaint | None:
    """«ЖАЛОБА …»: everything but the word itself, when it comes first."""
    mark = next((mark for mark in reading.of(Kind.COMMAND) if mark.entry.value == "complaint"), None)
    if mark is None or "?" in reading.text:
        return None
    first = mark.tokens[0] == reading.words[0]
    return Complaint(reading.text[reading.tokens[mark.tokens[-1]].end :].strip(" :#*,;-.") if first else reading.text)


def _chosen(reading: Reading) -> Mark | None:
    marks = [mark for mark in reading.of(Kind.COMMAND) if mark.entry.value in _COMMANDS]
    return min(marks, key=_rank) if marks else None


def _rank(mark: Mark) -> tuple[bool, int, bool, tuple[int, ...]]:
    """«продлить мой пропуск» is the verb's: a phrase that names a pass asks for its status only by itself."""
    weak = mark.entry.value == "more" or (mark.entry.value == "status" and len(mark.tokens) > 1)
    return weak, -len(mark.tokens), mark.fuzzy, mark.tokens


def _negated(reading: Reading, mark: Mark) -> bool:
    """Whether something is denied in the command's own clause: «не отменяйте», but not «передумал, отмените»."""
    if mark.entry.value == "not_me":
        return False  # «я ничего не заказывал, это не я»
    denials = [index for index in reading.words if reading.role(index, "negation") and index not in mark.tokens]
    return any(_same_clause(reading, denial, mark.tokens[0]) for denial in denials)


def _asks_politely(reading: Reading, command: Command, strays: list[int]) -> bool:
    """«можно продлить?»: a wish in the form of a question, and no harm done if it was not."""
    wondering = any(reading.role(index, "question") for index in strays)
    return command in _HARMLESS and reading.any_role("modal") and not wondering


def _same_clause(reading: Reading, one: int, other: int) -> bool:
    return all(reading.tokens[index].kind != "sign" for index in range(min(one, other), max(one, other)))


def _asks_otherwise(reading: Reading, mark: Mark) -> bool:
    """«когда будет мой пропуск?» asks for more than the status that «мой пропуск» does; «где мой пропуск?» does not."""
    words = [
        reading.tokens[i].text.casefold() for i in reading.words if reading.role(i, "question") and i not in mark.tokens
    ]
    return len(mark.tokens) > 1 and mark.entry.value == "status" and not _WHERE.issuperset(words)


def _empty(reading: Reading, index: int) -> bool:
    return reading.role(index, *EMPTY) or reading.says(index, Kind.COMMAND)


def _for_purpose(reading: Reading, command: Command, mark: Mark, named: Named, strays: list[int]) -> Intent | None:
    also_ordinary = bool(named.words) and reading.role(mark.tokens[0], "go", "filler", "ask")
    also_ordinary = also_ordinary or reading.role(mark.tokens[0], "head") or command not in _OF_A_PASS
    if also_ordinary or len(named.all) > 1 or strays or (named.words and mark.tokens[0] != reading.words[0]):
        return None
    return Do(command, purpose=named.all[0])


def _clear_enough(reading: Reading, command: Command, mark: Mark, strays: list[int]) -> bool:
    if command is Command.EXTEND and all(reading.tokens[index].kind == "number" for index in strays):
        return True
    if reading.any_role("trouble") or command in (Command.MORE, Command.BACK, Command.START):
        return False
    return len(mark.tokens) > 1 or (_leads(reading, mark) and len(strays) <= _MOST_STRAYS)


def _leads(reading: Reading, mark: Mark) -> bool:
    """Whether the command begins its clause, politeness apart."""
    before = range(mark.tokens[0])
    clause = max((index + 1 for index in before if reading.tokens[index].kind == "sign"), default=0)
    return all(reading.role(index, "filler", "ask") for index in before if index >= clause)
