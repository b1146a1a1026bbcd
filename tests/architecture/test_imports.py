"""Rooms are entered by their front doors, and imports go down only."""

import grimp
import pytest
from importlinter.cli import lint_imports

FRONT_DOORS = {"services", "queries", "rules", "values", "errors"}
OPEN_ROOMS = {"kernel", "law"}  # pure ground: any module may be used
ASSEMBLY = "site"
SCHEMA = {"models", "schema"}  # tables refer to the tables of lower rooms: one database


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("chengxin", cache_dir=None)


def test_imports_go_down_only(capsys):
    kept = lint_imports(no_cache=True)

    assert kept == 0, capsys.readouterr().out


def test_other_rooms_enter_only_by_the_front_doors(graph):
    wrong = {
        f"{importer} → {imported}"
        for importer in graph.modules
        if not {"tests", "migrations"} & set(importer.split("."))
        for imported in graph.find_modules_directly_imported_by(importer)
        if not _allowed(importer.split("."), imported.split("."))
    }

    assert sorted(wrong) == []


def _allowed(importer, imported):
    """Say whether a module may import another; both as parts of the dotted name."""
    if len(importer) < 2 or len(imported) < 2 or importer[1] == imported[1]:
        return True
    if imported[1] in OPEN_ROOMS:
        return True
    if importer[1] == ASSEMBLY and imported[-1] in {"urls", "api"}:
        return True  # putting addresses together is what the assembly is for
    if importer[-1] == "models" and imported[-1] in SCHEMA:
        return True
    return len(imported) > 2 and imported[2] in FRONT_DOORS
