"""The database itself refuses to change or delete an event of the audit trail."""

from django.db import migrations

REFUSES = "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
SQLITE = (
    f"CREATE TRIGGER trail_no_update BEFORE UPDATE ON ledger_event {REFUSES}",
    f"CREATE TRIGGER trail_no_delete BEFORE DELETE ON ledger_event {REFUSES}",
)
FUNCTION = """CREATE FUNCTION trail_refuses() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$ LANGUAGE plpgsql"""
TRIGGER = """CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON ledger_event
FOR EACH ROW EXECUTE FUNCTION trail_refuses()"""


def guard(_apps, schema_editor):
    """Add the triggers of the database in use."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else (FUNCTION, TRIGGER):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
