"""Records and their events 信用信息、信息变动: append-only, on two clocks.

A record is what an authority decided about a subject. Nothing about it is ever changed: a
correction, a revocation or an early end of publication is another event, with the day it counts
from (`effective_on`) and the moment we knew (`known_at`). What stood on day D, as known at moment
K, is a fold over the events (`queries.state`).

Personal fields are sealed and apart from the facts. A record about a natural person can never
carry the disclosure class `public`; the database refuses it (charter 3).

Law: 行政处罚法 第四十八条 (withdrawal within three days, with the reason), 国办发〔2020〕49号.
Verbs: `services.append`, `services.correct`, `services.revoke`, `services.end_publication`.
"""
