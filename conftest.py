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
