"""Ten million changed tokens, none of which is accepted."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from os import cpu_count
from pathlib import Path

from bench.prove_races import Outcome
from tests.proofs.tokens import accepted

_AT_ONCE = 20_000


def mutations(_url: str, _folder: Path, times: int, tell: Callable[[int], None]) -> Outcome:
    """So many changes of a signed token, on every core; no database has a part in it."""
    rounds = -(-times // _AT_ONCE)
    wrong: list[str] = []
    with ProcessPoolExecutor(cpu_count()) as hands:
        for done, found in enumerate(hands.map(accepted, range(rounds), [_AT_ONCE] * rounds), 1):
            wrong += found
            tell(done * _AT_ONCE)
    return Outcome(rounds * _AT_ONCE, wrong)
