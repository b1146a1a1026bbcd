"""A draw of invented organisations."""

from datetime import date

from chengxin.supervision.values import Candidate, Plan

ON, SPEAKS, OPEN = date(2026, 11, 20), date(2026, 11, 24), date(2026, 12, 10)
SEED = bytes(range(32))
CHANCE = "03 11 14 21 28 30 05"


def listed(**tiers):
    """So many candidates of each tier."""
    return tuple(
        Candidate(f"{tier[:2]}{at:05d}", tier) for tier, n in tiers.items() for at in range(n)
    )


def a_plan(**changes):
    given = {
        "number": "20261120-abc123",
        "unit": "lyg-scjg",
        "matter": "食品销售风险分级检查",
        "basis": ("国发〔2019〕5号",),
        "population": "持有食品经营许可的在业单位",
        "candidates": listed(standard=200, key=7),
        "rates": {"standard": 5, "key": 100},
        "inspectors": ("A01", "A02", "A03", "A04"),
        "team": 2,
        "avoid": {},
        "source": "某彩票第2026136期开奖号码",
        "source_on": SPEAKS,
        "edition": "e",
    }
    return Plan(**(given | changes))
