"""Finding organisations by what a reader has in hand, right or nearly right.

The surest way is tried first and the next only while too little is found. Each statement may take
what is left of the time the whole search has, so a text that very many names hold, or that is
noise, costs no more than any other. Texts go to the server beside the statement, never inside it:
a server that writes down the statements it stopped does not write down what was asked.

Natural persons are not in the tables this reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from psycopg import Cursor
from psycopg.errors import QueryCanceled

from chengxin.subjects.models import Subject, SubjectName
from chengxin.subjects.queries.families import mains
from chengxin.subjects.queries.finding import public_codes
from chengxin.subjects.rules import asking
from chengxin.subjects.rules.asking import Attempt
from chengxin.subjects.rules.indexing import traits
from chengxin.subjects.rules.names import name_key, name_key_sql
from chengxin.subjects.values import KINDS, Finding, Match, Reason, SubjectHit

COUNT_CAP: Final = 500
"""Bodies a search tells at most; who asks for more narrows it down, or takes the open data."""
_LEAST_MS: Final = 4
_FEW: Final = 5
"""Found surely, fewer than which a search goes on to what may have been meant."""
_FORGIVEN: Final = 20
"""Bodies found by any one way that forgives."""

_ORDER: Final = "ORDER BY is_current DESC, length(normalised), id LIMIT %(limit)s"
_SELECT: Final = "SELECT subject_id, id, normalised FROM subjects_subjectname WHERE "
# The cheaper condition first: where names are walked through, it is asked of thousands.
_BY_TERMS: Final = (
    _SELECT + "{column} LIKE ANY(%(patterns)s::text[]) AND terms @@ %(terms)s::tsquery {among}"
)
_BY_KEY: Final = _SELECT + name_key_sql("normalised") + " = %(key)s {among}"
_BY_CODE: Final = """
SELECT subject_id, id, normalised FROM subjects_subjectname
WHERE is_current AND subject_id = ANY(ARRAY(
  SELECT subject_id FROM subjects_identifier
  WHERE kind = ANY(%(kinds)s::text[]) AND lookup = ANY(%(codes)s::text[]) AND publishable
  UNION ALL
  SELECT subject_id FROM subjects_identifier
  WHERE kind = 'uscc' AND substring(lookup, 9, 9) = ANY(%(inner)s::text[]) AND publishable
)) {among}"""
_NEAREST: Final = (
    _SELECT
    + "%(needle)s <%% normalised {among} ORDER BY %(needle)s <<-> normalised, id LIMIT %(limit)s"
)
_COMMON: Final = """
SELECT lexeme FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs)
  AS one (lexeme, share)
WHERE schemaname = current_schema AND tablename = 'subjects_subjectname' AND attname = 'terms'
  AND share > %s
"""
_COMMON_SHARE: Final = 0.03
_AN_HOUR: Final = 3600
_SETTINGS: Final = """
SELECT set_config('statement_timeout', %(ms)s, true), set_config('jit', 'off', true),
  set_config('max_parallel_workers_per_gather', '0', true),
  set_config('pg_trgm.word_similarity_threshold', '0.55', true)
"""


@dataclass(frozen=True)
class Within:
    """Which organisations are looked at: of a kind, a division, an industry, or these alone."""

    kind: str = ""
    division: str = ""
    section: str = ""
    only: Sequence[UUID] | None = None

    @property
    def traits(self) -> list[str]:
        """The traits each must have, as lexemes."""
        return traits(kind=self.kind, division=self.division, section=self.section).split()


ALL: Final = Within()


def find(
    text: str, *, within: Within = ALL, limit: int = COUNT_CAP, time_ms: int | None = None
) -> Finding:
    """Organisations a text may mean, best first, each body once under its main entry.

    By code, name, former name, words of it, pinyin or initials; and while that gives few, by a
    code or name a slip away, another writing, a short name, or the sound. Two characters at least.
    A number of a natural person finds nothing and is not looked up.
    """
    needle = asking.needle_of(text)
    if len(needle) < asking.MINIMUM_QUERY or asking.is_personal(text):
        return Finding()
    asking.get_ready()
    search = _Search(within, limit, monotonic() + (time_ms or settings.SEARCH_MS) / 1000)
    search.code((needle,), Reason.CODE)
    if not search.found:
        search.key(needle)
        is_whole = bool(search.found)
        plain = asking.simplified(needle)
        for attempt in _sure(text, needle, plain):
            search.names(attempt, limit)
        few = len(search.found) < _FEW and asking.is_brief(plain) and not is_whole
        if few or not search.found:
            _forgiving(search, plain)
    matches = tuple(search.found.values())
    return Finding(matches[:limit], len(matches) >= limit, search.curtailed)


def _sure(text: str, needle: str, plain: str) -> Iterator[Attempt]:
    yield from asking.direct(needle)
    if plain != needle:
        yield from asking.direct(plain, Reason.TRADITIONAL)
    yield from asking.words(text)
    yield from asking.said(text)


def _forgiving(search: "_Search", needle: str) -> None:
    before = len(search.found)
    search.code(asking.slipped_codes(needle), Reason.NEAR_CODE)
    for attempt in chain(asking.written(needle), asking.shortened(needle)):
        search.names(attempt, _FORGIVEN)
    if len(search.found) > before or before:
        return
    for attempt in chain(asking.sounding(needle), asking.slipped(needle)):
        search.names(attempt, _FORGIVEN)
    if not search.found:
        search.nearest(needle)


@dataclass
class _Search:
    """What was found so far, and how much time is left."""

    within: Within
    limit: int
    until: float
    found: dict[UUID, Match] = field(default_factory=dict)
    curtailed: bool = False

    def code(self, codes: Iterable[str], reason: Reason) -> None:
        looked = [one for code in codes for one in asking.codes(code)]
        if looked:
            inner = [one for one in looked if len(one) == asking.ORG_CODE_LENGTH]
            asked = {"codes": looked, "kinds": list(KINDS), "inner": inner}
            self._ask(_BY_CODE + _ORDER, asked, reason, _FORGIVEN)

    def key(self, needle: str) -> None:
        self._ask(_BY_KEY + _ORDER, {"key": name_key(needle)}, Reason.NAME, _FORGIVEN)

    def names(self, attempt: Attempt, limit: int) -> None:
        if len(self.found) < self.limit:
            asked: dict[str, Any] = {
                "terms": attempt.tsquery(self.within.traits, common=common()),
                "patterns": list(attempt.patterns),
            }
            statement = _BY_TERMS.replace("{column}", attempt.column) + _ORDER
            self._ask(statement, asked, attempt.reason, limit, attempt=attempt)

    def nearest(self, needle: str) -> None:
        if asking.is_wordy(needle):
            self._ask(_NEAREST, {"needle": needle}, Reason.NEAREST, _FEW)

    def _ask(
        self,
        statement: str,
        asked: dict[str, Any],
        reason: Reason,
        limit: int,
        *,
        attempt: Attempt | None = None,
    ) -> None:
        left = int((self.until - monotonic()) * 1000)
        if left < _LEAST_MS:
            self.curtailed = True
            return
        among = ""
        if self.within.only is not None:
            among = "AND subject_id = ANY(%(only)s::uuid[]) "
            asked["only"] = list(self.within.only)
        if self.within.traits and attempt is None:
            among += "AND terms @@ %(traits)s::tsquery "
            asked["traits"] = " & ".join(f"'{one}'" for one in self.within.traits)
        asked["limit"] = limit
        try:
            rows = _rows(statement.replace("{among}", among), asked, left)
        except QueryCanceled:
            self.curtailed = True
            return
        if attempt is not None and attempt.first:
            rows.sort(key=lambda row: not row[2].startswith(attempt.first))
        leads = mains(subject for subject, _, _ in rows)
        for subject, name, _ in rows:
            main = leads[subject]
            self.found.setdefault(main, Match(main, name, reason))


def common() -> frozenset[str]:
    """Lexemes that so many names have that they narrow nothing down, as last counted."""
    return _common(int(monotonic() // _AN_HOUR))


@lru_cache(maxsize=1)
def _common(hour: int) -> frozenset[str]:
    del hour
    with connection.cursor() as cursor:
        cursor.execute(_COMMON, [_COMMON_SHARE])
        return frozenset(one for (one,) in cursor.fetchall())


def _rows(statement: str, asked: dict[str, Any], ms: int) -> list[tuple[UUID, int, str]]:
    """What a statement gives, or `QueryCanceled` after `ms`; its values travel beside it."""
    with transaction.atomic():
        connection.ensure_connection()
        with Cursor(connection.connection) as cursor:
            cursor.execute(_SETTINGS, {"ms": str(ms)})
            cursor.execute(statement, asked)
            return cursor.fetchall()


def hits(matches: Sequence[Match]) -> list[SubjectHit]:
    """What a list shows of each match, in their order; a former name beside the present one."""
    names = SubjectName.objects.in_bulk([one.name for one in matches])
    bodies = Subject.objects.in_bulk([one.subject for one in matches])
    codes = public_codes(bodies)
    return [
        SubjectHit(
            public_id=subject.public_id,
            name=subject.name,
            code=codes.get(subject.id, ""),
            kind=subject.kind,
            status=subject.status,
            division=subject.division,
            matched="" if names[one.name].text == subject.name else names[one.name].text,
            reason=one.reason.value,
        )
        for one in matches
        for subject in (bodies[one.subject],)
    ]


def search(text: str, *, limit: int = 20, offset: int = 0) -> list[SubjectHit]:
    """The organisations `find` gives, as a list shows them, from `offset` on."""
    return hits(find(text, limit=offset + limit).matches[offset:])


def count(text: str) -> int:
    """How many organisations `find` gives, counted up to `COUNT_CAP`."""
    return len(find(text).matches)
