"""Styles, scripts and pictures, gathered under names that change with their content."""

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

_STAMP = "gathered.sha256"


def gather_assets() -> bool:
    """Run `collectstatic` if any source changed since last time; say whether it ran."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / _STAMP
    now = _sources_digest()
    if stamp.exists() and stamp.read_text() == now:
        return False
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _sources_digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{file.st_size}\0{file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
