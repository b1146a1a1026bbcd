"""Turns the units of the rulebook into senders of files: what they do, how they number."""

from typing import Final

from chengxin.city.identifiers import org_code, uscc
from chengxin.city.values import Department
from chengxin.city.words import Sector, words
from chengxin.policy.values import Rulebook, Unit

SENDING_KINDS: Final = frozenset({"department", "county"})
BUREAUS: Final = {
    "market": ("市场监督管理局", "市监"),
    "urban": ("城市管理局", "城管"),
    "housing": ("住房和城乡建设局", "住建"),
    "agriculture": ("农业农村局", "农"),
    "health": ("卫生健康委员会", "卫"),
    "labour": ("人力资源和社会保障局", "人社"),
}
_OTHER: Final = Sector("", "综", ("general",), 1)


def departments(book: Rulebook) -> tuple[Department, ...]:
    """The units 信源单位 of the rulebook that send permits and penalties, by code."""
    units = sorted(book.units.values(), key=lambda unit: unit.code)
    senders = (unit for unit in units if unit.kind in SENDING_KINDS)
    return tuple(_department(unit, number) for number, unit in enumerate(senders))


def authority_of(department: Department, sector: str) -> tuple[str, str, str]:
    """Who decides 处罚机关、许可机关: name, USCC and mark in the document number.

    A department decides itself; a county sends what its bureaus decide.
    """
    if not department.is_county:
        return department.name, department.uscc, f"连{department.mark}"
    bureau, mark = BUREAUS[sector]
    place = department.name.removesuffix("人民政府").removesuffix("管理委员会")
    place = place.removesuffix("管委会")
    body = f"{sum(map(ord, place + bureau)) * 7919 % 90_000_000 + 10_000_000:08d}"
    short = place.removeprefix("连云港市").removeprefix("连云港")
    return f"{place}{bureau}", uscc("11", "320700", org_code(body)), f"{short[0]}{mark}"


def _department(unit: Unit, number: int) -> Department:
    county = unit.kind == "county"
    sector = _sector(unit, county=county)
    body = org_code(f"{1_438_000 + number * 131:08d}")
    return Department(
        code=unit.code,
        name=unit.name,
        uscc=unit.uscc or uscc("11", "320700", body),
        mark=sector.mark,
        sectors=sector.sectors,
        weight=sector.weight,
        is_county=county,
    )


def _sector(unit: Unit, *, county: bool) -> Sector:
    known = words().sectors
    if county:
        return known[-1]
    return next((sector for sector in known if sector.keyword in unit.name), _OTHER)
