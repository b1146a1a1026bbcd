"""Desk 工作台: where officers do their daily work with the register.

A data officer 数据管理员 drops a file, sees what the system understood and what is wrong cell by
cell, and submits it; a second officer 审核人 of the same unit (or the credit centre) releases or
returns it and settles whose a doubtful row is; the source unit corrects or revokes its own
records; the log auditor 审计员 reads and verifies the log of acts.

The room has no rule of its own: every page reads, calls one verb of a lower room, and shows the
answer or the refusal. What a page may show follows from the powers of the officer's roles
(rulebook `roles.yaml`); personal values are masked or left out everywhere (PIPL 第六条).
"""
