"""Changes of a signed token, none of which may be accepted: by the suite a few, by `make prove` ten million."""

from datetime import UTC, datetime, timedelta
from random import Random

from codes.signed.signed_pass import Unreadable, read_token, sign_token
from codes.signed.token_bytes import PassToken
from tests.codes.signing import key

NOON = datetime(2026, 6, 3, 9, tzinfo=UTC)
TOKEN = PassToken(1, True, 2**63 + 5, NOON, NOON + timedelta(hours=1), 8, 1, 0, "2506", "ИАИ", 1980)
KEY = key(1)
PUBLIC = {1: KEY.public}
SIGNED = sign_token(TOKEN, [KEY])
URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def mutated(random: Random, text: str) -> str:
    """`text` with a sign or two changed, dropped, put in, swapped, or cut off; never the same."""
    while True:
        signs = list(text)
        for _ in range(random.choice((1, 1, 1, 2))):
            _change(random, signs)
        if (changed := "".join(signs)) != text:
            return changed


def _change(random: Random, signs: list[str]) -> None:
    place, sign = random.randrange(len(signs)), random.choice(URL_SAFE)
    what = random.randrange(20)
    if what < 12:
        signs[place] = sign
    elif what < 14:
        other = random.randrange(len(signs))
        signs[place], signs[other] = signs[other], signs[place]
    elif what < 16:
        signs[place] = random.choice(".= +/я\0" + URL_SAFE)
    elif what < 18:
        signs.insert(place, sign)
    elif what < 19 or len(signs) < 60:
        del signs[place]
    else:
        del signs[place + 30 :]


def accepted(seed: int, many: int) -> list[str]:
    """So many changes, drawn from `seed`: those that were taken for a token."""
    random = Random(seed)
    changes = (mutated(random, SIGNED) for _ in range(many))
    return [text for text in changes if not isinstance(read_token(text, PUBLIC), Unreadable)]
