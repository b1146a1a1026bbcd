"""What a question about quality can be refused for."""

from chengxin.kernel.errors import CreditError


class BadMonth(CreditError):
    """A month that cannot be read, or that has not begun."""

    code = "OVERSIGHT-BAD-MONTH"
    zh = "“{asked}”不是可以查询的月份。请写成 2026-10 这样的年月，且不晚于本月。"
    en = "“{asked}” is no month that can be asked for. Write it like 2026-10, no later than now."


class BadFormula(CreditError):
    """A measure whose formula is not a share of declared counts."""

    code = "OVERSIGHT-BAD-FORMULA"
    zh = (
        "指标“{measure}”的公式“{text}”不能使用：{problem}。"
        "分子和分母须由代码集 quality_count 中的计数相加减而成，二者都不能为空。"
    )
    en = (
        "The formula “{text}” of measure “{measure}” cannot be used: {problem_en}. Numerator and "
        "denominator are sums or differences of counts in code list quality_count, neither empty."
    )
    status = 500


class NothingToShow(CreditError):
    """A unit, item or count that the rulebook does not list."""

    code = "OVERSIGHT-NOTHING-TO-SHOW"
    zh = "没有“{asked}”可供查看。请核对单位、事项和指标的代码。"
    en = "There is no “{asked}” to show. Check the codes of unit, item and count."
    status = 404
