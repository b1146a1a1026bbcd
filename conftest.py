"""What every test may ask for: a PostgreSQL of this run's own.

The server starts when the first test asks for the database, so a run over pure rooms never
waits for it. `site/tests/plugin.py` has prepared the home it lives in.
"""

import os
import shutil
from pathlib import Path

import pytest

# Data that lives for a minute need not survive a power cut.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.fixture(scope="session")
def embedded_server():
    from chengxin.site.embedded import Hold

    hold = Hold(Path(os.environ["CHENGXIN_HOME"]), NOT_DURABLE)
    yield hold
    hold.release()
    shutil.rmtree(hold.place.base, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(embedded_server):
    """Point Django at it; the settings were read before it had a password."""
    from django.db import connections

    where = embedded_server.place.as_django()
    connections.settings["default"].update(where)
    connections["default"].settings_dict.update(where)


_CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
_left_out: list[str] = []


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The machine's own Chromium; its sandbox cannot be had as root or in most containers."""
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]
    return browser_type_launch_args | {"executable_path": _CHROMIUM, "args": flags}


# Files that take longest go first, so that no worker is left alone with one at the end.
_LONGEST = ("test_serve.py", "browser/test_desk.py", "test_every_item.py", "test_city_truth.py")


def pytest_collection_modifyitems(config, items):
    """Order the files; leave browser tests out where there is no Chromium, as the summary says."""
    items.sort(key=lambda item: not any(name in item.nodeid for name in _LONGEST))
    if _CHROMIUM:
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    _left_out.extend(item.nodeid for item in left_out)


def pytest_terminal_summary(terminalreporter):
    if _left_out:
        terminalreporter.write_line(
            f"没有找到 Chromium，{len(_left_out)} 项浏览器测试未运行；请安装 chromium 后重试。 "
            f"{len(_left_out)} browser tests were left out: no Chromium here. Install chromium.",
            yellow=True,
        )
