"""What stands in an answer."""

import re

_CODE = re.compile(r"\b[1-9AEKMHPCTYX]{4}-[1-9AEKMHPCTYX]{4}-[1-9AEKMHPCTYX]{4}\b")


def code_in(text: str) -> str:
    """The pass's code; fails where there is none."""
    found = _CODE.search(text)
    assert found, text
    return found.group()


def has_code(text: str) -> bool:
    """Whether a code stands in it."""
    return _CODE.search(text) is not None
