"""What can go wrong while the house is put together."""

from chengxin.kernel.errors import CreditError


class SettingNotUnderstood(CreditError):
    """A CHENGXIN_* variable holds something that cannot be used."""

    code = "SITE-SETTING"
    zh = "设置 {name} 的值“{value}”无法使用；可用的值：{allowed}。请改正后重试。"
    en = "{name} cannot be “{value}”. Allowed: {allowed}. Correct it and retry."


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


class DemonstrationInProduction(CreditError):
    """A production start with something the public knows."""

    code = "SITE-DEMONSTRATION-SECRET"
    zh = (
        "正式环境拒绝启动：仍在使用演示用的 {what}。请设置自己的密钥"
        "（至少 50 个随机字符）、关闭调试，并停用演示账号后重试。"
    )
    en = (
        "Refusing to start in production with a demonstration value: {what}. Set a secret key of "
        "your own (50 random characters or more), leave debugging off, close the demonstration "
        "accounts, and retry."
    )
    status = 503


class PortInUse(CreditError):
    """Another process listens where the site should."""

    code = "SITE-PORT-IN-USE"
    zh = (
        "地址 {host}:{port} 无法使用（{said}）。"
        "请停止占用它的程序，或设置 CHENGXIN_PORT 为其他端口。"
    )
    en = (
        "The address {host}:{port} cannot be used ({said}). Stop the program that has it, or set "
        "CHENGXIN_PORT to another port."
    )
    status = 503


class ProcessEnded(CreditError):
    """A process of the house ended by itself."""

    code = "SITE-PROCESS-ENDED"
    zh = "进程 {name} 意外退出（代码 {exit}），其余进程已全部停止。请查看上面的输出后重新启动。"
    en = (
        "The process {name} ended by itself (code {exit}); everything else was stopped. Look at "
        "the output above and start again."
    )
    status = 503


class NoAnswer(CreditError):
    """The site was started and does not answer."""

    code = "SITE-NO-ANSWER"
    zh = (
        "网站已启动，但首页没有正常应答（最多等 {seconds} 秒）：{said}。"
        "已全部停止，请查看上面的输出。"
    )
    en = (
        "The site was started but its home page did not answer (waiting {seconds} s at most): "
        "{said}. Everything was stopped; look at the output above."
    )
    status = 503


class LittleDisk(CreditError):
    """The data folder's disk is nearly full."""

    code = "SITE-LITTLE-DISK"
    zh = "{home} 所在磁盘仅剩 {free} 字节。请清理或扩容，否则将无法接收新数据。"
    en = "Only {free} bytes are left on the disk of {home}. Make room, or intake will stop."


class MigrationsPending(CreditError):
    """The code is newer than the tables."""

    code = "SITE-MIGRATIONS-PENDING"
    zh = "数据库结构有 {number} 项待更新（{first} 等）。请运行 chengxin migrate。"
    en = "{number} migrations are pending ({first} …). Run chengxin migrate."


class WorkerNotRunning(CreditError):
    """Nobody does the jobs."""

    code = "SITE-WORKER"
    zh = "没有任务进程在运行。请运行 chengxin worker 或 chengxin serve。"
    en = "No job worker is running. Run chengxin worker, or chengxin serve."


class WebNotRunning(CreditError):
    """The site does not answer."""

    code = "SITE-WEB"
    zh = "网站 {url} 没有应答。请运行 chengxin serve。"
    en = "The site {url} does not answer. Run chengxin serve."


class DemonstrationOnly(CreditError):
    """The synthetic city is not for real use."""

    code = "SITE-DEMONSTRATION-ONLY"
    zh = (
        "演示城市不能载入正式环境。如需演示，请另设 CHENGXIN_HOME，"
        "并使用 CHENGXIN_MODE=demonstration。"
    )
    en = (
        "The synthetic city is not loaded into production. For a demonstration use another "
        "CHENGXIN_HOME with CHENGXIN_MODE=demonstration."
    )
    status = 409
