"""Other people in a text: whether a pass is for somebody else, and which relatives are not the errand themselves."""

from collections.abc import Collection

from language.understanding.reading import Mark, Reading

_BLANK = ("filler", "self", "direction", "behalf", "kin", "to_kin")
_NEED = ("ask", "needs")
_ENDS = frozenset(",.;:!\n")
_POSSESSIVE = ("'s", "’s")
_SUFFIXED = frozenset({"tt", "az"})
_WHERE_TO = ("га", "гә", "ка", "кә", "ya", "yə", "na", "nə")
"""Endings of where to in Tatar and Azerbaijani, which have no word for it."""


def for_another(
    reading: Reading, errands: Collection[Mark], numbers: Collection[int], aside: Collection[int] = ()
) -> str:
    """Whom the pass is asked for, as written: «мужу нужен пропуск», "a pass for my wife"; empty: for the sender.

    `errands` are purposes named by keyword, `numbers` the tokens of those named by number, `aside` those that tell a
    time or a name. «Бабушке нужны таблетки» is the sender's own errand; another is meant where they go somewhere
    themselves, or the pass or its number is theirs. «Маме за хлебом» may be either, and a question is better than a
    wrong pass.
    """
    sought = _Sought(reading, errands, numbers, aside)
    people = (index for index in reading.words if _concerned(reading, index) and sought.by(index))
    return next((reading.tokens[index].text for index in people), "")


def without_relatives(reading: Reading, errands: tuple[Mark, ...], numbered: bool) -> tuple[Mark, ...]:
    """`errands` without relatives that only tell more of another one: «похороны отца».

    `numbered`: a purpose is named by number.
    """
    about = [mark for mark in errands if len(mark.tokens) == 1 and reading.role(mark.tokens[0], "relative")]
    rest = [mark for mark in errands if mark not in about]
    known = {token for mark in rest for token in mark.tokens}
    dropped = [mark for mark in about if (rest or numbered) and _tells_more(reading, mark.tokens[0], known)]
    return tuple(mark for mark in errands if mark not in dropped)


def _tells_more(reading: Reading, index: int, errands: Collection[int]) -> bool:
    before = _next(reading, index, -1, "filler", "self")
    if reading.role(index, "to_kin") or reading.tokens[index].text.casefold().endswith(_POSSESSIVE):
        return not reading.role(before, "direction")
    return before >= 0 and (before in errands or reading.role(before, "carry", "behalf"))


def _concerned(reading: Reading, index: int) -> bool:
    """Whether a relative is one for whom something is: «мужу», «для мужа», "for my husband", "my husband needs"."""
    if reading.tokens[index].text.casefold().endswith(_POSSESSIVE):
        return False
    before = _next(reading, index, -1, "filler", "self")
    if reading.role(index, "to_kin"):
        return not reading.role(before, "direction")
    if before < 0 and reading.role(index, "who"):
        return True
    if not reading.role(index, "kin", "relative"):
        return False
    return (
        reading.role(before, "behalf")
        or reading.role(index + 1, "needs", "behalf_of")
        or _given(reading, index)
        or _sent(reading, index)
    )


def _sent(reading: Reading, index: int) -> bool:
    """«отправляю сына», "I'm sending my son"."""
    return reading.role(_next(reading, index, -1, "filler", "self"), "sends") and not reading.role(index, "to_kin")


def _given(reading: Reading, index: int) -> bool:
    """ "Give my mother a pass", "let my son go"."""
    after = _next(reading, index, 1, "filler")
    return reading.role(_next(reading, index, -1, "filler", "self"), "ask") and reading.role(after, "pass", "go")


class _Sought:
    """What is asked for in a text, and whether that is for one of its people."""

    def __init__(
        self, reading: Reading, errands: Collection[Mark], numbers: Collection[int], aside: Collection[int]
    ) -> None:
        self.reading = reading
        self.aside = {*aside}.difference(*(mark.tokens for mark in errands), numbers)
        self.own = any(reading.role(index, "self") for index in reading.words)
        self.passes = {index for index in reading.words if reading.role(index, "pass")}
        self.numbers = {*numbers}
        self.errands = {token for mark in errands for token in mark.tokens}
        self.places = {token for mark in errands if _where_to(reading, mark) for token in mark.tokens}
        self.fetched = {token for token in self.errands if reading.role(token - 1, "behalf")}

    def by(self, index: int) -> bool:
        """Whether the relative at a token is who goes, or whose pass it is."""
        reading = self.reading
        theirs = self.passes if index in self.errands else self.passes | self.numbers
        before = self._next(index, -1, *_BLANK)
        after = self._next(index, 1, *_BLANK, "behalf_of", "head")
        if before in theirs or after in theirs or _sent(reading, index):
            return True
        if reading.role(after, "needs") and reading.role(self._next(after, 1, *_BLANK), "go"):
            return True
        needed = reading.role(after, *_NEED)
        if needed or reading.role(before, "ask"):
            goal = self._next(after if needed else index, 1, *_BLANK, "ask", "go", "head")
            if goal in theirs or goal in self.places or (needed and goal in self.fetched):  # «мужу надо за хлебом»
                return True
        return self._before_a_place(index, before) or ((before < 0 or self._opens(index)) and self._heads(index, after))

    def _opens(self, index: int) -> bool:
        """«отцу плохо, ему в больницу»."""
        return index > 0 and self.reading.tokens[index - 1].text in _ENDS

    def _heads(self, index: int, after: int) -> bool:
        """Whether the text begins with whom it is for: «мужу в банк», «жене за хлебом», "for my husband, bank"."""
        if after in self.places or (self.reading.role(index, "who") and self._goes(after)):
            return True
        if self.own:
            return False
        for_them = self.reading.role(_next(self.reading, index, -1, "filler", "self"), "behalf")
        named = (for_them or self.reading.role(index + 1, "behalf_of")) and not self.reading.any_role("go")
        return after in self.fetched or (named and after in self.errands)

    def _goes(self, index: int) -> bool:
        """Whether a verb, known or not, is followed by a place: «сын хочет к врачу»."""
        verb = self.reading.role(index, "go", "ask") or not self.reading.by_token.get(index)
        return verb and self._next(index, 1, *_BLANK, "go", "ask") in self.places

    def _before_a_place(self, index: int, before: int) -> bool:
        """«пропуск в банк жене», «надо к врачу ребенку», «в банк жене», but not «мне надо в аптеку маме»."""
        to_place = before in self.places
        while before in self.places | self.fetched:
            before = self._next(before, -1, *_BLANK, "go")
        last = before < 0 and to_place and self.reading.words[-1] == index and self.reading.role(index, "to_kin")
        asked = index not in self.errands and not self.own and (last or self.reading.role(before, "ask"))
        return before in self.passes or asked

    def _next(self, index: int, step: int, *blank: str) -> int:
        """The next word that is not of the `blank` roles, no time, no name and no age."""
        index = _next(self.reading, index, step, *blank)
        while index in self.aside or self._counted(index):
            index = _next(self.reading, index, step, *blank)
        return index

    def _counted(self, index: int) -> bool:
        """«отцу 78 лет»."""
        if index in self.numbers:
            return False
        number = index - self.reading.role(index, "unit")
        if not self.reading.role(number + 1, "unit"):
            return False
        return number >= 0 and self.reading.tokens[number].kind == "number"


def _where_to(reading: Reading, mark: Mark) -> bool:
    """Whether an errand is a place somebody goes to."""
    first = mark.tokens[0]
    if mark.entry.language in _SUFFIXED and reading.tokens[mark.tokens[-1]].text.casefold().endswith(_WHERE_TO):
        return True
    return reading.role(first - 1, "toward") or (
        reading.role(first - 1, "filler") and reading.role(first - 2, "toward")
    )


def _next(reading: Reading, index: int, step: int, *blank: str) -> int:
    """The next word on one side that is not of the `blank` roles; -1 where there is none."""
    index += step
    while 0 <= index < len(reading.tokens):
        told = reading.role(index, "pass") or (reading.role(index, "direction") and "direction" not in blank)
        if told or not (reading.tokens[index].kind == "sign" or reading.role(index, *blank)):
            return index
        index += step
    return -1
