"""What a code tells of the kind of subject 主体类型."""

from chengxin.subjects.values import SubjectKind

# USCC: law firms, notaries and the like are no legal persons.
UNINCORPORATED_PREFIXES = ("31", "32", "33")


def kind_of_code(code: str) -> SubjectKind:
    """Legal person, unincorporated or sole trader, as far as a USCC's first two characters tell.

    Law: GB 32100-2015. 92 is a sole trader; law firms, notaries and the like (31–33) and farmers'
    cooperatives' branches are told apart only by the registry, which overrules this.
    """
    if code.startswith("92"):
        return SubjectKind.SOLE_TRADER
    if code.startswith(UNINCORPORATED_PREFIXES):
        return SubjectKind.UNINCORPORATED
    return SubjectKind.LEGAL_PERSON
