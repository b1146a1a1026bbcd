"""`chengxin bench` runs the scripts of the source, and says so where they are not."""

import pytest

from chengxin.site.commands.bench import SCRIPTS, BenchNotHere, script


def test_the_scripts_it_names_are_there():
    assert {"bench_check.py", "bench_intake.py"} <= {file.name for file in SCRIPTS.iterdir()}


def test_an_installed_package_says_where_the_scripts_are():
    with pytest.raises(BenchNotHere) as refusal:
        script("bench_of_nothing.py")

    assert "bench/bench_of_nothing.py" in refusal.value.text("zh")
