"""Regular expressions that would keep every text waiting: measured in a process that can be ended.

Python's matching can take time that doubles with each sign, and can't be interrupted. So the pattern is tried, before
anything else uses it, on texts that such patterns stumble over, made of its own signs.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from codes.regime import Regime
from language.fields import LONGEST_DOCUMENT
from language.proofreading.findings import Finding, found

LONGEST: Final = 200
"""Signs a pattern may have."""
LIMIT_S: Final = 2.0
"""All trials together, with the start of a process on a busy machine; a good pattern takes a few thousandths."""
_SIGNS: Final = re.compile(r"\w")
_PROGRAM: Final = """
import re, sys
pattern, *texts = sys.stdin.read().split("\\n")
compiled = re.compile(pattern)
for text in texts:
    compiled.fullmatch(text)
"""


def find_slow_pattern(regime: Regime) -> Iterator[Finding]:
    """Whether matching `document_pattern` would take too long."""
    if len(regime.document_pattern) > LONGEST or "\n" in regime.document_pattern:
        yield found("document_pattern", "it has more than {most} signs; write it shorter", most=LONGEST)
    elif is_slow(regime.document_pattern, regime.document_example):
        what = "some numbers would take seconds to compare with it; avoid a repetition within a repetition"
        yield found("document_pattern", what)


@lru_cache(maxsize=64)
def is_slow(pattern: str, example: str) -> bool:
    """Whether it takes more than `LIMIT_S` on one of the texts."""
    given = "\n".join((pattern, *dict.fromkeys(_trials(pattern, example))))
    try:
        subprocess.run(
            [sys.executable, "-I", "-S", "-c", _PROGRAM],
            input=given.encode(),
            timeout=LIMIT_S,
            check=False,
            capture_output=True,
        )
    except subprocess.TimeoutExpired:
        return True
    return False


def _trials(pattern: str, example: str) -> Iterator[str]:
    """Rows of one sign, of two in turn, of the example, each with an end that does not fit."""
    signs = dict.fromkeys((*_SIGNS.findall(pattern.upper()), *"0159AZ"))
    rows = [one * LONGEST_DOCUMENT for one in signs]
    rows += [(one + other) * (LONGEST_DOCUMENT // 2) for one, other in product(signs, repeat=2) if one != other]
    rows.append((example * LONGEST_DOCUMENT)[:LONGEST_DOCUMENT])
    for row in rows:
        yield row
        yield f"{row[:-1]}!"
