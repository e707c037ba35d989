"""Files as they come over a bad line, or from whoever tries what a reader makes of them."""

from random import Random


def mutated(content: bytes, chance: Random) -> bytes:
    """The file with some of its bytes changed, missing, or new."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randint(1, 40)]
            case 2:
                changed[place:place] = chance.randbytes(chance.randint(1, 40))
            case _:
                changed[place] ^= 1 << chance.randrange(8)
        if len(changed) < 8:
            return bytes(changed)
    return bytes(changed)
