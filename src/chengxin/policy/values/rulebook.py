"""The rulebook 规则库 in memory: everything the law files say, with its edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chengxin.kernel.actor import Scope
from chengxin.law.values import CONFIRMED, UNCONFIRMED, Answer, Basis, Law
from chengxin.policy.errors import RulebookFault, UnknownName
from chengxin.policy.values.calendar import WorkingCalendar
from chengxin.policy.values.codelists import CodeList, Site, Unit
from chengxin.policy.values.consequences import Consequences, CreditList, Measure
from chengxin.policy.values.gate import Gate
from chengxin.policy.values.models import Model
from chengxin.policy.values.parameters import Parameter


@dataclass(frozen=True)
class Article:
    """An article 条款 someone has looked up: its number, its gist, whether it is confirmed."""

    article: str
    gist: str
    status: str = CONFIRMED


@dataclass(frozen=True)
class Role:
    """A role 角色: the powers an officer with it has, verb → scope."""

    code: str
    label: str
    label_en: str
    powers: Mapping[str, Scope]
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True)
class Prohibition:
    """A kind of content that no item and no field may have, and the law that forbids it."""

    code: str
    label: str
    label_en: str
    words: tuple[str, ...]
    words_en: tuple[str, ...]
    basis: Basis
    reason: str
    reason_en: str
    persons_only: bool = False
    exceptions: tuple[str, ...] = ()  # longer words that contain one of `words` and are fine
    exceptions_en: tuple[str, ...] = ()
    words_en_persons: tuple[str, ...] = ()  # English words that say it only of persons: blood
    patterns: tuple[str, ...] = ()  # regular expressions over the Chinese text, blanks removed


@dataclass(frozen=True)
class RawItem:
    """A catalogue item as merged from the layers, before the catalogue compiles it.

    `lines` maps the path of a value (``("fields", "uscc", "type")``: fields by name) to
    the file and line it was written in.
    """

    code: str
    data: Mapping[str, Any]
    file: str
    line: int
    lines: Mapping[tuple[str, ...], tuple[str, int]]

    def where(self, *path: str) -> tuple[str, int]:
        """File and line of the value at `path`, or of its nearest parent."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return self.file, self.line


@dataclass(frozen=True)
class Scenario:
    """A worked case a lawyer can check: given / when / then."""

    code: str
    title: str
    title_en: str
    given: Mapping[str, Any]
    when: Mapping[str, Any]
    then: Mapping[str, Any]
    file: str


def basis_of(law: Law, article: str, articles: Mapping[str, Article]) -> Basis:
    """A basis 依据: unconfirmed if the law is, if the article is, or if none is given."""
    found = articles.get(article)
    read = law.status == CONFIRMED and found is not None and found.status == CONFIRMED
    return Basis(law.id, law.title, article, CONFIRMED if read else UNCONFIRMED)


@dataclass(frozen=True)
class Rulebook:
    """All of the law as data, at one edition.

    `edition` is the SHA-256 over every file's path and content; each decision stores it.
    `notices` tell what ends by itself because its law does; nothing in them is a fault.
    """

    edition: str
    laws: Mapping[str, Law]
    articles: Mapping[str, Mapping[str, Article]]  # law id → 第X条 → article
    parameters: Mapping[str, Parameter]
    codelists: Mapping[str, CodeList]
    units: Mapping[str, Unit]
    roles: Mapping[str, Role]
    calendar: WorkingCalendar
    site: Site
    raw_items: Mapping[str, RawItem]
    prohibitions: Sequence[Prohibition] = ()
    scenarios: Sequence[Scenario] = field(default=(), repr=False)
    gate: Gate = field(default_factory=Gate)
    layers: tuple[str, ...] = ()  # lowest first
    notices: Sequence[RulebookFault] = field(default=(), repr=False)
    models: Mapping[str, Model] = field(default_factory=dict, repr=False)
    consequences: Consequences = field(default_factory=lambda: Consequences({}, {}, {}))

    @property
    def edition_short(self) -> str:
        """The first twelve characters of the edition, for people."""
        return self.edition[:12]

    def basis(self, law: str, article: str) -> Basis:
        """The basis 依据 of a law's article; unconfirmed unless both have been read.

        Raises: `UnknownName`.
        """
        if law not in self.laws:
            raise UnknownName(kind="依据文件", kind_en="law", name=law)
        found = self.laws[law]
        return basis_of(found, article, self.articles[law])

    def parameter(self, name: str) -> Parameter:
        """Raises: `UnknownName`."""
        if name not in self.parameters:
            raise UnknownName(kind="政策参数", kind_en="parameter", name=name)
        return self.parameters[name]

    def codelist(self, code: str) -> CodeList:
        """Raises: `UnknownName`."""
        if code not in self.codelists:
            raise UnknownName(kind="代码集", kind_en="code list", name=code)
        return self.codelists[code]

    def unit(self, code: str) -> Unit:
        """Raises: `UnknownName`."""
        if code not in self.units:
            raise UnknownName(kind="单位", kind_en="unit", name=code)
        return self.units[code]

    def credit_list(self, code: str) -> CreditList:
        """Raises: `UnknownName`."""
        if code not in self.consequences.lists:
            raise UnknownName(kind="名单", kind_en="list", name=code)
        return self.consequences.lists[code]

    def measure(self, code: str) -> Measure:
        """Raises: `UnknownName`."""
        if code not in self.consequences.measures:
            raise UnknownName(kind="措施", kind_en="measure", name=code)
        return self.consequences.measures[code]

    def model(self, code: str) -> Model:
        """Raises: `UnknownName`."""
        if code not in self.models:
            raise UnknownName(kind="评价模型", kind_en="model of evaluation", name=code)
        return self.models[code]

    def on(self, day: date, name: str) -> Answer[Any]:
        """The value of a parameter that `day` selects, with its basis.

        Raises: `UnknownName`, `ParameterNotInForce`.
        """
        return self.parameter(name).on(day)

    def on_key(self, day: date, name: str, key: str) -> Answer[Any]:
        """One entry of a mapping parameter. Raises: as `on`, and `KeyError`."""
        return self.parameter(name).on_key(day, key)
