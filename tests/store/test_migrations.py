"""Migrations make exactly the tables of the models, on both databases."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import store.migrations
from store import Keyring, Store
from store.engine import open_engine
from store.migrations import newest, present, upgrade
from store.tables import METADATA, MODULES

FOLDER = Path(store.migrations.__file__).parent


def test_migrations_make_exactly_the_models_tables(database_url: str) -> None:
    engine, _ = open_engine(database_url, 1)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()

    assert differences == []


def test_a_migrated_database_is_at_the_newest_revision_and_may_be_migrated_again(database_url: str) -> None:
    engine, _ = open_engine(database_url, 1)

    upgrade(engine)

    assert present(engine) == newest()
    engine.dispose()


def test_an_empty_database_is_at_no_revision(tmp_path: Path) -> None:
    engine, _ = open_engine(f"sqlite:///{tmp_path / 'empty.db'}", 1)

    assert present(engine) is None
    engine.dispose()


def test_migrations_are_one_line_with_one_head() -> None:
    scripts = ScriptDirectory(str(FOLDER))

    assert len(scripts.get_heads()) == 1 and len(scripts.get_bases()) == 1


def test_file_names_carry_their_number_and_order() -> None:
    names = sorted(path.name for path in (FOLDER / "versions").glob("*.py"))

    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_every_file_with_a_table_is_known() -> None:
    with_tables = {path.stem for path in FOLDER.parent.glob("*.py") if "table=True" in path.read_text("utf-8")}

    assert with_tables == {module.__name__.rpartition(".")[2] for module in MODULES}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_copied_file_is_a_whole_database(database_url: str, keyring: Keyring, tmp_path: Path) -> None:
    first = Store.open(database_url, keyring)
    with first.work() as work:
        work.audit("tests", "noted", "1")
    first.close()
    copy = shutil.copy(database_url.removeprefix("sqlite:///"), tmp_path / "copy.db")

    second = Store.open(f"sqlite:///{copy}", keyring)

    with second.reading() as work:
        assert work.connection.exec_driver_sql("SELECT count(*) FROM audit_entry").scalar_one() == 1
    second.close()
