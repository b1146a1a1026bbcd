"""What can be wrong with a question about the past."""

from chengxin.kernel.errors import CreditError


class NotForPersons(CreditError):
    """A natural person's records are opened one by one, for a purpose; never replayed whole."""

    code = "REPLAY-NOT-FOR-PERSONS"
    zh = (
        "回放只用于组织和个体工商户。自然人的信息须凭授权或法定职责，"
        "逐条查阅并留痕，请在“信用信息”中办理。"
    )
    en = (
        "Replay is for organisations and sole traders only. A natural person's record is opened "
        "one at a time, with a power and a purpose, and logged: do so under “Records”."
    )
    status = 403


class NotKnownYet(CreditError):
    """Nobody knows yet what will have been known. Facts: known, now."""

    code = "REPLAY-NOT-KNOWN-YET"
    zh = "知悉时刻 {known} 在将来，无从回放。请填写不晚于现在（{now}）的时刻。"
    en = "{known} is in the future: what will be known then cannot be replayed. Ask up to {now}."


class NobodyThen(CreditError):
    """The organisation was not yet entered here at that moment. Facts: asked, known, since."""

    code = "REPLAY-NOBODY-THEN"
    zh = "本库在 {known} 尚无“{asked}”；它于 {since} 录入。请改用此后的时刻。"
    en = "At {known} nobody here was called {asked}; it was entered at {since}. Ask a later moment."
    status = 404


class ReplayPurposeNeeded(CreditError):
    """The whole file is opened for a registered purpose only. Facts: known."""

    code = "REPLAY-PURPOSE-NEEDED"
    zh = "查看全部回放须选择登记的目的：{known}。查看会记入操作日志。"
    en = "Choose a registered purpose for the whole replay: {known}. Looking is noted in the log."
