"""What the public may see, from when to when 公示.

Publication is a question asked at reading time, never a copy: `rules.showing` answers from the
record's events, the notice's delivery and the rulebook's terms, so a repair, a correction or the
last day of a term needs no clean-up job to be true.

The answer is no for every natural person (charter 3), for a class that is not public, for an
adverse record whose subject has not been told (charter 5), before the first and from the last
day of its term (charter 8), and for what was revoked.

Law: 信用修复管理办法 (terms by severity), 行政处罚法 第四十八条, 行政许可法 第四十条,
国办发〔2020〕49号. Questions: `queries.public_facts`, `queries.public_fact`, `queries.latest`.
"""
