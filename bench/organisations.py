"""600,000 invented organisations with valid codes, made by DuckDB in seconds; nobody is real.

Written apart from `kernel.ids`: an instrument must not take its arithmetic from what it measures.
Same size, same bytes. Columns are those of a registrar's list as `chengxin subjects import`
reads it: name, uscc, kind, former_names, old_registration_number, old_org_code, division.
"""

from pathlib import Path

import duckdb

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORG_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SOLE_TRADER = 7  # every seventh
DIVISIONS = ("320703", "320706", "320707", "320722", "320723", "320724", "320771", "320700")
PLACES = ("连云", "海州", "赣榆", "东海", "灌云", "灌南", "徐圩", "连云港")
FIRST = "晨瑞恒鑫博远华盛嘉禾海润金泰启明同兴安和广源宏德佳信众诚永昌天成新联东方"
SECOND = "达通宇航峰泽川岭云帆舟桥林森野禾谷丰田园景苑轩阁堂坊庄楼台阳辉光晖旭"
THIRD = "一二三四五六七八九十百千万亿元亨利贞春夏秋冬东南西北山水木石竹梅兰菊松柏"
TRADES = (
    "水产品加工", "建筑工程", "物流运输", "水晶工艺", "化工原料", "食品销售", "餐饮管理",
    "商贸", "机械设备", "电子科技", "生物医药", "纺织服装", "农业种植", "园林绿化", "环保科技",
    "房地产开发", "劳务服务", "汽车维修", "广告传媒", "家具制造",
)  # fmt: skip
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "厂", "中心", "专业合作社")


def characters(text: str, at: str) -> str:
    """One character of `text`, picked by a number that may be larger than it."""
    return f"substr('{text}', 1 + (({at}) % {len(text)})::INTEGER, 1)"


def one_of(texts: tuple[str, ...], at: str) -> str:
    """One of some texts, picked by a number that may be larger than they are many."""
    listed = ", ".join(f"'{text}'" for text in texts)
    return f"([{listed}])[1 + (({at}) % {len(texts)})::INTEGER]"


def weighed(code: str, weights: tuple[int, ...], alphabet: str) -> str:
    """The sum of the values of a code's first characters times their weights."""
    return " + ".join(
        f"(strpos('{alphabet}', substr({code}, {at}, 1)) - 1) * {weight}"
        for at, weight in enumerate(weights, start=1)
    )


def org_code(body: str) -> str:
    """An organisation code 组织机构代码: eight characters and their check."""
    total = weighed(body, ORG_WEIGHTS, ORG_ALPHABET)
    return f"{body} || substr('0X987654321', 1 + (({total}) % 11)::INTEGER, 1)"


def uscc(body: str) -> str:
    """A USCC 统一社会信用代码: seventeen characters and their check."""
    total = weighed(body, USCC_WEIGHTS, ALPHABET)
    return f"{body} || substr('{ALPHABET}', 1 + ((31 - ({total}) % 31) % 31)::INTEGER, 1)"


def id_number(body: str) -> str:
    """An ID number 公民身份号码: seventeen digits and their check."""
    total = weighed(body, ID_WEIGHTS, "0123456789")
    return f"{body} || substr('10X98765432', 1 + (({total}) % 11)::INTEGER, 1)"


def registration(body: str) -> str:
    """A registration number 工商注册号: fourteen digits and their check (mod 11, 10)."""
    product = "10"
    for at in range(1, 15):
        product = f"((({product} + substr({body}, {at}, 1)::INTEGER - 1) % 10 + 1) * 2 % 11)"
    return f"{body} || ((11 - {product}) % 10)::VARCHAR"


def make_organisations(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Fill the table `organisations`, in order of `n` from 0."""
    mixed = "(n * 7919 + 104729)"  # 31 and 7919 share no factor: no code comes twice
    inner = "'MA' || " + " || ".join(
        characters(ALPHABET, f"{mixed} // {31**place}") for place in range(6)
    )
    first, second = len(FIRST), len(FIRST) * len(SECOND)
    brand = " || ".join(
        characters(text, at)
        for text, at in ((FIRST, "n"), (SECOND, f"n // {first}"), (THIRD, f"n // {second}"))
    )
    trade = f"n // {second * len(THIRD)}"  # so no name comes twice
    old = "row_place || lpad((10000000 + n)::VARCHAR, 8, '0')"
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE organisations AS
        WITH numbered AS (
            SELECT n, n % {SOLE_TRADER} = 3 AS alone,
                   {one_of(DIVISIONS, "n")} AS row_place, {one_of(PLACES, "n")} AS place,
                   {inner} AS body, {brand} AS brand, {one_of(TRADES, trade)} AS trade,
                   {one_of(FORMS, "n // 8")} AS form
            FROM (SELECT range AS n FROM range({count}))
        ), coded AS (SELECT *, {org_code("body")} AS inner_code, {old} AS old_body FROM numbered)
        SELECT n, alone,
               place || CASE WHEN alone THEN '区' ELSE '市' END || brand || trade ||
                   CASE WHEN alone THEN '店' ELSE form END AS name,
               {uscc("(CASE WHEN alone THEN '92' ELSE '91' END || row_place || inner_code)")}
                   AS uscc,
               CASE WHEN alone THEN 'sole_trader' ELSE 'legal_person' END AS kind,
               CASE WHEN n % 20 = 7 THEN place || brand || '贸易' || form
               END AS former_names,
               CASE WHEN n % 3 = 0 THEN {registration("old_body")} END
                   AS old_registration_number,
               CASE WHEN n % 3 = 0 THEN inner_code END AS old_org_code,
               row_place AS division
        FROM coded ORDER BY n
        """
    )


def write_organisations(file: Path, count: int = 600_000) -> None:
    """A registrar's list as CSV or, by its ending, as Parquet."""
    connection = duckdb.connect(config={"threads": 2})
    make_organisations(connection, count)
    form = "PARQUET" if file.suffix == ".parquet" else "CSV, HEADER"
    connection.execute(
        f"COPY (SELECT * EXCLUDE (n, alone) FROM organisations) TO '{file}' (FORMAT {form})"
    )
    connection.close()
