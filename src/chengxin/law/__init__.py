"""Sources of law, and answers that carry their reason.

What the room is for: every value, date, limit and refusal in this house can say which article
it rests on. `Law` is a source 依据文件, `Basis` an article of it 条款, `Answer` a value with its
basis. The laws themselves are data: the rulebook holds them and the room `policy` loads them.

Law behind it: 国办发〔2020〕49号, no collecting, publishing or sanction without a legal basis.

Contents: `values` (pure; no database, no clock). Import what you need from `law.values`.
"""
