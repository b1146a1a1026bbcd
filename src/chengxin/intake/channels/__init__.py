"""Channels 归集渠道: ways by which a department's data arrives without a clerk's hand.

A channel is declared, not programmed: which unit, which item, a watched folder or a table of the
unit's own database, the query, the mapping, how often, and who answers for it. What it brings goes
through the same `submit` as a file from the browser, in the name of the channel, and still waits
for a second officer. Nothing bypasses a question: a delivery in doubt is kept and put to a clerk.

Here are the tables and the refusals; the verbs are in `intake.services.channels`.
"""
