"""How organisations' pages say what the rooms below mean."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from codes.employers.hiring import COLUMNS
from codes.employers.uploads import Judged
from codes.regime import Regime
from employers import judging
from employers.sheets import HEADINGS, SheetTrouble
from language.examples import sample
from web.words import _, later, spoken

STATES: Mapping[str, str] = MappingProxyType(
    {
        "asked": later("waits for a reviewer"),
        "confirmed": later("confirmed"),
        "refused": later("not confirmed"),
        "closing": later("being closed"),
        "closed": later("closed"),
    }
)
UPLOADS: Mapping[str, str] = MappingProxyType(
    {
        "sent": later("being read"),
        "read": later("read: nothing is issued yet"),
        "issuing": later("being issued"),
        "done": later("done"),
        "dropped": later("given up"),
    }
)
WORKERS: Mapping[str, str] = MappingProxyType(
    {
        "live": later("has a pass"),
        "over": later("the pass is over"),
        "withdrawn": later("the pass was withdrawn"),
        "none": later("no pass was issued"),
    }
)
TROUBLES: Mapping[SheetTrouble, str] = MappingProxyType(
    {
        SheetTrouble.EMPTY: later("Choose a file with at least one worker in it"),
        SheetTrouble.TOO_LARGE: later("The file has more than 2 MB. Send the workers in several lists."),
        SheetTrouble.NO_TEXT: later("This is no CSV file. In your spreadsheet choose Save as, then CSV (UTF-8)."),
        SheetTrouble.LETTERS: later("We can't read the letters of this file. Save it as CSV (UTF-8) and try again."),
        SheetTrouble.QUOTES: later(
            "A quotation mark is never closed, or a field has no end. Look for a lone quotation mark and take it out."
        ),
        SheetTrouble.COLUMNS: later(
            "Name, telephone or document is missing. Use our list, or put these three columns first."
        ),
        SheetTrouble.TOO_MANY_COLUMNS: later("The file has more than 20 columns. Keep the five of our list."),
        SheetTrouble.TOO_MANY_ROWS: later("The file has more than 10,000 lines. Send the workers in several lists."),
    }
)
"""What is wrong with a file, and what to do."""


def column_words(column: str) -> str:
    """A column as our list heads it."""
    return HEADINGS[spoken()][COLUMNS.index(column)]


def finding_words(finding: tuple[str, Any], regime: Regime) -> str:
    """What is to be said about a line, and what to do."""
    code, told = finding
    match code:
        case judging.EMPTY:
            return _("{column} is missing", column=column_words(told))
        case judging.LONG:
            return _("{column} is longer than 200 signs", column=column_words(told))
        case judging.WRONG if told == "phone":
            return _("wrong telephone: write it like {example}", example="+7 999 123-45-67")
        case judging.WRONG:
            example = sample(told, spoken(), regime)
            return _("wrong {column}: write it like {example}", column=column_words(told), example=example)
        case judging.NO_MOBILE:
            return _("not a mobile number of this country: the worker can't get a text on it")
        case judging.SAME_PHONE:
            return _("the same telephone stands in line {line}", line=told)
        case judging.SAME_DOCUMENT:
            return _("the same document stands in line {line}", line=told)
        case judging.LIVE:
            return _("has a pass from you already: none is needed")
        case _changed:
            return _("changed from your last list: {columns}", columns=", ".join(column_words(one) for one in told))


def row_words(row: Judged, regime: Regime) -> str:
    """All that is to be said about a line."""
    return "; ".join(finding_words(one, regime) for one in row.findings) or _("fine")


def result_words(row: Judged) -> str:
    """What came of a line, as far as the organisation may know."""
    if row.result == "issued":
        return _("issued")
    if row.result == "not_issued":
        return _("not issued")
    return _("waits") if row.fine else _("left out")
