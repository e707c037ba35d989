"""What to look at and what to try, for whoever watches."""

from development.demo.accounts import PASSWORD, PLAYED, READY, code_at
from development.demo.accounts import YOUR_AGENT as YOUR_NAME
from development.demo.handsets import YOUR_AGENT, YOUR_CITIZEN, YOUR_OFFICER
from development.demo.police import PIN
from development.demo.stage import CLOSES, OPENS
from development.demo.staying import YOUR_PATIENT
from settings import Settings
from store.work import system_clock

_LEAST_MIN = 3
"""Whatever the speed: so many people may send so many texts a second."""


_SEES = {
    "agent": "callers; Anna and Rinat are being played",
    "supervisor": "the team, calls to hear again, alarms",
    "clinician": "opens cases of people at home (search «Тукая 5»), closes them",
    "duty_officer": "looks at alerts of people at home, and decides; Dinar is being played",
    "reviewer": "decides applications and appeals; Rustam is being played",
    "administrator": "orders, accounts, officers, texts, figures",
    "operator": "texts and what they cost",
    "auditor": "the audit, and the figures",
}
"""What each finds."""


def _staff() -> str:
    named = {role: [one.name for one in READY if one.role == role] for role in _SEES}
    return "\n".join(f"  {', '.join(names):18} {role:14} {_SEES[role]}" for role, names in named.items())


def _behind(settings: Settings) -> str:
    return f"""Switch on trouble beside them: lost answers, late receipts, 429. Behind the counter, in another terminal:
  export VAR={settings.var}
  .venv/bin/flask --app wsgi stats --day today
  .venv/bin/flask --app wsgi passes list --phone {YOUR_CITIZEN}
  .venv/bin/flask --app wsgi cases open --phone {YOUR_CITIZEN} --reason "order 17"
  .venv/bin/flask --app wsgi audit verify"""


def guide(settings: Settings, speed: float, link: str = "") -> str:
    """Printed before the day, and again after it; `link` opens your patient's page."""
    lasts = max(_LEAST_MIN, round((CLOSES - OPENS) / speed))
    played = " and ".join(name for name, _ in PLAYED)
    command = f"VAR={settings.var} .venv/bin/flask --app wsgi"
    return f"""
Passline is up. Open
  {settings.twilio_api_base}/  telephones in the browser (a carrier simulator, not Twilio)
  {settings.public_url}/  the pages of citizens; the staff sign in at the foot of the first one

Everybody's password is  {PASSWORD}
and their code now       {code_at(system_clock())}    (later it stands at the end of each line below; or:
                         {command} staff code {YOUR_NAME})
{_staff()}
A citizen signs in as {YOUR_CITIZEN}: the code comes to that telephone. An officer starts a shift on
{settings.public_url}/police with {YOUR_OFFICER}, PIN {PIN} and the code above, and scans a pass from another screen.

Be an agent: sign in as {YOUR_NAME} and press "Be available". On the telephones, call 2590 from {YOUR_CITIZEN}, press 0,
answer on {YOUR_AGENT}: the caller's page opens at your desk. While you are there, {played} take a break and
the town does without agents: the line is yours.

Stay at home: the text to {YOUR_PATIENT} has a link to a patient's page{f" (or {link})" if link else ""}. Open it while
the day is played, and you are soon asked for photos and a position; home is in Kazan, so that your answer goes to
Darya, unless Clara sets your home anew. Or text ДОМА, БОЛЬНИЦА, СКОРАЯ, SOS, or ЖАЛОБА and why. A dozen more are
played: some stay, two walk off, some are silent. Dinar decides what is clear; Darya finds doubts, one of them with two
facts and the time to answer over; Rosa finds appeals, one from a violation.

A day from 06:00 to 23:00 is played in about {lasts} min (SPEED={speed:.0f}). The service's clock stays the real one:
a pass of an hour lasts an hour. Алия, Петров (an officer), Марат (a patient) and {PLAYED[0][0]} (an agent) live on the
telephones' page. Three telephones are yours:
  {YOUR_CITIZEN}  registracia 9219632506    cel 8    status    za produktami    cel 3    povtor    or call
  {YOUR_OFFICER}  SHIFT {PIN}    then tap a code in any conversation, spoil a sign of it, or call and spell it
  {YOUR_AGENT}  rings for callers once you are available
{_behind(settings)}
Ctrl-C stops everything.
"""
