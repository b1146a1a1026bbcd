"""The sentences of rulebook faults, in both languages: what, and the way out."""

from collections.abc import Mapping
from typing import Any, Final

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.model_texts import MODEL_TEXTS

# cause → reason zh, reason en, way out zh, way out en
TEXTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "ENCODING": (
        "文件不是 UTF-8 编码。", "The file is not UTF-8.",
        "请以 UTF-8 另存。", "Save it as UTF-8.",
    ),
    "LINE-ENDINGS": (
        "换行符不是 LF，同一内容在不同机器上会得出不同版本。",
        "Line endings are not LF; the same text would give another edition elsewhere.",
        "请以 LF 换行另存。", "Save it with LF line endings.",
    ),
    "SYNTAX": (
        "不是有效的 YAML：{problem}。", "Not valid YAML: {problem}.",
        "请检查缩进、冒号和引号。", "Check indentation, colons and quotes.",
    ),
    "NOT-A-MAPPING": (
        "文件内容不是“键: 值”的形式。", "The file is not a mapping of keys to values.",
        "请参照同目录其他文件书写。", "Write it like the other files of its folder.",
    ),
    "SEVERAL-DOCUMENTS": (
        "一个文件里有多个 YAML 文档。", "There are several YAML documents in one file.",
        "请一个文件只写一份。", "Keep one document per file.",
    ),
    "ALIAS": (
        "使用了锚点、别名或合并（{name}），读者须跳转才能看懂。",
        "Anchors, aliases and merges ({name}) make a reader jump.",
        "请把内容原样写出。", "Write the content out.",
    ),
    "TAG": (
        "使用了类型标签 {tag}。", "A type tag is used: {tag}.",
        "请删去标签；类型由模式文件规定。", "Remove it; the schema decides the type.",
    ),
    "KEY": (
        "键不是普通文字。", "A key is not plain text.",
        "请改用一个词作键。", "Use a word as key.",
    ),
    "DUPLICATE-KEY": (
        "键“{key}”重复出现。", "The key {key} appears twice.",
        "请只保留一个。", "Keep one of them.",
    ),
    "EMPTY": (
        "值为空。", "The value is empty.",
        '没有值就删去该键；空文字请写 ""。', 'Leave the key out, or write "" for empty text.',
    ),
    "GUESSED": (
        "“{text}”在 YAML 中会被猜成布尔、浮点、八进制、时间等。",
        "YAML would guess at {text} (boolean, float, octal, moment …).",
        "是文字、代码或小数请加引号；布尔请写 true 或 false；日期请写全。",
        "Quote text, codes and decimals; write true or false; write dates in full.",
    ),
    "SCHEMA": (
        "{where}不符合模式：{problem}", "{where} does not fit the schema: {problem}.",
        "请按 schemas/{schema} 改正（数字代码须加引号）。",
        "Correct it to schemas/{schema} (codes of digits must be quoted).",
    ),
    "UNKNOWN-FILE": (
        "不认识的文件或目录。", "The rulebook has no such kind of file or folder.",
        "请放入已有的目录，如 laws、parameters、catalogue。",
        "Put it in a known folder such as laws, parameters or catalogue.",
    ),
    "DUPLICATE": (
        "{kind}“{name}”已在 {other} 中定义。", "{kind_en} {name} is already defined in {other}.",
        "上层只能以 narrows 收紧，不能重新定义。",
        "An upper layer may narrow it with `narrows`, not define it again.",
    ),
    "NOTHING-TO-NARROW": (
        "要收紧的{kind}“{name}”在下层不存在。", "There is no {kind_en} {name} below to narrow.",
        "请核对名称，或改为新增。", "Check the name, or add it as new.",
    ),
    "LOOSENS": (
        "{what}由“{below}”放宽为“{above}”，上层只可收紧。",
        "{what} is loosened from {below} to {above}; an upper layer may only narrow.",
        "请删去此处，或写成更严的值。", "Remove it, or write a stricter value.",
    ),
    "UNKNOWN-LAW": (
        "依据“{law}”不在法规库中。", "The law {law} is not among the laws.",
        "请先在 laws 目录登记该文件。", "Add it under laws first.",
    ),
    "UNKNOWN-ARTICLE": (
        "《{title}》的条款表中没有{article}。", "The articles of {title} do not list {article}.",
        '核对官方文本后登记该条，或将 article 留作 ""。',
        'Add it after reading the text itself, or leave article "".',
    ),
    "LAW-REPEALED": (
        "依据《{title}》自{until}起废止，此处的值自该日起不再适用。",
        "The law {title} ends on {until}, and this value with it.",
        "如有接替的规定，请在上面加一条新的 since。",
        "Write what follows it, with its own `since`.",
    ),
    "LAW-NOT-IN-FORCE": (
        "依据《{title}》在{day}尚未施行。", "The law {title} was not yet in force on {day}.",
        "请改用当时有效的依据、调整施行日期，或注明 retroactive: true 及理由。",
        "Cite the law in force then, change the date, or say retroactive: true and why.",
    ),
    "UNKNOWN-CODELIST": (
        "代码集“{name}”不存在。", "There is no code list {name}.",
        "请在 codelists 目录增加，或改正名称。", "Add it under codelists, or correct the name.",
    ),
    "UNKNOWN-CODE": (
        "代码“{code}”不在代码集“{name}”中。", "The code {code} is not in the code list {name}.",
        "请改正代码。", "Correct the code.",
    ),
    "UNKNOWN-KEY": (
        "不认识的键“{key}”。", "Nothing is known by the key {key}.",
        "请核对拼写；确属新的键，写入 extra_keys（参数）或事项的数据项。",
        "Check its spelling; a new one belongs under extra_keys, or among the item's fields.",
    ),
    "UNKNOWN-ITEM": (
        "目录中没有事项“{name}”。", "The catalogue has no item {name}.",
        "请改正名称。", "Correct the name.",
    ),
    "PATTERN": (
        "“{text}”不是正确的匹配式：{problem}。", "{text} is no regular expression: {problem}.",
        "请改正。", "Correct it.",
    ),
    "ORDER": (
        "各期的值须从新到旧排列，且施行日期不得重复。",
        "Dated values must run from new to old, each day once.",
        "请调整顺序。", "Reorder them.",
    ),
    "CALENDAR": (
        "{day} {problem_zh}。", "{day} {problem_en}.",
        "只列落在周一至周五的放假日和落在周末的上班日。",
        "List only weekdays that are off and weekend days that are worked.",
    ),
    "CALENDAR-GAP": (
        "缺少 {year} 年的工作日历。", "The working-day calendar of {year} is missing.",
        "请补录该年，不得跳年。", "Add that year; years may not be skipped.",
    ),
    "UNKNOWN-UNIT": (
        "没有代码为“{name}”的单位。", "There is no unit {name}.",
        "请核对 units 目录。", "Check the folder units.",
    ),
    "UNKNOWN-LIST": (
        "没有名单“{name}”。", "There is no list {name}.",
        "请改正名称，或先在 lists 目录登记。", "Correct the name, or add the list under lists.",
    ),
    "UNKNOWN-MEASURE": (
        "没有措施“{name}”。", "There is no measure {name}.",
        "请改正名称，或先在 measures 目录登记。",
        "Correct the name, or add it under measures.",
    ),
    "UNKNOWN-PARAMETER": (
        "没有政策参数“{name}”。", "There is no parameter {name}.",
        "请改正名称，或先在 parameters 目录登记。",
        "Correct the name, or add it under parameters.",
    ),
    "REACHES-PERSON": (
        "“{name}”可能及于自然人；名单和措施只针对组织和个体工商户。",
        "{name} could reach a natural person; lists and measures are for business only.",
        "请从 subject_kinds 中删去 natural_person。", "Remove natural_person from subject_kinds.",
    ),
    "LIST-NO-LAW": (
        "名单“{name}”没有法律、法规或者中央政策文件设立。",
        "No law, regulation or central policy document creates the list {name}.",
        "请写明设立它的依据；没有依据的不得设立。",
        "Cite what creates it; without that it may not exist.",
    ),
    "MEASURE-NO-LAW": (
        "措施“{name}”没有法律、法规或者中央政策文件作依据。",
        "The measure {name} rests on no law, regulation or central policy document.",
        "请写明依据；减损权益的措施不得没有依据。",
        "Cite it; what takes a right away needs a law.",
    ),
    "RESTS-ON-REPEALED": (
        "“{name}”所依据的《{title}》在它开始之前（{until}）已经废止。",
        "{name} refers to {title}, which was repealed on {until}, before it began.",
        "请改用现行依据，或删去该文件。", "Cite the law in force, or remove the file.",
    ),
    "ENDS-WITH-LAW": (
        "所依据的《{title}》自{until}起废止，“{name}”及其效果自该日起终止。",
        "{title} ends on {until}; {name} and all that follows from it end that day.",
        "有接替规定的，在该法文件写明 replaced_by。",
        "If another law follows, write `replaced_by` in the file of the law.",
    ),
    "NO-END": (
        "“{name}”没有终止：不利后果都必须有期限。",
        "{name} has no end; what is adverse must end by rule.",
        "名单请写 term，措施请写 ends: with_entry。",
        "Give a list its `term`, a measure `ends: with_entry`.",
    ),
    "NO-TIME": (
        "“{name}”的终止日不晚于开始日。", "{name} ends before it begins.",
        "请改正 since 或者 until。", "Correct `since` or `until`.",
    ),
    "LIST-NOBODY": (
        "没有任何单位可以决定列入名单“{name}”。", "Nobody may decide on the list {name}.",
        "请写 decided_by，并在 functions.yaml 中为该职能指定单位。",
        "Write `decided_by`, and give that function a unit in functions.yaml.",
    ),
    "MEASURE-NOBODY": (
        "没有任何单位执行措施“{name}”。", "Nobody carries out the measure {name}.",
        "请写 executed_by，并在 functions.yaml 中为该职能指定单位。",
        "Write `executed_by`, and give that function a unit in functions.yaml.",
    ),
    "NO-NOTICE": (
        "“{name}”没有写明事先告知：须有所依据的信息、陈述申辩期或者等待期。",
        "{name} says nothing of prior notice: evidence and a time to state, or a waiting time.",
        "请写 evidence 和 statement_period（名单），或者 waiting_period（惩戒措施）。",
        "Write `evidence` and `statement_period` (a list), `waiting_period` (a constraint).",
    ),
    "WRONG-LIST": (
        "措施“{name}”与名单“{other}”的性质不一致：惩戒只能由失信名单引起，激励只能由守信名单引起。",
        "{name} does not fit the list {other}: only honours lead to incentives.",
        "请改正 lists。", "Correct `lists`.",
    ),
    "PROTECTED-OBJECT": (
        "措施“{name}”涉及{what}，不得作为措施的对象。",
        "The measure {name} touches {what_en}, which is never the object of a measure.",
        "请删去该措施。", "Remove the measure.",
    ),
    "COUNTS": (
        "“{text}”是按次数累计；名单和措施只依据每一件事的性质。",
        "“{text}” counts; a list or measure follows from what one act was, never from how many.",
        "请删去次数。", "Remove the number.",
    ),
    "OVERLAP": (
        "“{name}”与“{other}”同类而时间重叠，无法确定适用哪一个。",
        "{name} and {other} are of the same kind and overlap in time.",
        "请写 until，使前一个先终止。", "Let the earlier one end with `until`.",
    ),
    "MISSING-PART": (
        "规则库缺少{what}。", "The rulebook has no {what_en}.",
        "请补上 {file}。", "Add {file}.",
    ),
}  # fmt: skip


def fault(cause: str, file: str, line: int, /, **facts: Any) -> RulebookFault:
    """A fault of the rulebook files, with the sentences of `cause` filled in."""
    texts = (text.format_map(_Facts(facts)) for text in (MODEL_TEXTS.get(cause) or TEXTS[cause]))
    return RulebookFault(file, line, f"POLICY-{cause}", *texts)


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
