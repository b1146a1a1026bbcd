"""The words of the site: all translated, and the compiled catalogue is the written one."""

import gettext
import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]
CATALOGUE = HOME / "locale" / "en" / "LC_MESSAGES"
WRITTEN = re.compile(
    r'^msgid "(.+)"(?:\nmsgid_plural ".*")?\nmsgstr(?:\[0\])? "(.*)"', re.MULTILINE
)
SPOKEN = re.compile(r"""\{% translate (["'])(.+?)\1""")


@pytest.fixture(scope="module")
def compiled():
    with (CATALOGUE / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@pytest.fixture(scope="module")
def written():
    text = (CATALOGUE / "django.po").read_text("utf-8")
    return {zh.replace('\\"', '"'): en.replace('\\"', '"') for zh, en in WRITTEN.findall(text)}


def test_every_text_has_its_english(written):
    assert [zh for zh, en in written.items() if not en] == []


def test_the_compiled_catalogue_is_the_written_one(written, compiled):
    spoken = {zh: compiled.ngettext(zh, zh, 1) for zh in written}
    assert {
        zh: en for zh, en in written.items() if en not in (spoken[zh], compiled.gettext(zh))
    } == {}


def test_every_text_of_a_page_is_in_the_catalogue(written):
    pages = (path.read_text("utf-8") for path in (HOME / "templates").rglob("*.html"))
    assert [zh for page in pages for _, zh in SPOKEN.findall(page) if zh not in written] == []
