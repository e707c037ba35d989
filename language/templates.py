"""Every sentence people get by text, in English: the source of the catalogues in `language/catalogues`.

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

_OFFICER = {
    "shift_opened": "Shift open until {until}\nSend a code to check a pass.\n{zone}",
    "shift_wrong_pin": "Wrong PIN, the shift is not open. Send SHIFT and your PIN again.",
    "shift_locked": "Too many wrong PINs. Ask your supervisor to unlock you.",
    "shift_needed": "Please open your shift first: SHIFT and your PIN",
    "officer_locked": "Three unknown codes: checking is locked. Ask your supervisor.",
    "verdict_valid": "{mark} VALID {shown} until {valid_until} {purpose} {holder}",
    "verdict_wrong_zone": "{mark} WRONG ZONE {shown} until {valid_until} {holder}",
    "verdict_not_yet_valid": "{mark} NOT YET {shown} from {valid_from} {holder}",
    "verdict_expired": "{mark} EXPIRED {shown} {valid_until} {holder}",
    "verdict_revoked": "{mark} REVOKED {shown} {holder}",
    "verdict_unknown": "{mark} UNKNOWN {shown}. Check the document.",
    "verdict_mistyped": "{mark} MISTYPED {shown}. Compare and send again.",
    "verdict_forged": "{mark} FORGED {shown}. Check the document.",
    "verdict_test": "{mark} TEST PASS {shown}, not valid.",
    "verdict_grace": "Don't fine.",
    "brief_valid": "{mark} VALID {shown} {valid_until} {purpose} {holder}",
    "brief_wrong_zone": "{mark} NOT HERE {shown} {valid_until} {holder}",
    "brief_not_yet_valid": "{mark} EARLY {shown} {valid_from} {holder}",
    "brief_expired": "{mark} EXPIRED {shown} {valid_until} {holder}",
    "brief_revoked": "{mark} REVOKED {shown} {holder}",
    "brief_unknown": "{mark} UNKNOWN {shown}",
    "brief_mistyped": "{mark} MISTYPED {shown}",
    "brief_forged": "{mark} FORGED {shown}",
    "brief_test": "{mark} TEST {shown}",
}

_NOTICES = {
    "revoked_case": "Pass revoked: you were told to stay at home. To appeal: APPEAL and why",
    "regime_changed": "{title}: new rules from {starts}. For details, send RULES",
}

_AT_HOME = {
    # What patients say is answered, and where they stand: until when, and what is next.
    "told_home": "Noted: you are at home. If we need more, we text you.",
    "told_home_check": "Noted. Please open the link in our text too, by {until}.",
    "told_home_paused": "Noted: you are at home. A person answers by {until}.",
    "told_pause": "Noted. Checks are paused. A person answers you by {until}.",
    "told_sos": "Call {number} now. The duty desk was told just now, too.",
    "told_reply": "Noted, thank you. A person reads it before anything is decided.",
    "withdraw_sure": "Take your consent back? Checks end, a person rings you. 1 yes, 2 no",
    "withdraw_done": "Your consent is taken back: we ask nothing more. A person rings you.",
    "withdraw_kept": "OK, your consent stays.",
    "withdraw_none": "There is no consent of yours to take back.",
    "home_of": "{holder}:",
    "home_until": "Stay at home until {until}.",
    "home_open": "Stay at home until we tell you.",
    "next_nothing": "Nothing to do now.",
    "next_check": "Please answer the check by {until}.",
    "next_enrol": "Please open the link in our text by {until}.",
    "next_paused": "Checks are paused, a person answers by {until}.",
    # What they get of checks. Of what was wrong with one, see below.
    "check_reminder": "Please answer the check by {until}. The link is in our last text.",
    "check_retake": "Please take the photos again by {until}. The link is in our last text.",
    "check_passed": "Received at {received}, accepted. Thank you.",
    "check_looked": "Received at {received}. A person looks at it and writes to you.",
    "alert_withdrawn": "What we decided at {asked} is withdrawn: it does not count.",
    "check_excused": "The check at {asked} does not count: no fault of yours.",
}

_HOME = {
    "case_opened_call": "Stay at home until {until}. We ring you now and then by day.",
    "case_opened_visit": "Stay at home until {until}. Somebody may visit you by day.",
    "case_closed_recovered": "You need not stay at home any more. Passes are possible again.",
    "case_closed_ended": "Your time at home is over. Passes are possible again.",
    "case_closed_hospitalised": "We noted that you are in hospital and ask nothing more. Get well.",
    "case_closed_transferred": "Another clinic looks after you now. We ask nothing more.",
    "case_closed_opened_in_error": "Your case was opened by mistake. We are sorry. Passes are possible.",
    "case_closed_consent_withdrawn": "You took your consent back: we ask nothing more. A person will call.",
    "phone_due": "Please give the lent phone back by {until}. More time? Ask the clinic.",
}

_MAIL = {
    "mail_show": "Show the officer the code or the picture, and take your document along.",
    "mail_why": "Somebody with this pass had it sent here. Not for you? Delete it.",
}

_RULES = {
    "rules_start": "{title}. For a pass: {request_text}",
    "rules_register": "To register: {first_text}",
    "rules_purpose": "{number} {purpose}: {terms}",
    "rules_common": "All together: {terms}",
    "rules_free": "No pass needed: {what}",
    "rules_exempt": "Exempt: {what}",
    "rules_fields": "Needed: {what}",
    "rules_commands": "STATUS, REPEAT, EXTEND, CANCEL PASS, MYDATA, VERIFY, NOT ME, CHILD, APPEAL",
    "rules_ask": "To get it, send PURPOSE {number}",
    "rules_more": "Next: MORE",
    "term_minutes": "{count} min",
    "term_hours": "{count} h",
    "term_today": "to the end of the day",
    "term_days": "{count} days",
    "term_day": "{count} a day",
    "term_week": "{count} a week",
    "term_month": "{count} a month",
    "term_review": "an officer decides",
    "term_isolation": "also when told to stay at home",
    "term_one_way": "one way",
    "term_ahead": "up to {count} days ahead",
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
    "shift_unknown_zone": Template("Unknown zone. Send SHIFT, your PIN and one of:\n{options}", budget=2),
    # Six facts the person has a right to, in one answer.
    "my_data": Template(
        "We hold: {holder}, phones {phones}, passes {passes}. Looked at {looks} times. Destroyed on {destroyed_on}.",
        budget=2,
    ),
    # Three more numbers, and the address of the page where all of it stands.
    "my_data_home": Template("At home: checks {checks}, photos {photos}, doubts {doubts}. All: {link}", budget=2),
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
    # Carry the name of the organisation that asked, besides the pass or why there is none.
    "work_granted": Template(
        "{organisation} asked for your pass {code} until {valid_until}\n{purpose}\n{holder}\nNot you? Send NOT ME",
        budget=2,
    ),
    "work_refused": Template("{organisation} asked for a work pass for you. {words}", budget=2),
    "work_ended": Template(
        "{organisation} says that you left. Pass {code} is revoked. To appeal, send APPEAL and why", budget=2
    ),
    "organisation_confirmed": Template(
        "{organisation} is confirmed. Sign in on our page to upload your list of workers.", budget=2
    ),
    "organisation_refused": Template(
        "{organisation} is not confirmed: {reason}. To appeal, send APPEAL and why", budget=2
    ),
    "organisation_closed": Template(
        "{organisation}: the account is closed: {reason}. To appeal, send APPEAL and why", budget=2
    ),
    "organisation_invited": Template(
        "{organisation} asks you to manage its account. Sign in on our page to agree.", budget=2
    ),
    # Carry a link; or what was wrong with an answer, besides when it came and what happens next.
    "check_due": Template("Check: open {link} by {until}. Can't? Send HOSPITAL, ILL or ASLEEP", budget=2),
    "check_again": Template("Still no answer: open {link} by {until}. After that a person looks into it.", budget=2),
    "check_no_match": Template(
        "Received at {received}. The photo does not look like your first one. A person looks at it and writes to you.",
        budget=2,
    ),
    "check_quality": Template(
        "Received at {received}. The photo is hard to make out. A person looks at it and writes to you.", budget=2
    ),
    "check_challenge": Template(
        "Received at {received}. Not all the movements were seen. A person looks at it and writes to you.", budget=2
    ),
    "check_reused": Template(
        "Received at {received}. This photo was sent before. A person looks at it and writes to you.", budget=2
    ),
    "check_outside": Template(
        "Received at {received}. The place was not your home. A person looks at it and writes to you.", budget=2
    ),
    "check_no_position": Template(
        "Received at {received}. The place could not be found. A person looks at it and writes to you.", budget=2
    ),
    "enrol_reminder": Template("Please open {link} by {until}: it is your page for the time at home.", budget=2),
    # Carry a link, or the words of the person who decided about somebody at home.
    "told_departure": Template(
        "Your phone seems to have left home at {starts}. Tell us why by {until}: {link}", budget=2
    ),
    "told_missed": Template("No answer came to the check of {asked}. Tell us why by {until}: {link}", budget=2),
    "told_failed": Template("There is a doubt about your answer of {asked}. Tell us more by {until}: {link}", budget=2),
    "told_unclear": Template("Your answer of {asked} could not be made out. Tell us more by {until}: {link}", budget=2),
    "told_unreached": Template(
        "At {asked} we did not reach you. Ring us by {until}, or text HOSPITAL, ILL or ASLEEP", budget=2
    ),
    "alert_nothing": Template("We looked into it: you need do nothing. {text}", budget=2),
    "alert_excused": Template("Excused: it does not count against you. {text}", budget=2),
    "alert_warn": Template("A warning: please stay at home. {text} To appeal: APPEAL and why", budget=2),
    "alert_visit": Template("Somebody comes to see you at home. {text}", budget=2),
    "alert_violation": Template("Recorded as a violation. {text} To appeal by {until}: APPEAL and why", budget=2),
    "pause_over": Template("Thank you, noted. Checks go on from now. {text}", budget=2),
    "page_link": Template("Your page for the time at home: {link}. The link works once.", budget=2),
    "revoked": Template("Pass {code} is revoked: {reason}. To appeal, send APPEAL and why", budget=2),
    "appeal_upheld": Template("Appeal {number}: you were right. {text}", budget=2),
    "appeal_denied": Template("Appeal {number} is denied. {text}", budget=2),
    # Carries an address, besides the day.
    "case_opened": Template("Stay at home until {until}. Your page, please open it today: {link}", budget=2),
}


def _all() -> Iterator[tuple[str, Template]]:
    for group in (_CITIZEN, _QUESTIONS, _OFFICER, _NOTICES, _AT_HOME, _HOME, _MAIL, _RULES, _WORDS):
        yield from ((name, Template(text)) for name, text in group.items())
    yield from _TWO_SEGMENTS.items()


TEMPLATES: Mapping[str, Template] = MappingProxyType(dict(_all()))
"""Every sentence by its name."""
