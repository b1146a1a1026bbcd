"""Looks 查看: who saw what of whom, when, as what, for what purpose, on which basis.

The subject sees every one of them (charter 6), so nothing here is opt-in: a door opens a reading
(`services.reading`) round every request and every command and says who asks (`services.asks`);
the rooms that hold a subject's data say what they gave out (`services.touched`); when the reading
ends, all of it is written in one transaction together with one entry of the log of acts. A read
that cannot be written down is not answered. What a door forgets to name is a fault a test finds.

Looks at a natural person's sealed fields go through `services.look` besides, with purpose and
basis, allowed or refused. Administrators of the database have a role that reads nothing but
through functions that note the look (`schema`).

Law: PIPL 第四十四条、第四十五条、第五十一条、第五十四条; 征信业管理条例 第二十二条 (staff queries
are logged). Verbs: `services.reading`, `services.asks`, `services.touched`, `services.look`.
Questions: `queries.looks_at`.
"""
