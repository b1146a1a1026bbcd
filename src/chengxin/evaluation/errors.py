"""What this room refuses, and why."""

from chengxin.kernel.errors import CreditError


class ModelNotInForce(CreditError):
    """The model does not apply on that day."""

    code = "EVALUATION-MODEL-NOT-IN-FORCE"
    zh = "评价模型“{model}”在{day}不施行（自{since}起）。请换一个日期，或者使用当时的模型。"
    en = "The model {model} does not apply on {day} (since {since}). Ask for another day or model."
    status = 409


class UnknownEvaluation(CreditError):
    """There is no evaluation of that number."""

    code = "EVALUATION-UNKNOWN"
    zh = "没有编号为“{asked}”的评价。请核对编号。"
    en = "There is no evaluation {asked}. Check the number."
    status = 404


class NoEvaluation(CreditError):
    """The subject has no effective evaluation by that model."""

    code = "EVALUATION-NONE"
    zh = "{name}没有生效的“{model}”评价。没有评价不代表任何不利，可在评价生效后再取。"
    en = "{name} has no evaluation by {model} in effect. That says nothing against it."
    status = 404


class NotEvaluated(CreditError):
    """No natural person, and nobody unknown, is evaluated."""

    code = "EVALUATION-NOT-A-BUSINESS"
    zh = "只评价法人、非法人组织和个体工商户的经营，不评价自然人。请核对主体。"
    en = "Only organisations and sole traders' businesses are evaluated, never persons."
    status = 404


class NotProposed(CreditError):
    """The evaluation is not waiting for anything."""

    code = "EVALUATION-NOT-WAITING"
    zh = "该评价现为“{state}”，不能再办理此事。请查看其最新状态。"
    en = "This evaluation is {state_en}; nothing more can be done to it. Look at how it stands."
    status = 409


class NotTold(CreditError):
    """The subject has not been told of the worse grade."""

    code = "EVALUATION-NOT-TOLD"
    zh = "尚未送达告知，不利的评价不得生效。请先送达，并等待异议期满。依据：{basis}。"
    en = "The subject has not been told; a worse grade waits for notice. Basis: {basis}."
    status = 409


class StillOpen(CreditError):
    """The time to object is not over."""

    code = "EVALUATION-OBJECTION-OPEN"
    zh = "异议期至{until}届满，请于次日起再认定。依据：{basis}。"
    en = "The time to object ends on {until}; confirm from the day after. Basis: {basis}."
    status = 409


class Ended(CreditError):
    """What the grade rests on counts no more."""

    code = "EVALUATION-ENDED"
    zh = "该评价所依据的信息自{end}起不再计入，不能再认定。系统将按现有信息重新评价。"
    en = "What this grade rests on counts no more since {end}; it is evaluated anew instead."
    status = 409


class TooLate(CreditError):
    """The time to object is over."""

    code = "EVALUATION-OBJECTION-OVER"
    zh = "异议期已于{until}届满。对已生效评价仍可随时提出更正信息的异议。依据：{basis}。"
    en = "The time to object ended on {until}; a wrong record can be objected to at any time."
    status = 409


class ReasonsNeeded(CreditError):
    """A decision without reasons."""

    code = "EVALUATION-REASONS-NEEDED"
    zh = "请写明理由；有异议的，须答复异议。"
    en = "Give the reasons; an objection has to be answered."
    status = 400


class OfficialNeeded(CreditError):
    """Software does not decide."""

    code = "EVALUATION-OFFICIAL-NEEDED"
    zh = "评价的认定须由有权单位的具名工作人员作出，系统只能提出。请用本人账号办理。"
    en = "A named official decides; the system only proposes. Use an account of your own."
    status = 403


class WrongServiceDay(CreditError):
    """Service cannot lie before the proposal or in the future."""

    code = "EVALUATION-WRONG-SERVICE-DAY"
    zh = "送达日期须在提出之日（{since}）至今天（{on}）之间。请核对送达回证。"
    en = "Service lies between the day it was proposed ({since}) and today ({on}). Check the proof."
    status = 409


class KitRefused(CreditError):
    """The kit is not what was packed."""

    code = "EVALUATION-KIT-REFUSED"
    zh = "该复算包不完整或被改动：{problem_zh}。请从公示页面重新下载。"
    en = "The kit is incomplete or was changed: {problem_en}. Download it again from the page."
    status = 400


class WrongDay(CreditError):
    """A snapshot counts from its day on: neither behind the last one nor before its day comes."""

    code = "EVALUATION-WRONG-DAY"
    zh = "评价日期 {day} 须自最近一次快照（{last}）起、至今天（{today}）止：旧结果不能盖过新的。"
    en = "The day {day} must lie from the last snapshot ({last}) to today, {today}."
