"""Keys, tables and an order in force, each only where it is missing: `python -m commands.install`.

Run it before the first start and before each start of a new version; it changes nothing that is there already. It is no
`flask` command, because the application does not start before this is done.
"""

from codes.regimes import UnknownPreset, activate_preset
from settings import Settings, exit_with, load_or_exit
from store import Store
from store.engine import open_engine
from store.keyring import KeyMissing, create_keys, read_keyring
from store.migrations import present, upgrade
from store.work import system_clock


def install(settings: Settings) -> None:
    """Raises KeyMissing or UnknownPreset, with words that say what to do."""
    development = settings.environment == "development"
    engine, writer_lock = open_engine(settings.database_url, 1)
    if present(engine) and not (settings.keys_dir / "blind.key").exists():
        raise KeyMissing(
            f"{settings.keys_dir} has no keys, but the database has data under some: bring the keys back, or empty both"
        )
    for path in create_keys(settings.keys_dir, system_clock(), development=development):
        print(f"Created {path}", flush=True)
    print("Bringing the database to the newest tables", flush=True)
    upgrade(engine)
    store = Store(engine, writer_lock, read_keyring(settings.keys_dir, production=not development))
    with store.work() as work:
        if activate_preset(work, settings.regime, "install"):
            print(f"Put {settings.regime} in force", flush=True)
    store.close()


def main() -> None:
    """The command."""
    settings = load_or_exit()
    try:
        install(settings)
    except (KeyMissing, UnknownPreset) as error:
        exit_with(str(error))


if __name__ == "__main__":
    main()
