"""Learning after 14: qualifications, courses, awards and work experience, with their results."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item

QUALIFICATION = "qualification"
_LEARNING = Facts(Section.LEARNING, Category.POST_14, Purpose.PROGRESS, Basis.PUBLIC_TASK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One piece of learning of one pupil. ``level`` is as the awarding body says it: «Level 2», «Entry 3», «Bronze»."""

    id: str = ""
    pupil_id: str = ""
    kind: str = item(_("Kind of learning"), Kind.CODE, codes="learning_kind", facts=_LEARNING, required=True)
    title: str = item(_("Title"), Kind.TEXT, facts=_LEARNING, required=True, heads=("course title", "qualification title", "course"))
    awarding_body: str | None = item(_("Awarding body"), Kind.NAME, facts=_LEARNING, heads=("awarding organisation", "exam board"))
    level: str | None = item(_("Level"), Kind.NAME, facts=_LEARNING, hint=_("Such as Level 2, or Entry 3"))
    start: date | None = item(_("Began on"), Kind.DATE, facts=_LEARNING, heads=("start date", "learning start date"))
    end: date | None = item(_("Ended on"), Kind.DATE, facts=_LEARNING, heads=("end date", "learning end date"))
    result: str | None = item(_("Result"), Kind.NAME, facts=_LEARNING, heads=("grade", "outcome"))
    result_date: date | None = item(_("Day of the result"), Kind.DATE, facts=_LEARNING, heads=("result date",))
    qualification_number: str | None = item(
        _("Qualification number"),
        Kind.NAME,
        facts=_LEARNING,
        longest=20,
        heads=("qan", "qualification accreditation number"),
        hint=_("Such as 603/5213/4"),
    )
