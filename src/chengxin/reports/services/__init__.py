"""The verbs of credit reports: issue, withdraw, verify, and what they are signed with."""

from chengxin.reports.resetting import set_again
from chengxin.reports.services.credentials import IssuedCredential, issue_credential
from chengxin.reports.services.issuing import PUBLIC, Issued, issue, signed_file, status_address
from chengxin.reports.services.keeping import revoke_key, signing_keys
from chengxin.reports.services.pages import signed_page
from chengxin.reports.services.standing import status_list, withdraw
from chengxin.reports.services.verifying import new_nonce, verify_pdf, verify_presentation

__all__ = [
    "PUBLIC",
    "Issued",
    "IssuedCredential",
    "issue",
    "issue_credential",
    "new_nonce",
    "revoke_key",
    "set_again",
    "signed_file",
    "signed_page",
    "signing_keys",
    "status_address",
    "status_list",
    "verify_pdf",
    "verify_presentation",
    "withdraw",
]
