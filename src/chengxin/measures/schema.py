"""“No notice, no effect” as the database keeps it, whoever writes: triggers in PostgreSQL.

The same conditions as `rules.effects`, asked of what is stored: the notices, the events before.
The owner of the tables is bound by them like everyone else.
"""

from typing import Final

import pgtrigger

_TOLD: Final = """
SELECT min(LEAST(n.deemed_delivered_on, n.acknowledged_on)) INTO told
FROM notices_notice AS n WHERE n.about = wanted AND n.to_subject = head.subject_id;
"""
_REFUSED: Final = "RAISE EXCEPTION 'no notice, no effect: % lacks {what}', NEW.kind;"


def _unless(condition: str, what: str) -> str:
    refused = _REFUSED.format(what=what)
    return f"IF NOT coalesce({condition}, false) THEN {refused} END IF;\n"


_WAITED: Final = (
    "head.exemption <> '' OR (NEW.waits_until >= told + head.waiting_days "
    "AND NEW.effective_on >= NEW.waits_until AND NEW.waits_until > told)"
)
_OFFICIAL: Final = "NEW.login NOT IN ('', 'system') AND NEW.login <> head.proposed_by"

_ENTRY: Final = f"""
SELECT * INTO head FROM measures_listentry WHERE id = NEW.entry_id;
IF EXISTS (
    SELECT 1 FROM measures_entryevent AS e
    WHERE e.entry_id = NEW.entry_id AND e.kind IN ('dropped', 'removed', 'revoked')
) THEN
    RAISE EXCEPTION 'the entry is over: % is refused', NEW.kind;
END IF;
IF NEW.kind = 'decided' THEN
    wanted := head.id;
    {_TOLD}
    {_unless("head.exemption <> '' OR told <= NEW.effective_on", "a delivered notice")}
    {_unless(_WAITED, "its waiting time")}
    {_unless("btrim(NEW.reason) <> ''", "reasons")}
    {_unless("btrim(NEW.remedy) <> ''", "a remedy")}
    {_unless("btrim(NEW.document_number) <> ''", "a document")}
    {_unless(_OFFICIAL, "a named official who did not propose it")}
ELSIF NEW.kind = 'served' THEN
    {
    _unless(
        '''EXISTS (SELECT 1 FROM measures_entryevent AS e WHERE e.entry_id = NEW.entry_id
            AND e.kind = 'decided' AND e.effective_on <= NEW.effective_on)''',
        "a decision",
    )
}
    wanted := head.record;
    {_TOLD}
    {_unless("told <= NEW.effective_on", "a delivered notice")}
ELSIF NEW.kind = 'removed' THEN
    {
    _unless(
        '''EXISTS (SELECT 1 FROM measures_entryevent AS e WHERE e.entry_id = NEW.entry_id
            AND e.kind = 'served')''',
        "an entry in effect",
    )
}
END IF;
RETURN NEW;
"""  # noqa: S608 – constants of this module only

_MEASURE: Final = f"""
SELECT * INTO head FROM measures_measurecase WHERE id = NEW.measure_id;
IF NEW.kind = 'imposed' THEN
    {_unless(_OFFICIAL, "a named official who did not propose it")}
    {_unless("btrim(NEW.reason) <> ''", "reasons")}
    IF head.effect = 'constraint' THEN
        wanted := head.record_id;
        {_TOLD}
        {_unless("head.exemption <> '' OR told <= NEW.effective_on", "a delivered notice")}
        {_unless(_WAITED, "its waiting time")}
        {_unless("btrim(NEW.remedy) <> ''", "a remedy")}
    END IF;
ELSIF NEW.kind IN ('acknowledged', 'fed_back') THEN
    {
    _unless(
        '''EXISTS (SELECT 1 FROM measures_measureevent AS e WHERE e.measure_id = NEW.measure_id
            AND e.kind = 'imposed')''',
        "a decision to impose it",
    )
}
END IF;
RETURN NEW;
"""  # noqa: S608 – constants of this module only


def guarded(table: str, func: str) -> pgtrigger.Trigger:
    """The trigger over the events of heads in `table`."""
    return pgtrigger.Trigger(
        name="no_notice_no_effect",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("head", f"{table}%ROWTYPE"), ("wanted", "uuid"), ("told", "date")],
        func=func,
    )


def entry_guard() -> pgtrigger.Trigger:
    """Guards what happens to a list entry."""
    return guarded("measures_listentry", _ENTRY)


def measure_guard() -> pgtrigger.Trigger:
    """Guards what happens to a measure."""
    return guarded("measures_measurecase", _MEASURE)
