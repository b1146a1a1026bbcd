"""Examine a proof of a draw: what any machine can repeat, without database or network."""

from collections.abc import Mapping
from typing import Any, Final

from chengxin.supervision.rules.drawing import (
    VERSION,
    commitment_of,
    digest_of,
    drawn,
    plain_chance,
)
from chengxin.supervision.values import Check, Plan, Visit

KIND: Final = "chengxin draw"


def proof(
    plan: Plan, *, seed: bytes, chance: str, visits: tuple[Visit, ...], commitment: str
) -> dict[str, Any]:
    """Everything that is needed to repeat a draw, as plain JSON values."""
    return {
        "kind": KIND,
        "version": VERSION,
        "plan": plan.as_json(),
        "plan_sha256": digest_of(plan).hex(),
        "commitment": commitment,
        "seed": seed.hex(),
        "chance": chance,
        "visits": [
            {
                "order": one.order,
                "public_id": one.public_id,
                "tier": one.tier,
                "inspectors": list(one.inspectors),
            }
            for one in visits
        ],
    }


def examine(document: Mapping[str, Any], *, commitment: str = "") -> list[Check]:
    """Repeat the draw and compare; `commitment` is what the reader saw published before.

    Raises: `KeyError`, `TypeError`, `ValueError` for what is no proof at all.
    """
    if document["kind"] != KIND or document["version"] != VERSION:
        raise ValueError(f"{document['kind']} {document['version']}")
    plan = Plan.from_json(document["plan"])
    seed, chance = bytes.fromhex(document["seed"]), str(document["chance"])
    told = [
        Visit(one["order"], one["public_id"], one["tier"], tuple(one["inspectors"]))
        for one in document["visits"]
    ]
    computed = commitment_of(plan, seed)
    ids = [one.public_id for one in plan.candidates]
    checks = [
        Check(
            "commitment",
            computed == document["commitment"],
            "随机种子和名录与事先公布的承诺值一致",
            "seed and list are those committed to",
        ),
        Check(
            "plan",
            digest_of(plan).hex() == document["plan_sha256"],
            "方案未被改动",
            "the plan is whole",
        ),
        Check(
            "once",
            len(set(ids)) == len(ids),
            "名录中每个对象只出现一次",
            "everybody is listed once",
        ),
        Check(
            "chance",
            plain_chance(chance) == chance,
            "公开随机数写法规范",
            "chance is spelt plainly",
        ),
        Check(
            "draw",
            list(drawn(plan, seed, chance)) == told,
            f"重新计算得到同样的 {len(told)} 个对象、顺序和执法人员",
            f"drawn anew, the {len(told)} visits, their order and inspectors are the same",
        ),
    ]
    if commitment:
        checks.insert(
            0,
            Check(
                "published",
                commitment.strip().lower() == computed,
                "与您记下的承诺值一致",
                "the commitment you kept is the one used",
            ),
        )
    return checks
