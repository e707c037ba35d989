"""Numbers as a recogniser writes what somebody said: digit by digit, by twos and threes, in words or in digits."""

from collections.abc import Iterable, Iterator

from language.understanding.sounds import NUMBERS, Sort, Sound, sounds

_LEAVES_ROOM = {Sort.TEN: 10, Sort.HUNDRED: 100}
"""Below what a word can be followed by more of its number: «двадцать» takes «один», only «сто» takes «двенадцать»."""


def heard_digits(text: str, language: str) -> str:
    """The digits of every number in `text`, in order; nothing where there is none."""
    return "".join(digits(sound for sound in sounds(text, language) if sound.sort in NUMBERS or sound.sort is Sort.AND))


def digits(heard: Iterable[Sound]) -> str:
    """What a run of number words comes to: «девяносто два девятнадцать» is 9219."""
    return "".join(_Numbers().read(heard))


class _Numbers:
    """Words on their way to numbers: the thousands and the rest said so far, and what may still be added."""

    def __init__(self) -> None:
        self._thousands = 0
        self._rest = 0
        self._last = 0
        """The number of the last word, as far as it was added."""
        self._room = 0
        """Anything below it may still be added; 0 before the first word and after a number in digits."""
        self._digits = ""
        self._times = 1

    def read(self, heard: Iterable[Sound]) -> Iterator[str]:
        """The numbers, each as soon as it is complete."""
        for sound in heard:
            yield from self._take(sound)
        yield from self._done()

    def _take(self, sound: Sound) -> Iterator[str]:
        match sound.sort:
            case Sort.AND:
                return
            case Sort.REPEAT:
                yield from self._done()
                self._times = sound.number
            case Sort.ZERO:
                yield from self._done()
                yield "0" * self._taken_times()
            case Sort.SEVERAL:
                yield from self._several(sound.number)
            case Sort.DIGITS:
                yield from self._written(sound.text)
            case Sort.HUNDRED_TIMES:
                yield from self._hundred()
            case Sort.THOUSAND:
                yield from self._thousand()
            case _:
                yield from self._added(sound)

    def _added(self, sound: Sound) -> Iterator[str]:
        if self._times > 1:
            yield str(sound.number) * self._taken_times()
            return
        if sound.number >= self._room:
            yield from self._done()
        self._rest += sound.number
        self._last = sound.number
        self._room = _LEAVES_ROOM.get(sound.sort, 1)

    def _several(self, digit: int) -> Iterator[str]:
        """«две девятки»: the number before it counts them."""
        count = self._last if 1 < self._last < 10 else 1
        self._rest -= self._last if count > 1 else 0
        yield from self._done()
        yield str(digit) * count

    def _written(self, text: str) -> Iterator[str]:
        if self._room == 1000 and len(text) <= 3 and text[0] != "0":
            self._rest, self._last, self._room = int(text), int(text), 1
            return
        yield from self._done()
        if self._times > 1:
            yield text * self._taken_times()
        else:
            self._digits = text

    def _hundred(self) -> Iterator[str]:
        """«алты йөз»: the unit before it counts hundreds; alone it is one."""
        count = self._last if 0 < self._last < 10 and self._room == 1 else 0
        if self._rest > count:
            self._rest -= count
            yield from self._done()
        elif self._room and self._room < 1000 and not count:
            yield from self._done()
        self._rest = self._last = (count or 1) * 100
        self._room = 100

    def _thousand(self) -> Iterator[str]:
        """«две тысячи»: whatever was said before it, in words or in up to three digits, counts thousands."""
        if self._digits and len(self._digits) <= 3 and self._digits[0] != "0":
            self._rest, self._digits = int(self._digits), ""
        if self._thousands or self._digits:
            yield from self._done()
        self._thousands, self._rest, self._last, self._room = self._rest or 1, 0, 0, 1000

    def _done(self) -> Iterator[str]:
        if self._digits:
            yield self._digits
        elif self._thousands or self._rest:
            yield str(self._thousands * 1000 + self._rest)
        self._thousands = self._rest = self._last = self._room = 0
        self._digits = ""

    def _taken_times(self) -> int:
        times, self._times = self._times, 1
        return times
