"""Law is data: no term, period or article stands in Python; `rulebook/` has them all.

Heuristics, and meant to be: they catch what a tired colleague would write.
"""

import ast
import re

PERIODS = {"timedelta", "add_months", "add_working_days", "relativedelta"}
LAW_WORDS = re.compile(r"month|days|years|term|deadline|period", re.IGNORECASE)
ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百0-9]+条|《[^》]+(法|条例|办法|规定)》")
# The engine room applies law; these make, draw or guard, and no period in them is the law's.
NOT_JUDGING = {"site", "city", "kernel"}
# Lives of keys and certificates: chosen by us for safety, found in no law.
TECHNICAL = {"reports/certificates.py"}
HARMLESS = {0, 1, -1}
SHORTER_THAN_LAW = {"hours", "minutes", "seconds", "milliseconds", "microseconds"}


def _judging(house):
    return {
        file: tree
        for file, tree in house.items()
        if file.parts[0] not in NOT_JUDGING and file.as_posix() not in TECHNICAL
    }


def _number(node):
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def test_no_period_is_counted_from_a_number_in_the_code(house):
    wrong = []
    for file, tree in _judging(house).items():
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            if ast.unparse(call.func).split(".")[-1] not in PERIODS:
                continue
            named = [word.value for word in call.keywords if word.arg not in SHORTER_THAN_LAW]
            values = [*call.args, *named]
            if any(_number(value) not in {None, *HARMLESS} for value in values):
                wrong.append(f"{file}:{call.lineno}")

    assert wrong == []


def test_no_rule_names_a_term_of_its_own(house):
    wrong = []
    for file, tree in _judging(house).items():
        if "rules" not in {*file.parts, file.stem}:
            continue
        for node in ast.walk(tree):
            pair = _named_value(node)
            if pair and LAW_WORDS.search(pair[0]) and pair[1] not in {None, *HARMLESS}:
                wrong.append(f"{file}:{node.lineno}")

    assert wrong == []


def _named_value(node):
    """The name and the number of `name = 3`, `name: int = 3` and `name < 3`."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]), _number(node.value)
    if isinstance(node, ast.AnnAssign) and node.value is not None:
        return ast.unparse(node.target), _number(node.value)
    if isinstance(node, ast.Compare):
        return ast.unparse(node.left), _number(node.comparators[0])
    return None


def test_no_article_of_law_is_cited_by_the_code_itself(house):
    wrong = []
    for file, tree in _judging(house).items():
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        wrong += [
            f"{file}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
            and ARTICLE.search(node.value)
        ]

    assert wrong == []
