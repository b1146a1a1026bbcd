"""Replay 回放: what stood about an organisation on a day, as known at a moment, and why.

Three things decide what the register said: the facts, on both clocks; what was known, with whose
record it was held to be; and the rules, that is the edition of the rulebook then in force. All
three are kept, so the answer is computed again, never stored: the same bytes as were served then.

The public is told only what may still be shown today: looking back brings back nothing that has
left publication (decision 0011). The whole is for the organisation itself and for officers with
the power `replay.explain` and a registered purpose, and each time it is noted in the log of acts.
A natural person is never explained here: that way is `register.open_personal`.

Law: the subject's right to know which information was used about it, and the basis;
行政处罚法 第四十八条 for what must no longer be shown.
Questions: `queries.organisation_file`, `queries.served_file`, `queries.public_explanation`,
`queries.stood`. Verb: `services.explain`.
"""
