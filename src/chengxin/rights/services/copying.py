"""A copy to take away 查阅复制: all that is held, as JSON for machines and as a signed PDF.

Law: PIPL 第四十五条.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.audit import services as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.canonical import sha256_hex
from chengxin.kernel.clock import SHANGHAI, now
from chengxin.policy.values import Rulebook
from chengxin.reports.services import signed_page
from chengxin.rights.queries import own_data
from chengxin.rights.values import OwnData, OwnFact
from chengxin.subjects.queries import called

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "templates" / "copy.typ"
SCHEMA: Final = "chengxin/own-copy/1"


def copy_json(*, subject: UUID, by: Actor, on: date, book: Rulebook) -> bytes:
    """The copy for machines. Raises: `NotPermitted`."""
    content = _content(own_data(subject, by=by, on=on, book=book), subject, by, on, book)
    made = json.dumps(content, ensure_ascii=False, indent=1).encode()
    _note(subject, by, "json", made)
    return made


def copy_pdf(*, subject: UUID, by: Actor, on: date, book: Rulebook) -> bytes:
    """The copy for people: set, signed by this installation. Raises: `NotPermitted`."""
    content = _content(own_data(subject, by=by, on=on, book=book), subject, by, on, book)
    made = signed_page(
        TEMPLATE,
        content=json.dumps(content, ensure_ascii=False),
        reason="本人信用信息副本",
        book=book,
    )
    _note(subject, by, "pdf", made)
    return made


@transaction.atomic
def _note(subject: UUID, by: Actor, form: str, made: bytes) -> None:
    audit.note(
        by=by,
        verb="rights.copy",
        target=f"subject:{subject}",
        facts={"form": form, "sha256": sha256_hex(made)},
    )


def _content(data: OwnData, subject: UUID, by: Actor, on: date, book: Rulebook) -> dict[str, Any]:
    named = called([subject]).get(subject)
    units = {code: unit.name for code, unit in book.units.items()}
    return {
        "schema": SCHEMA,
        "site": book.site.name,
        "operator": book.site.operator,
        "demonstration": settings.CHENGXIN_MODE == "demonstration",
        "subject": named[1] if named else by.name,
        "public_id": named[0] if named else "",
        "as_of": on.isoformat(),
        "made_at": now().isoformat(timespec="seconds"),
        "edition": book.edition,
        "records": [_fact(one) for one in data.facts],
        "uses": [
            {
                "kind": one.kind,
                "label": one.label,
                "on": one.at.isoformat(),
                "unit": units.get(one.unit, one.unit),
                "state": one.state,
            }
            for one in data.uses
        ],
        "looks": [
            {
                "at": one.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
                "who": one.name or one.login,
                "unit": units.get(one.unit, one.unit),
                "via": one.via,
                "purpose": one.purpose,
                "basis": one.basis,
                "fields": list(one.fields),
                "decision": one.decision,
                "record": str(one.record) if one.record else None,
            }
            for one in data.looks
        ],
        "looks_in_twelve_months": {
            "by_unit": {units.get(unit, unit): n for unit, n in data.by_unit.items()},
            "by_purpose": dict(data.by_purpose),
        },
    }


def _fact(one: OwnFact) -> dict[str, Any]:
    return {
        "record": str(one.fact.record),
        "item": one.fact.passport.item_label,
        "fields": [{"label": each.label, "value": each.value} for each in one.fact.fields],
        "sealed_fields": [label for label, _ in one.closed],
        "shows_to_public": one.shows,
        "reason": one.reason,
        "revoked_on": one.revoked_on.isoformat() if one.revoked_on else None,
        "passport": one.fact.passport.as_json(),
    }
