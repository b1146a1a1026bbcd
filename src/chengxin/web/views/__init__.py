"""The pages of the public site: read the request, ask one question, answer."""

from chengxin.web.views.organisations import organisation, record, search
from chengxin.web.views.pages import home, language, rights
from chengxin.web.views.reports import report, report_file, verify, verify_code

__all__ = [
    "home",
    "language",
    "organisation",
    "record",
    "report",
    "report_file",
    "rights",
    "search",
    "verify",
    "verify_code",
]
