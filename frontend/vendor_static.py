# ruff: noqa: INP001  (a script beside its package.json, not a package)
"""Copy the few outside files our pages need into the wheel, with their digests.

Run after `npm ci` in this folder, only to take a new version; the result is
committed, so that neither running nor testing the site needs Node:

    python frontend/vendor_static.py           write src/chengxin/web/static/vendor/
    python frontend/vendor_static.py --check   compare the committed files with manifest.json

Every file is listed in `manifest.json` with package, version, licence and sha256.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
TARGET = HERE.parent / "src" / "chengxin" / "web" / "static" / "vendor"
MANIFEST = "manifest.json"

#: A pointer to a source map we do not ship: hashed static files would fail on it.
SOURCE_MAP = re.compile(rb"\n?/[*/]# sourceMappingURL=[^\n*]*(\*/)?\s*$")

ICON_FRAME = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_PATH = re.compile(r'<path stroke="none"[^>]*/>')


@dataclass(frozen=True)
class Source:
    """One outside file: where it comes from and what it is called here."""

    package: str
    path: str
    name: str


COPIES = (
    Source("@tabler/core", "dist/css/tabler.min.css", "tabler.min.css"),
    Source("htmx.org", "dist/htmx.min.js", "htmx.min.js"),
    Source("htmx.org", "LICENSE", "LICENSE-htmx.txt"),
    # The style sheet's package ships no licence file; the icons' is its author's own text.
    Source("@tabler/icons", "LICENSE", "LICENSE-tabler.txt"),
)
SPRITE = "icons.svg"


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0 when the folder is written or agrees with its manifest, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    if parser.parse_args(arguments).check:
        faults = list(differences(TARGET))
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    write(TARGET)
    return 0


def differences(folder: Path) -> Iterator[str]:
    """Every way in which the folder differs from its manifest, as a sentence."""
    listed = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
    present = {path.name for path in folder.iterdir() if path.name != MANIFEST}
    for name in sorted(present - set(listed)):
        yield f"{name} is not in {MANIFEST}: run vendor_static.py or remove the file"
    for name, entry in sorted(listed.items()):
        if name not in present:
            yield f"{name} is missing: run vendor_static.py"
        elif digest((folder / name).read_bytes()) != entry["sha256"]:
            yield f"{name} was changed by hand: put the change in our own style sheet instead"


def write(folder: Path) -> None:
    """Write every file and the manifest; nothing else may live in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    files: dict[str, dict[str, str]] = {}
    for source in COPIES:
        data = SOURCE_MAP.sub(b"\n", (MODULES / source.package / source.path).read_bytes())
        files[source.name] = put(folder / source.name, data, source.package)
    files[SPRITE] = put(folder / SPRITE, sprite(icon_names()).encode(), "@tabler/icons")
    text = json.dumps({"files": files}, indent=2, sort_keys=True, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", "utf-8")


def put(path: Path, data: bytes, package: str) -> dict[str, str]:
    """Write one file and describe it for the manifest."""
    path.write_bytes(data)
    about = json.loads((MODULES / package / "package.json").read_text("utf-8"))
    return {
        "package": package,
        "version": about["version"],
        "licence": about["license"],
        "sha256": digest(data),
    }


def icon_names() -> list[str]:
    """The chosen icons, from icons.txt."""
    lines = (HERE / "icons.txt").read_text("utf-8").splitlines()
    return sorted(line for line in lines if line and not line.startswith("#"))


def sprite(names: list[str]) -> str:
    """One SVG file with a symbol per icon; a page shows one with `<use href="icons.svg#name">`."""
    symbols = "\n".join(symbol(name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'


def symbol(name: str) -> str:
    """The drawing of one icon; colour and size come from where it is used."""
    drawing = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text("utf-8")
    match = ICON_FRAME.search(drawing)
    if match is None:
        message = f"{name}.svg is not a drawing"
        raise ValueError(message)
    shapes = re.sub(r"\s*\n\s*", "", EMPTY_PATH.sub("", match[1]))
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
    )


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
