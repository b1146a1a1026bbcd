"""Fictional officers and files for the workbench's tests."""

import io

import openpyxl

from chengxin.access.models import Officer
from chengxin.kernel.clock import now

UNIT, OTHER_UNIT, CENTRE = "lyg-scjg", "lyg-tyj", "lyg-xyzx"
PASSWORD = "a long enough password"
CODE = "91320700MA1X0T0X8T"
NAME = "连云港新丝路物流有限公司"
ORGAN = "连云港市市场监督管理局"
FILENAME = "处罚11月.xlsx"
PENALTY = {
    "行政相对人名称": NAME,
    "行政相对人类别": "法人及非法人组织",
    "统一社会信用代码": CODE,
    "法定代表人": "测试人",
    "证件类型": "",
    "证件号码": "",
    "行政处罚决定书文号": "连市监罚〔2026〕101号",
    "违法行为类型": "发布虚假广告",
    "违法事实": "当事人在其网站发布与实际不符的仓储能力宣传。",
    "处罚依据": "《中华人民共和国广告法》第五十五条",
    "处罚类别": "罚款",
    "处罚内容": "罚款人民币贰万元整。",
    "罚款金额（万元）": "2",
    "处罚决定日期": "2026-11-12",
    "处罚有效期": "2099-12-31",
    "处罚机关": ORGAN,
    "处罚机关统一社会信用代码": "11320700014380016G",
    "数据来源单位": ORGAN,
    "数据来源单位统一社会信用代码": "11320700014380016G",
    "送达日期": "2026-11-13",
}
PERSON = {
    "行政相对人名称": "测试自然人",
    "行政相对人类别": "自然人",
    "统一社会信用代码": "",
    "法定代表人": "",
    "证件类型": "身份证",
    "证件号码": "11010519491231002X",
    "行政处罚决定书文号": "连市监罚〔2026〕102号",
}
AMONG_FIRMS = ({}, {"行政处罚决定书文号": "连市监罚〔2026〕110号"}, PERSON)
OTHER_NAME = {
    "行政相对人名称": "连云港新丝路水产有限公司",
    "行政处罚决定书文号": "连市监罚〔2026〕104号",
}
BAD_DAY = {"处罚决定日期": "2026-13-45", "行政处罚决定书文号": "连市监罚〔2026〕103号"}


def workbook(*changes, swapped=(), renamed=None):
    """An xlsx of penalties below a title; `swapped` names two columns filled the wrong way."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["2026年11月行政处罚信息公示表"])
    sheet.append([(renamed or {}).get(header, header) for header in PENALTY])
    for change in changes or ({},):
        row = PENALTY | change
        if swapped:
            one, other = swapped
            row |= {one: row[other], other: row[one]}
        sheet.append(list(row.values()))
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def officer(login, *roles, unit=UNIT):
    made = Officer(login=login, name=login, unit=unit, roles=list(roles), registered_at=now())
    made.set_password(PASSWORD)
    made.save(force_insert=True)
    return made
