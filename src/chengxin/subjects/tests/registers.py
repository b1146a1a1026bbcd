"""Small registers and parties drawn at random, and the slow, plain way to look a party up."""

from dataclasses import dataclass
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from chengxin.kernel.ids.checksums import USCC_ALPHABET, org_check, uscc_check
from chengxin.kernel.text import normalise_name
from chengxin.subjects.queries.tables import opened, write
from chengxin.subjects.rules import judge
from chengxin.subjects.rules.inner import inner_codes
from chengxin.subjects.rules.names import name_key
from chengxin.subjects.rules.near import slips_of
from chengxin.subjects.values import Known

STEMS = ("海港水产", "云台茶业", "海州物流", "小吃店")
FORMS = ("有限公司", "有限责任公司", "股份公司", "股份有限公司", "", "有限公司海州分公司")
PERSONS = ("张三丰", "李四光")


@dataclass(frozen=True)
class Held:
    """A subject of a random register."""

    known: Known
    codes: dict
    person: bool = False


def credit_code(dice, region="320700", prefix="91"):
    serial = f"MA1X{dice.randrange(12):04d}"
    body = f"{prefix}{region}{serial}{org_check(serial)}"
    return body + uscc_check(body)


def named(dice):
    place = dice.choice(("江苏", "江苏(连云港)", "江苏连云港", ""))
    return place + dice.choice(STEMS) + dice.choice(FORMS)


def written(dice, name):
    """A name as departments write it: width, spaces, case, brackets."""
    changes = (
        str,
        lambda text: text.replace("(", "（").replace(")", "）"),
        lambda text: text.replace("(", "【").replace(")", "】"),
        " ".join,
        lambda text: text + "\u200b",
        lambda text: text.replace("有限", "有 限"),
    )
    return dice.choice(changes)(name)


def register(dice, size):
    """Up to `size` subjects; no identifier twice."""
    taken, subjects = set(), []
    for _ in range(size):
        codes = {}
        person = dice.random() < 0.15
        if person:
            codes["id_number"] = f"digest{dice.randrange(3)}"
        else:
            codes["uscc"] = credit_code(
                dice, dice.choice(("320700", "320703")), dice.choice(("91", "92"))
            )
            if dice.random() < 0.2:
                codes["uscc"] = slipped(dice, codes["uscc"])
            if dice.random() < 0.4:
                codes["org_code"] = credit_code(dice)[8:17]
            if dice.random() < 0.3:
                codes["registration"] = f"32070000000000{dice.randrange(3)}"
            if dice.random() < 0.2:
                codes["tax"] = tax_of(dice)
        codes = {kind: code for kind, code in codes.items() if (kind, code) not in taken}
        taken |= set(codes.items())
        names = (
            (dice.choice(PERSONS),)
            if person
            else tuple(
                dict.fromkeys(normalise_name(named(dice)) for _ in range(dice.choice((1, 1, 2, 3))))
            )
        )
        subjects.append(Held(Known(UUID(int=dice.getrandbits(128)), names), codes, person))
    return subjects


def tax_of(dice):
    code = credit_code(dice, prefix=dice.choice(("91", "52")))
    return dice.choice((code, f"320700{code[8:17]}", code[:17] + "0", code + "01"))


def slipped(dice, code):
    place, sign = dice.randrange(18), dice.choice(USCC_ALPHABET)
    if dice.random() < 0.3 and place:
        return code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
    return code[:place] + sign + code[place + 1 :]


def files_of(subjects, folder):
    """The directory of a random register."""
    with opened(folder) as duck:
        duck.execute("CREATE TABLE known (id UUID, kind VARCHAR, sealed BLOB)")
        duck.execute("CREATE TABLE called (id UUID, name VARCHAR, current BOOLEAN)")
        duck.execute("CREATE TABLE coded (id UUID, kind VARCHAR, code VARCHAR)")
        from chengxin.access.queries import sealer

        for held in subjects:
            sealed = sealer().seal(held.known.names[0].encode()) if held.person else None
            duck.execute("INSERT INTO known VALUES (?, 'legal_person', ?)", [held.known.id, sealed])
            for place, name in enumerate(() if held.person else held.known.names):
                duck.execute(
                    "INSERT INTO called VALUES (?, ?, ?)", [held.known.id, name, place == 0]
                )
            for kind, code in held.codes.items():
                duck.execute("INSERT INTO coded VALUES (?, ?, ?)", [held.known.id, kind, code])
        return write(duck, folder)


def judged(party, subjects):
    """The judgement of one party, everything looked up one by one."""
    owners = {pair: held.known for held in subjects for pair in held.codes.items()}
    by_code = {pair[0]: owners[pair] for pair in party.codes.items() if pair in owners}
    if "tax" in party.codes and "tax" not in by_code:
        owner = owners.get(("uscc", party.codes["tax"]))
        by_code |= {"tax": owner} if owner else {}
    inside = {}
    for held in subjects:
        for code in {held.codes.get("org_code"), held.codes.get("uscc", "")[8:17]}:
            if code and len(code) == 9 and org_check_holds(code):
                inside.setdefault(code, []).append(held.known)
    by_inner = {kind: inside[code] for kind, code in inner_codes(party).items() if code in inside}
    slips = slips_of(party)
    near = [held.known for held in subjects if held.codes.get("uscc") in slips]
    key = name_key(normalise_name(party.name))
    by_name = [
        held.known
        for held in subjects
        if key and not held.person and key in map(name_key, held.known.names)
    ]
    return judge(party, by_code, by_name, by_inner=by_inner, near=near)


def org_check_holds(code):
    return code[:8].isalnum() and code.isascii() and org_check(code[:8]) == code[8]


def file_of(parties, folder, columns=None):
    """The Parquet file of parties, as intake hands it to `link_table`."""
    kinds = ("uscc", "registration", "org_code", "tax")
    table = {
        "line": range(2, len(parties) + 2),
        "name": [party.name for party in parties],
        "personal": [party.personal for party in parties],
        "sole_trader": [party.sole_trader for party in parties],
        "id_lookup": [party.codes.get("id_number") for party in parties],
        "misread": [party.misread or None for party in parties],
        **{kind: [party.codes.get(kind) for party in parties] for kind in kinds},
        **{f"{kind}_held": [kind in party.held for party in parties] for kind in kinds},
    }
    texts = {"name", "id_lookup", "misread", *kinds}
    arrays = {
        name: pa.array(values, pa.string() if name in texts else None)
        for name, values in table.items()
        if columns is None or name in columns
    }
    pq.write_table(pa.table(arrays), folder / "parties.parquet")
    return folder / "parties.parquet"


def answers(file):
    """The rows of an answer."""
    found = duckdb.read_parquet(str(file))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
