"""Watching over the data 数据质量: reads all, writes nothing.

What each unit sends is measured on the four axes of the plan, 完整性、规范性、准确性、时效性,
per unit, item and month, and on what it does not send 未报送. Every measure is a share of two
declared counts, written in the rulebook (`quality.*`), so that anyone can recompute it; none
rewards volume or the number of penalties, and a denominator too small to mean anything is said,
not divided.

What is measured is the work of units, never a person. Law: 发改办财金〔2018〕424号; the parameters
carry their own basis and status.

Questions: `queries.report` (a month), `queries.trend`, `queries.behind` (the rows behind a
figure), `queries.reminders` (what falls due). The monthly count form, decisions found elsewhere
and samples are written by `intake`.
"""
