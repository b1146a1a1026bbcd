"""Taking in what departments submit 归集: batches, rows, faults, receipts.

The file is kept whole under its hash before anything else happens. Its rows are checked by the
compiled catalogue item; a faulty row is kept with its faults and waits, a clean one goes on. The
officer who submits cannot release: a second one does (经办人、审核人), and only then are rows
linked to subjects and appended to the register. Rows whose subject is in doubt wait for a person.

The same file sent twice is one batch; the same decision sent twice is one record.

Law: 发改办财金〔2018〕424号 (seven working days, the data standard), 国办发〔2020〕49号 (nothing
outside the catalogue). Verbs: `services.preview` (writes nothing), `services.submit`,
`services.release`, `services.return_batch`, `services.decide_match`.
"""
