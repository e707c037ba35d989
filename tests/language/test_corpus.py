"""Every text of the corpus is understood as it says; the shares are reported with ``pytest -s``."""

from collections import Counter

import pytest

from language.intents import Intent, Malformed, Request, Unclear
from language.understanding import describe_fields
from tests.language.texts import Line, lines

ALL = tuple(lines())
ENOUGH = 600
REACH = 0.97


def asks(intent: Intent) -> bool:
    """Whether the answer to this intent is a question about it, so that nothing is done yet."""
    doubtful = isinstance(intent, Request) and (intent.purpose is None or bool(intent.unclear_time or intent.other))
    return doubtful or isinstance(intent, Malformed)


def outcome(line: Line) -> str:
    """``understood``, ``asked`` (the sender's next word settles it), ``not understood`` or ``misunderstood``."""
    if line.got() == line.meant:
        return "understood"
    intent = line.result().intent
    if isinstance(intent, Unclear):
        return "not understood"
    return "asked" if asks(intent) else "misunderstood"


@pytest.mark.parametrize("line", ALL, ids=lambda line: line.place)
def test_a_text_is_understood_as_the_corpus_says(line: Line) -> None:
    assert line.got() == line.understood, line.text
    if line.fields is not None:
        assert describe_fields(line.result().intent) == line.fields, line.text


def test_no_text_is_misunderstood_and_nearly_all_need_one_question_at_most() -> None:
    shares = Counter(outcome(line) for line in ALL)

    print(f"\n{len(ALL)} texts: " + ", ".join(f"{name} {count / len(ALL):.1%}" for name, count in shares.items()))
    assert len(ALL) >= ENOUGH
    assert shares["misunderstood"] == 0
    assert (shares["understood"] + shares["asked"]) / len(ALL) >= REACH


def test_the_examples_of_every_order_are_in_reach() -> None:
    assert {line.regime for line in ALL} >= {"tatarstan-2020", "moscow-2020", "greece-2020", "azerbaijan-2020"}
