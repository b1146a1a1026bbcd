"""What a model, a list or a measure rests on: laws that are listed and in force when it starts."""

from collections.abc import Mapping, Sequence
from typing import Any

from chengxin.policy.reading.layers import Entry, Merged


def check_rests_on(
    merged: Merged,
    entry: Entry,
    part: Mapping[str, Any] | None = None,
    path: Sequence[str | int] = (),
) -> None:
    """Note a basis that is missing, unknown, or of a law not in force on the first day.

    `part` of the entry at `path`, or the whole entry. A law that ends later ends what rests on
    it, and that is told.
    """
    data = entry.data if part is None else part
    since = entry.data["since"]
    written = data.get("basis", ())
    if not written:
        merged.fault("MODEL-NO-BASIS", entry, *path, label=data["label"])
    if data.get("until", "9999-12-31") <= since:
        merged.fault("MODEL-NO-TIME", entry, *path, "until", since=since)
    single = isinstance(written, Mapping)
    for index, basis in enumerate([written] if single else written):
        here = (*path, "basis") if single else (*path, "basis", index)
        law = merged.of("law").get(basis["law"])
        if law is None:
            merged.fault("UNKNOWN-LAW", entry, *here, law=basis["law"])
            continue
        titled = {"title": law.data["title"]}
        listed = {one["article"] for one in law.data.get("articles", ())}
        if basis["article"] and basis["article"] not in listed:
            merged.fault("UNKNOWN-ARTICLE", entry, *here, **titled, article=basis["article"])
        if law.data["since"] > since:
            merged.fault("LAW-NOT-IN-FORCE", entry, *here, **titled, day=since)
        if "until" not in law.data or "replaced_by" in law.data:
            continue
        if law.data["until"] <= since:
            merged.fault("LAW-GONE", entry, *here, **titled, until=law.data["until"])
        elif data.get("until", "9999-12-31") > law.data["until"]:
            merged.notice("LAW-REPEALED", entry, *here, **titled, until=law.data["until"])
