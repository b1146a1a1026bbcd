"""Who may do what 单位、经办人、权限.

An officer 经办人 belongs to one unit 单位 and holds roles; what a role may do is data in the
rulebook (`roles`), so a power can be read, and taken away, without a programmer. A verb asks
`by.require("intake.submit", unit=…)` and nothing else decides. A machine of a partner signs in
with an opaque token that stands for an officer's account.

The keys that seal personal data live here too (`queries.sealer`): identifiers of natural persons
are stored encrypted, found again by a keyed digest, and never written in clear.

Law: 行政处罚法、PIPL 第五十一条 (powers limited to what a task needs), 网络安全等级保护.
Verbs: `services.register_officer`, `services.change_password`, `services.close_account`,
`services.issue_token`.
"""
