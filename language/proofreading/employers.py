"""Contradictions where organisations ask for passes: what their lists can't say, and what confirming them skips."""

from collections.abc import Iterator

from codes.fields import Field
from codes.regime import Purpose, Regime
from language.proofreading.findings import Finding, found

_TOLD = frozenset({Field.NAME, Field.DOCUMENT, Field.PLATE, Field.CARD, Field.ORGANISATION, Field.TAX_NUMBER})
"""What is known of a worker: by the list, and by the organisation's account."""
_LEFT_OUT = frozenset({Field.PLATE, Field.CARD})
"""What a list may leave out."""


def find_employer_trouble(regime: Regime) -> Iterator[Finding]:
    """What stands in the way of the purposes with ``employer = true``."""
    for purpose in regime.purposes:
        if purpose.employer:
            yield from _purpose(regime, purpose)


def _purpose(regime: Regime, purpose: Purpose) -> Iterator[Finding]:
    where = f"purpose {purpose.number}, employer"
    for name in regime.needed(purpose):
        if name not in _TOLD or name in _LEFT_OUT:
            what = "an employer's list does not always say {field}, which is required; make it optional"
            yield found(where, what, field=name.value)
    if purpose.reviewers > 1:
        what = "one reviewer confirms an organisation, and here two decide; write reviewers = 1, or strike employer"
        yield found(where, what)
    if Field.ORGANISATION not in (*purpose.fields, *purpose.optional_fields):
        what = "the pass would not say whose worker it is for; add organisation to its fields"
        yield found(where, what)
