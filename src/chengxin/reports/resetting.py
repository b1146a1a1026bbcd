"""Set the pages of a report again from its twin 重新排版核对, and compare byte for byte.

The pages of a report are a function of its twin and the form. Whoever has the same form needs
to believe nobody that the two agree.
"""

from datetime import datetime

from chengxin.reports.rendering import Sheet, edition, page_file
from chengxin.reports.rules.verification import read_twin

SAME, DIFFER, OTHER_EDITION = "same", "differ", "other_edition"


def set_again(data: bytes) -> str:
    """Whether a genuine report begins with exactly the pages its twin gives on this machine.

    `OTHER_EDITION` when this machine's form is not the one it was set with. The signature is
    appended, so the pages as set are the beginning of the file. Raises: `PageNotMade`.
    """
    found = read_twin(data)
    if found is None:
        return DIFFER
    twin, written, token = found
    if twin.get("typesetting") != edition():
        return OTHER_EDITION
    moment = datetime.fromisoformat(twin["generated_at"])
    pages = page_file(Sheet(written.decode(), token, twin["verify_url"], moment))
    return SAME if data.startswith(pages) else DIFFER
