"""The whole site on a port of its own, for a real browser.

What a browser does is committed, and the register's tables refuse to be emptied afterwards; so
every module is given a copy of the test database, and the copy is thrown away.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread

# A database can be copied only while nobody is in it.
OTHERS_OUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


@pytest.fixture(scope="module")
def own_database(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A copy of the test database; what this module writes is committed there.

    The module carries the mark `django_db`, or there is no test database to copy.
    """
    entry = connections.settings["default"]  # new connections are made from it, in any thread
    shared = entry["NAME"]
    copy = f"{shared}_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        _administer((OTHERS_OUT, [shared]), (f'CREATE DATABASE "{copy}" TEMPLATE "{shared}"', None))
        entry["NAME"] = copy
        yield
        entry["NAME"] = shared
        _administer((f'DROP DATABASE "{copy}" WITH (FORCE)', None))


def _administer(*commands) -> None:
    connection = connections["default"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        for command, facts in commands:
            cursor.execute(command, facts)


@pytest.fixture(scope="module")
def site(own_database) -> Iterator[str]:
    """Address of the running site, without the last slash."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A reader in China on a common laptop."""
    screen = {"width": 1366, "height": 900}
    return browser_context_args | {"locale": "zh-CN", "viewport": screen}
