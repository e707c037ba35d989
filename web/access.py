"""Which page opens to whom: one table. A page that is not in it opens to nobody, and a test fails."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from web.roles import Role
from web.visitor import Visitor, patient
from web.words import later


class Anyone(Enum):
    """Whom a page opens to, where no role decides."""

    PUBLIC = "everybody"
    STAFF = "everybody of the staff who is signed in"
    PATIENT = "whoever came by a patient's link"


PUBLIC, STAFF, PATIENT = Anyone.PUBLIC, Anyone.STAFF, Anyone.PATIENT
_CITIZENS = frozenset({Role.CITIZEN})
_CITIZEN_PAGES = (
    *("apply", "begin", "question", "answer", "outcome"),
    *("passes", "one_pass", "extend", "ask_cancel", "cancel"),
    *("papers", "papers_part", "add_paper"),
    *("appeals", "ask_appeal", "appeal", "ask_own_check", "own_check"),
    *("mine", "mine_whole", "mine_file", "mine_whole_file", "ask_delete", "delete"),
    *("text", "ask_mail", "mail", "ask_share", "share", "end_link", "picture", "ask_bound", "bind"),
)
_EMPLOYER_PAGES = (
    *("employer", "new", "answer", "account", "close", "users", "remove"),
    *("template", "upload", "list", "list_part", "mistakes", "issue", "drop"),
    *("workers", "chosen", "end", "again", "renew"),
)
_DESK = frozenset({Role.AGENT, Role.SUPERVISOR})
_DESK_PAGES = (
    *("desk", "state", "call_backs", "available", "away", "free", "call_back_now", "call_back_done"),
    *("call", "call_state", "recording", "tail", "code", "code_said", "search"),
    *("ask_issue", "issue_pass", "dictation", "tick", "show", "extend", "ask_cancel", "cancel"),
    *("ask_register", "register", "ask_address", "address", "ask_number", "number", "at_home"),
    *("ask_wrap_up", "wrap_up"),
)
_SUPERVISION = frozenset({Role.SUPERVISOR})
_SUPERVISION_PAGES = (
    *("team", "team_now_part", "team_day_part", "send_agent_away"),
    *("reviews", "review", "listen", "sound", "verdict"),
    *("officers", "unlock", "alarms", "look_into"),
)
_REVIEW = frozenset({Role.REVIEWER})
_REVIEW_PAGES = (
    *("applications", "queue_part", "application", "take", "give_back", "decide", "paper", "paper_page"),
    *("appeals", "appeals_part", "appeal", "take_appeal", "give_back_appeal", "decide_appeal"),
)
_CLINIC = frozenset({Role.CLINICIAN})
_CLINIC_PAGES = (
    *("cases", "find", "begin", "person", "plan", "address", "map", "fence", "outlines", "consent", "check", "open"),
    *("case", "ask_change", "change", "ask_close", "close", "move", "settle", "end_elsewhere"),
    *("photo", "picture", "lend", "take_phone", "offer_app", "end_device", "correct_number"),
    *("late_consent", "bulk", "bulk_sheet", "explained", "proposals", "settle_proposal", "ask_reopen"),
)
_DUTY = frozenset({Role.DUTY_OFFICER})
_DUTY_PAGES = (
    *("alerts", "queue_part", "decided", "alert", "take", "give_back", "note_told", "visited", "decide", "photo"),
    *("call", "outages", "begin_outage", "end_outage"),
    *("files", "make_file", "file_json", "file_pdf", "file_outcome"),
)
_HOME_FIGURES = frozenset({Role.DUTY_OFFICER, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR})
_HOME_FIGURE_PAGES = (
    *("figures", "figures_drawn", "figures_plot", "figures_sheet", "figures_everything"),
    *("map", "map_sheet"),
)
_ORGANISATION_PAGES = ("queue", "one", "confirm", "refuse", "limit", "close")
_ADMINISTRATION = frozenset({Role.ADMINISTRATOR})
_REGIME_PAGES = (
    *("regimes", "regime_version", "regime_version_file", "regime_compare", "regime_withdrawal", "regime_withdraw"),
    *("regime_start", "regime_begin", "regime_draft", "regime_check", "regime_draft_file", "regime_discard"),
    *("regime_part", "regime_save_part", "regime_item", "regime_save_item"),
    *("regime_list", "regime_add", "regime_move", "regime_remove"),
    *("regime_toml", "regime_save_toml", "regime_wording", "regime_sentence", "regime_save_sentence"),
    *("regime_ask", "regime_propose", "regime_proposal", "regime_approve", "regime_send_back"),
)
_TEXTS = frozenset({Role.ADMINISTRATOR, Role.OPERATOR})
_TEXT_PAGES = (
    *("texts", "texts_sheet", "text_resend", "texts_ask_resend", "texts_resend"),
    *("costs", "costs_sheet"),
)
_AUDIT = frozenset({Role.AUDITOR})
_AUDIT_PAGES = (
    *("audit", "audit_ask", "audit_sheet", "audit_entry"),
    *("looks", "looks_ask", "looks_sheet"),
)
_FIGURES = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR})
_FIGURE_PAGES = ("figures", "figures_drawn", "figures_plot", "figures_sheet", "figures_everything")
_STAFF_PAGES = (
    *("staff", "staff_sheet", "staff_add", "staff_one"),
    *("staff_roles", "staff_clinic", "staff_reset", "staff_close", "staff_settle"),
    *("officers", "officers_sheet", "officer_enrol", "officers_enrol", "officer", "officer_transfer"),
    *("officer_pin", "officer_link", "officer_unlock", "officer_leave"),
)
_POLICE = frozenset({Role.OFFICER})
_POLICE_PAGES = ("police", "check", "look", "hand_in", "revocations", "state", "sign_out")
_PATIENT_WAYS_IN = ("no_link", "link", "open_link", "link_again", "offline", "worker", "manifest")
_PATIENT_ANSWERS = (
    *("alert", "reply", "ask_appeal", "appeal", "held", "held_whole", "held_file", "held_whole_file"),
    *("welcome", "consent", "ask_withdraw", "withdraw"),
)
_PATIENT_PAGES = (
    "home",
    "say",
    "ask_go",
    "go",
    "sos",
    "sos_told",
    "switch",
    "leave",
    "fixes",
    "end_app",
    *_PATIENT_ANSWERS,
)
_PATIENT_CHECK = ("check", "check_part", "cannot", "begin_check", "send_photo", "hand_in_check")
_POLICE_WAYS_IN = ("sign_in", "ask", "enter", "enrol", "worker", "manifest")

ACCESS: Mapping[str, Anyone | frozenset[Role]] = MappingProxyType(
    {
        "assets.asset": PUBLIC,
        "pages.api_docs.docs": PUBLIC,
        "pages.start.start": PUBLIC,
        "pages.shared.shared": PUBLIC,
        "pages.entering.enter": PUBLIC,
        "pages.entering.code": PUBLIC,
        "pages.sign_in.sign_in": PUBLIC,
        "pages.leaving.leave": PUBLIC,
        "pages.speaking.speak": PUBLIC,
        **{f"pages.public.{name}": PUBLIC for name in ("figures", "figures_json", "figures_csv", "figures_plot")},
        "pages.enrolment.enrol": PUBLIC,
        "pages.passkeys.ask": PUBLIC,
        "pages.passkeys.enter": PUBLIC,
        "pages.passkeys.offer": STAFF,
        "pages.passkeys.add": STAFF,
        "pages.account.account": STAFF,
        "pages.account.remove_passkeys": STAFF,
        **{f"pages.citizen.{name}": _CITIZENS for name in _CITIZEN_PAGES},
        **{f"pages.employers.{name}": _CITIZENS for name in _EMPLOYER_PAGES},
        **{f"pages.organisations.{name}": _REVIEW for name in _ORGANISATION_PAGES},
        **{f"pages.desk.{name}": _DESK for name in _DESK_PAGES},
        **{f"pages.supervision.{name}": _SUPERVISION for name in _SUPERVISION_PAGES},
        **{f"pages.admin.{name}": _AUDIT for name in _AUDIT_PAGES},
        **{f"pages.admin.{name}": _TEXTS for name in _TEXT_PAGES},
        **{f"pages.clinic.{name}": _CLINIC for name in _CLINIC_PAGES},
        **{f"pages.review.{name}": _REVIEW for name in _REVIEW_PAGES},
        **{f"pages.duty.{name}": _DUTY for name in _DUTY_PAGES},
        **{f"pages.duty.{name}": _HOME_FIGURES for name in _HOME_FIGURE_PAGES},
        **{f"pages.admin.{name}": _FIGURES for name in _FIGURE_PAGES},
        **{f"pages.admin.{name}": _ADMINISTRATION for name in (*_REGIME_PAGES, *_STAFF_PAGES)},
        "pages.q.q": PUBLIC,
        "pages.q.check": PUBLIC,
        **{f"pages.police.{name}": PUBLIC for name in _POLICE_WAYS_IN},
        **{f"pages.police.{name}": _POLICE for name in _POLICE_PAGES},
        **{f"pages.patient.{name}": PUBLIC for name in _PATIENT_WAYS_IN},
        **{f"pages.patient.{name}": PATIENT for name in (*_PATIENT_PAGES, *_PATIENT_CHECK)},
    }
)
"""Endpoint to roles."""


DOORS = frozenset(
    {
        *("pages.entering.enter", "pages.entering.code", "pages.sign_in.sign_in", "pages.passkeys.enter"),
        *("pages.enrolment.enrol", "pages.police.sign_in", "pages.police.enter"),
        *("pages.patient.open_link", "pages.patient.link_again"),
    }
)
"""Pages that let somebody in who is not signed in: a network sends them its forms so often and no more."""


class Item(NamedTuple):
    """A page in the navigation."""

    endpoint: str
    title: str


NAVIGATION = (
    Item("pages.citizen.passes", later("My passes")),
    Item("pages.citizen.apply", later("Get a pass")),
    Item("pages.citizen.mine", later("What we know of me")),
    Item("pages.desk.desk", later("Desk")),
    Item("pages.supervision.team", later("Team")),
    Item("pages.supervision.reviews", later("Calls to hear")),
    Item("pages.supervision.officers", later("Locked officers")),
    Item("pages.supervision.alarms", later("Alarms")),
    Item("pages.clinic.cases", later("Cases at home")),
    Item("pages.review.applications", later("Applications")),
    Item("pages.review.appeals", later("Appeals")),
    Item("pages.duty.alerts", later("Alerts")),
    Item("pages.duty.outages", later("Outages")),
    Item("pages.organisations.queue", later("Organisations")),
    Item("pages.admin.regimes", later("Orders")),
    Item("pages.admin.staff", later("Staff")),
    Item("pages.admin.officers", later("Officers")),
    Item("pages.police.police", later("Check passes")),
    Item("pages.admin.texts", later("Texts")),
    Item("pages.admin.costs", later("What texts cost")),
    Item("pages.admin.audit", later("Audit")),
    Item("pages.admin.looks", later("Who looked at whom")),
    Item("pages.admin.figures", later("Figures")),
    Item("pages.duty.figures", later("Figures: at home")),
    Item("pages.account.account", later("Your account")),
)
"""In this order, to whoever may open them; the first is where one lands after signing in."""


def may_open(visitor: Visitor | None, endpoint: str | None) -> bool:
    """Whether the table opens this page to them."""
    opens = ACCESS.get(endpoint or "", frozenset[Role]())
    if isinstance(opens, frozenset):
        return visitor is not None and visitor.may(*opens)
    if opens is PATIENT:
        return patient() is not None
    return opens is PUBLIC or (visitor is not None and not visitor.may(Role.CITIZEN))


def for_citizens(endpoint: str | None) -> bool:
    """Whether a page is for citizens, who sign in by another way than the staff."""
    opens = ACCESS.get(endpoint or "")
    return isinstance(opens, frozenset) and Role.CITIZEN in opens


def navigation(visitor: Visitor | None) -> tuple[Item, ...]:
    """What this visitor finds in the navigation."""
    return tuple(item for item in NAVIGATION if visitor and may_open(visitor, item.endpoint))
