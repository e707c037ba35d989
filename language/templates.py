"""Every sentence people get by text, in English: the source of the catalogues in `language/catalogues`.

Those of people at home, officers, organisations and the rules stand in `language.sentences`, with spoken twins.
Names of fields are in braces. Words in capitals are commands people can send, none of them a word that carriers keep
for themselves (STOP, START, HELP, CANCEL, END, QUIT, YES, INFO ...). A sentence fits one segment with the longest names
of every order, 70 UTF-16 units where a value can be Cyrillic or Greek; two where one is impossible, each with its
reason. English avoids signs outside GSM-7. After a change here the catalogues follow; a test names what is missing.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from language.sentences import at_home, employers, officers, rules

DERIVED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"holder": ("initials", "tail"), "first_text": (), "request_text": (), "example": (), "examples": (), "title": ()}
)
"""Fields in the sentences that `say` makes itself, from the fields named here and from the regime.

`holder`: initials and the end of a document; `first_text`: what somebody unknown sends first; `request_text`: a
request for the same purpose, or the most usual one; `example`: a value of the field a sentence is about; `examples`:
purposes with their numbers; `title`: of the regime. All but `holder` can be given instead.
"""


@cache
def placeholders(text: str) -> tuple[str, ...]:
    """Names of the fields in `text`, each once, in order; raises ValueError where braces don't match."""
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(text) if name is not None))


@dataclass(frozen=True)
class Template:
    """One sentence: its English text, how many segments it may take, whether its options are numbered from 1."""

    text: str
    budget: int = 1
    numbered: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that the caller gives."""
        needed = (DERIVED.get(name, (name,)) for name in placeholders(self.text))
        return tuple(dict.fromkeys(name for names in needed for name in names))


_CITIZEN = {
    "granted": "Pass {code} until {valid_until}\n{purpose}\n{holder}",
    "granted_ahead": "Pass {code}\n{valid_from}-{valid_until}\n{purpose}\n{holder}",
    "granted_again": "Code {code} until {valid_until}\n{purpose}\n{holder}",
    "extended": "Extended {code} to {valid_until}\n{purpose}\n{holder}",
    "status_live": "Pass {code} until {valid_until}\n{purpose}\n{holder}",
    "status_ahead": "Pass {code}\n{valid_from}-{valid_until}\n{purpose}\n{holder}",
    "status_line": "{code} until {valid_until}, {purpose}, {holder}",
    "status_line_ahead": "{code} {valid_from}-{valid_until}, {purpose}, {holder}",
    "status_more": "and {count} more",
    "status_none": "{holder}: no pass now. To get one, send {request_text}",
    "status_unknown": "You are not registered. To start, send {first_text}",
    "cancelled_back": "Pass {code} is cancelled and not counted. New one: {request_text}",
    "cancelled_kept": "Pass {code} is cancelled but counts as used. Rules: RULES",
    "refused_quota": "{purpose}: limit used up. The next pass can start {next_at}",
    "refused_quota_now": "{purpose}: limit used up. To see your passes, send STATUS",
    "refused_hours": "{purpose}: not at this hour. A pass can start {next_at}",
    "refused_hours_now": "{purpose}: not at this hour. To see the hours, send RULES",
    "refused_isolation": "No pass: you were told to stay at home. To appeal: APPEAL and why",
    "refused_blocked": "No pass: this number is blocked. To appeal: APPEAL and why",
    "refused_crowded": "No pass: too many people use this number. To appeal: APPEAL and why",
    "refused_review": "No pass: an officer decided so. To appeal: APPEAL and why",
    "refused_no_pass_needed": "{what}: no pass is needed. Take your document along.",
    "refused_not_ahead": "{purpose}: not that far ahead. On the day, send {request_text}",
    "refused_not_ahead_at": "{purpose}: too early. Please ask again from {next_at}",
    "refused_nothing_live": "You have no pass now. To get one, send {request_text}",
    "refused_not_extendable": "This pass can't be longer. When it ends, send {request_text}",
    "referred": "Application {application} is with an officer. The answer comes here.",
    "referred_papers": "Application {application} needs papers. Sign in on our page and add them.",
    "registered": "Registered: {holder}. Wrong? Send again. Pass: {request_text}",
    "corrected": "Corrected: {holder}. For a pass, send {request_text}",
    "dependant_added": "Added: {holder}. For a pass: {request_text} and the name",
    "dependant_needs": "Send the child's name, like this: CHILD {example}",
    "document_claimed": "Another phone asks for your document {tail}. Agree: text {consent}. Refuse: NO",
    "claim_consent": "To agree, text the number that stands in our message about it.",
    "proof_code": "Code for the agent: {consent}. Tell it to nobody else.",
    "data_deleted": "What you asked us to delete is deleted.",
    "sign_in_code": "Code to sign in: {code}. Tell it to nobody, not even to us.",
    "phone_moved": "Your passes moved to another phone. Not you? Send APPEAL and why",
    "claim_waits": "Thank you. Now we ask the other phone. You will hear from us.",
    "claim_agreed": "Done: document {tail} now works on both phones. Yours: STATUS",
    "claim_denied": "Refused: document {tail} stays with its phone. To appeal: APPEAL and why",
    "welcome": "Movement passes by text. To start, send {first_text}",
    "unclear": "Sorry, not understood. For a pass: {request_text}, for help: RULES",
    "unclear_again": "Still not understood. Answer the question, or send BACK or RULES",
    "dialogue_ended": "OK, we dropped the question. For a pass, send {request_text}",
    "back_to_start": "OK, from the start. For a pass, send {request_text}",
    "language_set": "We now answer in English. For a pass, send {request_text}",
    "genuine": "In the last 24 h we texted you: {times}. Nothing else is from us.",
    "genuine_none": "We sent you nothing in the last 24 h. Don't trust that text.",
    "not_me_done": "Pass {code} is withdrawn, your limit is free. We look into it.",
    "not_me_kept": "Pass {code} is withdrawn. Limit still used? Send APPEAL and why",
    "not_me_nothing": "Nothing was done for your number lately. Your passes: STATUS",
    "stopped": "Notices are off. Your own texts are still answered. On again: RESUME",
    "started": "Notices are on. You will hear of changes to your passes.",
    "binding_live": "{value}: bound to a live pass until {until}. Nothing to do.",
    "binding_none": "{value}: no live pass. To get one, send {request_text}",
    "complaint_stored": "Appeal {number} received. A person decides, the answer comes here.",
    "complaint_empty": "Please write your reasons too, for example: APPEAL no code came",
    "declined": "OK, nothing was done. When you need a pass, send {request_text}",
    "inquiry": "Rules: RULES. Your passes: STATUS. To appeal: APPEAL and why",
    "busy": "We are busy, nothing was lost. Please send it again in a minute.",
    "apology": "Our mistake, nothing was done. Please send it again in a minute.",
    "sender_unknown": "We can't see your number. Please text from a phone that shows it.",
    "citizen_code": "Only officers on shift can check codes. Your own passes: STATUS",
    "too_many_codes": "At most 10 codes in one text. Please send the rest in another.",
}

_QUESTIONS = {
    "ask_name": "Your full name, please, for example {example}",
    "ask_document": "Your document's number, please, for example {example}",
    "ask_birth_date": "Your date of birth, please, for example {example}",
    "ask_address": "Your address, please, for example {example}",
    "ask_postcode": "Your postcode, please, for example {example}",
    "ask_plate": "Your car's plate, please, for example {example}",
    "ask_card": "Your transport card's number, please, for example {example}",
    "ask_tax_number": "Your employer's tax number, please, for example {example}",
    "ask_organisation": "Where do you work? For example {example}",
    "ask_clinic": "Which clinic? For example {example}",
    "ask_reason": "Why do you need to go? For example {example}",
    "ask_destination": "Where are you going? For example {example}",
    "format_name": "Not a name: {given}. Please write it like {example}",
    "format_document": "Not a document: {given}. Please write it like {example}",
    "format_birth_date": "Not a date of birth: {given}. Please write it like {example}",
    "format_address": "Not an address: {given}. Please write it like {example}",
    "format_postcode": "Not a postcode: {given}. Please write it like {example}",
    "format_plate": "Not a plate: {given}. Please write it like {example}",
    "format_card": "Not a card number: {given}. Please write it like {example}",
    "format_tax_number": "Not a tax number: {given}. Please write it like {example}",
    "format_organisation": "Not a workplace: {given}. Please write it like {example}",
    "format_clinic": "Not a clinic: {given}. Please write it like {example}",
    "format_reason": "Not a reason: {given}. Please write it like {example}",
    "format_destination": "Not a place: {given}. Please write it like {example}",
    # For somebody else, whom the sender called their husband, say; a child has no document.
    "ask_other_document": "For whom? Their document, for example {example}, CHILD and a name, or ME",
    "ask_other_name": "For whom? Their name, for example {example}, CHILD and a name, or ME",
    "ask_time": "From when? For example {example}, or send NOW",
}

_NOTICES = {
    "revoked_case": "Pass revoked: you were told to stay at home. To appeal: APPEAL and why",
    "regime_changed": "{title}: new rules from {starts}. For details, send RULES",
}

_MAIL = {
    "mail_show": "Show the officer the code or the picture, and take your document along.",
    "mail_why": "Somebody with this pass had it sent here. Not for you? Delete it.",
}

_WORDS = {
    "field_name": "name",
    "field_document": "document",
    "field_birth_date": "date of birth",
    "field_address": "address",
    "field_postcode": "postcode",
    "field_plate": "plate",
    "field_card": "transport card",
    "field_tax_number": "employer's tax number",
    "field_organisation": "workplace",
    "field_clinic": "clinic",
    "field_reason": "reason",
    "field_destination": "destination",
    "sample_name": "Smith John",
    "sample_address": "12 Lenin St",
    "sample_organisation": "Bakery No. 3",
    "sample_clinic": "City Hospital 7",
    "sample_reason": "my mother is ill",
    "sample_destination": "12 Lenin St",
    "sample_time": "tomorrow 10:00",
    "text_register": "REGISTER {example}",
    "text_request": "PURPOSE {number}",
}

_TWO_SEGMENTS = {
    # A list of every purpose people may answer with: three of them would be no help.
    "ask_purpose": Template("What is it for? Reply with a number:\n{examples}", budget=2),
    "ask_which_purpose": Template("Which one? Reply with a number:\n{options}", budget=2),
    "ask_person": Template("For whom? A number of these or another document:\n{options}", budget=2, numbered=True),
    "withdraw_whose": Template("Whose consent? Reply with a number:\n{options}", budget=2, numbered=True),
    # Six facts the person has a right to, in one answer.
    "my_data": Template(
        "We hold: {holder}, phones {phones}, passes {passes}. Looked at {looks} times. Destroyed on {destroyed_on}.",
        budget=2,
    ),
    # Carry the words of the person who decided, besides a number to quote and the way on.
    "application_granted": Template(
        "Application {application} granted. Pass {code}\n{valid_from}-{valid_until}\n{purpose}\n{holder}", budget=2
    ),
    "application_refused": Template(
        "Application {application} refused: {reason}. To appeal, send APPEAL and why", budget=2
    ),
    "paper_broken": Template(
        "Application {application}: we can't open your paper. Please add it again, best as a photo.", budget=2
    ),
    "paper_locked": Template(
        "Application {application}: your file has a password. Please add it without one, or a photo.", budget=2
    ),
    "paper_pages": Template(
        "Application {application}: your file has too many pages. Please add 10 of them at most.",
        budget=2,
    ),
    "paper_large": Template(
        "Application {application}: your paper is too large to open. Please add a smaller photo.", budget=2
    ),
    "paper_wanted": Template(
        "Application {application} waits for another paper: {reason}. Add it on our page.", budget=2
    ),
    "revoked": Template("Pass {code} is revoked: {reason}. To appeal, send APPEAL and why", budget=2),
    "appeal_upheld": Template("Appeal {number}: you were right. {text}", budget=2),
    "appeal_denied": Template("Appeal {number} is denied. {text}", budget=2),
}


def _all() -> Iterator[tuple[str, Template]]:
    for group in (_CITIZEN, _QUESTIONS, officers.WRITTEN, _NOTICES, at_home.WRITTEN, _MAIL, rules.WRITTEN, _WORDS):
        yield from ((name, Template(text)) for name, text in group.items())
    yield from _TWO_SEGMENTS.items()
    for group in (employers.LONG, officers.LONG, at_home.LONG):
        yield from ((name, Template(text, budget=2)) for name, text in group.items())


TEMPLATES: Mapping[str, Template] = MappingProxyType(dict(_all()))
"""Every sentence by its name."""
