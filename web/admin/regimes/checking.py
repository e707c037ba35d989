"""Proof-reading beside the pages: in a thread of its own, one order at a time, and each text once.

It asks nothing of the database and holds none of its locks. A page waits a moment, then shows that it goes on.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Unfinished
from dataclasses import dataclass
from functools import cached_property

from codes.regimes import PRESETS
from language.proofreading import Finding, Gravity, proofread

PATIENCE_S = 1.0
"""How long a page waits for it."""
_MOST = 64


@dataclass(frozen=True, slots=True)
class Checked:
    """What there is to put right in a text, and how long it took to find out, in seconds."""

    findings: Mapping[Gravity, list[Finding]]
    took_s: float

    @property
    def all(self) -> list[Finding]:
        """What was found, the gravest first."""
        return [finding for findings in self.findings.values() for finding in findings]


class Checker:
    """Proof-reads the texts it is asked about, and remembers the last ones."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Future[Checked]] = OrderedDict()
        self._alone = threading.Lock()

    def ask(self, text: str, patience_s: float = PATIENCE_S) -> Checked | None:
        """What was found in a text; None where it still goes on after so many seconds."""
        with self._alone:
            key = hashlib.sha256(text.encode()).digest()
            if key not in self._known:
                self._known[key] = self._pool.submit(_checked, text)
            self._known.move_to_end(key)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)
            found = self._known[key]
        try:
            return found.result(patience_s)
        except Unfinished:
            return None

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """Begun with the first question: a thread does not live on in a process that is forked off."""
        return ThreadPoolExecutor(1, "proof-reading")


def _checked(text: str) -> Checked:
    begun = time.perf_counter()
    findings = proofread(text, PRESETS)
    return Checked(findings, time.perf_counter() - begun)
