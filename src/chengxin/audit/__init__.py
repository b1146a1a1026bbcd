"""The log of acts 操作日志: who did what, to what, when, on which basis.

Charter 10 (Proof): every write, and every read of a natural person's data, leaves an entry
written in the transaction that did it. Entries are appended, never changed: the database
refuses UPDATE, DELETE and TRUNCATE, and each entry carries the hash of the one before it, so
that a change made around the database's own rules shows in `chengxin log verify`.

Law: 网络数据安全管理条例 (records of handing on personal data are kept), 征信业管理条例 第二十二条
(staff queries are logged), PIPL 第五十一条、第五十四条.

No personal data enters an entry: `facts` holds counts, digests and public identifiers, and
`target` an internal id. Verb: `services.note`. Other rooms follow what happened by
`services.read_on`: the log has no gaps and is in the order in which acts became true.
Questions: `queries.verify`, `queries.head`.
"""
