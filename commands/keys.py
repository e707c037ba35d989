"""`flask --app wsgi keys ...`: the key files: create those that are missing, list."""

from dataclasses import asdict

from commands.tables import show_rows
from commands.terminal import Group, acting, json_option, operator, out, settings, store
from store.epochs import epochs
from store.keyring import create_keys
from store.signing_keys import next_signing_key, read_signing_keys, signing_at

RESTART = "restart web and worker now, on every host with the same keys: until then they can't read what others write"

keys = Group("keys", help="The key files: create, list; those that sign passes: rotate, signing.")


@keys.command("create")
@acting
def create(*, as_json: bool) -> None:
    """Creates this month's key where it is missing. Web and worker must be restarted then."""
    with store().work() as work:
        created = create_keys(settings().keys_dir, work.now, development=settings().environment == "development")
        for path in created:
            work.audit(operator(), "key.created", path.name)
    names = [path.name for path in created]
    out(as_json, {"created": names, "do": RESTART if names else None}, _words(names))


def _words(names: list[str]) -> str:
    return f"created {', '.join(names)}: {RESTART}" if names else "nothing is missing"


@keys.command("list")
@json_option
def list_keys(*, as_json: bool) -> None:
    """The epoch keys, and what lies sealed under each: telephones, people, others (cases, photos, papers, ...)."""
    with store().reading() as work:
        rows = [asdict(one) for one in epochs(work)]
    show_rows(as_json, rows)


@keys.command("rotate")
@acting
def rotate(*, as_json: bool) -> None:
    """Creates the next key that signs passes: public at once, it signs in an hour. No restart; old passes stay good."""
    with store().work() as work:
        development = settings().environment == "development"
        key = next_signing_key(settings().keys_dir, work.now, development=development)
        work.audit(operator(), "key.rotated", f"sign-{key.id}.key", {"since": key.since.isoformat()})
    since = key.since.isoformat(timespec="seconds")
    spread = f"sign-{key.id}.key signs from {since}: until then copy it to every other host with the same keys"
    out(as_json, {"created": key.id, "signs_from": since}, spread)


@keys.command("signing")
@json_option
def signing(*, as_json: bool) -> None:
    """The keys that passes are signed with, since when, and which one signs now."""
    found = read_signing_keys(settings().keys_dir, production=settings().environment == "production")
    now = signing_at(found, store().clock())[-1].public.id
    rows = [
        {
            "id": key.public.id,
            "signs_from": key.public.since.isoformat(timespec="seconds"),
            "signs_now": key.public.id == now,
            "test": key.public.test,
        }
        for key in found
    ]
    show_rows(as_json, rows)
