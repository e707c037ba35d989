"""Makes the demo's order and accounts, or mends them: at each start their password and codes work."""

from datetime import timedelta

from codes.desk.agents import go_available, go_away
from codes.regime import read_regime
from codes.regimes import NoRegime, activate, in_force
from development.demo.accounts import CLINIC, PASSWORD, PLAYED, READY, SECRET, YOUR_AGENT, YOUR_TELEPHONE, Ready
from development.demo.homes import survey
from development.demo.order import demo_order
from settings import DEFAULT_REGIME, Settings
from store import Store, Work
from store.engine import open_engine
from store.keyring import read_keyring
from store.phones import ensure_phone
from web.roles import read_roles
from web.signin.accounts import account_row, add_account, change_account, data_key
from web.signin.codes import sealed_secret
from web.signin.passwords import Passwords

BY = "operator:demo"
EARLIER = timedelta(hours=3)
"""By so much the town began before it is looked at."""
LONG_AGO = timedelta(days=4)
"""Before anything of the town."""
_TELEPHONES = {YOUR_AGENT: YOUR_TELEPHONE, **dict(PLAYED)}


class NotHere(Exception):
    """Accounts that everybody knows the way into are not for this machine."""


def hire(settings: Settings) -> None:
    """Everybody of `READY`; raises NotHere in production."""
    if settings.environment != "development":
        raise NotHere("The demo's staff have passwords that everybody knows: it runs in development alone")
    hashed = Passwords().hash(PASSWORD)
    engine, writer_lock = open_engine(settings.database_url, 1)
    store = Store(engine, writer_lock, read_keyring(settings.keys_dir, production=False))
    with store.work() as work:
        if in_force(work).regime != read_regime(demo_order()) and in_force(work).regime.name == DEFAULT_REGIME:
            activate(work, demo_order(), work.now, BY)
        _had_order(work)
        for one in READY:
            _set_up(work, one, hashed)
    survey(store, settings.var, BY)
    store.close()


def _had_order(work: Work) -> None:
    """What the town did earlier, it did under an order, too."""
    try:
        in_force(work, work.now - LONG_AGO)
    except NoRegime:
        activate(work, demo_order(), work.now - LONG_AGO, BY)


def _set_up(work: Work, one: Ready, hashed: str) -> None:
    row = account_row(work, one.name)
    if row is None:
        add_account(work, one.name, read_roles([one.role]), BY)
        row = account_row(work, one.name)
    change_account(
        work,
        row.id,
        roles=one.role,
        clinic=CLINIC if one.role == "clinician" else None,
        password_hash=hashed,
        totp_sealed=sealed_secret(data_key(work, row), row.id, SECRET),
        wrong_sign_ins=0,
        locked_until=None,
        closed_at=None,
        enrol_hash=None,
        enrol_until=None,
    )
    work.audit(BY, "staff.enrolled", row.id)
    if number := _TELEPHONES.get(one.name):
        # Once available and gone again, they find their number at the desk; whoever a kill left there is gone, too.
        go_available(work, row.id, ensure_phone(work, number))
        go_away(work, row.id)
