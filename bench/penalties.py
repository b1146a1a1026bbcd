"""A national table of penalties 行政处罚 of any length, with known faults; nobody is real.

25 columns of 发改办财金〔2018〕424号, texts as departments write them (quotes, commas, line
breaks in the cells), 3 rows of 100 with one planted fault each, of `FAULTS`. ID numbers lie in a
region that was never assigned (320799). Same size, same bytes.

    .venv/bin/python bench/penalties.py FOLDER [ROWS]
"""

import sys
import time
from pathlib import Path

import duckdb
from organisations import id_number, make_organisations, one_of

ORGANISATIONS = 600_000
COLUMNS = {
    "subject_name": "行政相对人名称",
    "subject_kind": "行政相对人类别",
    "uscc": "行政相对人代码_1(统一社会信用代码)",
    "registration_number": "行政相对人代码_2(工商注册号)",
    "org_code": "行政相对人代码_3(组织机构代码)",
    "tax_number": "行政相对人代码_4(税务登记号)",
    "representative": "法定代表人",
    "id_type": "证件类型",
    "id_number": "证件号码",
    "document_number": "行政处罚决定书文号",
    "breach_kind": "违法行为类型",
    "breach_facts": "违法事实",
    "penalty_basis": "处罚依据",
    "penalty_kind": "处罚类别",
    "penalty_content": "处罚内容",
    "fine_yuan": "罚款金额(万元)",
    "confiscated_yuan": "没收违法所得、没收非法财物的金额(万元)",
    "licence_affected": "暂扣或吊销证照名称及编号",
    "decided_on": "处罚决定日期",
    "valid_until": "处罚有效期",
    "authority": "处罚机关",
    "authority_uscc": "处罚机关统一社会信用代码",
    "source": "数据来源单位",
    "source_uscc": "数据来源单位统一社会信用代码",
    "remark": "备注",
}
ORG, PERSON = "org", "person"
_NEXT = "CASE right({0}, 1) WHEN '1' THEN '2' ELSE '1' END"  # another last character
# Fault → (column it is planted in, the party it needs, what stands there instead).
FAULTS: dict[str, tuple[str, str | None, str]] = {
    "name missing": ("subject_name", None, "NULL"),
    "name damaged": ("subject_name", ORG, "replace(subject_name, '公司', '\ufffd')||'\ufffd'"),
    "kind missing": ("subject_kind", ORG, "NULL"),
    "kind unknown": ("subject_kind", ORG, "'外星法人'"),
    "code missing": ("uscc", ORG, "NULL"),
    "code with a wrong check": ("uscc", ORG, f"uscc[1:17] || {_NEXT.format('uscc')}"),
    "code cut short": ("uscc", ORG, "uscc[1:17]"),
    "letter O for a nought": ("uscc", ORG, "replace(uscc[1:9], '0', 'O') || uscc[10:18]"),
    "code as a spreadsheet number": ("uscc", ORG, "'9.13207E+17'"),
    "code of a person": ("uscc", PERSON, "'91320700MA1X0T0X8T'"),
    "organisation code wrong": ("org_code", ORG, "'12345678' || '0'"),
    "organisation code too long": ("org_code", ORG, "'1234567890'"),
    "registration number wrong": ("registration_number", ORG, "'320700123456780'"),
    "registration number cut": ("registration_number", ORG, "'32070012345'"),
    "tax number cut": ("tax_number", ORG, "'3207001234'"),
    "representative missing": ("representative", ORG, "NULL"),
    "paper missing": ("id_type", PERSON, "NULL"),
    "paper unknown": ("id_type", PERSON, "'会员卡'"),
    "ID number missing": ("id_number", PERSON, "NULL"),
    "ID number wrong": ("id_number", PERSON, f"id_number[1:17] || {_NEXT.format('id_number')}"),
    "ID number with no such day": ("id_number", PERSON, "'320799199902300012'"),
    "number missing": ("document_number", None, "NULL"),
    "number too long": ("document_number", None, "repeat('连示罚', 60)"),
    "breach missing": ("breach_kind", None, "NULL"),
    "facts missing": ("breach_facts", None, "NULL"),
    "facts damaged": ("breach_facts", None, "breach_facts || '\ufffd'"),
    "basis missing": ("penalty_basis", None, "NULL"),
    "penalty missing": ("penalty_kind", None, "NULL"),
    "penalty unknown": ("penalty_kind", None, "'罚站'"),
    "content missing": ("penalty_content", None, "NULL"),
    "fine missing": ("fine_yuan", None, "NULL"),
    "fine in words": ("fine_yuan", None, "'若干'"),
    "fine negative": ("fine_yuan", None, "'-0.5'"),
    "confiscation in words": ("confiscated_yuan", None, "'一批'"),
    "licence too long": ("licence_affected", None, "repeat('许可证', 80)"),
    "no such day": ("decided_on", None, "'2026-02-30'"),
    "decided in the future": ("decided_on", None, "'2027-01-02'"),
    "day missing": ("decided_on", None, "NULL"),
    "ends before it began": ("valid_until", None, "'2019-01-01'"),
    "authority missing": ("authority", None, "NULL"),
    "code of the authority wrong": ("authority_uscc", None, "'11320700014380016X'"),
    "code of the source cut": ("source_uscc", None, "'1132070001438001'"),
    "remark too long": ("remark", None, "repeat('备注', 300)"),
    "reported twice": ("document_number", None, "'连复罚〔2026〕7号'"),
}
AUTHORITIES = (
    "市场监督管理局", "生态环境局", "应急管理局", "交通运输局", "城市管理局", "住房和城乡建设局",
    "卫生健康委员会", "文化广电和旅游局",
)  # fmt: skip
BREACHES = (
    "未按规定公示年度报告", "销售不符合食品安全标准的食品", "未取得许可从事道路运输经营",
    "超标排放水污染物", "未按规定设置安全警示标志", "擅自占用城市道路堆放物料", "发布虚假广告",
    "未按照规定对从业人员进行安全生产教育和培训", "生产销售不合格产品", "使用未经检验的特种设备",
)  # fmt: skip
LAWS = (
    "《企业信息公示暂行条例》第十七条",
    "《中华人民共和国食品安全法》第一百二十四条第一款第（一）项",
    "《道路运输条例》第六十三条", "《中华人民共和国水污染防治法》第八十三条第（二）项",
    "《中华人民共和国安全生产法》第九十九条第（一）项", "《城市道路管理条例》第四十二条",
    "《中华人民共和国广告法》第五十五条第一款", "《中华人民共和国安全生产法》第九十七条第（三）项",
    "《中华人民共和国产品质量法》第四十九条",
    "《中华人民共和国特种设备安全法》第八十四条第（一）项",
)  # fmt: skip
KINDS = (
    "罚款",
    "警告;罚款",
    "罚款",
    "罚款;没收违法所得",
    "警告",
    "罚款",
    "没收非法财物",
    "罚款;暂扣许可证件",
)
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "示例验证样本测试虚构假设演练模拟"


def dice(of: str) -> str:
    """A number of this row for one purpose, the same on every machine."""
    return f"(hash(i, '{of}') % 1000003)::BIGINT"


def rows_sql(rows: int, first: int = 0) -> str:
    """The rows, their faults planted, in order of `i`; column `fault` names the fault."""
    listed = list(FAULTS)
    persons = ", ".join(repr(name) for name in listed if FAULTS[name][1] == PERSON)
    organised = ", ".join(repr(name) for name in listed if FAULTS[name][1] == ORG)
    birth = f"strftime(DATE '1960-01-01' + ({dice('born')} % 14000)::INTEGER, '%Y%m%d')"
    of_order = f"lpad(({dice('order')} % 1000)::VARCHAR, 3, '0')"
    serial = "i::VARCHAR"
    given = one_of(tuple(GIVEN), dice("given")) + " || " + one_of(tuple(GIVEN), dice("second"))
    person_name = f"{one_of(tuple(FAMILY), dice('family'))} || {given}"
    office = f"'连云港市' || {one_of(AUTHORITIES, dice('office'))}"
    planted: dict[str, list[str]] = {}
    for name, (column, _, instead) in FAULTS.items():
        planted.setdefault(column, []).append(f"WHEN '{name}' THEN {instead}")
    shown = ", ".join(
        f"CASE fault {' '.join(planted[name])} ELSE {name} END AS {name}"
        if name in planted
        else name
        for name in COLUMNS
    )
    return f"""
    WITH numbered AS (
        SELECT i, CASE WHEN {dice("bad")} % 1000 < 30
                  THEN {listed}[1 + {dice("fault")} % {len(listed)}] END AS fault
        FROM (SELECT range AS i FROM range({first}, {first + rows}))
    ), thrown AS (
        SELECT *, coalesce(fault IN ({persons}), false)
               OR ({dice("person")} % 100 < 3 AND NOT coalesce(fault IN ({organised}), false))
                   AS is_person,
               {dice("breach")} % {len(BREACHES)} AS breach, {dice("amount")} AS amount,
               {one_of(KINDS, dice("kind"))} AS kinds,
               {dice("party")} % {ORGANISATIONS} AS party, {office} AS office,
               DATE '2024-01-01' + ({dice("day")} % 1000)::INTEGER AS day
        FROM numbered
    ), parties AS (
        SELECT thrown.*, o.* FROM thrown JOIN organisations o ON o.n = party
    ), clean AS (
        SELECT i, fault,
            CASE WHEN is_person THEN {person_name}
                 WHEN {dice("former")} % 50 = 0 AND former_names IS NOT NULL THEN former_names
                 ELSE name END AS subject_name,
            CASE WHEN is_person THEN '自然人' WHEN alone THEN '个体工商户'
                 ELSE '法人及非法人组织' END AS subject_kind,
            CASE WHEN NOT is_person THEN
                CASE WHEN {dice("lower")} % 200 = 0 THEN lower(parties.uscc) ELSE parties.uscc END
            END AS uscc,
            CASE WHEN NOT is_person THEN old_registration_number END AS registration_number,
            CASE WHEN NOT is_person THEN old_org_code END AS org_code,
            CASE WHEN NOT is_person AND i % 3 = 0 THEN parties.uscc END AS tax_number,
            CASE WHEN NOT is_person THEN {person_name} END AS representative,
            CASE WHEN is_person THEN '身份证' END AS id_type,
            CASE WHEN is_person THEN {id_number(f"('320799' || {birth} || {of_order})")} END
                AS id_number,
            '连示罚〔2026〕' || {serial} || '号' AS document_number,
            {one_of(BREACHES, "breach")} AS breach_kind,
            strftime(day - 20, '%Y年%-m月%-d日') || '检查发现，当事人'
                || {one_of(BREACHES, "breach")}
                || CASE i % 40 WHEN 0 THEN '，负责人称"不清楚"。' || chr(10)
                   || '当场制作笔录, 责令改正。'
                   ELSE '，当场制作笔录。' END
                || '涉及货值' || (amount % 90000 + 100)::VARCHAR || '元。' AS breach_facts,
            {one_of(LAWS, "breach")} AS penalty_basis,
            kinds AS penalty_kind,
            '责令改正，' || kinds || CASE WHEN contains(kinds, '罚款')
                THEN (amount % 500 * 100 + 500)::VARCHAR || '元' ELSE '' END || '。'
                AS penalty_content,
            CASE WHEN contains(kinds, '罚款') THEN ((amount % 500 + 5) / 100.0)::VARCHAR END
                AS fine_yuan,
            CASE WHEN contains(kinds, '没收') THEN ((amount % 300 + 1) / 1000.0)::VARCHAR END
                AS confiscated_yuan,
            CASE WHEN contains(kinds, '暂扣')
                 THEN '道路运输经营许可证 苏交运管许可字' || {serial} || '号' END
                AS licence_affected,
            strftime(day, '%Y-%m-%d') AS decided_on, '2099-12-31' AS valid_until,
            office AS authority, '11320700014380016G' AS authority_uscc,
            office AS source, '11320700014380016G' AS source_uscc,
            CASE WHEN i % 25 = 0 THEN '已移送执行, 见卷宗' || {serial} END AS remark
        FROM parties
    ), planted AS (
        SELECT i, fault, {shown} FROM (
            SELECT * REPLACE (
                CASE fault WHEN 'fine missing' THEN '罚款'
                           WHEN 'confiscation in words' THEN '没收违法所得'
                    ELSE penalty_kind END AS penalty_kind,
                CASE WHEN fault = 'reported twice' THEN '连云港复报有限公司' ELSE subject_name END
                    AS subject_name,
                CASE WHEN fault = 'reported twice' THEN '连云港市复报局' ELSE authority END
                    AS authority)
            FROM clean)
    )
    SELECT * FROM planted ORDER BY i
    """


def write_penalties(folder: Path, rows: int, first: int = 0) -> Path:
    """`penalties.csv` in `folder`, beside it `planted.parquet`: i, fault.

    Rows are numbered from `first`; files of other numbers report other decisions.
    """
    connection = duckdb.connect(str(folder / "making.duckdb"), config={"threads": 2})
    make_organisations(connection, ORGANISATIONS)
    connection.execute(f"CREATE TABLE made AS {rows_sql(rows, first)}")
    file, truth = folder / "penalties.csv", folder / "planted.parquet"
    named = ", ".join(f'{name} AS "{label}"' for name, label in COLUMNS.items())
    connection.execute(
        f"COPY (SELECT {named} FROM made ORDER BY i) TO '{file}' (FORMAT CSV, HEADER)"
    )
    connection.execute(
        f"COPY (SELECT i, fault FROM made WHERE fault IS NOT NULL ORDER BY i) TO '{truth}'"
    )
    connection.close()
    (folder / "making.duckdb").unlink()
    return file


if __name__ == "__main__":
    begun = time.perf_counter()
    made = write_penalties(Path(sys.argv[1]), int((sys.argv[2:] or ["1000000"])[0]))
    print(f"{made}: {made.stat().st_size / 1e6:.0f} MB, {time.perf_counter() - begun:.1f} s")
