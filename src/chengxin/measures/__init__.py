"""List entries and measures 名单、措施: what follows from a record, and what must come before.

An entry in a serious-breach list 严重失信主体名单 begins as a draft by an officer of the competent
unit, from a record as evidence. Then: prior notice with facts, reasons, law and measures; time to
state, defend and be heard; a decision by a named head who did not draft it, with reasons and
document; service. Only then does it take effect: it becomes a record of its catalogue item, shown
and ended by `publication` like any other, and ends by rule, early, or by revocation. Entries of
others (the court's 失信被执行人, honours) are mirrored: records taken in, gone the day the feed is.

An entry in effect proposes the measures its list triggers, by itself: the log tells which entries
came in. A named official of the deciding unit, or, about a mirrored entry, of the executing unit,
imposes each one or not; the executing unit acknowledges and reports. A measure lasts as long as
the entry that triggered it: that is derived, no job has to lift it. No natural person, no basic
need.

“No notice, no effect” 未告知不生效 is a rule (`rules`), and again a constraint of the database:
`schema`. Every fact is appended; the state is derived.

Law: 国办发〔2020〕49号, the laws in `rulebook/*/lists`, charter 1, 5, 7, 8.
Verbs: `services.propose_entry`, `give_notice`, `record_statement`, `decide_entry`, `drop_entry`,
`serve_decision`, `remove_entry`, `revoke_entry`, `propose_measures`,
`follow_entries`, `impose`, `decline`, `acknowledge`, `feed_back`.
"""
