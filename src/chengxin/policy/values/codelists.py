"""Code lists 代码集: the closed vocabularies that files and pages share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chengxin.kernel.text import normalise_text
from chengxin.law.values import Basis


@dataclass(frozen=True)
class CodeEntry:
    """One entry: our code, its Chinese and English label, and other ways to write it.

    `maps_to` holds, in a historical list, the codes of today's list it stands for.
    """

    code: str
    label: str
    label_en: str
    aliases: tuple[str, ...] = ()
    maps_to: tuple[str, ...] = ()
    prefix: bool = False  # also met by any text that begins with the label and a dash: 其他-…
    status: str = "confirmed"
    note: str = ""
    basis: tuple[Basis, ...] = ()  # the law that makes this very entry: a list, a profession


@dataclass(frozen=True)
class CodeList:
    """A code list; `find` is how text from a file becomes a code."""

    code: str
    label: str
    label_en: str
    entries: tuple[CodeEntry, ...]
    basis: tuple[Basis, ...] = ()
    crosswalk_to: str = ""
    extensible: bool = False
    status: str = "confirmed"

    def find(self, text: str) -> CodeEntry | None:
        """The entry whose code, label or alias is `text` (normalised), or None."""
        wanted = _key(text)
        found = self._by_text.get(wanted)
        if found is not None:
            return found
        for entry in self.entries:
            start = _key(entry.label)
            if entry.prefix and len(wanted) > len(start) + 1 and wanted.startswith(f"{start}-"):
                return entry
        return None

    def entry(self, code: str) -> CodeEntry:
        """The entry of exactly that code. Raises: `KeyError`."""
        return self.by_code[code]

    @cached_property
    def by_code(self) -> Mapping[str, CodeEntry]:
        """Code → entry."""
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _by_text(self) -> Mapping[str, CodeEntry]:
        table: dict[str, CodeEntry] = {}
        for entry in self.entries:
            for text in (entry.code, entry.label, *entry.aliases):
                table.setdefault(_key(text), entry)
        return table


def _key(text: str) -> str:
    return normalise_text(text).casefold().replace("—", "-").replace(" ", "")


@dataclass(frozen=True)
class Unit:
    """A unit 单位 that sends or uses credit information."""

    code: str
    name: str
    short_name: str
    name_en: str
    kind: str  # department | county | centre | court
    division: str
    uscc: str = ""
    status: str = "confirmed"
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """Who the site is: names, tagline, contact, and where a subject finds remedy."""

    name: str
    name_en: str
    tagline: str
    tagline_en: str
    city: str
    city_en: str
    division: str
    operator: str
    operator_en: str
    contact: Mapping[str, str] = field(default_factory=dict)
    remedy: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
