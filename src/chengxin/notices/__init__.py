"""The outbox of notices 告知.

Charter 5: a subject is told of every adverse record before it is used against them. A notice is
a row written in the transaction that caused it. It counts as delivered 送达 on a named day: when
the decision itself was served together with the notice (两书同达), or when the subject acknowledged
it. The rulebook's period of deemed delivery counts only for a channel that has carried the notice
to the subject; there is none yet, so a notice without proof of service waits. Until that day the
record has no effect: `queries.delivered_on` is what publication asks.

Law: 行政处罚法 第四十四条、第六十一条, 市场监督管理行政处罚信息公示规定(总局令第45号) 第八条,
国办发〔2025〕22号. Verbs: `services.post_many`, `services.acknowledge`.
"""
