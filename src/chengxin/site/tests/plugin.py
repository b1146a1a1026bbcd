"""Tests run in a home of their own that vanishes afterwards.

Loaded with `-p` (pyproject.toml), because Django reads its settings before any conftest is read.
"""

import os
import shutil
import tempfile
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("CHENGXIN_")]:
    del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["CHENGXIN_HOME"] = tempfile.mkdtemp(prefix="chengxin-test-")
Path(os.environ["CHENGXIN_HOME"], "static").mkdir()  # whitenoise looks for it
# Playwright's loop runs in this thread; the tests themselves are not asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_unconfigure():
    shutil.rmtree(os.environ["CHENGXIN_HOME"], ignore_errors=True)
