"""The command line as a whole."""

import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner

from chengxin.site.cli import COMMANDS, cli


def _run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "chengxin.site.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def _work_of_children():
    """Processor seconds of all finished children: unlike a clock, not blurred by other work."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_help_is_there_at_once():
    before = _work_of_children()
    done = _run("--help")

    assert all(name in done.stdout for name in COMMANDS)
    assert _work_of_children() - before < 0.4


def test_help_loads_no_django():
    script = "import sys, chengxin.site.cli; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0, result.output


def test_an_unknown_command_is_a_usage_error():
    done = _run("punish")

    assert done.returncode == 2
    assert "punish" in done.stderr
