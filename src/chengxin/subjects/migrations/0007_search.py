"""Names are found by their sound, place and trade too; those that are known are read anew."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from chengxin.subjects.rules.indexing import found_by

AT_ONCE = 5_000

TERMS = """
CREATE FUNCTION chengxin_terms(name text, pinyin text, initials text, traits text)
RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg(term), '{}')) FROM (
    SELECT substr(name, i, 2) FROM generate_series(1, greatest(length(name) - 1, 1)) AS i
    UNION ALL
    SELECT substr(initials, i, 2) FROM generate_series(1, length(initials) - 1) AS i
    UNION ALL
    SELECT said[i] || ' ' || said[i + 1]
    FROM (SELECT string_to_array(trim(pinyin), ' ') AS said) AS syllables,
      generate_series(1, cardinality(said) - 1) AS i
    UNION ALL
    SELECT unnest(string_to_array(traits, ' '))
  ) AS terms (term)
  WHERE term <> ''
$$
"""
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
FILL = """
UPDATE subjects_subjectname AS name SET pinyin = one.pinyin, initials = one.initials,
  traits = one.traits
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
  AS one (id, pinyin, initials, traits)
WHERE name.id = one.id
"""


def read_anew(apps, schema_editor):
    """Derive the new columns of every name there is. Nothing in who is who changes by it."""
    cursor = schema_editor.connection.cursor()
    cursor.execute("ALTER TABLE subjects_subjectname DISABLE TRIGGER USER")
    last = 0
    while True:
        cursor.execute(
            "SELECT n.id, n.normalised, s.kind, s.division, s.industry FROM subjects_subjectname n"
            " JOIN subjects_subject s ON s.id = n.subject_id WHERE n.id > %s ORDER BY n.id LIMIT %s",
            [last, AT_ONCE],
        )
        rows = cursor.fetchall()
        if not rows:
            break
        last = rows[-1][0]
        found = [
            (number, *found_by(name, kind=kind, division=division, industry=industry))
            for number, name, kind, division, industry in rows
        ]
        cursor.execute(FILL, [list(column) for column in zip(*found)])
    cursor.execute("ALTER TABLE subjects_subjectname ENABLE TRIGGER USER")


class Migration(migrations.Migration):

    dependencies = [
        ('subjects', '0006_never_deleted'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='subjectname',
            name='subject_name_bigrams',
        ),
        migrations.RemoveField(
            model_name='subjectname',
            name='bigrams',
        ),
        migrations.RunSQL("DROP FUNCTION chengxin_bigrams(text)", BIGRAMS),
        migrations.AddField(
            model_name='subjectname',
            name='initials',
            field=models.CharField(blank=True, db_default='', default='', max_length=400),
        ),
        migrations.AddField(
            model_name='subjectname',
            name='pinyin',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='subjectname',
            name='traits',
            field=models.CharField(blank=True, db_default='', default='', max_length=60),
        ),
        migrations.RunPython(read_anew, migrations.RunPython.noop),
        migrations.RunSQL(TERMS, "DROP FUNCTION chengxin_terms(text, text, text, text)"),
        migrations.AddField(
            model_name='subjectname',
            name='terms',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('normalised'), models.F('pinyin'), models.F('initials'), models.F('traits'), function='chengxin_terms', output_field=django.contrib.postgres.search.SearchVectorField()), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        # How common a lexeme is decides which way a search goes; the usual thousand are too few.
        migrations.RunSQL(
            "ALTER TABLE subjects_subjectname ALTER COLUMN terms SET STATISTICS 400",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name='subjectname',
            index=django.contrib.postgres.indexes.GinIndex(fields=['terms'], name='subject_name_terms'),
        ),
        migrations.AddIndex(
            model_name='subjectname',
            index=models.Index(models.OrderBy(models.F('is_current'), descending=True), django.db.models.functions.text.Length('normalised'), models.F('id'), name='subject_name_rank'),
        ),
        migrations.AddConstraint(
            model_name='subjectname',
            constraint=models.CheckConstraint(condition=models.Q(('traits__contains', 'k:natural_person'), _negated=True), name='name_of_no_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subject',
            trigger=pgtrigger.compiler.Trigger(name='traits_follow', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nUPDATE subjects_subjectname SET traits = concat_ws(' ', 'k:' || NEW.kind,\n  'd:' || nullif(NEW.division, ''), 's:' || nullif(left(NEW.industry, 1), ''))\nWHERE subject_id = NEW.id;\nRETURN NULL;\n", hash='b19520f61cd8009ecfe4893cdadef77665721500', operation='UPDATE OF "kind", "division", "industry"', pgid='pgtrigger_traits_follow_97a13', table='subjects_subject', when='AFTER')),
        ),
    ]
