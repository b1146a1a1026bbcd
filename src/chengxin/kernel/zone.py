"""The time of the whole country 北京时间; a moment is shown in it wherever the server stands."""

from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
