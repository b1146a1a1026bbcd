"""A report as a machine reads it, and as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chengxin.oversight.values import Due, Figure, Line, Measure, Month, Report, Standing
from chengxin.policy.values import Rulebook

WHY_NONE: Mapping[str, tuple[str, str]] = {
    "nothing": ("没有可计算的数据", "nothing to measure"),
    "few": ("数量太少，不计算比率", "too few to compute a rate"),
    "contradiction": ("计数互相矛盾，请核对", "the counts contradict each other"),
}
EXCLUDED: Mapping[str, tuple[str, str]] = {
    "received_on": (
        "不含已退回的批次",
        "batches that were returned are left out",
    ),
    "decided_on": (
        "按决定日期归月；没有填报产生数且别处没有发现的不计算",
        "by month of decision; nothing is computed where no count was filed and nothing found",
    ),
}
TIMED_EXCLUDED = (
    "只计已入库的；工作日历以外的日期和没有规定期限的事项不计",
    "records taken in only; days beyond the calendar and items without a deadline are left out",
)
SAMPLED_EXCLUDED = (
    "不抽取自然人信息；只计已核对的",
    "records of natural persons are never drawn; only rows looked at count",
)
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def excluded(measure: Measure) -> tuple[str, str]:
    """What a measure leaves out, in Chinese and English."""
    zh, en = EXCLUDED[measure.month_of]
    if {"on_time", "late"} & set(measure.counts):
        return f"{zh}；{TIMED_EXCLUDED[0]}", f"{en}; {TIMED_EXCLUDED[1]}"
    if "checked" in measure.counts:
        return f"{zh}；{SAMPLED_EXCLUDED[0]}", f"{en}; {SAMPLED_EXCLUDED[1]}"
    return zh, en


def figure_json(one: Figure, *, rows: str = "") -> dict[str, Any]:
    """A figure with numerator, denominator, formula, basis and what is left out."""
    measure = one.measure
    why = WHY_NONE.get(one.why_none, ("", ""))
    left_out = excluded(measure)
    return {
        "label": measure.label,
        "label_en": measure.label_en,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "percent": one.percent,
        "why_none": one.why_none or None,
        "why_none_zh": why[0],
        "why_none_en": why[1],
        "threshold": measure.full_marks,
        "threshold_basis": str(measure.marks_basis) if measure.marks_basis else None,
        "met": one.met,
        "formula": measure.formula,
        "formula_zh": measure.formula_zh,
        "formula_en": measure.formula_en,
        "month_of": measure.month_of,
        "excluded_zh": left_out[0],
        "excluded_en": left_out[1],
        "basis": str(measure.basis),
        "status": measure.status,
        "rows": rows or None,
    }


def _figures(figures: Mapping[str, Figure], unit: str = "", line: Line | None = None) -> Any:
    return {
        name: figure_json(one, rows=_address(unit, line, one) if line else "")
        for name, one in figures.items()
    }


def _address(unit: str, line: Line, one: Figure) -> str:
    count = one.measure.numerator[0].count
    return f"/desk/quality/{unit}/{line.item}/{line.month}/{count}/"


def report_json(report: Report, book: Rulebook) -> dict[str, Any]:
    """The report as `chengxin quality report --json` prints it."""
    return {
        "month": str(report.month),
        "made_on": report.made_on.isoformat(),
        "edition": report.edition,
        "coverage": {
            "units": report.units,
            "heard": report.covered,
            "silent": list(report.silent),
        },
        "city": _figures(report.city),
        "divisions": {code: _figures(figures) for code, figures in report.divisions.items()},
        "standings": [_standing(one, book) for one in report.standings],
        "lines": [
            {
                "unit": one.unit,
                "unit_name": _name(one.unit, book),
                "item": one.item,
                "month": str(one.month),
                "counts": dict(one.counts),
                "aside": dict(one.aside),
                "figures": _figures(one.figures, one.unit, one),
            }
            for one in report.lines
        ],
    }


def _standing(one: Standing, book: Rulebook) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "unit_name": _name(one.unit, book),
        "place": one.place or None,
        "percent": {name: figure.percent for name, figure in one.figures.items()},
    }


def _name(unit: str, book: Rulebook) -> str:
    return book.units[unit].name if unit in book.units else unit


def trend_json(course: Iterable[tuple[Month, Mapping[str, Figure]]]) -> list[dict[str, Any]]:
    """A course of months: of each figure numerator, denominator and per cent."""
    return [
        {"month": str(month)}
        | {
            name: {
                "numerator": one.numerator,
                "denominator": one.denominator,
                "percent": one.percent,
            }
            for name, one in figures.items()
        }
        for month, figures in course
    ]


def due_json(one: Due, book: Rulebook) -> dict[str, Any]:
    """A reminder for a machine."""
    return {
        "kind": one.kind,
        "unit": one.unit,
        "unit_name": _name(one.unit, book),
        "item": one.item,
        "about": one.about,
        "rows": one.rows,
        "due_on": one.due_on.isoformat(),
        "days_left": one.days_left,
        "overdue": one.overdue,
        "basis": str(one.basis),
    }


def table(report: Report, book: Rulebook) -> Iterator[list[str]]:
    """The report as lines of a spreadsheet, in both languages; safe to open."""
    yield [
        "单位 unit", "单位代码 code", "事项 item", "月份 month", "指标 measure", "measure",
        "分子 numerator", "分母 denominator", "百分比 per cent", "达标线 threshold",
        "公式 formula", "依据 basis", "说明 note",
    ]  # fmt: skip
    for line in report.lines:
        for one in line.figures.values():
            measure, why = one.measure, WHY_NONE.get(one.why_none, ("", ""))
            cells = (
                _name(line.unit, book),
                line.unit,
                line.item,
                str(line.month),
                measure.label,
                measure.label_en,
                one.numerator,
                one.denominator,
                "" if one.percent is None else f"{one.percent:.2f}",
                "" if measure.full_marks is None else measure.full_marks,
                measure.formula_zh,
                f"{measure.basis}（{measure.status}）",
                f"{why[0]} {why[1]}".strip(),
            )
            yield [safe(str(cell)) for cell in cells]


def safe(text: str) -> str:
    """A text that a spreadsheet shows and never runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
