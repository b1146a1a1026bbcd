"""What the pages bring along: nothing changed by hand, nothing from elsewhere, little of it."""

import gzip
import importlib.util
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

STATIC = Path(__file__).resolve().parents[1] / "static"
SCRIPT = Path(__file__).resolve().parents[4] / "frontend" / "vendor_static.py"


def test_the_outside_files_are_the_ones_their_manifest_names():
    spec = importlib.util.spec_from_file_location("vendor_static", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert list(script.differences(STATIC / "vendor")) == []


@pytest.mark.parametrize("style", sorted((STATIC / "ui").glob("*.css")), ids=lambda path: path.name)
def test_our_styles_fetch_nothing_from_elsewhere(style):
    text = style.read_text("utf-8")
    assert not re.search(r"https?://|@import|url\(\s*[\"']?//", text)


def test_every_icon_a_page_names_is_in_the_sprite():
    drawn = set(re.findall(r'id="([^"]+)"', (STATIC / "vendor" / "icons.svg").read_text("utf-8")))
    pages = (path.read_text("utf-8") for path in STATIC.parents[1].rglob("templates/**/*.html"))
    named = {name for page in pages for name in re.findall(r'{% icon "([^"]+)" %}', page)}
    assert named - drawn == set()


@pytest.mark.usefixtures("city")
def test_the_first_page_weighs_less_than_sixty_kilobytes(client):
    html = client.get("/").content
    needed = set(re.findall(rb'(?:href|src)="/static/([^"#]+)', html))
    files = [Path(finders.find(name.decode())).read_bytes() for name in needed]
    files.append((STATIC / "ui" / "harbour.svg").read_bytes())
    assert sum(len(gzip.compress(data)) for data in (html, *files)) < 60_000
