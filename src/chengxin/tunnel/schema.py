"""What the database itself refuses, whoever writes: a release without its report."""

from typing import Final

OVERRULE_GUARD: Final = """
IF EXISTS (
    SELECT 1 FROM tunnel_simulation AS tried
    WHERE tried.id = NEW.simulation_id
      AND (tried.made_by = NEW.login OR jsonb_array_length(tried.exceeded) = 0)
) THEN
    RAISE EXCEPTION 'another officer overrules, and only what exceeds the budget';
END IF;
RETURN NEW;
"""

RELEASE_GUARD: Final = """
SELECT * INTO last FROM tunnel_release ORDER BY number DESC LIMIT 1;
IF last.number IS NULL AND NEW.number = 1 THEN
    RETURN NEW;
END IF;
SELECT * INTO tried FROM tunnel_simulation WHERE id = NEW.simulation_id;
IF NEW.number <> coalesce(last.number, 0) + 1 OR tried.id IS NULL
    OR tried.after <> NEW.edition_id OR tried.before <> NEW.before
    OR last.edition_id <> NEW.before THEN
    RAISE EXCEPTION 'an edition is released by the simulation of this very change';
END IF;
IF tried.made_by = NEW.released_by OR NEW.released_by IN ('', 'system') THEN
    RAISE EXCEPTION 'a named officer releases, and not the one who simulated';
END IF;
IF jsonb_array_length(tried.exceeded) > 0 AND NOT EXISTS (
    SELECT 1 FROM tunnel_overruling AS passed
    WHERE passed.simulation_id = tried.id AND passed.login <> NEW.released_by
) THEN
    RAISE EXCEPTION 'the harm budget is exceeded and nobody has answered for it';
END IF;
RETURN NEW;
"""
