"""Evaluations 信用评价 of organisations by public models, each down to its records and articles.

A model is a file of the rulebook; it compiles to one DuckDB statement over the whole register and
to one plain function for one organisation, and a property test holds that both say the same. What
counts is only what publication would let be shown: a record that was repaired, has expired, was
withdrawn, was never told, or that the subject says is not about it, counts for nothing.

A snapshot is dated on both clocks and append-only. A grade that is worse than the last stands as
a proposal: the subject is told, may object for the time the rulebook gives, and a named official
of the deciding unit confirms it with reasons; the database refuses any other order. A grade that
is no worse takes effect at once, as does the first if it is not adverse. Nobody is worse off for
having no record.

Evaluation follows the facts: the log of acts says whom something happened to, each evaluation
says on which day the calendar may change it, and once a minute both are looked up. An adverse
grade carries the day it ends; from then on it counts for nothing, whether or not anybody looked.

No natural person is ever evaluated: no model, no column and no row can hold one (charter 1).

Law: 国办发〔2020〕49号; GB/T 45255-2025; the basis of each model.
Verbs: `services.evaluate`, `services.evaluate_one`, `services.follow`, `services.serve`,
`services.object_to`, `services.confirm`, `services.drop`. Questions: `queries.latest`,
`queries.in_force`, `queries.history`,
`queries.waiting`, `queries.shown`, `queries.kit`. Without a database:
`rules.judge`, `rules.recompute`.
"""
