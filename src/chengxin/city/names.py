"""Makes names 名称 as they sound in Lianyungang, with former names and near twins.

A name is place + fancy word 字号 + trade + form. The number of the organisation picks fancy
word, trade and place together through one permutation, so two organisations share no triple;
one company in sixteen is a near twin of an earlier one (one character more, or another form),
as matching meets them in life.
"""

from dataclasses import dataclass
from typing import Final

from chengxin.city.dice import Dice
from chengxin.city.values import Organisation, Size
from chengxin.city.words import Place, Trade, words

TWIN_PERCENT: Final = 6
PREFIXES: Final = (
    ("连云港", ("320703", "320706", "320700")),
    ("连云港市", ("320706", "320703")),
    ("江苏", ("320706", "320700", "320703")),
    ("江苏连云港", ("320706", "320771")),
    ("赣榆", ("320707",)),
    ("连云港市赣榆区", ("320707",)),
    ("东海县", ("320722",)),
    ("东海", ("320722",)),
    ("灌云县", ("320723",)),
    ("灌云", ("320723",)),
    ("灌南县", ("320724",)),
    ("灌南", ("320724",)),
    ("连云港市海州区", ("320706",)),
    ("连云港市连云区", ("320703",)),
    ("连云港经济技术开发区", ("320771",)),
    ("连云港高新区", ("320772",)),
)
SUFFIXES: Final = {
    "company": (("有限公司", 86), ("有限责任公司", 6), ("股份有限公司", 4), ("集团有限公司", 4)),
    "cooperative": (("农民专业合作社", 8), ("专业合作社", 2), ("农机专业合作社", 1)),
    "institution": (("服务中心", 4), ("管理处", 2), ("实验学校", 3), ("中心卫生院", 2)),
    "social_group": (("协会", 5), ("商会", 3), ("学会", 1)),
    "private_non_enterprise": (("培训学校", 4), ("幼儿园", 4), ("养老服务中心", 3)),
    "foundation": (("慈善基金会", 1), ("教育发展基金会", 1)),
    "law_firm": (("律师事务所", 1),),
    "partnership": (("合伙企业（有限合伙）", 3), ("合伙企业（普通合伙）", 1)),
    "sole_proprietorship": (("厂", 3), ("经营部", 3), ("加工厂", 2)),
    "village_collective": (("股份经济合作社", 7), ("经济合作社", 3)),
}
TRADELESS: Final = frozenset(
    {"institution", "private_non_enterprise", "foundation", "law_firm", "village_collective"}
)
_PRIME: Final = 1_000_000_007


@dataclass(frozen=True)
class Named:
    """A name with what went into it."""

    name: str
    prefix: str
    fancy: str
    trade: str
    suffix: str
    division: str
    industry: str
    sectors: frozenset[str]


def name_of(size: Size, index: int, form: str, owner: str, parent: Organisation | None) -> Named:
    """The name of organisation `index`; a sole trader may have none and is called 个体工商户."""
    dice = Dice(size.seed, "name", index)
    prefix, divisions, fancy, trade = _slot(index)
    if form == "cooperative" and "agriculture" not in trade.sectors:
        trade = dice.pick(tuple(t for t in words().trades if "agriculture" in t.sectors))
    if form == "company" and index > 0 and dice.happens(TWIN_PERCENT):
        prefix, divisions, twin, trade = _slot(index - 1 - dice.below(min(index, 50)))
        fancy = _twin(dice, twin, fancy[0])
    division = dice.pick(divisions)
    if parent is not None:
        town = dice.pick(words().places[division].towns)
        suffix = town.removesuffix("街道").removesuffix("镇") + dice.pick(("分公司", "营业部"))
        return _named(division, trade, name=parent.name + suffix, suffix=suffix)
    if form == "sole_trader":
        return _shop(dice, division, fancy, trade, owner)
    suffix = dice.weighted(SUFFIXES[form])
    shown = "" if form in TRADELESS else trade.word
    if form == "village_collective":
        prefix = words().places[division].district + dice.pick(words().places[division].towns)
        fancy += "村"
    if form == "law_firm":
        prefix = "江苏"
    return _named(
        division,
        trade,
        prefix=prefix,
        fancy=fancy,
        shown=shown,
        suffix=suffix,
        middle=form == "company" and dice.happens(8),
    )


def former_names(dice: Dice, form: str, named: Named, place: Place) -> tuple[str, ...]:
    """Names 曾用名 it had before: other place, other trade, or another form. Mostly none."""
    if form != "company" or not dice.happens(14):
        return ()
    other = dice.pick(words().trades).word
    older = {"320707": "赣榆县", "320706": "连云港市新浦区"}.get(place.division, "连云港市")
    candidates = (
        named.prefix + named.fancy + other + named.suffix,
        older + named.fancy + named.trade + named.suffix,
        named.prefix + named.fancy + named.trade + "厂",
    )
    chosen = dice.shuffled(candidates)[: 2 if dice.happens(20) else 1]
    return tuple(name for name in chosen if name != named.name)


def _twin(dice: Dice, fancy: str, extra: str) -> str:
    """A fancy word easily taken for `fancy`: turned round or one character longer."""
    others = dice.shuffled((fancy[::-1], fancy + extra, extra + fancy))
    known = words().deny
    return next(other for other in others if not any(name in other for name in known))


def _slot(index: int) -> tuple[str, tuple[str, ...], str, Trade]:
    lists = words()
    fancies, trades = len(lists.fancy), len(lists.trades)
    slot = (index * _PRIME + 4242) % (fancies * trades * len(PREFIXES))
    slot, trade = divmod(slot, trades)
    fancy, place = divmod(slot, len(PREFIXES))
    prefix, divisions = PREFIXES[place]
    return prefix, divisions, lists.fancy[fancy], lists.trades[trade]


def _shop(dice: Dice, division: str, fancy: str, trade: Trade, owner: str) -> Named:
    """A sole trader's name 个体工商户名称: with a trade name, or none at all."""
    district = words().places[division].district
    if dice.happens(3):
        return _named(division, trade, name="个体工商户")
    word = owner[0] + "记" if dice.happens(25) else fancy
    return _named(division, trade, prefix=district, fancy=word, suffix=trade.shop)


def _named(
    division: str,
    trade: Trade,
    *,
    prefix: str = "",
    fancy: str = "",
    shown: str = "",
    suffix: str = "",
    name: str = "",
    middle: bool = False,
) -> Named:
    whole = f"{fancy}（{prefix}）{shown}{suffix}" if middle else prefix + fancy + shown + suffix
    if not name and any(known in whole for known in words().deny):
        whole = whole.replace(fancy, fancy[::-1])  # a known name where two words meet
    return Named(
        name=name or whole,
        prefix=prefix,
        fancy=fancy,
        trade=shown,
        suffix=suffix,
        division=division,
        industry=trade.industry,
        sectors=trade.sectors,
    )
