"""DuckDB expressions over what people and web pages write: amounts in words, HTML entities."""

from typing import Final

from chengxin.catalogue.services.texts import literal, matches

_FORMAL: Final = (
    "〇○壹贰貳叁參肆伍陆陸柒捌玖两兩拾佰仟萬億圆圓块正",
    "零零一二二三三四五六六七八九二二十百千万亿元元元整",
)
_D: Final = "[一二三四五六七八九]"
_IN_HUNDRED: Final = rf"(?:{_D}十{_D}?|零{_D})"
_IN_THOUSAND: Final = rf"(?:{_D}百{_IN_HUNDRED}?|零(?:{_D}?十{_D}?|{_D}))"
_FOUR: Final = rf"(?:{_D}千{_IN_THOUSAND}?|{_D}百{_IN_HUNDRED}?|{_D}?十{_D}?|{_D})"
_LOW: Final = rf"(?:{_D}千{_IN_THOUSAND}?|零{_FOUR})"
_WHOLE: Final = (
    rf"(?:{_FOUR}亿(?:{_D}千{_IN_THOUSAND}?万{_LOW}?|零{_FOUR}万{_LOW}?|零{_FOUR})?"
    rf"|{_FOUR}万{_LOW}?|{_FOUR})"
)
# 五万三 is both 53,000 and 50,003 to people: not read. A unit must close the number.
_WORDS: Final = (
    r"(?:人民币)?(?:\(?大写\)?:?)?"
    rf"(?:({_WHOLE})元(?:零?({_D})角)?(?:零?({_D})分)?|({_FOUR}[万亿]))整?"
)
_PLACES: Final = "['零','一','二','三','四','五','六','七','八','九','十','百','千','万','亿']"
_ADDED_UP: Final = f"""list_reduce(
  list_transform(string_split(TEXT, ''), lambda c: {{'t': 0::BIGINT, 's': 0::BIGINT,
    'd': list_position({_PLACES}, c)::BIGINT - 1}}),
  lambda p, c: CASE
    WHEN c.d < 10 THEN {{'t': p.t, 's': p.s, 'd': c.d}}
    WHEN c.d < 13 THEN {{'t': p.t, 'd': 0::BIGINT,
      's': p.s + greatest(p.d, CASE WHEN c.d = 10 THEN 1 ELSE 0 END) * [10, 100, 1000][c.d - 9]}}
    WHEN c.d = 13 THEN {{'t': p.t + (p.s + p.d) * 10000, 's': 0::BIGINT, 'd': 0::BIGINT}}
    ELSE {{'t': (p.t + p.s + p.d) * 100000000, 's': 0::BIGINT, 'd': 0::BIGINT}} END,
  {{'t': 0::BIGINT, 's': 0::BIGINT, 'd': 0::BIGINT}})"""
"""Every numeral in turn: the total so far, the sum below the next 万 or 亿, the last digit."""

_ENTITIES: Final = (
    ("&nbsp;", "\u00a0"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '"'),
    ("&apos;", "'"),
)
_TOKENS: Final = "&(?:[a-z]{2,5}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});|[^&]+|&"


def in_words(sql: str) -> str:
    """A closed-up amount in words 大写金额 in everyday numerals, if it is one beyond doubt."""
    simple = f"translate({sql}, {literal(_FORMAL[0])}, {literal(_FORMAL[1])})"
    return f"CASE WHEN {matches(simple, _WORDS)} THEN {simple} END"


def value_of_words(words: str) -> str:
    """The yuan of an amount `in_words`, as decimal text; NULL for NULL."""

    def group(number: int) -> str:
        return f"regexp_extract({words}, {literal('^' + _WORDS + '$')}, {number})"

    def digit(number: int) -> str:
        return f"(strpos('一二三四五六七八九', nullif({group(number)}, '')))"

    whole = f"coalesce(nullif({group(1)}, ''), {group(4)})"
    total = _ADDED_UP.replace("TEXT", whole)
    yuan = f"list_sum([x.t + x.s + x.d for x in [{total}]])"
    fen = f"coalesce({digit(2)}, 0) * 10 + coalesce({digit(3)}, 0)"
    return (
        f"CASE WHEN {words} IS NOT NULL THEN CAST({yuan} AS VARCHAR) || '.' || "
        f"lpad(CAST({fen} AS VARCHAR), 2, '0') END"
    )


def without_entities(sql: str) -> str:
    """Text in which HTML entities (&nbsp; &amp; &#x4E00;) are the signs they stand for."""
    number = "CASE WHEN t[3] = 'x' THEN '0' || t[3:-2] ELSE t[3:-2] END"
    code = f"try_cast({number} AS INTEGER)"
    drawn = f"{code} BETWEEN 32 AND 55295 OR {code} BETWEEN 57344 AND 1114111"
    named = " ".join(f"WHEN {literal(name)} THEN {literal(sign)}" for name, sign in _ENTITIES)
    sign = (
        f"CASE WHEN NOT starts_with(t, '&') THEN t WHEN starts_with(t, '&#') THEN "
        f"CASE WHEN {drawn} THEN chr({code}) ELSE t END "
        f"ELSE CASE t WHEN '&amp;' THEN '&' {named} ELSE t END END"
    )
    tokens = f"list_transform(regexp_extract_all({sql}, {literal(_TOKENS)}), lambda t: {sign})"
    return f"CASE WHEN contains({sql}, '&') THEN array_to_string({tokens}, '') ELSE {sql} END"
