"""Every sentence people hear on a call, in English: the source of the catalogues' messages whose context is "spoken.…".

Those of people at home, officers and the rules stand in `language.sentences`, beside their written twins.
Written for the ear: whole words, no signs, no commands; what to press next is said by sentences of their own. None
takes longer than `LONGEST` seconds with the longest names of every order, and none holds a code: `language.alphabets`
dictates codes. A sentence of the same name as a written one says the same; its fields are among that one's. Where
several forms stand between bars, they are for one, few and many of `count`.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from language.sentences import at_home, officers, rules
from language.templates import Template

LONGEST: Final = 12.0
"""Seconds; a sentence takes less."""

_ANSWERS = {
    "granted": "Your pass is issued. {purpose}, {valid_until}. {holder}.",
    "granted_ahead": "Your pass is issued. {purpose}, {valid_from} {valid_until}. {initials}.",
    "granted_again": "You have a pass. {purpose}, {valid_until}. {holder}.",
    "extended": "Pass extended. {purpose}, {valid_until}. {holder}.",
    "status_live": "Your pass: {purpose}, {valid_until}. {holder}.",
    "status_ahead": "Your pass: {purpose}, {valid_from} {valid_until}. {initials}.",
    "status_more": "You have one more pass.|You have {count} more passes.",
    "status_none": "There is no pass now. {holder}.",
    "status_unknown": "You are not registered yet.",
    "cancelled_back": "Your pass is cancelled. It does not count against your limit.",
    "cancelled_kept": "Your pass is cancelled, but it counts as used.",
    "refused_quota": "There is no pass now. {purpose}: your limit is used up. The next pass is possible {next_at}.",
    "refused_quota_now": "There is no pass. {purpose}: your limit is used up.",
    "refused_hours": "There is no pass at this hour. {purpose}: a pass is possible {next_at}.",
    "refused_hours_now": "There is no pass at this hour. {purpose}: the rules tell you the hours.",
    "refused_isolation": "There is no pass, because you were told to stay at home. You can appeal.",
    "refused_blocked": "There is no pass, because this number is blocked. You can appeal.",
    "refused_crowded": "There is no pass, because too many people use this number. You can appeal.",
    "refused_review": "There is no pass. An officer decided so. You can appeal.",
    "refused_no_pass_needed": "You need no pass for this: {what}. Please take your document along.",
    "refused_not_ahead": "{purpose}: a pass cannot be booked that far ahead. Please ask again on the day.",
    "refused_not_ahead_at": "{purpose}: it is too early for this pass. Please ask again {next_at}.",
    "refused_nothing_live": "You have no pass now.",
    "refused_not_extendable": "This pass cannot be extended any more. When it ends, please ask for a new one.",
    "referred": "An officer decides about your application {application}. The answer comes as a text.",
    "referred_papers": "An officer decides about your application {application}. Please add your papers on our page.",
    "registered": "You are registered. {holder}.",
    "corrected": "Your details are corrected. {holder}.",
    "dependant_added": "Added: {holder}.",
    "dependant_needs": "Please say the child's family name and first name.",
    "document_claimed": "Another telephone asks for your document ending in {tail}. Our text tells you how to answer.",
    "claim_consent": "To agree, we need the number that stands in our text about the document.",
    "claim_waits": "Thank you. Now we ask the other telephone. The answer comes as a text.",
    "claim_agreed": "Done. The document ending in {tail} now works on both telephones.",
    "claim_denied": "Refused. The document ending in {tail} stays with its telephone. You can appeal.",
    "welcome": "Here you get movement passes.",
    "unclear": "Sorry, I did not understand.",
    "unclear_again": "Sorry, I still did not understand.",
    "dialogue_ended": "All right, we leave that question.",
    "back_to_start": "All right, from the start.",
    "language_set": "We now speak English.",
    "genuine": "In the last day we wrote to you {times}. Nothing else is from us.",
    "genuine_none": "In the last day we wrote nothing to you. Please do not trust that message.",
    "not_me_done": "The pass is withdrawn, and your limit is free again. We look into it.",
    "not_me_kept": "The pass is withdrawn, but it may still count against your limit. You can appeal.",
    "not_me_nothing": "Nothing was issued for your number lately.",
    "stopped": "Notices are off. What you ask yourself we still answer.",
    "started": "Notices are on. We tell you when something changes about your passes.",
    "binding_live": "There is a pass for {value}, {until}. You need do nothing.",
    "binding_none": "There is no pass for {value} now.",
    "complaint_stored": "Your appeal has the number {number}. A person decides, and the answer comes as a text.",
    "complaint_empty": "Please tell us your reasons too.",
    "declined": "All right, nothing was done.",
    "inquiry": "I can tell you the rules and your passes, or take down an appeal.",
    "busy": "Too many people are calling now. Nothing was lost. Please ring again in a minute.",
    "apology": "We made a mistake, and nothing was done. I am sorry. Please ring again in a minute.",
    "sender_unknown": "We cannot see your number. Please call from a telephone that shows it.",
    "citizen_code": "Only officers on duty can check codes.",
    "too_many_codes": "That is too many codes at once.",
    "my_data": "We hold this about you: {holder}. Telephones: {phones}. Passes: {passes}.",
    "my_data_end": "Officers looked at it so many times: {looks}. It is destroyed on {destroyed_on}.",
    "application_granted": "Your application is granted. {purpose}, {valid_from} {valid_until}.",
    "application_refused": "Your application {application} is refused: {reason}. You can appeal.",
    "paper_broken": "We could not open the paper you added to application {application}. Please add it again.",
    "paper_locked": "The document you added to application {application} has a password. Please add it without one.",
    "paper_pages": "The document you added to application {application} has too many pages. Please add ten at most.",
    "paper_large": "The paper you added to application {application} is too large to open. Please add a smaller photo.",
    "paper_wanted": "Your application {application} waits for another paper: {reason}. Please add it on our page.",
    "revoked": "Your pass is revoked: {reason}. You can appeal.",
    "appeal_upheld": "Your appeal {number}: you were right. {text}",
    "appeal_denied": "Your appeal {number} is denied. {text}",
    "revoked_case": "Your pass is revoked, because you were told to stay at home. You can appeal.",
    "phone_moved": "Your passes moved to another telephone. If that was not you, you can appeal.",
    "regime_changed": "{title}: new rules come into force {starts}.",
    "withdraw_whose": "Whose consent is taken back?",
    # Parts of the sentences above.
    "holder": "{initials}, document ending {tail}",
    "holder_unnamed": "Document ending {tail}",
}

_QUESTIONS = {
    "ask_name": "Please say your family name, first name and middle name.",
    "ask_document": "What is the number of your document?",
    "ask_birth_date": "When were you born? Please say the day, the month and the year.",
    "ask_address": "What is your address? Please say the street and the house.",
    "ask_postcode": "What is your postcode?",
    "ask_plate": "What is the number of your car?",
    "ask_card": "What is the number of your transport card?",
    "ask_tax_number": "What is the tax number of your employer?",
    "ask_organisation": "Where do you work?",
    "ask_clinic": "Which hospital or clinic do you go to?",
    "ask_reason": "Why do you need to go?",
    "ask_destination": "Where are you going?",
    "format_name": "That does not sound like a name.",
    "format_document": "That is not the number of a document. It looks like this: {example}.",
    "format_birth_date": "That is not a date of birth. Please say the day, the month and the year.",
    "format_address": "That does not sound like an address.",
    "format_postcode": "That is not a postcode. It looks like this: {example}.",
    "format_plate": "That is not the number of a car. It looks like this: {example}.",
    "format_card": "That is not the number of a transport card. It looks like this: {example}.",
    "format_tax_number": "That is not a tax number. It looks like this: {example}.",
    "format_organisation": "That does not sound like a workplace.",
    "format_clinic": "That does not sound like a hospital.",
    "format_reason": "That does not sound like a reason.",
    "format_destination": "That does not sound like a place.",
    "ask_other_document": "For whom? Say the number of their document, or child and the name, or for me.",
    "ask_other_name": "For whom? Say their full name, or child and the name, or for me.",
    "ask_time": "From when? Say for example: tomorrow at ten o'clock. Or say: now.",
    "ask_purpose": "What do you need the pass for?",
    "ask_which_purpose": "Which of these do you mean?",
    "ask_person": "For whom is the pass? One of these, or another document.",
    # One of those a question offers.
    "option": "{number}: {option}.",
}

_PROMPTS = {
    "greet_known": "Hello. This is {title}.",
    "greet_unknown": "Hello. This is {title}. We do not know this number yet.",
    "greet_back": "Hello. This is {title}. You rang us, and we are calling you back.",
    "language_choice": "For English press {key}.",
    "menu": "Say where you need to go, or key the number of the purpose. Other services: star. An agent: zero.",
    "menu_help": "Say for example: {example}. Or key the number of the purpose.",
    "purposes": "{number}: {purpose}.",
    "help_first": "Help at once: nine.",
    "services_1": "Your passes: one. To hear the code: two. To extend: three. To cancel: four. The rules: five. "
    "More: star.",
    "services_2": "Language: one. Is a message ours: two. Notices off: three. Notices on: four. "
    "A pass that is not yours: five. More: star.",
    "services_3": "Your data: one. Appeal: two. A child: three. Check a plate or card: four. "
    "Correct your data: five. More: star.",
    "services_4": "Told to stay at home? At home: one. In hospital: two. An ambulance: three. "
    "Called by a doctor: four. More: star.",
    "services_5": "Ill: one. Asleep: two. No battery: three. Consent taken back: four. Back: star.",
    "ask_tail": "Key the last four digits of your document. Without it press hash, and the answer comes as a text.",
    "tail_wrong": "Those are not the last four. Try again, or press hash for a text.",
    "ask_tail_line": "Key the last four digits of your document. Without it press hash.",
    "tail_wrong_line": "Those are not the last four. Try again, or press hash.",
    "tail_off": "Too many wrong tries today. The answer comes as a text.",
    "by_text": "The answer has been sent to this telephone as a text.",
    "no_text_here": "No text reaches this telephone. An agent tells you the answer.",
    "also_by_text": "The code also comes as a text.",
    "code_intro": "Your code.",
    "code_again": "Once more.",
    "result_next": "Again: star. Other services: hash. An agent: zero.",
    "read_back": "You said: {heard}. Right: one. Wrong: two.",
    "read_back_keys": "You keyed: {heard}. Right: one. Wrong: two.",
    "may_skip": "To go on without it press hash.",
    "ask_document_keys": "Key the number of your document, then hash. If it has letters, please say it.",
    "say_after_tone": "Please speak after the tone.",
    "silence": "I heard nothing.",
    "misheard": "Sorry, I did not understand.",
    "after_agent": "If you were cut off, press zero: you will be connected again. Other services: hash.",
    "connecting": "I connect you with an agent. The call is recorded.",
    "connecting_misheard": "We do not understand each other well. I connect you with an agent. The call is recorded.",
    "waiting": "You are number {place} in the line. To be called back press nine.",
    "recorded": "The call is recorded.",
    "nobody_there": "No agent is at work now. We will call you back.",
    "lines_full": "All agents are busy. We will call you back.",
    "call_back_promised": "We will call you back. Goodbye.",
    "call_back_abroad": "We can call back only ordinary numbers of this country. Please text us, or ring again later.",
    "call_back_spent": "We have called you back as often as we may today. Please text us, or ring again tomorrow.",
    "number_hidden": "We cannot see your number, so we cannot issue a pass by this call. "
    "Stay on the line for an agent, or call from a telephone that shows its number.",
    "number_hidden_nobody": "We cannot see your number, so we cannot issue a pass by this call. "
    "Please call from a telephone that shows its number.",
    "appeal_ask": "Please say what you do not agree with, and why.",
    "child_ask": "Please say the child's family name and first name.",
    "check_ask": "Say the plate, or key the number of the card and hash.",
    "agent_waits": "A caller is waiting. The call is recorded.",
    "agent_gone": "The caller has hung up.",
    "agent_lost": "The agent's line broke. You keep your place, and we connect you again.",
    "goodbye": "Thank you. Goodbye.",
}


def _all() -> Iterator[tuple[str, Template]]:
    for group in (_ANSWERS, _QUESTIONS, at_home.SPOKEN, officers.SPOKEN, rules.SPOKEN, _PROMPTS):
        yield from ((name, Template(text)) for name, text in group.items())


SPOKEN: Mapping[str, Template] = MappingProxyType(dict(_all()))
"""Every spoken sentence by its name."""
