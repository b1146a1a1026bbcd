"""The words of the pages about quality: all translated, and compiled as written."""

import gettext
import re
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2]
CATALOGUE = ROOMS / "oversight" / "locale" / "en" / "LC_MESSAGES"
WRITTEN = re.compile(r'^msgid "(.+)"\nmsgstr "(.*)"', re.MULTILINE)
SPOKEN = re.compile(r"""\{% translate (["'])(.+?)\1""")
BLOCK = re.compile(r"\{% blocktranslate.*?%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
PAGES = ("quality*.html", "quality/*.html", "count*.html", "sample*.html")


def _written(room):
    text = (ROOMS / room / "locale/en/LC_MESSAGES/django.po").read_text("utf-8")
    return dict(WRITTEN.findall(text))


def test_the_compiled_words_are_the_written_ones():
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    written = _written("oversight")
    assert written
    assert {zh: en for zh, en in written.items() if compiled.gettext(zh) != en} == {}


def test_every_word_of_the_pages_about_quality_is_translated():
    known = {zh for room in ("oversight", "desk", "web") for zh in _written(room)}
    folder = ROOMS / "desk" / "templates" / "desk"
    said = set()
    for page in (path for pattern in PAGES for path in folder.glob(pattern)):
        text = page.read_text("utf-8")
        said |= {zh for _, zh in SPOKEN.findall(text)}
        said |= {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block) for block in BLOCK.findall(text)}
    assert sorted(said - known) == []
