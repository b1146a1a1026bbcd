"""What a process used, as the kernel tells it."""

from pathlib import Path


def peak_mb() -> float:
    """The most memory this process ever held, in MB (10^6).

    From /proc, since `ru_maxrss` of a child starts from what its parent held.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6
