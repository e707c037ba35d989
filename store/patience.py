"""Time for long reads."""

from sqlalchemy import Connection


def take_time(connection: Connection) -> None:
    """Lifts the limit on a statement's time until the transaction ends: for lists and figures, not at the counter."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
