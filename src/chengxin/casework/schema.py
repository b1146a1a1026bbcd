"""The tables of moves as the database keeps them, whoever writes: written from `rules.machines`.

A case's state changes only by an event, and an event is let in only if the table has it, by other
hands than before, with its reason. The owner of the tables is bound like everyone else.
"""

from collections.abc import Iterable

import pgtrigger

from chengxin.casework.rules.machines import BARRED, BY_SYSTEM, MACHINES, OPEN, OWN_ENTRY, REASONED


def _texts(*texts: str) -> str:
    return ", ".join(f"'{text}'" for text in texts)


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"({_texts(*row)})" for row in sorted(rows))


_MOVES = _rows(
    (kind.value, was.value, move.value, becomes.value)
    for kind, table in MACHINES.items()
    for (was, move), after in table.items()
    for becomes in after
)
_BARRED = _rows((move.value, one.value) for move, earlier in BARRED.items() for one in earlier)

_EVENT = f"""
SELECT * INTO head FROM casework_case WHERE id = NEW.case_id FOR UPDATE;
IF NOT EXISTS (
    SELECT FROM (VALUES {_MOVES}) AS m (kind, was, move, becomes)
    WHERE m.kind = head.kind AND m.was = head.state AND m.move = NEW.move AND m.becomes = NEW.state
) THEN
    RAISE EXCEPTION 'no such move: % % % %', head.kind, head.state, NEW.move, NEW.state;
END IF;
IF NEW.effective_on < head.last_on THEN
    RAISE EXCEPTION 'a step before the step before it: %', NEW.move;
END IF;
IF NEW.move IN ({_texts(*sorted(REASONED))}) AND btrim(NEW.reason) = '' THEN
    RAISE EXCEPTION 'a step without its reason: %', NEW.move;
END IF;
IF NEW.move NOT IN ({_texts(*sorted(BY_SYSTEM))}) AND NEW.login IN ('', 'system') THEN
    RAISE EXCEPTION 'nobody did this: %', NEW.move;
END IF;
IF EXISTS (
    SELECT FROM casework_caseevent AS e
    JOIN (VALUES {_BARRED}) AS b (move, earlier) ON b.move = NEW.move AND b.earlier = e.move
    WHERE e.case_id = NEW.case_id AND e.login = NEW.login
) OR (NEW.move IN ({_texts(*sorted(OWN_ENTRY))}) AND NEW.login = head.entered_by) THEN
    RAISE EXCEPTION 'the same hands twice: %', NEW.move;
END IF;
UPDATE casework_case SET
    state = NEW.state,
    open = NEW.state IN ({_texts(*sorted(OPEN))}),
    turn = NEW.turn,
    due_on = NEW.due_on,
    promised_on = NEW.promised_on,
    last_on = NEW.effective_on
WHERE id = head.id;
RETURN NEW;
"""  # noqa: S608 – constants of this house only

_HEAD = """
IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a case changes by its events only';
END IF;
IF (OLD.number, OLD.kind, OLD.record_id, OLD.subject_id, OLD.unit, OLD.field, OLD.entered_by)
    IS DISTINCT FROM
   (NEW.number, NEW.kind, NEW.record_id, NEW.subject_id, NEW.unit, NEW.field, NEW.entered_by)
THEN
    RAISE EXCEPTION 'what a case is about never changes';
END IF;
RETURN NEW;
"""


def event_guard() -> pgtrigger.Trigger:
    """Lets in only the moves of the table, and moves the case."""
    return pgtrigger.Trigger(
        name="only_the_table",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("head", "casework_case%ROWTYPE")],
        func=_EVENT,
    )


def head_guard() -> list[pgtrigger.Trigger]:
    """A case is changed by its events alone, begins as new, and is never deleted."""
    return [
        pgtrigger.Trigger(
            name="by_events_only", when=pgtrigger.Before, operation=pgtrigger.Update, func=_HEAD
        ),
        pgtrigger.Protect(name="no_delete", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name="begins_new",
            operation=pgtrigger.Insert,
            condition=~pgtrigger.Q(new__state="new"),
        ),
    ]
