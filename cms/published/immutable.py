"""Rows that the database refuses to change: published versions, rule sets, legal texts (law 5)."""

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table}
WHEN {changed}
BEGIN SELECT RAISE(ABORT, '{table}: a frozen row is never changed, only superseded'); END
"""
POSTGRESQL = """
CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{table}: a frozen row is never changed, only superseded'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {columns} ON {table}
FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_frozen()
"""
DROP = {
    "sqlite": "DROP TRIGGER {table}_frozen",
    "postgresql": "DROP FUNCTION {table}_frozen() CASCADE",
}
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DIFFERS = {
    "sqlite": "OLD.{name} IS NOT NEW.{name}",
    "postgresql": "OLD.{name} IS DISTINCT FROM NEW.{name}",
}


def freeze(table: str, columns: Sequence[str], *, once: str = "") -> migrations.RunPython:
    """Return the operation that freezes `columns`, for SQLite and PostgreSQL.

    `once` is SQL about the row as it was, such as "OLD.live": from when on it is frozen. Empty:
    from the start.

    SQLite makes a table anew when a column is altered and loses its triggers: a later migration
    that alters the table ends with this operation again.
    """

    def run(statement: dict[str, str], editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        changed = " OR ".join(DIFFERS[vendor].format(name=name) for name in columns)
        if once:
            changed = f"({once}) AND ({changed})"
        made = statement[vendor].format(table=table, columns=", ".join(columns), changed=changed)
        # Without parameters, so that PostgreSQL takes function and trigger in one go.
        editor.execute(made, params=None)

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        run(CREATE, editor)

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        run(DROP, editor)

    return migrations.RunPython(forwards, backwards)
