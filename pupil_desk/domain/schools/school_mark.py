"""What a school's own register says of a pupil whom it shares with the unit, as it was read from the school's file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.register.attendance import CODES, Session

_MARK = Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LAW, Basis.PUBLIC_TASK, retention="register")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolMark:
    """The mark of one session in a school's register. The latest file read that says another one counts."""

    id: str = ""
    pupil_id: str = ""
    school: str = item(_("School that keeps the register"), Kind.SCHOOL, facts=_MARK, required=True, hint=_("DfE number, such as 919/4001"))
    day: date = item(_("Day of the mark"), Kind.DATE, facts=_MARK, required=True, heads=("date", "mark date", "attendance date"))
    session: Session = item(
        _("Session of the mark"), Kind.CODE, codes="session", facts=_MARK, required=True, heads=("session", "am/pm", "am pm")
    )
    code: str = item(
        _("The school’s code"), Kind.CODE, codes=CODES, facts=_MARK, required=True, dated=True, heads=("code", "mark", "attendance mark")
    )

    @property
    def key(self) -> tuple[str, date, Session]:
        """What it is a mark of, within the pupil's: the school, the day and the session."""
        return self.school, self.day, self.session


@gathered
def check_school_mark(mark: SchoolMark) -> Iterator[Problem]:
    """The code is one of that day."""
    code = codelist(CODES).get(mark.code)
    if code is None or not code.valid_on(mark.day):
        yield Problem("code", "retired_code", _("This code was not in use on that day. Ask the school for the right one."))
