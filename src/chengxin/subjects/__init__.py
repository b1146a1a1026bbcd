"""Who is who 信用主体: identities, names through time, and judgements of sameness 同一主体认定.

A subject has a public identifier that never changes, identifiers (USCC, old registration
number, organisation code …) and a history of names. A row of a department's file is linked to a
subject on identifier evidence only; a name alone, or a code whose name does not fit, waits for a
person. Each judgement carries its evidence and the version of the rule, so it can be read and
undone.

Natural persons are in a closed register: name and identifiers sealed, found only by the keyed
digest of a full identifier, never by name, never by the public (charter 3).

Law: GB 32100-2015, 江苏省社会信用条例 第三条 (subjects have full civil capacity), PIPL 第二十五条.
Verbs: `services.import_organisations`, `services.register_from_rows`, `services.register_table`,
and those of merging. A whole batch is judged by `services.link_table` against a
`queries.directory`, by the same rule as one party (`rules.judge`). Questions: `queries.search`,
`queries.by_public_id`, `queries.by_code`, `queries.recognise`.
"""
