"""The two functions by which administrators of the database read."""

from django.db import migrations

from chengxin.rights.sql_looks import FUNCTIONS, REMOVED


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("looks", "0001_initial"),
        ("register", "0004_checked_by_statement"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVED)]
