"""Parties whose subject is known: rows as departments write them, drawn from invented bodies.

Every row carries its kind and its truth (`n` of the organisation, NULL for nobody), so that what
matching says of it can be counted right or wrong. Same size, same rows.
"""

from pathlib import Path

import duckdb
from organisations import ALPHABET, make_organisations, uscc

KINDS = {
    "same": 40, "former_name": 5, "brackets": 5, "legal_form": 6, "spaces": 4, "typo_in_name": 4,
    "slip_in_code": 5, "swap_in_code": 3, "letter_for_digit": 2, "org_code": 5, "registration": 4,
    "tax_number": 3, "name_only": 5, "homonym": 3, "code_of_another": 3, "new": 2, "person": 1,
}  # fmt: skip
OFFERED = {"typo_in_name", "slip_in_code", "swap_in_code", "letter_for_digit", "name_only"}
"""Kinds that no machine may link: right is to offer the subject to a person."""
NOBODY = {"homonym", "code_of_another", "new", "person"}
"""Kinds that must be linked to nobody."""


def make_pairs(file: Path, folder: Path, rows: int, organisations: int) -> None:
    """Write the parties to `file`, `kind` and `truth` beside, the bodies to `folder`."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    make_organisations(connection, organisations)
    connection.execute(f"COPY organisations TO '{folder / 'organisations.parquet'}'")
    listed = [kind for kind, share in KINDS.items() for _ in range(share)]
    kinds = "[" + ", ".join(f"'{kind}'" for kind in listed) + "]"
    other = f"substr('{ALPHABET}', 1 + (strpos('{ALPHABET}', substr(code, place, 1)) + 6) % 31, 1)"
    fresh = uscc("'91320700MB' || lpad((line % 9999999)::VARCHAR, 7, '0')")
    connection.execute(
        f"""
        CREATE TABLE drawn AS
        SELECT range + 2 AS line, hash(range * 31 + 7) % {organisations} AS n,
            hash(range) % 1000003 AS dice, {kinds}[1 + (hash(range + 5) % {len(listed)})::INTEGER]
                AS wish
        FROM range({rows});
        CREATE TABLE chosen AS
        SELECT d.line, d.n, d.dice, o.name, o.uscc AS code, o.former_names, o.alone,
            o.old_org_code, o.old_registration_number, b.uscc AS other_code,
            CAST(1 + (dice // 97) % 17 AS INTEGER) AS place,
            CASE WHEN wish = 'former_name' AND o.former_names IS NULL THEN 'same'
                WHEN wish = 'legal_form' AND NOT contains(o.name, '有限') THEN 'same'
                WHEN wish IN ('org_code', 'tax_number') AND o.alone THEN 'same'
                WHEN wish = 'registration' AND o.old_registration_number IS NULL THEN 'same'
                WHEN wish = 'letter_for_digit' AND NOT contains(o.uscc, '0') THEN 'same'
                WHEN wish = 'swap_in_code' AND substr(o.uscc, 12, 1) = substr(o.uscc, 13, 1)
                    THEN 'same' ELSE wish END AS kind
        FROM drawn AS d JOIN organisations AS o USING (n)
        JOIN organisations AS b ON b.n = (d.n + 12345) % {organisations};
        COPY (
            SELECT line, kind, CASE WHEN kind IN {tuple(sorted(NOBODY))} THEN NULL ELSE n END
                    AS truth,
                CASE kind WHEN 'former_name' THEN former_names
                    WHEN 'brackets' THEN left(name, 2) || '（' || substr(name, 3, 1) || '）' ||
                        substr(name, 4)
                    WHEN 'legal_form' THEN CASE WHEN contains(name, '有限责任公司')
                        THEN replace(name, '有限责任公司', '有限公司')
                        WHEN contains(name, '股份有限公司')
                        THEN replace(name, '股份有限公司', '股份公司')
                        ELSE replace(name, '有限公司', '有限责任公司') END
                    WHEN 'spaces' THEN left(name, 3) || '　' || substr(name, 4)
                    WHEN 'typo_in_name' THEN left(name, 4) || '戊' || substr(name, 6)
                    WHEN 'new' THEN '新沂' || name WHEN 'person' THEN '张三丰'
                    ELSE name END AS name,
                kind = 'person' AS personal, alone AND kind <> 'homonym' AS sole_trader,
                CASE kind WHEN 'slip_in_code' THEN left(code, place - 1) || {other} ||
                        substr(code, place + 1)
                    WHEN 'swap_in_code' THEN left(code, 11) || substr(code, 13, 1) ||
                        substr(code, 12, 1) || substr(code, 14)
                    WHEN 'homonym' THEN {fresh} WHEN 'new' THEN {fresh}
                    WHEN 'code_of_another' THEN other_code
                    WHEN 'org_code' THEN NULL WHEN 'registration' THEN NULL
                    WHEN 'tax_number' THEN NULL WHEN 'name_only' THEN NULL
                    WHEN 'letter_for_digit' THEN NULL WHEN 'person' THEN NULL ELSE code END AS uscc,
                kind IN ('slip_in_code', 'swap_in_code') AS uscc_held,
                CASE WHEN kind = 'letter_for_digit' THEN replace(code, '0', 'O') END AS misread,
                CASE WHEN kind = 'org_code' THEN substr(code, 9, 9) END AS org_code,
                CASE WHEN kind = 'registration' THEN old_registration_number END AS registration,
                CASE WHEN kind = 'tax_number' THEN substr(code, 3, 6) || substr(code, 9, 9) END
                    AS tax
            FROM chosen ORDER BY line
        ) TO '{file}'
        """
    )
    connection.close()
