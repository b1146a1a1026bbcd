"""What a process used, as the kernel tells it."""

from pathlib import Path


def peak_mb(process: int | str = "self") -> float:
    """The most memory a process ever held, in MB (10^6).

    From /proc, since `ru_maxrss` of a child starts from what its parent held.
    Raises: `OSError` if there is no such process or no /proc.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) * 1024 / 1e6
