"""What the database itself refuses, whoever writes: persons, and effects without notice."""

from typing import Final

GRADE_GUARD: Final = """
IF NOT EXISTS (
    SELECT 1 FROM subjects_subject AS subject
    WHERE subject.id = NEW.subject_id AND subject.kind = NEW.subject_kind
      AND subject.kind <> 'natural_person'
) THEN
    RAISE EXCEPTION 'only organisations and sole traders in their business are evaluated';
END IF;
SELECT e.rank INTO last FROM evaluation_step AS s
JOIN evaluation_evaluation AS e ON e.id = s.evaluation_id
WHERE s.kind = 'effective' AND e.subject_id = NEW.subject_id AND e.model = NEW.model
  AND (e.ends_on IS NULL OR e.ends_on >= NEW."on")
ORDER BY s.id DESC LIMIT 1;
IF NOT NEW.worse AND (CASE WHEN last IS NULL THEN NEW.adverse ELSE NEW.rank > last END) THEN
    RAISE EXCEPTION 'a worse grade waits for notice: it cannot be called no worse';
END IF;
RETURN NEW;
"""
"""An evaluation is of its subject, never of a person, and does not hide that it is worse."""

EFFECT_GUARD: Final = """
SELECT * INTO head FROM evaluation_evaluation WHERE id = NEW.evaluation_id;
IF NEW.worse IS DISTINCT FROM head.worse THEN
    RAISE EXCEPTION 'a step says of its evaluation whether it is worse';
END IF;
IF NEW.kind = 'effective' AND EXISTS (
    SELECT 1 FROM evaluation_evaluation AS later
    WHERE later.subject_id = head.subject_id AND later.model = head.model
      AND later.made_at > head.made_at
) THEN
    RAISE EXCEPTION 'a later evaluation stands: this one takes no effect any more';
END IF;
IF NEW.kind = 'effective' AND head.ends_on <= NEW."on" THEN
    RAISE EXCEPTION 'the grade has ended: what it rests on counts no more';
END IF;
IF NEW.kind = 'effective' AND head.worse THEN
    SELECT min(LEAST(n.deemed_delivered_on, n.acknowledged_on)) INTO told
    FROM notices_notice AS n WHERE n.about = head.id AND n.to_subject = head.subject_id;
    IF told IS NULL OR told <> NEW.notified_on
        OR (NEW.at AT TIME ZONE 'Asia/Shanghai')::date < NEW.on
    THEN
        RAISE EXCEPTION 'no notice, no effect: the subject was not told of this grade';
    END IF;
END IF;
RETURN NEW;
"""
"""A worse grade takes effect only after its own notice was delivered to its own subject."""
