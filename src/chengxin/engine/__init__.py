"""Running what the catalogue compiled 规则引擎: columns of text in, faults of cells out.

A program is DuckDB SQL, one expression per rule. It runs in this process by default; the same
text runs partition by partition on a cluster, and a digest proves that both found the same.
Nothing here knows an item or a law: messages and their basis come with the rules.

Verbs: `services.check`, `services.normalise`, `services.digest`. `CHENGXIN_ENGINE_MEMORY` bounds
the memory of a check (default 1GB); beyond it DuckDB works on disk.
"""
