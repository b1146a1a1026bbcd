"""A committed copy of the test database, for roles that come in by their own connection."""

from tests.browser.conftest import own_database  # noqa: F401 – a fixture
