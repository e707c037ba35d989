"""`flask --app wsgi keys ...`: the key files: create those that are missing, list."""

from dataclasses import asdict

from commands.tables import show_rows
from commands.terminal import Group, acting, json_option, operator, out, settings, store
from store.epochs import epochs
from store.keyring import create_keys

RESTART = "restart web and worker now, on every host with the same keys: until then they can't read what others write"

keys = Group("keys", help="The key files: create, list.")


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
    """The epoch keys, and how many telephones and people are sealed under each."""
    with store().reading() as work:
        rows = [asdict(one) for one in epochs(work)]
    show_rows(as_json, rows)
