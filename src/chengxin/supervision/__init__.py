"""Supervision 监管: who is inspected, drawn so that anyone can check the draw 双随机抽查.

An office commits to a secret number and to the list it will draw from, both under one digest
that is published; names in advance a public source of chance nobody controls (a lottery, an
index) and the day it speaks; on that day another officer enters what it said, and the draw
follows from the two by arithmetic. The secret is then open, and the proof file repeats the draw
on any machine. A committed draw can be carried out or abandoned with a published reason, never
taken back. Only organisations and sole traders are drawn; inspectors by their service numbers.

How many of a tier are drawn is a parameter of the rulebook. Law: 国发〔2019〕5号.

Verbs: `services.commit_draw`, `carry_out_draw`, `abandon_draw`. Questions: `queries.draws`,
`queries.proof_of`; `rules.proving.examine` needs neither database nor network.
"""
