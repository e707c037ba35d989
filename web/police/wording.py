"""How verdicts are said on a page: a word, and what to do next. The script shows the same words, by the same names."""

from collections.abc import Mapping
from types import MappingProxyType

from codes.outcomes import Mark, VerdictKind
from web.police.looking import Bar
from web.words import later

VERDICTS: Mapping[str, tuple[Mark, str, str]] = MappingProxyType(
    {
        VerdictKind.VALID: (
            Mark.GREEN,
            later("Valid"),
            later("Compare the initials and the end of the document. If they fit, let the person go on."),
        ),
        VerdictKind.WRONG_ZONE: (
            Mark.AMBER,
            later("Not for this zone"),
            later("The pass is good, but not here. Tell the person where it is good."),
        ),
        VerdictKind.NOT_YET_VALID: (
            Mark.AMBER,
            later("Not valid yet"),
            later("The pass begins later. Tell the person when."),
        ),
        VerdictKind.EXPIRED: (
            Mark.RED,
            later("Expired"),
            later("The pass is over. Act as the order says for somebody without a pass."),
        ),
        VerdictKind.REVOKED: (
            Mark.RED,
            later("Withdrawn"),
            later("The pass was withdrawn. Act as the order says for somebody without a pass."),
        ),
        VerdictKind.UNKNOWN: (
            Mark.RED,
            later("Unknown"),
            later("Nobody has this. Check the document, and compare what you entered sign by sign."),
        ),
        VerdictKind.MISTYPED: (
            Mark.AMBER,
            later("Mistyped"),
            later("No code is like this: a sign is wrong or missing. Compare it and enter it again."),
        ),
        "forged": (
            Mark.RED,
            later("Not genuine"),
            later("This QR was not signed by the service. Check the document and ask for the code of the pass."),
        ),
        "test": (
            Mark.RED,
            later("A test, no pass"),
            later("This QR comes from a machine for trials. It permits nothing."),
        ),
        "listed": (
            Mark.AMBER,
            later("May be withdrawn"),
            later("The pass stands on the list of withdrawn ones. Ask again with network, or by text."),
        ),
        "old_list": (
            Mark.AMBER,
            later("Genuine, but ask"),
            later("The list of withdrawn passes on this telephone is old. Ask again with network, or by text."),
        ),
        "doubtful_clock": (
            Mark.AMBER,
            later("Genuine, but ask"),
            later("The clock of this telephone can't be right. Set it, and ask with network or by text."),
        ),
        "unknown_key": (
            Mark.AMBER,
            later("Can't be told here"),
            later("It was signed with a key that this telephone does not know. Ask again with network, or by text."),
        ),
        "unasked": (
            Mark.AMBER,
            later("Can't be told without network"),
            later("Only a QR can be checked without network. Scan it, or ask by text."),
        ),
        "no_pass": (
            Mark.AMBER,
            later("No pass"),
            later("This QR is of something else. Ask for the pass."),
        ),
    }
)
"""By kind: the mark, the word, what to do next. Those that `VerdictKind` has not are the telephone's own, offline."""
BARS: Mapping[Bar, tuple[str, str]] = MappingProxyType(
    {
        Bar.NO_ACCOUNT: (
            later("No officer has this account"),
            later("Ask an administrator for a link to the officers' page: it ties an account to your number."),
        ),
        Bar.OFF_SHIFT: (later("Your shift is over"), later("Sign in to start the next one.")),
        Bar.LOCKED: (
            later("You are locked"),
            later("Too many wrong PINs, or codes that nobody has. Call your supervisor, who can unlock you."),
        ),
        Bar.MALFORMED: (later("Mistyped"), later("Nothing is written like this. Compare it and enter it again.")),
        Bar.NOT_BOUND: (later("Not looked up"), later("The order in force binds no pass to this.")),
    }
)
"""Why nothing was looked up: a title, and what to do."""
SYMBOLS: Mapping[Mark, str] = MappingProxyType({Mark.GREEN: "✓", Mark.AMBER: "!", Mark.RED: "✕"})
