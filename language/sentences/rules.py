"""The parts of which the rules in force are made: see `language.regulations`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
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
)
SPOKEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rules_start": "{title}. For a pass, say where you need to go.",
        "rules_register": "Before your first pass we ask for your details.",
        "rules_purpose": "{number}: {purpose}, {terms}.",
        "rules_common": "All purposes together: {terms}.",
        "rules_free": "You need no pass for: {what}.",
        "rules_exempt": "These people need no pass: {what}.",
        "rules_fields": "We ask for your: {what}.",
        "rules_window": "Passes are given {opens} {closes}.",
        "term_minutes": "for {count} minute|for {count} minutes",
        "term_hours": "for {count} hour|for {count} hours",
        "term_today": "to the end of the day",
        "term_days": "for {count} day|for {count} days",
        "term_day": "once a day|{count} times a day",
        "term_week": "once a week|{count} times a week",
        "term_month": "once a month|{count} times a month",
        "term_review": "An officer decides.",
        "term_isolation": "This pass is also for those who were told to stay at home.",
        "term_one_way": "The pass is for one way.",
        "term_ahead": "You can book it one day ahead.|You can book it up to {count} days ahead.",
        "rules_next": "To go on: one. Again: star. Other services: hash.",
        "rules_which": "Key the number of a purpose to hear its rules, or hash to hear all.",
    }
)
