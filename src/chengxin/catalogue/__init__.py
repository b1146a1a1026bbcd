"""The catalogue 目录: which information may be collected, why, and how open it is.

An item 目录事项 exists only if it compiles: a legal basis in force, a purpose, a class, fields
with their kinds and conditions, a disclosure class that never opens a natural person's data to
the public. Items and fields that speak of prohibited content (religion, genes, fingerprints,
illness, petitions, traffic behaviour of persons …) are refused, citing the law that forbids
them; no setting lifts this.

`services.compile_item` turns an item into checks that run over whole batches; there is no code
per item.

Law: 国办发〔2020〕49号 (catalogue management), 征信业管理条例 第十四条, 个人信息保护法.
Questions: `queries.items(book)`, `queries.item(book, code)`, `queries.check_items(book)`.
"""
