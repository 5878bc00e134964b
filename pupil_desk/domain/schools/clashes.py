"""Where two registers of one pupil contradict each other: the unit's own, and that of a main or commissioning school.

Source: the table of dual registration (domain reference, 6.4), by the attendance guidance: where a pupil is expected a real code stands, at
the other place D. So D at both, or a real code at both, is a mistake of one of the two, and so is a session for which nobody answers. Sure: medium;
that B and K at one place and an absence at the other contradict each other is our reading: both count as attended.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.domain.register.attendance import AUTHORISED, CLOSED, CODES, DUAL, ELSEWHERE, UNAUTHORISED, UNSETTLED, Session, codes_of

type Register = Mapping[tuple[date, Session], str]
"""The codes of one pupil in one register, by session."""


class ClashKind(StrEnum):
    """In what two registers contradict each other; the values are those of the code list."""

    BOTH_DUAL = "both-d"
    BOTH_PRESENT = "both-present"
    PRESENT_AND_ABSENT = "present-and-absent"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Clash:
    """One session of which two registers do not agree. A code is empty where that register has no mark."""

    kind: ClashKind
    day: date
    session: Session
    our_code: str
    their_code: str

    @property
    def label(self) -> str:
        """What it is, in words."""
        return codelist("register_clash").label_of(self.kind)


_NOBODY_ANSWERS = frozenset({ClashKind.BOTH_DUAL, ClashKind.UNEXPLAINED})
"""Those that say that nobody answers for the pupil: none where another school does."""
_ACCOMPANIED = frozenset({"P", "V", "W"})
"""Of the codes of attendance elsewhere those of an activity that the school itself arranges or accompanies."""
_NOT_EXPECTED = frozenset({"", "X", "Z"})
"""No mark, or one that says that this register does not expect the pupil."""


@by_rules
def _present_codes() -> frozenset[str]:
    """Those by which a register says that the pupil is with its own school, in time or late."""
    return frozenset(code.code for code in codelist(CODES).codes.values() if code.is_on_site) | _ACCOMPANIED


@by_rules
def _absent_codes() -> frozenset[str]:
    return codes_of(AUTHORISED, UNAUTHORISED) - _present_codes()


def clash_kind(our_code: str, their_code: str) -> ClashKind | None:
    """In what two codes of one session contradict each other; None where they agree. Which of them is whose makes no difference."""
    codes = {our_code, their_code}
    if codes == {DUAL}:
        return ClashKind.BOTH_DUAL
    if codes <= _present_codes():
        return ClashKind.BOTH_PRESENT
    attended = _present_codes() | codes_of(ELSEWHERE)
    if codes & attended:
        return ClashKind.PRESENT_AND_ABSENT if codes & _absent_codes() else None
    other_codes = codes - {UNSETTLED}
    if UNSETTLED in codes:
        return ClashKind.UNEXPLAINED if other_codes <= {DUAL, CLOSED, *_NOT_EXPECTED} else None
    return ClashKind.UNEXPLAINED if DUAL in codes and codes - {DUAL} <= {CLOSED, *_NOT_EXPECTED} else None


def clashes_of(
    our_register: Register, their_register: Register, days: Collection[date], answered_elsewhere: Collection[tuple[date, Session]] = ()
) -> Iterator[Clash]:
    """The clashes of one pupil on these days, in their order: those of which the school's register was read and on which the pupil is its own.

    ``answered_elsewhere`` are the sessions of which another school is told and this one is not, as where two share a day: there the other one answers."""
    for day in sorted(days):
        for session in Session:
            our_code, their_code = our_register.get((day, session), ""), their_register.get((day, session), "")
            kind = clash_kind(our_code, their_code)
            if kind is not None and not (kind in _NOBODY_ANSWERS and (day, session) in answered_elsewhere):
                yield Clash(kind, day, session, our_code, their_code)
