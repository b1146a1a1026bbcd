"""The wind tunnel 政策风洞: a change of law tried on the whole register before it takes effect.

Two editions of the rulebook are put before the same register, day and knowledge: whose grade moves
and where to, which records begin or end to be shown or show longer, which entries and measures
follow. What comes out is weighed against the harm budget 伤害预算 of the rulebook, and signed.
An edition is released 发布 only with that report, by another officer than the one who simulated
it; what was not released is not in force, whatever the files on disk say.

Organisations and sole traders in their business only: no table here ever holds a natural person,
and the names of organisations stand in the officers' copy alone.

Law: 重大行政决策程序暂行条例 (assess the risk before deciding; unconfirmed). Charter 1 and 5.
Verbs: `services.simulate`, `services.overrule`, `services.release`, `services.adopt_first`.
Questions: `queries.released.edition_in_force`, `queries.released.history`.
"""
