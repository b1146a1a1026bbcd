"""The rulebook 规则库: the law as data, read strictly, dated, with its source on every value.

Every value, date, list, form and period a lawyer would recognise is a file under `rulebook/`,
in three layers: the nation's, the province's, the city's. An upper layer may add and narrow,
never loosen; a loosening is refused with its file and line. Files are strict YAML against a
JSON Schema per kind; a law that is not in the list of laws, an article nobody has read, a law
repealed before the value ends, a gap in the calendar: each is a fault with a way out.

The *edition* 版本 of a rulebook is the SHA-256 over all its files. Every decision stores it,
and every edition a database has worked with is kept in it, file by file, with the moment it came
into use; so what was decided or served can be recomputed with the rules of that day.

Law: 国办发〔2020〕49号 (only what a published catalogue and list allows); 民法典 第二百零一条
(day one is the day after).
Verbs: `services.load_rulebook`, `services.check_rulebook`, `services.keeping.keep_edition`,
`services.keeping.take_up_edition`. Questions: `queries.current_rulebook`,
`queries.kept.kept_rulebook(edition)`, `queries.kept.in_force(at=moment)`,
`Rulebook.on(day, name)`, `Rulebook.calendar`.
"""
