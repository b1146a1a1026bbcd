"""Rules of the house that no linter knows."""

import ast
import re

CLOCK = {"now", "utcnow", "today"}
CLOCK_WHEN_BARE = {"localtime", "localdate", "gmtime", "time"}  # given a moment, they convert it
CLOCK_OWNERS = {"datetime", "date", "timezone", "time", "dt"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "manager"}


def _nodes(house, kind):
    for file, tree in house.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield file, node


def _where(file, node):
    return f"{file}:{node.lineno}"


def test_one_module_reads_the_clock(house):
    wrong = [
        _where(file, node)
        for file, node in _nodes(house, ast.Call)
        if file.as_posix() != "kernel/clock.py"
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in CLOCK or (node.func.attr in CLOCK_WHEN_BARE and not node.args))
        and isinstance(node.func.value, ast.Name | ast.Attribute)
        and ast.unparse(node.func.value).split(".")[-1] in CLOCK_OWNERS
    ]

    assert wrong == []


def test_every_module_has_a_name_that_says_something(house):
    assert [str(file) for file in house if file.stem in NAMELESS] == []


def test_every_write_names_its_columns(house):
    wrong = [
        _where(file, node)
        for file, node in _nodes(house, ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "save"
        and not node.args  # document.save(path) is no database row
        and not {"update_fields", "force_insert"} & {word.arg for word in node.keywords}
    ]

    assert wrong == []


def test_nothing_happens_by_signal(house):
    wrong = [
        _where(file, node)
        for file, node in _nodes(house, ast.ImportFrom)
        if (node.module or "").endswith("signals") or node.module == "django.dispatch"
    ]

    assert wrong == []


def test_every_module_says_what_it_is_for(house):
    assert [str(file) for file, tree in house.items() if not ast.get_docstring(tree)] == []


def test_no_registry_and_no_machine_stands_in_the_tree(tracked):
    hosts = r"(pypi|pythonhosted|npmjs|npmmirror|debian)[.](org|com)"
    folders = r"/ro{2}t/|/hom[e]/[a-z]|/User[s]/[a-z]|/wor[k]/"
    wrong = re.compile(f"{hosts}|{folders}".encode())
    found = [file.name for file in tracked if wrong.search(_text(file))]

    assert found == []


def _text(file):
    content = file.read_bytes()
    return b"" if b"\0" in content[:8000] else content


def test_no_lock_file_records_download_addresses(tracked):
    assert [file.name for file in tracked if file.name in {"uv.lock", "pylock.toml"}] == []
