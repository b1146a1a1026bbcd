"""Who comes in for a subject 主体来访: sign-in of agents and of persons, and their mandates 授权.

A visitor 来访人 is a natural person whose identity somebody vouches for: the province's portal by
OpenID Connect, or a clerk at the counter who looked at the document. A visitor acts for one
subject at a time under a mandate: as the legal representative 法定代表人 the portal names, as an
agent 经办人 whom the representative authorised (what for, from when, until when; ended at any
time, and from the next click on), as the person itself 本人, or as the guardian 监护人 of a
minor, for that minor's own copy only.

A visitor's name and number are sealed and found again by keyed digest only; the log knows a
visitor by a code. Law: PIPL 第十四条、第三十一条、第四十四条、第四十五条, 民法典 第一百六十五条、
第一百七十三条. Verbs: `services.arrive`, `services.step_in`, `services.authorise`,
`services.end_mandate`, `services.open_at_counter`. Protocol: `oidc`.
"""
