"""The extension and the function that name search stands on."""

from typing import ClassVar

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension
from django.db import migrations

BIGRAMS = """
CREATE OR REPLACE FUNCTION chengxin_bigrams(name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg(DISTINCT pair), '{}'))
  FROM (
    SELECT substr(name, i, 2) AS pair
    FROM generate_series(1, greatest(length(name) - 1, 1)) AS i
  ) AS pairs
  WHERE pair <> ''
$$
"""


class Migration(migrations.Migration):
    """Create `pg_trgm`, `btree_gin` and `chengxin_bigrams`."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION chengxin_bigrams(text)"),
    ]
