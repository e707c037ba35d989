"""The pages on the way to a case, in order: whoever comes back goes on at the first that is not done."""

from flask import url_for

from monitoring.cases.drafts import Draft

STEPS = ("person", "plan", "address", "consent")


def next_page(draft: Draft) -> str:
    """Where to go on."""
    if draft.aim != "open":
        return url_for("pages.clinic.settle" if draft.fence else "pages.clinic.address", draft_id=draft.id)
    done = {"person": draft.number, "plan": draft.kind, "address": draft.fence, "consent": draft.consent}
    step = next((name for name in STEPS if not done[name]), "check")
    return url_for(f"pages.clinic.{step}", draft_id=draft.id)
