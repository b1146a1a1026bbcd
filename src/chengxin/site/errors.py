"""What can go wrong while the house is put together."""

from chengxin.kernel.errors import CreditError


class SettingNotUnderstood(CreditError):
    """A CHENGXIN_* variable holds something that cannot be used."""

    code = "SITE-SETTING"
    zh = "设置 {name} 的值“{value}”无法使用；可用的值：{allowed}。请改正后重试。"
    en = "{name} is set to “{value}”, which cannot be used. Allowed: {allowed}. Correct it and retry."


class EmbeddedUnavailable(CreditError):
    """The embedded PostgreSQL cannot be used here at all."""

    code = "SITE-EMBEDDED-UNAVAILABLE"
    zh = (
        "内置数据库无法启动：{reason_zh}。请改用普通用户运行，"
        "或将 DATABASE_URL 设为已有的 PostgreSQL（15 及以上）。"
    )
    en = (
        "The embedded database cannot start: {reason_en}. Run as an ordinary user, or set "
        "DATABASE_URL to a PostgreSQL (15 or newer) of yours."
    )
    status = 503


class EmbeddedWouldNotStart(CreditError):
    """The embedded PostgreSQL was asked to start and did not."""

    code = "SITE-EMBEDDED-START"
    zh = "内置数据库未能在 {seconds} 秒内启动，数据未受影响。日志：{log}。最后的信息：{said}"
    en = (
        "The embedded database did not start within {seconds} s; its data is untouched. "
        "Log: {log}. Its last words: {said}"
    )
    status = 503


class DatabaseRefused(CreditError):
    """The database was reached, or not, and would not let us in."""

    code = "SITE-DATABASE-REFUSED"
    zh = "无法连接数据库：{said}。请核对 DATABASE_URL 或 CHENGXIN_HOME 中的口令文件后重试。"
    en = (
        "The database cannot be used: {said}. Check DATABASE_URL, or the password file in "
        "CHENGXIN_HOME, and retry."
    )
    status = 503


class DatabaseTooOld(CreditError):
    """A server older than the statements written for it."""

    code = "SITE-DATABASE-TOO-OLD"
    zh = "数据库版本 {version} 过旧；请使用 PostgreSQL 15 或更高版本。"
    en = "The database server is version {version}; PostgreSQL 15 or newer is needed."
    status = 503


class DatabaseBlindToChinese(CreditError):
    """The database's character type hides Chinese from the name search."""

    code = "SITE-DATABASE-CTYPE"
    zh = (
        "数据库的字符类型为 {ctype}，中文名称检索将静默失效。请以 LC_CTYPE='C.UTF-8' 新建数据库："
        "CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE 'C.UTF-8'。"
    )
    en = (
        "The database's character type is {ctype}: searching Chinese names would silently find "
        "nothing. Make the database anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' "
        "LC_CTYPE 'C.UTF-8'."
    )
    status = 503


class ExtensionMissing(CreditError):
    """An extension of PostgreSQL is neither there nor ours to make."""

    code = "SITE-DATABASE-EXTENSION"
    zh = "数据库缺少扩展 {name}，且当前用户无权创建。请由数据库管理员执行 CREATE EXTENSION {name}。"
    en = (
        "The database lacks the extension {name} and this user may not make it. Ask its "
        "administrator to run CREATE EXTENSION {name}."
    )
    status = 503
