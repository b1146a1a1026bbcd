"""Is a declared query one plain SELECT? A guard before the read-only account and transaction.

The words are read as the database would read them: comments and quoted text stand aside. What is
in doubt is refused; the person who declares can always say it more plainly.
"""

import re

from chengxin.intake.channels.refusals import QueryRefused

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<comment>--[^\n]*|\#[^\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^'\\]|'')*')
  | (?P<quoted>"(?:[^"\\]|"")*"|`[^`\\]*`)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<number>\d[\w.]*)
  | (?P<sign>[-+*/%<>=!|&^~.,:()\[\]?@;])
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {"SELECT", "WITH"}
_NEVER = frozenset(
    [
        "INSERT",
        "UPDATE",
        "DELETE",
        "MERGE",
        "INTO",
        "DROP",
        "ALTER",
        "CREATE",
        "TRUNCATE",
        "GRANT",
        "REVOKE",
        "CALL",
        "EXECUTE",
        "EXEC",
        "COPY",
        "LOCK",
        "SHARE",
        "VACUUM",
        "HANDLER",
        "LOAD",
        "PREPARE",
        "DEALLOCATE",
        "LISTEN",
        "NOTIFY",
        "OUTFILE",
        "DUMPFILE",
        "PROCEDURE",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT",
        "BEGIN",
        "RESET",
        "ATTACH",
    ]
)
_NEVER_CALLED = re.compile(
    r"(pg_(read|ls|stat_file|sleep|terminate|cancel|reload|rotate|advisory|try_advisory|logical|"
    r"switch|create|drop|promote|notify|current_logfile)\w*|lo_\w+|dblink\w*|set_config|nextval|"
    r"setval|load_file|sleep|benchmark|get_lock|release_lock|release_all_locks|sys_e\w+|"
    r"query_to_xml\w*|table_to_xml\w*|cursor_to_xml\w*|database_to_xml\w*|schema_to_xml\w*)",
    re.IGNORECASE | re.ASCII,
)
LONGEST = 20_000
_END = {";"}


def only_select(query: str) -> str:
    """The query without a closing semicolon. Raises: `QueryRefused` for anything but a SELECT."""
    text = query.strip()
    if not text or len(text) > LONGEST:
        raise QueryRefused(reason="语句为空或过长", reason_en="it is empty or too long")
    tokens = _tokens(text)
    if tokens and tokens[-1] == ("sign", ";"):
        if not text.endswith(";"):
            raise QueryRefused(reason="分号后还有注释", reason_en="a comment follows its end")
        tokens.pop()
        text = text[:-1].rstrip()
    if not tokens or tokens[0][1].upper() not in _OPENING:
        raise QueryRefused(reason="不以 SELECT 或 WITH 开头", reason_en="it opens with no SELECT")
    for at, (kind, token) in enumerate(tokens):
        called = tokens[at + 1 : at + 2] == [("sign", "(")]
        if kind == "sign" and token in _END:
            raise QueryRefused(reason="含有多条语句", reason_en="it holds several statements")
        if kind == "word" and token.upper() in _NEVER:
            raise QueryRefused(reason=f"含有“{token}”", reason_en=f"it contains “{token}”")
        if called and kind in {"word", "quoted"} and _NEVER_CALLED.fullmatch(token.strip('"`')):
            raise QueryRefused(reason=f"调用了 {token}()", reason_en=f"it calls {token}()")
    return text


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            sign = text[at]
            raise QueryRefused(
                reason=f"第{at + 1}个字符“{sign}”处读不懂（引号不成对、反斜杠或美元引号）",
                reason_en=f"it cannot be read at character {at + 1} “{sign}” (an open quote, a "
                "backslash or a dollar quote)",
            )
        kind = match.lastgroup or ""
        if kind == "comment" and match[0].startswith(("/*!", "/*M!", "/*+")):
            raise QueryRefused(reason="含有可执行注释", reason_en="it holds a comment that acts")
        if kind == "comment" and (match[0].startswith("#") or "/*" in match[0][2:]):
            # `#` is a comment to one server and an operator to the other; nested ones likewise.
            raise QueryRefused(
                reason="注释写法有歧义，请删去", reason_en="a comment is ambiguous; leave it out"
            )
        if kind not in {"blank", "comment"}:
            found.append((kind, match[0]))
        at = match.end()
    return found
