"""Cases about records 异议、修复、投诉、复议诉讼: rights, used step by step, by named people.

One table of moves per kind of case (`rules.machines`); whatever is not in it does not happen, and
the database refuses it too (`schema`). A case is a head and the events appended to it: who filed,
who took it in, who proposed, who decided. Nobody decides on what they filed, proposed or entered.

An objection 异议 is about one field of one record: from the moment it is filed the record carries
its mark wherever it shows (`register.services.mark`), until the case ends. A repair 信用修复 is
decided by the unit that made the finding; granted, it ends display, sharing, use and measures in
one transaction, because all of them are questions about the same record. The way out
(`rules.wayout`) says before anyone asks: which papers, from which day, and when each effect ends.

Law: 信用修复管理办法, 江苏省社会信用条例, PIPL 第四十六条, 行政处罚法 第四十八条.
Verbs: `services.file_objection`, `request_repair`, `file_proceeding`, `file_complaint`, `accept`,
`ask_supplement`, `refuse`, `supplement`, `propose`, `send_back`, `decide`, `withdraw`,
`ask_review`, `review`, `close_gone`, `conclude`, `carry_out`, `notify_false`, `judge_false`,
`shield`, `seal`, `erase`, `prove_retention`, `watch`.
"""
