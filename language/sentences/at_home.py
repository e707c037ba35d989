"""Sentences for people at home: what is asked of them, what they are told, and how what they say is answered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
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
        "next_elsewhere": "The other place counts {valid_from}-{valid_until}.",
        "next_check": "Please answer the check by {until}.",
        "next_enrol": "Please open the link in our text by {until}.",
        "next_paused": "Checks are paused, a person answers by {until}.",
        "check_reminder": "Please answer the check by {until}. The link is in our last text.",
        "check_retake": "Please take the photos again by {until}. The link is in our last text.",
        "check_passed": "Received at {received}, accepted. Thank you.",
        "check_looked": "Received at {received}. A person looks at it and writes to you.",
        "alert_withdrawn": "What we decided at {asked} is withdrawn: it does not count.",
        "check_excused": "The check at {asked} does not count: no fault of yours.",
        "case_opened_call": "Stay at home until {until}. We ring you now and then by day.",
        "case_opened_visit": "Stay at home until {until}. Somebody may visit you by day.",
        "case_closed_recovered": "You need not stay at home any more. Passes are possible again.",
        "case_closed_ended": "Your time at home is over. Passes are possible again.",
        "case_closed_hospitalised": "We noted that you are in hospital and ask nothing more. Get well.",
        "case_closed_transferred": "Another clinic looks after you now. We ask nothing more.",
        "case_closed_opened_in_error": "Your case was opened by mistake. We are sorry. Passes are possible.",
        "case_closed_consent_withdrawn": "You took your consent back: we ask nothing more. A person will call.",
        "elsewhere_ended": "The other place counts only until {until}. Be home by then.",
        "elsewhere_off": "The other place you were allowed does not count. Please stay at home.",
        "departure_settled": "At {starts} your phone seemed to leave home. It counts for nothing.",
        "phone_due": "Please give the lent phone back by {until}. More time? Ask the clinic.",
    }
)
LONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "my_data_home": "At home: checks {checks}, photos {photos}, doubts {doubts}. All: {link}",
        "check_due": "Check: open {link} by {until}. Can't? Send HOSPITAL, ILL or ASLEEP",
        "check_again": "Still no answer: open {link} by {until}. After that a person looks into it.",
        "check_no_match": "Received at {received}. The photo does not look like your first one. "
        "A person looks at it and writes to you.",
        "check_quality": "Received at {received}. The photo is hard to make out. "
        "A person looks at it and writes to you.",
        "check_challenge": "Received at {received}. Not all the movements were seen. "
        "A person looks at it and writes to you.",
        "check_reused": "Received at {received}. This photo was sent before. A person looks at it and writes to you.",
        "check_outside": "Received at {received}. The place was not your home. A person looks at it and writes to you.",
        "check_no_position": "Received at {received}. The place could not be found. "
        "A person looks at it and writes to you.",
        "enrol_reminder": "Please open {link} by {until}: it is your page for the time at home.",
        "told_departure": "Your phone seems to have left home at {starts}. Tell us why by {until}: {link}",
        "told_missed": "No answer came to the check of {asked}. Tell us why by {until}: {link}",
        "told_failed": "There is a doubt about your answer of {asked}. Tell us more by {until}: {link}",
        "told_unclear": "Your answer of {asked} could not be made out. Tell us more by {until}: {link}",
        "told_unreached": "At {asked} we did not reach you. Ring us by {until}, or text HOSPITAL, ILL or ASLEEP",
        "alert_nothing": "We looked into it: you need do nothing. {text}",
        "alert_excused": "Excused: it does not count against you. {text}",
        "alert_warn": "A warning: please stay at home. {text} To appeal: APPEAL and why",
        "alert_visit": "Somebody comes to see you at home. {text}",
        "alert_violation": "Recorded as a violation. {text} To appeal by {until}: APPEAL and why",
        "pause_over": "Thank you, noted. Checks go on from now. {text}",
        # What counts from when until when, and what to do.
        "elsewhere_allowed": "{valid_from}-{valid_until} you may be at the other place too, and on the way. "
        "Checks go on. Be home by then.",
        "home_moved": "For checks your home is another address now. The old one counts until {until}. "
        "Wrong? Send APPEAL and why",
        "page_link": "Your page for the time at home: {link}. The link works once.",
        "case_opened": "Stay at home until {until}. Your page, please open it today: {link}",
    }
)
"""Two segments: they carry a link, a moment and what to do, or the words of the person who decided."""
SPOKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "case_opened": "You have to stay at home {until}. Our text has the address of your page.",
        "case_opened_call": "You have to stay at home {until}. We ring you now and then by day.",
        "case_opened_visit": "You have to stay at home {until}. Somebody may visit you by day.",
        "case_closed_recovered": "You need not stay at home any more. You can get passes again.",
        "case_closed_ended": "Your time at home is over. You can get passes again.",
        "case_closed_hospitalised": "We noted that you are in hospital, and ask nothing more. Get well.",
        "case_closed_transferred": "Another clinic looks after you now. We ask nothing more.",
        "case_closed_opened_in_error": "Your case was opened by mistake. We are sorry. You can get passes again.",
        "case_closed_consent_withdrawn": "You took your consent back, and we ask nothing more. A person will call you.",
        "elsewhere_allowed": "You may be at the other place, {valid_from} {valid_until}. "
        "Checks go on. Then be at home.",
        "elsewhere_ended": "The other place counts only {until}. After that, please be at home.",
        "elsewhere_off": "The other place that you were allowed does not count. Please stay at home.",
        "home_moved": "For the checks your home is another address now. The old one counts {until}. "
        "If that is wrong, you can appeal.",
        "departure_settled": "Your telephone seemed to have left home {starts}. It counts for nothing.",
        "phone_due": "Please give the lent telephone back {until}. If you need it longer, ask your clinic.",
        "told_home": "I noted that you are at home. If we need more, we write to you.",
        "told_home_check": "Noted. You have {until} to open the link in our text too.",
        "told_home_paused": "I noted that you are at home. A person has {until} to answer you.",
        "told_pause": "Noted. Checks are paused. A person has {until} to answer you.",
        "told_sos": "Please call {number} at once.",
        "home_of": "{holder}:",
        "home_until": "You stay at home {until}.",
        "home_open": "You stay at home until we tell you otherwise.",
        "next_nothing": "There is nothing to do now.",
        "next_elsewhere": "The other place counts too, {valid_from} {valid_until}.",
        "next_check": "You have {until} to answer the check.",
        "next_enrol": "You have {until} to open the link in our text.",
        "next_paused": "Checks are paused. A person has {until} to answer you.",
        "told_departure": "Your telephone seems to have left home {starts}.",
        "told_missed": "No answer came to the check {asked}.",
        "told_failed": "There is a doubt about your answer {asked}.",
        "told_unclear": "Your answer {asked} could not be made out.",
        "told_unreached": "We did not reach you {asked}.",
        "told_until": "You have {until} to tell us why.",
        "told_reply": "Thank you. Your answer is kept, and a person hears it before anything is decided.",
        "alert_nothing": "We looked into it. You need do nothing.",
        "alert_excused": "Your reason is accepted. It does not count against you.",
        "alert_warn": "This is a warning. Please stay at home. You can appeal.",
        "alert_visit": "Somebody will come and see you at home.",
        "alert_violation": "A violation was recorded. You can appeal {until}.",
        "alert_withdrawn": "What we decided {asked} is withdrawn. It does not count.",
        "check_excused": "The check {asked} does not count. It was our fault, not yours.",
        "pause_over": "Thank you, noted. We ask you now and then again.",
        "withdraw_sure": "Do you take your consent back? Checks end, and a person rings you. Yes: one. No: two.",
        "withdraw_done": "Your consent is taken back, and we ask nothing more. A person will ring you.",
        "withdraw_kept": "All right, your consent stays.",
        "withdraw_none": "There is no consent of yours to take back.",
        "my_data_home": "About your time at home we hold: checks {checks}, photos {photos}, doubts {doubts}. "
        "All of it stands on your page.",
        "presence_greet": "Hello. This is {title}, with a short check.",
        "presence_number": "Please key this number: {number}.",
        "presence_wrong": "That was another number.",
        "presence_right": "Thank you, received. There is nothing more to do.",
        "presence_later": "We ring again. You have {until}.",
        "presence_link": "A check waits for your answer. You have {until} to open the link in our text. "
        "If you cannot: one.",
        "presence_over": "This check is over. There is nothing to do.",
        "notice_greet": "Hello. This is {title}, with a message.",
        "notice_proof": "To hear it key or say the last four digits of your document. If you cannot: hash.",
        "notice_wrong": "Those are not the last four. Try again. If you cannot: hash, and a person will ring you.",
        "notice_later": "We ring again later.",
        "notice_none": "There is nothing new for you.",
        "notice_next": "To be rung by a person: one. Again: star. Or say your answer now.",
        "notice_person": "A person will ring you.",
    }
)
