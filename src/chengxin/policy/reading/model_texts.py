"""The sentences of faults in conditions and models of evaluation, in both languages."""

from collections.abc import Mapping
from typing import Final

# cause → reason zh, reason en, way out zh, way out en
MODEL_TEXTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "CONDITION": (
        "条件写法不对：应为 all、any，或一个 fact 加一种判断（{tests}）。",
        "This is no condition: write all, any, or one fact with one test ({tests}).",
        "请按此改写；in 后用列表，held 后用 true 或 false，within_months 后用月数。",
        "Rewrite it so; `in` takes a list, `held` true or false, `within_months` a number.",
    ),
    "UNKNOWN-FACT": (
        "没有“{name}”这一事实可供判断。", "There is no fact {name} to ask about here.",
        "此处可用：{known}。", "Known here: {known}.",
    ),
    "DRIVES-NOTHING": (
        "“{name}”是江苏2013年的旧等级，只作留存，不产生任何效果，不得用作条件。",
        "{name} is the level of 2013, kept as a label; no rule may ask for it.",
        "请改用国家标准的失信严重程度（轻微、一般、严重）。",
        "Ask for the national severity instead.",
    ),
    "PERSONAL-FACT": (
        "“{name}”是自然人的信息，任何规则都不得据此判断。",
        "{name} is about a natural person; no rule may ask for it.",
        "请删去这一条件。", "Remove the condition.",
    ),
    "WRONG-TEST": (
        "“{name}”是 {kind} 类，不能用“{test}”判断。",
        "{name} is of kind {kind}: no `{test}` fits it.",
        "请换一种判断。", "Use another test.",
    ),
    "WRONG-VALUE": (
        "“{value}”不是 {kind} 类的值，无法与“{name}”比较。",
        "{value} is no {kind} and cannot be compared with {name}.",
        "请改正该值。", "Correct the value.",
    ),
    "MODEL-NO-BASIS": (
        "“{label}”没有法律依据。", "{label} has no legal basis.",
        "没有依据不得设立；请写明 basis，或者删去。",
        "Nothing stands without one: cite it, or remove this.",
    ),
    "MODEL-NO-TIME": (
        "终止日期不晚于施行日期（{since}）。", "It ends no later than it begins ({since}).",
        "请改正 since 或 until。", "Correct `since` or `until`.",
    ),
    "LAW-GONE": (
        "依据《{title}》已自{until}起废止，不能再作依据。",
        "The law {title} ended on {until} and carries nothing any more.",
        "请改用现行依据，或者删去。", "Cite what is in force, or remove this.",
    ),
    "GRADES-PERSONS": (
        "“{label}”会触及自然人。对自然人不评分、不评级、不排名。",
        "{label} could reach a natural person. Persons are not scored, graded or ranked.",
        "评价对象只能是 organisation、sole_trader（仅就其经营），事项不得只涉及自然人。",
        "Only organisation and sole_trader (in its business) may be evaluated.",
    ),
    "TELLS-SECRET": (
        "用了不公开的事项“{item}”，公布理由就会泄露它，故该评价不向社会公开。",
        "It uses {item}, which is closed; its reasons would tell it, so it is not shown.",
        "要公开，请只用社会公开的事项；否则将模型的 disclosure 写为 shared。",
        "To show it, use public items only; else write `disclosure: shared`.",
    ),
    "NOBODY-DECIDES": (
        "没有代码为“{unit}”的单位来认定。", "There is no unit {unit} to decide.",
        "请写明有权认定的单位。", "Name the unit that has the power.",
    ),
    "MODEL-OVERLAP": (
        "与所替代的“{other}”施行期重叠：后者到{day}尚未终止。",
        "It overlaps what it replaces: {other} has not ended by {day}.",
        "请给前者写 until，或者推迟 since。", "Give the other an `until`, or begin later.",
    ),
    "UNKNOWN-MODEL": (
        "没有评价模型“{name}”。", "There is no model {name}.",
        "请改正名称。", "Correct the name.",
    ),
    "UNKNOWN-GRADE": (
        "没有等级“{grade}”。", "There is no grade {grade}.",
        "请改正等级代码。", "Correct its code.",
    ),
    "BANDS": (
        "等级的分数线须从高到低、各不相同，最低一级恰为下限{floor}分，起始分在上下限之间。",
        "Bands must fall from grade to grade, the last at the floor {floor}, the start between.",
        "请改正 at_least、start、floor 或 ceiling。",
        "Correct `at_least`, `start`, `floor` or `ceiling`.",
    ),
    "WORSE-FOR-NO-RECORD": (
        "没有任何记录的主体会得到不利等级“{grade}”。",
        "Who has no record at all would get the adverse grade {grade}.",
        "没有记录不得使任何人处境变差；请提高起始分，或改 otherwise。",
        "Nobody is worse off for having no record: raise `start`, or change `otherwise`.",
    ),
    "TIER-TELLS": (
        "“{label}”不公开，却给出监管分级；抽查的名录随证明公开，会透露其等级。",
        "{label} is not public but gives a tier; the list of a draw is public and would tell it.",
        "请公开模型，或者删去 supervision_tier。", "Make the model public or drop the tier.",
    ),
    "COUNTING": (
        "“{label}”以次数加重后果。几次轻的并不等于一次重的，轻重由认定单位依标准判断。",
        "{label} makes several acts count as a graver one; severity is the authority's finding.",
        "请删去 times。", "Remove `times`.",
    ),
    "MODEL-NO-END": (
        "“{label}”对主体不利，却没有终止的时候。", "{label} is adverse and never ends.",
        "请写明 expires（月数，或者记录中的日期）。",
        "Say when it `expires`: months, or a date of the record.",
    ),
}  # fmt: skip
