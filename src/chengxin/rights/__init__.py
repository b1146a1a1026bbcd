"""The subject sees everything 我的信用空间: what is held, every source, use and look; and asks why.

Law: PIPL 第四十四条至第四十八条 (to know, to decide, to consult and copy, to be explained), 国办发
〔2020〕49号 (rights of the subject). Charter 6. Nothing here reveals a third person: of
officers the name in office and the unit, of other natural persons nothing; and there is no score
of anybody, only counts of looks (charter 1).

Questions: `queries.own_data`, `queries.looks`. Verbs: `services.ask_why`, `services.answer`,
`services.copy_json`, `services.copy_pdf`.
"""
