"""A main or commissioning school: known by its DfE number, with whom one speaks there.

What it is called stands in the unit's own list (``told_schools``, by ``domain.unit.school_name``), from which the notice names it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_fact = partial(item, facts=Facts(Section.PEOPLE, Category.STAFF, Purpose.LEARNING, Basis.PUBLIC_TASK))


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """One school by its DfE number. The people are members of its staff, no pupil's family."""

    id: str = ""
    number: str = _fact(_("DfE number"), Kind.SCHOOL, required=True, hint=_("Such as 919/4001"))
    contact: str | None = _fact(_("Whom to ask about attendance"), Kind.NAME)
    contact_phone: str | None = _fact(_("Telephone for attendance"), Kind.PHONE)
    contact_email: str | None = _fact(_("E-mail for attendance"), Kind.EMAIL, hint=_("The week’s file goes to this address"))
    lead: str | None = _fact(_("Designated safeguarding lead"), Kind.NAME)
    lead_phone: str | None = _fact(_("Telephone of the lead"), Kind.PHONE)
    lead_email: str | None = _fact(_("E-mail of the lead"), Kind.EMAIL)
    finance: str | None = _fact(_("Who pays the charges"), Kind.NAME)
    finance_email: str | None = _fact(_("E-mail for charges"), Kind.EMAIL)
    note: str | None = _fact(_("Note on the school"), Kind.LINES, hint=_("Nothing about a pupil: that belongs in the pupil’s record"))

    @property
    def whom_to_ask(self) -> str:
        """Whom to ask about attendance, with telephone and e-mail: «Ms Okafor, 01632 960401, okafor@hill.example»; empty where nothing is entered."""
        return ", ".join(filter(None, (self.contact, self.contact_phone, self.contact_email)))


@gathered
def check_school_contacts(school: School) -> Iterator[Problem]:
    """The rule across its items: where the week's file goes there is somebody to take it."""
    if school.contact_email and not school.contact:
        yield Problem.warning("contact", "nobody_named", _("Name who reads this e-mail: the week’s file is for that person."))
