"""Questions about the file itself: its sheets, its header, its item, its rounded numbers."""

from collections.abc import Collection, Mapping, Sequence

from chengxin.catalogue.values import Item
from chengxin.intake.rules.headers import header_key
from chengxin.intake.rules.mapping import Guess
from chengxin.intake.rules.slipped import visible
from chengxin.intake.values import Question, Staged, Table

SHOWN = 6


def sheet_question(tables: Sequence[str]) -> Question | None:
    """Several sheets hold a table: which one is meant is not for us to say."""
    if len(tables) < 2:  # noqa: PLR2004
        return None
    return Question(
        kind="sheets",
        columns=(),
        message_zh=f"文件中有{len(tables)}张数据表：{'、'.join(tables)}。"
        f"现按“{tables[0]}”预览，其余未读。请确认要报送哪一张，各表分别报送。",
        message_en=f"The file holds {len(tables)} tables: {', '.join(tables)}. "
        f"This preview is of “{tables[0]}”; the others were not read. Say which one is meant, "
        "and send each on its own.",
        proposal=tables[0],
    )


def unread_question(names: Sequence[str]) -> Question | None:
    """Sheets that hold something, and no table."""
    if not names:
        return None
    shown = "、".join(names[:SHOWN])
    return Question(
        kind="unread_sheets",
        columns=(),
        message_zh=f"还有{len(names)}张工作表不是数据表，未读取：{shown}。如有数据，请整理成“一行一条”再报。",
        message_en=f"{len(names)} sheets hold no table and were not read: {shown}. If there is "
        "data in them, arrange it as one record per row.",
        blocking=False,
    )


def no_item_question(items: Mapping[str, Item], headers: Sequence[str]) -> Question:
    """No item of the catalogue is meant by these headers."""
    shown = "、".join(visible(header) for header in headers[:SHOWN] if header)
    labels = "、".join(f"{item.label}（{code}）" for code, item in items.items())
    labels_en = ", ".join(f"{item.label_en} ({code})" for code, item in items.items())
    return Question(
        kind="no_item",
        columns=tuple(headers),
        message_zh=f"表头（{shown}）与目录中的任何事项都不匹配，未作校验，也不会导入。"
        f"目录现有事项：{labels}。目录以外的信息不得归集；如属其中一项，请指明事项并核对列名。",
        message_en=f"The headers ({shown}) fit no item of the catalogue, so nothing was checked "
        f"and nothing will be imported. The catalogue has: {labels_en}. What is outside it may "
        "not be collected; if this is one of them, name it and check the column names.",
        proposal=None,
    )


def rounded_question(table: Table, staged: Staged) -> Question | None:
    """Numbers of more than 15 digits, kept by the spreadsheet as rounded numbers."""
    columns = {
        header: staged.rounded[at]
        for header, at in zip(table.headers, table.positions, strict=True)
        if at in staged.rounded
    }
    if not columns:
        return None
    names = "、".join(columns)
    first = next(iter(columns.values()))[1]
    return Question(
        kind="rounded_numbers",
        columns=tuple(columns),
        message_zh=f"“{names}”列中超过15位的号码（如第{first}行）被表格软件当作数字存储，"
        "末几位已丢失，无法恢复。请在源系统中把该列设为“文本”后重新导出。",
        message_en=f"Numbers of more than 15 digits in “{names}” (such as line {first}) were kept "
        "as numbers by the spreadsheet; their last digits are lost. Set the column to text in "
        "the source and export it again.",
        blocking=False,
    )


def repeated_question(table: Table) -> Question | None:
    """Two columns of the same name: which one is meant?"""
    seen: dict[str, list[str]] = {}
    for header in table.headers:
        if header:
            seen.setdefault(header_key(header), []).append(header)
    twice = [names[0] for names in seen.values() if len(names) > 1]
    if not twice:
        return None
    return Question(
        kind="repeated_header",
        columns=tuple(twice),
        message_zh=f"列名“{'、'.join(twice)}”出现了不止一次，只会使用其中第一列。请删去或改名多余的列。",
        message_en=f"The column name “{', '.join(twice)}” stands more than once; only the first is "
        "used. Delete or rename the others.",
    )


def not_remembered_question(
    recalled: Sequence[Guess], proposed: Sequence[Guess], headers: Sequence[str]
) -> Question:
    """What was remembered of such columns contradicts this file, and what is proposed does not."""
    pairs = zip(headers, recalled, proposed, strict=True)
    differing = tuple(header for header, then, today in pairs if then.field != today.field)
    shown = "、".join(differing[:SHOWN])
    return Question(
        kind="remembered_misfit",
        columns=differing,
        message_zh=f"上次记住的列对应（{shown}）与本文件的内容不符，这一次未采用，"
        "各列按列名和内容重新对应，请看下表；记住的列对应仍保留。",
        message_en="What was remembered of these columns "
        f"({', '.join(differing[:SHOWN])}) does not fit the content of this file and was not "
        "used this time; the columns were matched anew by name and content, as shown below. It "
        "stays remembered.",
        blocking=False,
    )


def derived_question(item: Item, derived: Collection[str]) -> Question:
    """A column of an older layout is missing, and the codes say what it would say."""
    labels = "、".join(item.field(name).label for name in derived)
    labels_en = ", ".join(item.field(name).label_en for name in derived)
    return Question(
        kind="derived_column",
        columns=(),
        message_zh=f"文件中没有“{labels}”列，已按代码逐行判定：92开头为个体工商户，其他统一社会信用代码"
        "为法人及非法人组织，只有身份证件号码的为自然人（GB 32100-2015）。判定不出的行列为问题。",
        message_en=f"The file has no column “{labels_en}”; it was told row by row from the code: "
        "92… is a sole trader, any other credit code an organisation, only an ID number a natural "
        "person (GB 32100-2015). Rows it cannot be told of are faults.",
        blocking=False,
    )


def missing_question(item: Item, held: Collection[str]) -> Question | None:
    """Required fields that no column of the file holds: no row could be complete."""
    missing = [f for f in item.fields if f.required and not f.ignored and f.name not in held]
    if not missing:
        return None
    labels = "、".join(field.label for field in missing)
    labels_en = ", ".join(field.label_en for field in missing)
    return Question(
        kind="missing_columns",
        columns=(),
        message_zh=f"文件中没有必填的列：{labels}。请补上后重新上传；若只是列名不同，请指明是哪一列。",
        message_en=f"Required columns are not in the file: {labels_en}. Add them and send the file "
        "again, or say which columns they are.",
        proposal=[field.name for field in missing],
    )
