"""What `chengxin doctor` looks at; every finding says what is wrong and what to do."""

import platform
import shutil
import urllib.error
import urllib.request
from importlib.metadata import version
from typing import Any

from django.db import connection

from chengxin.kernel.errors import CreditError
from chengxin.site.environment import Environment
from chengxin.site.errors import (
    LittleDisk,
    MigrationsPending,
    WebNotRunning,
    WorkerNotRunning,
)
from chengxin.site.fitness import check_database
from chengxin.site.migration import pending_migrations

_LITTLE_DISK_BYTES = 2 * 1024**3
_HEARTBEAT_SECONDS = 60
_PACKAGES = ("django", "duckdb", "pyarrow", "granian", "procrastinate")


def examine(environment: Environment) -> dict[str, Any]:
    """Return the state of this installation; `findings` is empty when all is well."""
    findings: list[CreditError] = []
    state: dict[str, Any] = {
        "chengxin": version("chengxin"),
        "mode": str(environment.mode),
        "home": str(environment.home),
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
        "database": "DATABASE_URL" if environment.database_url else "embedded",
        "disk_free_bytes": shutil.disk_usage(environment.home).free,
    }
    if state["disk_free_bytes"] < _LITTLE_DISK_BYTES:
        findings.append(LittleDisk(free=state["disk_free_bytes"], home=environment.home))
    try:
        state |= _database(findings)
        state |= _rulebook()
    except CreditError as error:
        findings.append(error)
    state["web"] = _web_answers(environment)
    if not state["web"]:
        findings.append(WebNotRunning(url=environment.base_url))
    state["findings"] = [finding.as_json() for finding in findings]
    return state


def _database(findings: list[CreditError]) -> dict[str, Any]:
    found: dict[str, Any] = {"postgresql": check_database()}
    found["pending_migrations"] = pending = pending_migrations()
    if pending:
        findings.append(MigrationsPending(number=len(pending), first=pending[0]))
        return found
    from chengxin.audit.queries import head

    end = head()
    found |= {"log_entries": end.sequence, "log_root": end.hash}
    found["workers"] = _live_workers()
    if not found["workers"]:
        findings.append(WorkerNotRunning())
    return found


def _rulebook() -> dict[str, Any]:
    from chengxin.policy.queries import current_rulebook

    return {"rulebook_edition": current_rulebook().edition}


def _live_workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [_HEARTBEAT_SECONDS],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _web_answers(environment: Environment) -> bool:
    url = f"http://{environment.host}:{environment.port}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  HTTP OK
    except (urllib.error.URLError, OSError):
        return False
