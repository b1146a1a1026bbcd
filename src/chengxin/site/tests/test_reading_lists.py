"""Registration lists of any kind come in with every row accounted for."""

from datetime import date
from pathlib import Path

import pytest

from chengxin.kernel.actor import Actor
from chengxin.site.commands.subjects import read_list
from chengxin.subjects.errors import ListUnreadable
from chengxin.subjects.queries import organisations
from chengxin.subjects.services import import_organisations

JIANGSU = Path(__file__).parents[5] / "shared" / "data" / "companies_jiangsu_quarter.csv.gz"


def test_columns_are_found_by_their_headers_and_lines_kept(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("代码,名称,曾用名\n91320700MA1X0T0X8T,海港水产,水产厂\n,,\n无,茶业,\n")
    assert list(read_list(file)) == [
        (2, {"name": "海港水产", "uscc": "91320700MA1X0T0X8T", "former_names": "水产厂"}),
        (4, {"name": "茶业", "uscc": "无", "former_names": ""}),
    ]


def test_a_list_without_names_or_codes_is_refused(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("名称,电话\n海港水产,1\n云台茶业,2\n")
    with pytest.raises(ListUnreadable):
        list(read_list(file))


@pytest.mark.django_db
@pytest.mark.skipif(not JIANGSU.exists(), reason="the handed-out lists are not here")
def test_a_real_list_loses_no_company():
    by = Actor.system("subjects.import")
    result = import_organisations(rows=read_list(JIANGSU), by=by, on=date(2026, 11, 20))
    assert (result.read, result.added, result.invalid) == (19_913, 19_902, 0)
    assert len(result.duplicates) == result.read - result.added  # the same company, listed twice
    assert organisations() == 19_902
