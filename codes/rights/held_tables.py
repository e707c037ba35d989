"""Which tables are about people, and where in `held` each is told; or why it is not. A test reads both lists.

A table counts as about people where a column names a person, a telephone, a pass, an application, a call or a form's
sender, or seals something.
"""

from collections.abc import Mapping
from types import MappingProxyType

TOLD: Mapping[str, str] = MappingProxyType(
    {
        "phone": "telephone",
        "person": "people",
        "person_phone": "people.telephones",
        "document": "people.documents",
        "pass": "people.passes",
        "inspection": "people.passes.inspections",
        "share_link": "people.passes.links",
        "application": "people.applications",
        "application_review": "people.applications.reviewed_by",
        "paper": "people.applications.papers",
        "isolation_case": "people.isolation",
        "consent": "people.isolation.consents",
        "fence": "people.isolation.areas",
        "lent_phone": "people.isolation.lent_phones",
        "case_change": "people.isolation.changes",
        "case_proposal": "people.isolation.proposals",
        "patient_link": "people.isolation.page_links",
        "device": "people.isolation.devices",
        "fence_state": "people.isolation.devices.last_counted_at",
        "patient_word": "people.isolation.your_words",
        "departure": "people.isolation.departures",
        "presence_check": "people.isolation.checks",
        "photo": "people.isolation.photos",
        "alert": "people.isolation.alerts",
        "case_file": "people.isolation.case_files",
        "spoken_notice": "people.isolation.notices_by_call",
        "employment": "people.employers",
        "audit_entry": "people.looks",
        "outbox_message": "texts_sent",
        "inbound_message": "texts_received",
        "dialogue": "open_question_until",
        "call": "calls",
        "recording": "calls.recordings",
        "listening": "calls.recordings.heard",
        "call_review": "calls.heard_again",
        "mail": "e_mails",
        "appeal": "appeals",
        "draft": "drafts",
        "sign_in_code": "sign_in_codes",
        "citizen_session": "sign_ins",
        "organisation_user": "acts_for",
    }
)
"""By table, the path in what is told."""

LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "call_step": "answers of our machine on a call; wiped after three days, the call itself is told",
        "call_look": "what an agent's screen was opened for; each such look is in the audit, and told from there",
        "dictation": "when a code was read out on a call; the call is told",
        "recorded_leg": "the agent's end of a call; its recording is told",
        "receipt": "what the carrier said of a text; the text's state is told",
        "quota_slot": "places taken under a limit, by a keyed hash of the document; the passes are told",
        "sent_form": "that a form was sent, without what it said; gone after a day",
        "taking": "who is at an application, appeal or alert now",
        "officer": "a police officer's account; it is about their work",
        "agent": "an agent's account; it is about their work",
        "organisation": "an organisation's account; whoever acts for it sees it on its pages",
        "upload": "a list that an organisation sent; its rows are wiped a day after",
        "upload_row": "a row of such a list, wiped a day after; the employer is told",
        "staff": "an account of somebody who works here",
        "case_draft": "a case that is about to be opened, sealed; gone a day later, or part of the case",
        "settled_alarm": "what a supervisor noted about an agent or officer",
    }
)
"""By table, why nothing of it is told."""
