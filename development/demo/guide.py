"""What to look at and what to try, for whoever watches."""

from development.demo.handsets import YOUR_CITIZEN, YOUR_OFFICER
from development.demo.police import PIN
from development.demo.stage import CLOSES, OPENS
from settings import Settings

_LEAST_MIN = 3
"""Whatever the speed: so many people may send so many texts a second."""


def guide(settings: Settings, speed: float) -> str:
    """Printed before the day, and again after it."""
    lasts = max(_LEAST_MIN, round((CLOSES - OPENS) / speed))
    return f"""
Passline is up. Open
  {settings.twilio_api_base}/  telephones in the browser (a carrier simulator, not Twilio)
  {settings.public_url}/healthz  what works
A day from 06:00 to 23:00 is played in about {lasts} min (SPEED={speed:.0f}). The service's clock stays the real one:
a pass of an hour lasts an hour. Алия, Петров (an officer) and Марат (a patient) live on the page. Two phones are yours:
  {YOUR_CITIZEN}  registracia 9219632506    cel 8    status    za produktami    cel 3    povtor
  {YOUR_OFFICER}  SHIFT {PIN}    then tap a code in any conversation, spoil a sign of it, send two at once
Switch on trouble beside them: lost answers, late receipts, 429. Behind the counter, in another terminal:
  export VAR={settings.var}
  .venv/bin/flask --app wsgi stats --day today
  .venv/bin/flask --app wsgi passes list --phone {YOUR_CITIZEN}
  .venv/bin/flask --app wsgi cases open --phone {YOUR_CITIZEN} --reason "order 17"
  .venv/bin/flask --app wsgi appeals list
  .venv/bin/flask --app wsgi audit verify
Ctrl-C stops everything.
"""
