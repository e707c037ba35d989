"""One text on its way to an intent: what it says of time, of purposes, of people."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from codes.fields import Field
from language.intents import Request
from language.understanding.people import find_people
from language.understanding.purposes import Named, named_purposes, whose
from language.understanding.reading import Reading
from language.understanding.times import When, find_time
from language.understanding.vocabulary import Kind


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
        place = self.command(name)
        return place is not None and all(self.reading.role(i, "filler", "ask") for i in self.reading.words if i < place)

    def fields(self, certain: bool) -> dict[Field, str]:
        """Every sound field of the text; `certain`: a name is expected."""
        return self.with_people(self.people(certain))

    def with_people(self, people: dict[Field, list[int]]) -> dict[Field, str]:
        """The sound fields, and the name and address whose tokens were found."""
        return {field: self.reading.slice(tokens) for field, tokens in people.items()} | self.reading.sound_fields

    def people(self, certain: bool) -> dict[Field, list[int]]:
        """The tokens of the name and address; `certain`: a name is expected."""
        heads = {
            token
            for mark in self.reading.of(Kind.COMMAND)
            if mark.entry.value in ("register", "dependant", "request")
            for token in mark.tokens
        }
        return find_people(self.reading, self.taken | self.named.tokens | heads, certain)

    def other(self, people: Collection[int] = ()) -> str:
        """For whom else it is, as written, unless a document says who that is; `people` are the tokens of names."""
        if Field.DOCUMENT in self.reading.sound_fields:
            return ""
        return whose(self.reading, self.named, self.taken.union(people))

    @property
    def malformed(self) -> tuple[Field, str] | None:
        """The first field that was meant but cannot be one."""
        return next(((one.field, one.value) for one in self.reading.found if not one.fine and one.field), None)


def timed(request: Request, wish: Wish) -> Request:
    """`request` with the time the text speaks of, or with that time marked unclear."""
    if not wish.when:
        return request
    try:
        start = wish.when.start(wish.reading.regime, wish.reading.now, request.purpose)
    except ValueError as unclear:
        return replace(request, unclear_time=str(unclear))
    return replace(request, start=start)
