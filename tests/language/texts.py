"""The corpus of texts: how its files are read. See the head of each file in corpus/."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from codes.fields import Field
from codes.regime import Regime, read_regime
from language.intents import Aim, Ask, Asked, Dialogue, Understood
from language.understanding import describe, understand

HERE = Path(__file__).parent / "corpus"
PRESETS = Path(__file__).parents[2] / "codes" / "presets"


@dataclass(frozen=True)
class Line:
    """One text: what was `meant`, what is to be `understood` (the same, or a question), and where it is sent."""

    place: str
    text: str
    meant: str
    understood: str
    fields: str | None
    regime: str
    dialogue: Dialogue | None
    officer: bool
    patient: bool = False

    def result(self) -> Understood:
        """What understanding makes of the text, at noon on a Tuesday."""
        order = regime(self.regime)
        return understand(self.text, order, self.dialogue, officer=self.officer, patient=self.patient, now=noon(order))

    def got(self) -> str:
        """The intent in short notation."""
        return describe(self.result().intent)


@cache
def regime(name: str) -> Regime:
    """A preset by its name."""
    return read_regime((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


def noon(order: Regime) -> datetime:
    """Tuesday, 24 November 2026, 12:00 in the regime's zone."""
    return datetime(2026, 11, 24, 12, tzinfo=order.zone)


def lines(*names: str) -> Iterator[Line]:
    """The lines of the named files; of all files without names."""
    for path in sorted(HERE.glob("*.tsv")):
        if not names or path.stem in names:
            yield from _lines(path)


def _lines(path: Path) -> Iterator[Line]:
    setting = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("@"):
            setting = line[1:].strip()
        elif line and not line.startswith("#"):
            expected, text, *rest = line.split("\t")
            meant, _, understood = expected.partition(" ~ ")
            name, _, how = setting.partition(" ")
            yield Line(
                place=f"{path.stem}:{number}",
                text=text.replace("\\n", "\n").replace("\\t", "\t"),
                meant=meant,
                understood=understood or meant,
                fields=rest[0] if rest else None,
                regime=name,
                dialogue=_dialogue(how),
                officer=how == "officer",
                patient=how == "patient",
            )


def _dialogue(how: str) -> Dialogue | None:
    words = how.split(" ", 1)
    if words[0] != "asking":
        return None
    asked, _, rest = words[1].partition(" ")
    rest, _, options = rest.partition("options ")
    purpose = rest.removeprefix("purpose ").strip()
    return Dialogue(
        aim=Aim.CHECK if asked == Ask.CONFIRM else Aim.REQUEST if purpose else Aim.REGISTER,
        asking=_asked(asked),
        purpose=int(purpose) if purpose else None,
        options=tuple(options.replace(",", "|").split("|")) if options else (),
    )


def _asked(name: str) -> Asked:
    return Ask(name) if name in set(Ask) else Field(name)
