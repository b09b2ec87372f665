"""The ledger of clicks guarded by the database: no row is changed, and none deleted but by
retention, which first says in affiliate_forgotten up to when (law 5)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CHANGED = "affiliate_click: a row of the ledger is never changed"
DELETED = "affiliate_click: a row of the ledger is deleted by retention only"
FORGOTTEN = "SELECT 1 FROM affiliate_forgotten WHERE before > OLD.at"

CREATE = {
    "sqlite": [
        f"""
CREATE TRIGGER affiliate_click_changed BEFORE UPDATE ON affiliate_click
BEGIN SELECT RAISE(ABORT, '{CHANGED}'); END
""",
        f"""
CREATE TRIGGER affiliate_click_deleted BEFORE DELETE ON affiliate_click
WHEN NOT EXISTS ({FORGOTTEN})
BEGIN SELECT RAISE(ABORT, '{DELETED}'); END
""",
    ],
    "postgresql": [
        f"""
CREATE FUNCTION affiliate_click_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION '{CHANGED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS ({FORGOTTEN}) THEN
    RAISE EXCEPTION '{DELETED}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$
""",
        """
CREATE TRIGGER affiliate_click_guard BEFORE UPDATE OR DELETE ON affiliate_click
FOR EACH ROW EXECUTE FUNCTION affiliate_click_guard()
""",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER affiliate_click_changed", "DROP TRIGGER affiliate_click_deleted"],
    "postgresql": ["DROP FUNCTION affiliate_click_guard() CASCADE"],
}


def guard_the_ledger() -> migrations.RunPython:
    """Return the operation that guards affiliate_click.

    SQLite makes a table anew when a column is altered and loses its triggers: a later migration
    that alters the table ends with this operation again.
    """

    def run(statements: dict[str, list[str]], editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement, params=None)

    def forwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        run(CREATE, editor)

    def backwards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        run(DROP, editor)

    return migrations.RunPython(forwards, backwards)
