"""The command line as a whole."""

import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from chengxin.site.cli import COMMANDS, cli


def _run(*arguments):
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "chengxin.site.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return done, time.monotonic() - began


def test_help_is_there_at_once():
    done, _ = _run("--help")
    quickest = min(_run("--help")[1] for _ in range(3))

    assert all(name in done.stdout for name in COMMANDS)
    assert quickest < 0.3


def test_help_loads_no_django():
    script = "import sys, chengxin.site.cli; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0, result.output


def test_an_unknown_command_is_a_usage_error():
    done, _ = _run("punish")

    assert done.returncode == 2
    assert "punish" in done.stderr
