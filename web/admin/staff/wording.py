"""How the pages of accounts say what the rules mean."""

from collections.abc import Mapping
from types import MappingProxyType

from web.roles import Role
from web.signin.governing import Became, CloseReason
from web.words import later

OPENS: Mapping[Role, str] = MappingProxyType(
    {
        Role.AGENT: later("The desk: callers, their passes, calls back."),
        Role.SUPERVISOR: later("The desk and the team: calls to hear again, locked officers, alarms."),
        Role.OFFICER: later("The officers' page: checks passes, with and without network."),
        Role.CLINICIAN: later("Opens and closes cases of home isolation."),
        Role.DUTY_OFFICER: later("Decides about alerts on people who must stay at home."),
        Role.REVIEWER: later("Decides applications and appeals."),
        Role.AUDITOR: later("The audit: who did what, who looked at whom. Changes nothing."),
        Role.ADMINISTRATOR: later("Orders, staff, officers, texts and what they cost."),
        Role.OPERATOR: later("Texts: what became of them, sending them again, what they cost."),
        Role.KEY_CUSTODIAN: later("The keys that people's data is sealed with, at the command line."),
    }
)
"""What a role is for."""
WHY_NOT: Mapping[tuple[Role, Role], str] = MappingProxyType(
    {
        (Role.AGENT, Role.AUDITOR): later("an auditor checks what agents did"),
        (Role.SUPERVISOR, Role.AUDITOR): later("an auditor checks what supervisors did"),
        (Role.CLINICIAN, Role.REVIEWER): later("who orders isolation must not decide the appeal against it"),
        (Role.DUTY_OFFICER, Role.REVIEWER): later("who decides on an alert must not decide the appeal against it"),
        (Role.OPERATOR, Role.KEY_CUSTODIAN): later("the machine and its keys are in two people's hands"),
    }
)
"""Why two roles of `web.roles.EXCLUSIVE` are not held together."""
STATES: Mapping[str, str] = MappingProxyType(
    {
        "enrolled": later("Enrolled"),
        "invited": later("Invited: the link waits"),
        "not enrolled": later("Not enrolled: the link ran out"),
        "locked": later("Locked after wrong passwords"),
        "closed": later("Closed"),
    }
)
CLOSES: Mapping[str, str] = MappingProxyType(
    {
        CloseReason.LEFT: later("They left"),
        CloseReason.OTHER_WORK: later("They do other work now"),
        CloseReason.MISUSE: later("The account was misused"),
        CloseReason.MISTAKE: later("It was opened by mistake"),
    }
)
TOLD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "roles_done": ("success", later("The roles are changed. They are signed out and sign in again.")),
        "clinic_done": ("success", later("Noted. They see that clinic's cases from now on.")),
        "added_done": ("success", later("Added. Their link was shown once; if it got lost, make a new one.")),
        "added_asked": ("success", later("Added. Over the other roles a second administrator decides.")),
        "reset_done": (
            "success",
            later("They are signed out. Their link was shown once; if it got lost, make a new one."),
        ),
        "close_done": ("success", later("The account is closed and signed out.")),
        "change_done": ("success", later("Confirmed: it is done.")),
        "declined": ("success", later("Declined: nothing was changed.")),
        "asked": (
            "success",
            later("Asked. A second administrator decides within three days; until then nothing changes."),
        ),
        Became.NOT_YOURS: ("problem", later("You are no administrator any more.")),
        Became.SELF: ("problem", later("Nobody changes their own account: another administrator does.")),
        Became.SAME: ("problem", later("You asked for it yourself: another administrator confirms.")),
        Became.TAKEN: ("problem", later("Somebody has this name already.")),
        Became.CLOSED: ("problem", later("The account is closed.")),
        Became.LAST: ("problem", later("They are the last administrator: give somebody else the role first.")),
        Became.WAITING: ("problem", later("Something waits for a second administrator already: settle that first.")),
        Became.OVERTAKEN: ("problem", later("It was settled, ran out after three days, or fits no longer.")),
    }
)
"""What a form came to: success or problem, and the words."""
