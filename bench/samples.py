"""Files of invented decisions for benchmarks and proofs."""

import csv
from pathlib import Path

from chengxin.kernel.ids import USCC

HEADER = (
    "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,"
    "处罚类别,处罚内容,罚款金额(万元),处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,"
    "数据来源单位,数据来源单位统一社会信用代码,送达日期"
)
AUTHORITY = ("连云港市市场监督管理局", "11320700014380016G")


def write_penalties(file: Path, rows: int) -> None:
    """A CSV of `rows` clean penalties, each about another invented company."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(HEADER.split(","))
        for n in range(rows):
            code = USCC.compose("91", "320700", f"MA{n:06d}").text
            lines.writerow(
                [
                    f"连云港证明第{n}有限公司",
                    "法人及非法人组织",
                    code,
                    "证明人",
                    f"连市监罚〔2026〕{n}号",
                    "未按规定公示",
                    "未按规定公示年度报告",
                    "《企业信息公示暂行条例》",
                    "罚款",
                    "罚款壹万元",
                    "1",
                    "2026-06-01",
                    "2099-12-31",
                    *AUTHORITY,
                    *AUTHORITY,
                    "2026-06-02",
                ]
            )
