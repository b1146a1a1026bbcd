"""How administrators of the database read a subject's data 数据库管理员查看: announced, then read.

A role of theirs may read no table. It calls `chengxin_announce_look(public_id, purpose)`, which
writes the look and gives a ticket; and, in a later transaction, `chengxin_read_look(ticket)`,
which gives the records. Two steps because one could be rolled back after its answer was seen.
Sealed fields are given by neither. Owner and superuser are bound by no function: see decision 0037.
"""

from typing import Final

GROUP: Final = "chengxin_looker"
MINUTES: Final = 10
SHORTEST_PURPOSE: Final = 4

_ANNOUNCE: Final = f"""
CREATE OR REPLACE FUNCTION chengxin_announce_look(asked text, purpose text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whom uuid; ticket uuid;
BEGIN
    IF length(btrim(coalesce(purpose, ''))) < {SHORTEST_PURPOSE} THEN
        RAISE EXCEPTION '请写明查看目的 Say what the look is for';
    END IF;
    SELECT id INTO whom FROM subjects_subject WHERE public_id = lower(btrim(asked));
    IF whom IS NULL THEN
        RAISE EXCEPTION '没有该公开编号的主体 No subject has that public identifier';
    END IF;
    ticket := gen_random_uuid();
    INSERT INTO looks_look (id, at, subject, record, login, name, unit, via, purpose, basis,
        fields, decision, sensitive, entry)
    VALUES (ticket, clock_timestamp(), whom, NULL, left('sql:' || session_user, 64), '', '', 'sql',
        left('sql:' || btrim(purpose), 200), '', '["records"]', 'allowed', true, NULL);
    INSERT INTO looks_lookticket (look, subject, role, xact, at)
    VALUES (ticket, whom, session_user, pg_current_xact_id()::text, clock_timestamp());
    RETURN ticket;
END $$
"""  # noqa: S608 – constants of ours

_READ: Final = f"""
CREATE OR REPLACE FUNCTION chengxin_read_look(ticket uuid)
RETURNS TABLE (record uuid, item text, unit text, decided_on date, document_number text,
    facts jsonb)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held looks_lookticket;
BEGIN
    SELECT * INTO held FROM looks_lookticket t WHERE t.look = ticket AND t.role = session_user;
    IF held.look IS NULL OR held.at < clock_timestamp() - interval '{MINUTES} minutes' THEN
        RAISE EXCEPTION '没有有效的登记 There is no announcement of yours, or it is too old';
    END IF;
    IF pg_xact_status(held.xact::xid8) IS DISTINCT FROM 'committed' THEN
        RAISE EXCEPTION '登记尚未提交，请先 COMMIT Commit the announcement first';
    END IF;
    RETURN QUERY
    SELECT r.id, r.item::text, r.unit::text, r.decided_on, r.document_number::text,
        (SELECT e.facts FROM register_recordevent e WHERE e.record_id = r.id
            AND e.facts <> '{{}}'::jsonb ORDER BY e.known_at DESC, e.id DESC LIMIT 1)
    FROM register_record r
    WHERE held.subject = CASE
        WHEN EXISTS (SELECT FROM register_recordlink l WHERE l.record_id = r.id)
        THEN (SELECT l.subject_id FROM register_recordlink l WHERE l.record_id = r.id
            ORDER BY l.known_at DESC, l.id DESC LIMIT 1)
        ELSE r.subject_id END
    ORDER BY r.decided_on DESC, r.id;
END $$
"""  # noqa: S608 – constants of ours

FUNCTIONS: Final = [
    _ANNOUNCE,
    _READ,
    "REVOKE ALL ON FUNCTION chengxin_announce_look(text, text) FROM PUBLIC",
    "REVOKE ALL ON FUNCTION chengxin_read_look(uuid) FROM PUBLIC",
]

REMOVED: Final = [
    "DROP FUNCTION chengxin_read_look(uuid)",
    "DROP FUNCTION chengxin_announce_look(text, text)",
]
