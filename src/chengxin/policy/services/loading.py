"""Read the rulebook from its folder: whole and faultless, or not at all."""

from pathlib import Path

from chengxin.policy.errors import RulebookFault
from chengxin.policy.reading.layout import all_files, edition_of
from chengxin.policy.reading.proposals import read_proposals
from chengxin.policy.reading.whole import faults_of, read_rulebook
from chengxin.policy.values import Proposal, Rulebook


def load_rulebook(root: Path) -> Rulebook:
    """The rulebook in the folder `root`, compiled afresh.

    Raises: `RulebookMissing` if there is none; `RulebookRefused` with every fault found.
    """
    return read_rulebook(root)


def edition_in(root: Path) -> str:
    """The edition of the files in `root`, read by nobody: they may have faults."""
    return edition_of(all_files(root))


def check_rulebook(root: Path) -> list[RulebookFault]:
    """Every fault of the rulebook files, by file and line. Raises: `RulebookMissing`.

    What the catalogue refuses is not here: see `catalogue.queries.check_items`.
    """
    return faults_of(root)


def load_traps(root: Path) -> tuple[Proposal, ...]:
    """The trap items 陷阱事项 the gate has to refuse. Raises: `RulebookRefused`."""
    return read_proposals(root, "traps")


def load_harmless(root: Path) -> tuple[Proposal, ...]:
    """Items that look like traps and are not 无害事项. Raises: `RulebookRefused`."""
    return read_proposals(root, "harmless")
