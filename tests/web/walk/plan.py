"""Which page is walked as whom, and where it is in the town: a line for each, and none may be missing."""

from collections.abc import Mapping
from types import MappingProxyType

_CITIZEN = {
    "apply": "/apply",
    "question": "/apply/{draft}/{step}",
    "passes": "/passes",
    "one_pass": "/passes/{pass}",
    "ask_cancel": "/passes/{pass}/cancel",
    "ask_share": "/passes/{pass}/share",
    "ask_mail": "/passes/{pass}/mail",
    "ask_bound": "/passes/{pass}/bound",
    "papers": "/applications/{application}/papers",
    "appeals": "/appeals",
    "ask_appeal": "/appeals/new",
    "ask_own_check": "/own-check",
    "mine": "/mine",
    "ask_delete": "/mine/delete",
}
_BOSS = {
    "employer": "/employer",
    "new": "/employer/new",
    "account": "/employer/{firm}",
    "upload": "/employer/{firm}/upload",
    "list": "/employer/{firm}/lists/{upload}",
    "workers": "/employer/{firm}/workers",
    "users": "/employer/{firm}/users",
    "close": "/employer/{firm}/close",
}
_DESK = {
    "call": "/desk/calls/{call}",
    "ask_issue": "/desk/calls/{call}/issue?person={person}&purpose=1",
    "dictation": "/desk/calls/{call}/passes/{spoken}",
    "ask_cancel": "/desk/calls/{call}/passes/{spoken}/cancel",
    "ask_register": "/desk/calls/{call}/register",
    "ask_address": "/desk/calls/{call}/people/{person}/address",
    "ask_number": "/desk/calls/{call}/people/{person}/number",
    "at_home": "/desk/calls/{call}/people/{relative}/home",
    "ask_wrap_up": "/desk/calls/{call}/wrap-up",
}
_SUPERVISION = {
    "team": "/desk/team",
    "reviews": "/desk/reviews",
    "review": "/desk/reviews/{picked}",
    "officers": "/desk/officers",
    "alarms": "/desk/alarms",
}
_REVIEW = {
    "applications": "/review",
    "application": "/review/applications/{application}",
    "paper": "/review/applications/{application}/papers/{paper}",
    "appeals": "/review/appeals",
    "appeal": "/review/appeals/{appeal}",
}
_CLINIC = {
    "cases": "/clinic",
    "person": "/clinic/new/{begun}/person",
    "plan": "/clinic/new/{begun}/plan",
    "address": "/clinic/new/{begun}/address",
    "map": "/clinic/new/{begun}/map",
    "fence": "/clinic/new/{begun}/fence",
    "consent": "/clinic/new/{begun}/consent",
    "check": "/clinic/new/{begun}/check",
    "case": "/clinic/cases/{case}",
    "ask_change": "/clinic/cases/{case}/change",
    "ask_close": "/clinic/cases/{case}/close",
    "settle": "/clinic/new/{moving}/settle",
    "correct_number": "/clinic/cases/{case}/number",
    "photo": "/clinic/cases/{case}/photo",
    "late_consent": "/clinic/cases/{case}/consent",
    "lend": "/clinic/cases/{case}/phones",
    "end_elsewhere": "/clinic/cases/{case}/elsewhere/{exemption}/end",
    "end_device": "/clinic/cases/{case}/devices/{device}/end",
    "bulk": "/clinic/list",
    "explained": "/clinic/list/{listed}",
    "proposals": "/clinic/proposals",
    "ask_reopen": "/clinic/cases/{closed}/reopen",
}
_DUTY = {
    "alerts": "/duty",
    "decided": "/duty/decided",
    "outages": "/duty/outages",
    "files": "/duty/alerts/{alert}/files",
    "alert": "/duty/alerts/{alert}",
    "figures": "/duty/figures",
    "map": "/duty/map",
}
_DRAFT = "/admin/regimes/drafts/{order}"
_ADMINISTRATOR = {
    "regimes": "/admin/regimes",
    "regime_start": "/admin/regimes/start",
    "regime_version": "/admin/regimes/versions/2",
    "regime_compare": "/admin/regimes/compare?one=version:2&other=draft:{order}",
    "regime_withdrawal": "/admin/regimes/versions/3/withdraw",
    "regime_draft": _DRAFT,
    "regime_part": f"{_DRAFT}/parts/limits",
    "regime_list": f"{_DRAFT}/lists/purposes",
    "regime_item": f"{_DRAFT}/lists/purposes/0",
    "regime_toml": f"{_DRAFT}/toml",
    "regime_wording": f"{_DRAFT}/wording",
    "regime_sentence": f"{_DRAFT}/wording/ru/granted",
    "regime_ask": f"{_DRAFT}/propose",
    "regime_proposal": "/admin/regimes/proposals/{proposal}",
    "staff": "/admin/staff",
    "staff_add": "/admin/staff/add",
    "staff_one": "/admin/staff/{staff_id}",
    "officers": "/admin/officers",
    "officer_enrol": "/admin/officers/enrol",
    "officers_enrol": "/admin/officers/sheet",
    "officer": "/admin/officers/{officer}",
}
_PATIENT = {
    "home": "/at-home",
    "ask_go": "/at-home/go",
    "sos_told": "/at-home/sos",
    "alert": "/at-home/alerts/{doubt}",
    "check": "/at-home/checks/{asked}",
    "ask_appeal": "/at-home/appeal",
    "held": "/at-home/held",
    "welcome": "/at-home/welcome",
    "consent": "/at-home/consent",
    "ask_withdraw": "/at-home/consent/back",
}
_PUBLIC = {
    "start.start": "/",
    "entering.enter": "/enter",
    "sign_in.sign_in": "/sign-in",
    "public.figures": "/figures",
    "shared.shared": "/s/{link}",
    "q.q": "/q",
    "api_docs.docs": "/api/v1/docs",
    "enrolment.enrol": "/enrol/{enrolment}",
    "patient.no_link": "/i",
    "patient.offline": "/at-home/offline",
    "patient.link": "/i/{home}",
    "police.sign_in": "/police/sign-in",
    "police.enrol": "/police/enrol/{invitation}",
}

PAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "nobody": {f"pages.{name}": path for name, path in _PUBLIC.items()},
        "citizen": {f"pages.citizen.{name}": path for name, path in _CITIZEN.items()},
        "patient": {f"pages.patient.{name}": path for name, path in _PATIENT.items()},
        "boss": {f"pages.employers.{name}": path for name, path in _BOSS.items()},
        "agent": {f"pages.desk.{name}": path for name, path in _DESK.items()} | {"pages.account.account": "/account"},
        "supervisor": {f"pages.supervision.{name}": path for name, path in _SUPERVISION.items()}
        | {"pages.desk.desk": "/desk"},
        "reviewer": {f"pages.review.{name}": path for name, path in _REVIEW.items()}
        | {
            "pages.organisations.queue": "/review/organisations",
            "pages.organisations.one": "/review/organisations/{waits}",
        },
        "clinician": {f"pages.clinic.{name}": path for name, path in _CLINIC.items()},
        "duty_officer": {f"pages.duty.{name}": path for name, path in _DUTY.items()},
        "administrator": {f"pages.admin.{name}": path for name, path in _ADMINISTRATOR.items()},
        "operator": {
            "pages.admin.texts": "/admin/texts",
            "pages.admin.texts_ask_resend": "/admin/texts/resend",
            "pages.admin.costs": "/admin/costs",
        },
        "auditor": {
            "pages.admin.figures": "/admin/figures",
            "pages.admin.audit": "/admin/audit",
            "pages.admin.audit_entry": "/admin/audit/{entry}",
            "pages.admin.looks": "/admin/looks",
        },
        "officer": {"pages.police.police": "/police"},
    }
)
"""Who sees it, endpoint, address."""

STEPS = frozenset({"pages.entering.code", "pages.citizen.outcome"})
"""Seen on the way only, by the journeys."""
PARTS = frozenset(
    {
        *("pages.citizen.papers_part", "pages.employers.list_part", "pages.admin.regime_check"),
        *("pages.desk.state", "pages.desk.call_backs", "pages.desk.call_state", "pages.admin.figures_drawn"),
        *("pages.supervision.team_now_part", "pages.supervision.team_day_part"),
        *("pages.review.queue_part", "pages.review.appeals_part", "pages.duty.queue_part"),
        "pages.patient.check_part",
        "pages.duty.figures_drawn",
    }
)
"""Pieces that pages fetch of themselves: they are walked where they stand, in the page."""
FILES = frozenset(
    {
        *(
            "assets.asset",
            "pages.citizen.picture",
            "pages.citizen.mine_file",
            "pages.patient.held_file",
            "pages.supervision.sound",
            "pages.review.paper_page",
            "pages.clinic.picture",
            "pages.clinic.bulk_sheet",
            "pages.duty.photo",
            "pages.duty.file_json",
            "pages.duty.file_pdf",
            "pages.duty.figures_plot",
            "pages.duty.figures_sheet",
            "pages.duty.figures_everything",
            "pages.duty.map_sheet",
        ),
        *("pages.employers.template", "pages.employers.mistakes", "pages.public.figures_json"),
        *("pages.public.figures_csv", "pages.public.figures_plot", "pages.admin.figures_plot"),
        *("pages.admin.figures_sheet", "pages.admin.figures_everything", "pages.admin.audit_sheet"),
        *("pages.admin.looks_sheet", "pages.admin.texts_sheet", "pages.admin.costs_sheet", "pages.admin.staff_sheet"),
        *("pages.admin.officers_sheet", "pages.admin.regime_draft_file", "pages.admin.regime_version_file"),
        *("pages.patient.manifest", "pages.patient.worker"),
        *("pages.police.manifest", "pages.police.worker", "pages.police.revocations", "pages.police.state"),
    }
)
"""Pictures, sheets, scripts: nothing to read on the spot."""
