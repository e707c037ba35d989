"""Figures by district, as far as that can be told without anybody's data.

Addresses are sealed and nobody places them, so that nothing is counted by where people live or go. What is known is
the zone an officer's shift is in, and the zones a purpose holds in. A zone belongs to the district that has its name
(or its key, or one of its keywords); what belongs to none is counted apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codes.counts.counting import Figure
from codes.counts.layers import DISTRICTS, area_names, layer
from codes.counts.tallies import Tally
from codes.regime import Zone
from codes.regimes import in_force, terms
from store import Work

LEAST = 10
"""Of a district no number under this is shown."""
_KIND = re.compile(
    r"\b(муниципальный|городской|сельский|район|районы|округ|город|г|district|borough|county|city|municipality|of|районы?ның)\b"
)
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class District:
    """A district, and what is counted in it; None where that is under `LEAST`."""

    name: str
    short: str
    inspections: int | None
    passes: int | None


@dataclass(frozen=True, slots=True)
class Districts:
    """All districts of the layer, and what belongs to none of them."""

    version: str
    """Of the layer."""
    districts: tuple[District, ...]
    elsewhere: District


def by_district(work: Work, whole: Tally) -> Districts | None:
    """The figures of a span by district; None where no districts were imported."""
    known = layer(work, DISTRICTS)
    if known is None:
        return None
    names = area_names(work, DISTRICTS)
    placed = {plain_name(name): name for name in names}
    zones = {zone.key: _district(zone, placed) for zone in in_force(work).regime.zones}
    inspections, passes = Counter[str](), Counter[str]()
    for key, count in whole.of(Figure.INSPECTED_IN).items():
        inspections[zones.get(key) or ""] += count
    for key, count in _passes(work, whole):
        passes[zones.get(key) or ""] += count
    found = tuple(_shown(name, inspections, passes) for name in names)
    return Districts(known.version, found, _shown("", inspections, passes))


def short_name(name: str) -> str:
    """A district's name without the word for district, as a map has room for."""
    return " ".join(_KIND.sub(" ", name.replace("Район", "район").replace("District", "district")).split()) or name


def plain_name(name: str) -> str:
    """A name as it is compared: small letters, no ё, without the word for district."""
    folded = name.casefold().replace("ё", "е")
    return " ".join(_NO_WORD.sub(" ", _KIND.sub(" ", folded)).split()) or folded


def _district(zone: Zone, placed: Mapping[str, str]) -> str | None:
    words = (zone.key, *zone.name.values(), *(word for listed in zone.keywords.values() for word in listed))
    return next((placed[plain_name(word)] for word in words if plain_name(word) in placed), None)


def _passes(work: Work, whole: Tally) -> Iterator[tuple[str, int]]:
    """Passes of purposes that hold in zones alone; in each of them, since nobody knows in which they are used."""
    for part, count in whole.of(Figure.PASSES).items():
        version, number, _ = part.split("/")
        purpose = terms(work, int(version)).regime.by_number.get(int(number))
        for key in purpose.zones if purpose else ():
            yield key, count


def _shown(name: str, inspections: Counter[str], passes: Counter[str]) -> District:
    looks, issued = inspections[name], passes[name]
    return District(name, short_name(name), looks if looks >= LEAST else None, issued if issued >= LEAST else None)
