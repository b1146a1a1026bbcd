"""Orders of raw INSERTs by the owner of the tables, thrown inside PostgreSQL itself.

Each order has an entry, a measure and a record of its own, and up to fourteen random acts: notices
to the right subject or another, delivered early, late or never, and events of any kind on any day
with any of their parts missing. Whatever is let in is looked at in that moment by a question of
its own, which knows only what the law demands.
"""

from typing import Any

AT_ONCE = 5_000

# The records are made up: here they need no row of their own.
PREPARE = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype = 'f'
    AND conrelid IN ('measures_listentry'::regclass, 'measures_measurecase'::regclass)
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.of, one.conname); END LOOP;
END $$;
CREATE TABLE storm (kind text, lawful boolean, let_in bigint, refused bigint);
CREATE FUNCTION pick(VARIADIC texts text[]) RETURNS text LANGUAGE sql VOLATILE AS
  $$ SELECT texts[1 + floor(random() * array_length(texts, 1))::int] $$;
"""

# What the law demands of an effect, asked as soon as it is stored.
_TOLD = """
  (SELECT min(LEAST(n.deemed_delivered_on, n.acknowledged_on)) FROM notices_notice n
   WHERE n.about = {about} AND n.to_subject = subject)"""
_GROUNDS = "btrim(why) <> '' AND btrim(way) <> '' AND who NOT IN ('', 'system', 'clerk')"
LAWFUL = f"""
CASE
  WHEN kind = 'decided' THEN {_GROUNDS} AND btrim(paper) <> '' AND (
    exempt <> '' OR ({_TOLD.format(about="entry")} + waiting <= day AND waits <= day))
  WHEN kind = 'served' THEN {_TOLD.format(about="evidence")} <= day AND EXISTS (
    SELECT 1 FROM measures_entryevent d
    WHERE d.entry_id = entry AND d.kind = 'decided' AND d.effective_on <= day)
  WHEN kind = 'removed' THEN EXISTS (
    SELECT 1 FROM measures_entryevent d WHERE d.entry_id = entry AND d.kind = 'served')
  WHEN kind = 'imposed' AND effect = 'incentive' THEN who NOT IN ('', 'system', 'clerk')
    AND btrim(why) <> ''
  WHEN kind = 'imposed' THEN {_GROUNDS} AND (
    exempt <> '' OR ({_TOLD.format(about="evidence")} + waiting <= day AND waits <= day))
  WHEN kind IN ('acknowledged', 'fed_back') THEN EXISTS (
    SELECT 1 FROM measures_measureevent d WHERE d.measure_id = measure AND d.kind = 'imposed')
  ELSE true
END AND NOT over
"""

STORM = f"""
CREATE FUNCTION throw_orders(first int, last int) RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
  entry uuid; measure uuid; evidence uuid; subject uuid; other uuid; notice uuid;
  kind text; who text; why text; way text; paper text; exempt text; effect text;
  day date; waits date; waiting int; over boolean; ok boolean; began date := '2026-03-02';
BEGIN
  FOR number IN first..last LOOP
    entry := gen_random_uuid(); measure := gen_random_uuid(); evidence := gen_random_uuid();
    subject := gen_random_uuid(); other := gen_random_uuid(); notice := NULL;
    waiting := 1 + floor(random() * 5); exempt := pick('', '', '', '', '', '某法第三条');
    effect := pick('constraint', 'constraint', 'incentive');
    INSERT INTO measures_listentry (id, list_code, attempt, subject_id, subject_kind, evidence_id,
      record, unit, facts, reason, basis, exemption, waiting_days, edition, proposed_by,
      proposed_on, proposed_at)
    VALUES (entry, 'samr', 1, subject, 'legal_person', gen_random_uuid(), evidence, 'lyg-scjg',
      '事实', '理由', '某法', exempt, waiting, 'e', 'clerk', began, now());
    INSERT INTO measures_measurecase (id, measure, effect, list_code, record_id, subject_id,
      subject_kind, unit, executor, basis, exemption, waiting_days, edition, proposed_by,
      proposed_at)
    VALUES (measure, 'm', effect, 'samr', evidence, subject, 'legal_person', 'lyg-scjg', 'lyg-czj',
      '某法', exempt, waiting, 'e', 'clerk', now());
    FOR step IN 1..(3 + floor(random() * 12)::int) LOOP
      kind := pick('notice', 'notice', 'notice', 'acknowledge', 'stated', 'decided', 'decided',
        'decided', 'served', 'served', 'removed', 'dropped', 'imposed', 'imposed', 'acknowledged',
        'fed_back');
      day := began + floor(random() * 14)::int;
      who := pick('head', 'head', 'head', 'head', 'clerk', 'system', '');
      why := pick('理由', '理由', '理由', '理由', '', ' ');
      way := pick('可以复议', '可以复议', '可以复议', '可以复议', '', '  ');
      paper := pick('1号', '1号', '1号', '1号', '', ' ');
      waits := CASE WHEN random() < 0.15 THEN NULL ELSE day - floor(random() * 4)::int END;
      SELECT EXISTS (SELECT 1 FROM measures_entryevent e WHERE e.entry_id = entry
        AND e.kind IN ('dropped', 'removed', 'revoked')) AND kind IN ('stated', 'decided',
        'served', 'removed', 'dropped') INTO over;
      ok := true;
      BEGIN
        IF kind = 'notice' THEN
          notice := gen_random_uuid();
          INSERT INTO notices_notice (id, about, to_subject, template, channel, facts, basis,
            posted_at, deemed_delivered_on)
          VALUES (notice, CASE WHEN random() < 0.5 THEN entry ELSE evidence END,
            CASE WHEN random() < 0.85 THEN subject ELSE other END, 't', 'inbox', '{{}}', 'b', now(),
            CASE WHEN random() < 0.6 THEN began + floor(random() * 6)::int END);
        ELSIF kind = 'acknowledge' THEN
          UPDATE notices_notice SET acknowledged_on = day WHERE id = notice;
        ELSIF kind IN ('imposed', 'acknowledged', 'fed_back') THEN
          INSERT INTO measures_measureevent (measure_id, kind, effective_on, known_at, login, unit,
            reason, remedy, waits_until, basis, edition)
          VALUES (measure, kind, day, now(), who, 'lyg-czj', why, way, waits, 'b', 'e');
          ok := {LAWFUL};
        ELSE
          INSERT INTO measures_entryevent (entry_id, kind, effective_on, known_at, login, unit,
            reason, remedy, document_number, approval, waits_until, hearing, basis, edition)
          VALUES (entry, kind, day, now(), who, 'lyg-scjg', why, way, paper, '', waits, false,
            'b', 'e');
          ok := {LAWFUL};
        END IF;
        INSERT INTO storm VALUES (kind, ok, 1, 0);
      EXCEPTION WHEN raise_exception OR unique_violation OR check_violation THEN
        INSERT INTO storm VALUES (kind, true, 0, 1);
      END;
    END LOOP;
  END LOOP;
END $$;
"""


def throw(cursor: Any, orders: int) -> dict[str, Any]:
    """Throw that many orders; what was let in and refused by kind, and how many unlawful."""
    cursor.execute(PREPARE + STORM)
    for first in range(1, orders + 1, AT_ONCE):
        cursor.execute("SELECT throw_orders(%s, %s)", [first, min(first + AT_ONCE - 1, orders)])
    cursor.execute(
        "SELECT kind, sum(let_in)::bigint, sum(refused)::bigint,"
        " coalesce(sum(let_in) FILTER (WHERE NOT coalesce(lawful, false)), 0)::bigint"
        " FROM storm GROUP BY kind ORDER BY kind"
    )
    rows = cursor.fetchall()
    return {
        "let_in": {kind: let_in for kind, let_in, _, _ in rows},
        "refused": {kind: refused for kind, _, refused, _ in rows},
        "unlawful": sum(wrong for *_, wrong in rows),
    }
