"""The pages of the public site: read the request, ask one question, answer."""

from chengxin.web.views.cases import repaired, way_out
from chengxin.web.views.inspections import inspection, inspection_proof, inspections
from chengxin.web.views.organisations import evaluation_kit, organisation, record
from chengxin.web.views.pages import home, language, rights
from chengxin.web.views.presentations import presentation
from chengxin.web.views.reports import (
    authority_file,
    report,
    report_file,
    revoked_file,
    status_file,
    verify,
    verify_code,
    verify_file,
)
from chengxin.web.views.searching import robots, search, suggest

__all__ = [
    "authority_file",
    "evaluation_kit",
    "home",
    "inspection",
    "inspection_proof",
    "inspections",
    "language",
    "organisation",
    "presentation",
    "record",
    "repaired",
    "report",
    "report_file",
    "revoked_file",
    "rights",
    "robots",
    "search",
    "status_file",
    "suggest",
    "verify",
    "verify_code",
    "verify_file",
    "way_out",
]
