"""What can go wrong while the house is put together."""

from chengxin.kernel.errors import CreditError


class SettingNotUnderstood(CreditError):
    """A CHENGXIN_* variable holds something that cannot be used."""

    code = "SITE-SETTING"
    zh = "设置 {name} 的值“{value}”无法使用；可用的值：{allowed}。请改正后重试。"
    en = "{name} is set to “{value}”, which cannot be used. Allowed: {allowed}. Correct it and retry."
