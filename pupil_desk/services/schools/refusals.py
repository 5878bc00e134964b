"""Why nothing may be told to a main or commissioning school: asked before an export is chosen, so nothing of the exports is known here."""

from pupil_desk.basics.words import _
from pupil_desk.domain.unit.school_name import school_named, schools_by_number
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import WHAT_TO_DO


def not_named(desk: Desk, number: str) -> str:
    """Why nothing may be told to a school, by its number: a sentence that says what to do; empty for one that the notice names."""
    return refusal_of(number, desk.settings.told_schools)


def refusal_of(number: str, told_schools: str | None) -> str:
    """The same by the list of the settings."""
    if number in schools_by_number(told_schools):
        return ""
    return _("The privacy notice of this unit does not name {school} among the {kind}. Nothing is told to it. {what_to_do}").format(
        school=school_named(number, None).replace(_("The school"), _("the school")),
        kind=_("main and commissioning schools"),
        what_to_do=WHAT_TO_DO,
    )
