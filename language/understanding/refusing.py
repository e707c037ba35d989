"""Texts that ask for no pass: negations, questions, grievances. A wrong pass is worse than a question."""

import re

from language.intents import Decline, Inquiry, Intent, Request
from language.understanding.purposes import EMPTY
from language.understanding.reading import Reading, read
from language.understanding.vocabulary import Kind
from language.understanding.wish import Wish

_CONTRAST = re.compile(r"[\s,;.]+(?:а|но|but|ә)\s+", re.IGNORECASE)
_NEAR = 2  # words


def affirmed(reading: Reading) -> Reading | None:
    """The part that is not denied in a contrast such as «не 3, а 8»; None where there is no contrast."""
    if not reading.any_role("negation"):
        return None
    halves = _CONTRAST.split(reading.text, maxsplit=1)
    parts = [read(half, reading.regime, reading.shapes, reading.now) for half in halves]
    meant = [part for part in parts if part.words and not part.any_role("negation")]
    if len(parts) != 2 or len(meant) != 1:
        return None
    denied = parts[1] if meant[0] is parts[0] else parts[0]
    says = [index for index in denied.words if not denied.role(index, *EMPTY, "negation", "no")]
    return meant[0] if says or denied is parts[0] else None  # «хотела в аптеку, но передумала» denies the first part


def decline(wish: Wish) -> Intent | None:
    """What a text with a negation means: nothing is wanted, or, where it denies something else, a question back."""
    reading = wish.reading
    if not reading.any_role("negation"):
        return None
    if reading.any_role("question", "trouble") or "?" in reading.text:
        return inquiry(wish)
    if _denies_the_wish(wish) and not _leaves_one(wish):
        return Decline()
    if wish.named.all:
        return Request(None, candidates=wish.named.all, other=wish.other())
    if reading.any_role("pass"):
        return Inquiry()
    return Decline() if all(reading.role(index, *EMPTY, "negation", "no") for index in reading.words) else None


def inquiry(wish: Wish) -> Intent | None:
    """A question, or a grievance about a pass; «можно пропуск в аптеку?» asks for one, politely, and is asked back."""
    reading, named = wish.reading, wish.named
    modal, about_a_pass = reading.any_role("modal"), reading.any_role("pass", "head")
    about = named.all[0] if len(named.all) == 1 else None
    if "?" not in reading.text and not reading.any_role("question"):
        if _wonders(wish):
            return Request(None, candidates=named.all, other=wish.other())
        grieves = reading.any_role("trouble") and (bool(named.all) or about_a_pass)
        return Inquiry(about) if grieves or (modal and not named.all and not about_a_pass) else None
    polite = modal and reading.any_role("pass") and not reading.any_role("question", "trouble")
    return Request(None, candidates=named.all, other=wish.other()) if named.all and polite else Inquiry(about)


def _wonders(wish: Wish) -> bool:
    """«а в аптеку можно», «в аптеку можно»: a question without its sign; «можно в аптеку», «если можно» are polite."""
    reading, spoken = wish.reading, [wish.reading.tokens[index].text.casefold() for index in wish.reading.words]
    if not wish.named.all or reading.any_role("pass", "head"):
        return False
    doubting = reading.role(reading.words[0], "or") and reading.any_role("modal")
    return doubting or (spoken[-1] == "можно" and spoken[-2:-1] != ["если"])


def _leaves_one(wish: Wish) -> bool:
    """«мне не к врачу, мне в аптеку»: of several purposes only one is denied, as it seems."""
    return len(wish.named.all) > 1 and sum(wish.reading.role(i, "negation") for i in wish.reading.words) == 1


def _denies_the_wish(wish: Wish) -> bool:
    """Whether a negation stands by what is wanted («не надо 3»), and nothing else is («нет …, нужна …»)."""
    reading = wish.reading
    denials = {index for index in reading.words if reading.role(index, "negation")}
    denials -= {index for index in denials if reading.role(index, "without")}  # «мать без лекарств»
    wanted = wish.named.tokens | {i for i in reading.words if reading.role(i, "ask", "pass", "head", "go")}
    wanted |= {token for mark in reading.of(Kind.COMMAND) for token in mark.tokens}
    asks = {index for index in reading.words if reading.role(index, "ask")} - denials
    spoken = [index for index in reading.words if index in denials | wanted or not reading.role(index, "filler")]
    place = {index: order for order, index in enumerate(spoken)}

    def denies_another(denial: int) -> bool:
        following = spoken[place[denial] + 1 : place[denial] + 2]
        if reading.role(denial, "lacking") and place[denial] > 0:
            following.append(spoken[place[denial] - 1])  # «сил нет»
        return any(index not in wanted | denials and not reading.by_token.get(index) for index in following)

    denials = {denial for denial in denials if not denies_another(denial)}

    def near(index: int, reach: int) -> bool:
        return any(abs(place[denial] - place[index]) <= reach for denial in denials)

    return any(near(index, _NEAR) for index in wanted) and all(near(index, 1) for index in asks)
