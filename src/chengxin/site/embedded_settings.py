"""How the embedded PostgreSQL is tuned: two cores, one machine, a socket and no network."""

import os
from collections.abc import Mapping
from pathlib import Path

from chengxin.site.embedded_place import Place

_MIB = 1024 * 1024
_ENOUGH_SHARED_MEMORY = 512 * _MIB


def server_settings(place: Place, extra: Mapping[str, str]) -> str:
    """Return the content of postgresql.conf; `extra` wins over what stands here.

    An operator's own wishes go through `ALTER SYSTEM`, which wins over this file.
    """
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _MIB
    cores = os.cpu_count() or 1
    settings = {
        "listen_addresses": "",  # no network at all
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "hba_file": str(place.base / "pg_hba.conf"),
        "password_encryption": "scram-sha-256",
        "max_connections": "60",
        "shared_buffers": f"{min(max(memory // 8, 64), 2048)}MB",
        "effective_cache_size": f"{max(memory // 2, 128)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 32, 64), 512)}MB",
        "max_worker_processes": str(cores + 4),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(max(cores // 2, 1)),
        "random_page_cost": "1.1",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "dynamic_shared_memory_type": _shared_memory(),
        "jit": "off",
        "lc_messages": "C",
        "logging_collector": "on",
        "log_directory": str(place.log),
        "log_filename": "postgresql-%a.log",  # a week, then overwritten
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_line_prefix": "%m [%p] ",
        "log_timezone": "Asia/Shanghai",
        "timezone": "Asia/Shanghai",
    } | dict(extra)
    lines = ["# Written anew at every start; lasting changes: ALTER SYSTEM."]
    lines += [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()
    ]
    return "\n".join(lines) + "\n"


# Every door asks for the password; there is only the one on this machine's file system.
ACCESS_RULES = "local all all scram-sha-256\n"


def _shared_memory() -> str:
    """Avoid /dev/shm where it is too small, as in a container's usual 64 MB."""
    shm = Path("/dev/shm")  # noqa: S108
    if not shm.is_dir():
        return "mmap"
    room = os.statvfs(shm)
    return "posix" if room.f_bavail * room.f_frsize >= _ENOUGH_SHARED_MEMORY else "mmap"
