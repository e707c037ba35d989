"""What must not be worked out: a part that is hidden, from a whole that is shown and the other parts."""

from collections.abc import Mapping

from monitoring.figures.counted import LEAST, Count


def together(parts: Mapping[str, Count]) -> int | None:
    """The sum of what is shown of some parts, so that nothing hidden is in it; None where nothing is shown."""
    shown = [one.shown for one in parts.values() if one.shown is not None]
    return sum(shown) if shown else None


def beside_their_whole(parts: Mapping[str, Count]) -> dict[str, int | None]:
    """Each part of a whole that is shown too; None hides it.

    One hidden part alone would be the whole without the others, and so would several that come to less than `LEAST`.
    Then the smallest that could be shown are hidden with them.
    """
    shown = {name: one.count for name, one in parts.items() if one.shown is not None}
    hidden = {name: one.count for name, one in parts.items() if one.shown is None}
    while hidden and shown and (len(hidden) == 1 or sum(hidden.values()) < LEAST):
        least = min(shown, key=lambda name: (shown[name], name))
        hidden[least] = shown.pop(least)
    return {name: shown.get(name) for name in parts}
