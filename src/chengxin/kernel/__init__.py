"""The cellar: what every room stands on, in pure Python.

What the room is for: the few ideas that mean the same everywhere. No Django, no database, no
network, no law; only `clock` reads the clock.

Contents:

- `errors`: `CreditError`, a code and a sentence in Chinese and English for every refusal.
- `actor`: who acts, for which unit, with which powers.
- `clock`, `dates`: the one clock; months of a legal term; dates as people write them.
- `canonical`: one spelling for what is hashed. `text`, `money`: what people type, made comparable.
- `ids`: the numbers that name subjects: 统一社会信用代码, 公民身份号码, and the older ones.
- `store`: files kept whole under their digest. `sealing`: personal data at rest.

Standards behind it: GB 32100-2015, GB 11643-1999, GB 11714-1997, GS15-2006;
个人信息保护法 for sealing and masking.
"""
