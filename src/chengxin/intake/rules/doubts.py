"""Doubts 疑问: a header that contradicts what stands under it is put to a person."""

from collections.abc import Sequence
from itertools import combinations

from chengxin.catalogue.values import Item
from chengxin.intake.rules.evidence import LIKELY, UNLIKELY, Content
from chengxin.intake.rules.mapping import Guess
from chengxin.intake.rules.slipped import slipped
from chengxin.intake.values import Question

FEWEST_VALUES = 3


def doubts(
    item: Item, headers: Sequence[str], contents: Sequence[Content], guesses: Sequence[Guess]
) -> list[Question]:
    """Swapped, shifted and contradicting columns, each with evidence and a proposal."""
    seen = _Columns(item, headers, contents, guesses)
    questions: list[Question] = []
    told: set[int] = set()
    for left, right in combinations(seen.wrong, 2):
        if not {left, right} & told and seen.swapped(left, right):
            questions.append(seen.swap_question(left, right))
            told |= {left, right}
    if len(told) < len(seen.wrong) and len(seen.wrong) > 1:
        slip = slipped(item, headers, contents, guesses)
        if slip is not None:
            return [slip.question]
    alone = [column for column in seen.wrong if column not in told and seen.conclusive(column)]
    questions += [seen.contradiction(column) for column in alone]
    return questions


class _Columns:
    """The columns with their guesses, and which of them contradict their content."""

    def __init__(
        self,
        item: Item,
        headers: Sequence[str],
        contents: Sequence[Content],
        guesses: Sequence[Guess],
    ) -> None:
        self._item, self._headers, self._contents = item, headers, contents
        self._fields = [item.field(guess.field) if guess.field else None for guess in guesses]
        self.wrong = [
            column for column in range(len(headers)) if self._fit(column, column, 1.0) <= UNLIKELY
        ]

    def _fit(self, column: int, as_column: int, unknown: float) -> float:
        """Share of the values of `column` that fit the field of `as_column`."""
        field = self._fields[as_column] if 0 <= as_column < len(self._fields) else None
        share = self._contents[column].fits(field) if field is not None else None
        return unknown if share is None else share

    def swapped(self, left: int, right: int) -> bool:
        return self._fit(left, right, 0.0) >= LIKELY and self._fit(right, left, 0.0) >= LIKELY

    def conclusive(self, column: int) -> bool:
        """Whether enough contradicts a header: one odd cell is a fault of its own."""
        return len(self._contents[column].values) >= FEWEST_VALUES

    def swap_question(self, left: int, right: int) -> Question:
        a, b = self._headers[left], self._headers[right]
        x, y = self._shown(left), self._shown(right)
        return Question(
            kind="swapped",
            columns=(a, b),
            message_zh=f"“{a}”列的内容（如“{x}”）像是“{b}”，“{b}”列的内容（如“{y}”）像是“{a}”，"
            "两列很可能填反了。请确认是否对调；确认前不会导入。",
            message_en=f"The values of “{a}” (such as “{x}”) look like “{b}”, and those of “{b}” "
            f"(such as “{y}”) like “{a}”: the two columns were probably swapped. Confirm the swap; "
            "nothing is imported before.",
            proposal={a: self._name(right), b: self._name(left)},
            fields=(self._name(left), self._name(right)),
        )

    def contradiction(self, column: int) -> Question:
        header, field = self._headers[column], self._fields[column]
        label = field.label if field else ""
        return Question(
            kind="contradiction",
            columns=(header,),
            message_zh=f"“{header}”列按列名应为“{label}”，但内容（如“{self._shown(column)}”）不像。"
            "请核对该列是否错位，并确认它对应哪个字段；确认前不会导入。",
            message_en=f"By its name column “{header}” is “{field.label_en if field else ''}”, but "
            f"its values (such as “{self._shown(column)}”) do not look like it. Check the column "
            "and say which field it is; nothing is imported before.",
            proposal=None,
            fields=(self._name(column),),
        )

    def _name(self, column: int) -> str:
        field = self._fields[column]
        return field.name if field else ""

    def _shown(self, column: int) -> str:
        """An example from a column; never a person's."""
        from chengxin.engine.rules.wording import shown

        field = self._fields[column]
        # What stands under a name column may be a person's name, whatever the row is about.
        hidden = field is not None and (field.personal or field.name == "subject_name")
        return shown(self._contents[column].example, hidden=hidden)
