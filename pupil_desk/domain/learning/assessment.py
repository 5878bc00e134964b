"""Assessments: results, targets and estimates. An entry is never overwritten: a later one becomes the current one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - an attribute below is called «date», as the files call it

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item

_RESULT = Facts(Section.ASSESSMENTS, Category.ASSESSMENTS, Purpose.PROGRESS, Basis.PUBLIC_TASK)
TARGET, ESTIMATE, RESULT = "T", "E", "R"
type Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One entry. ``year`` is the year in which the school year ends. ``corrects`` is the entry that this one puts right.

    ``published_on`` is the day before which an exam result is not told to the family (Data Protection Act 2018,
    schedule 2, paragraph 25).
    """

    id: str = ""
    pupil_id: str = ""
    corrects: str | None = None
    stage: str = item(_("Stage"), Kind.CODE, codes="assessment_stage", facts=_RESULT, required=True, heads=("key stage",))
    subject: str = item(
        _("Subject"),
        Kind.TEXT,
        facts=_RESULT,
        required=True,
        longest=100,
        hint=_("A code or a name: MAT, Maths; for a unit award, its title"),
    )
    method: str = item(_("Method"), Kind.CODE, codes="assessment_method", facts=_RESULT, required=True)
    result: str = item(_("Result"), Kind.TEXT, facts=_RESULT, required=True, longest=20, heads=("grade", "score"))
    component: str | None = item(
        _("Component"), Kind.TEXT, facts=_RESULT, longest=60, hint=_("Such as GCSE, FS L1, UNIT, or the name of a scale of your own")
    )
    year: int | None = item(_("School year"), Kind.NUMBER, facts=_RESULT, hint=_("The year in which it ends; empty takes it from the date"))
    date: Day | None = item(_("Date"), Kind.DATE, facts=_RESULT, heads=("result date", "assessment date"))
    status: str = item(_("Kind of entry"), Kind.CODE, codes="assessment_status", facts=_RESULT, default=RESULT, heads=("result status",))
    qualifier: str | None = item(_("Qualifier"), Kind.CODE, codes="assessment_qualifier", facts=_RESULT, heads=("result qualifier",))
    published_on: Day | None = item(
        _("Not told to the family before"), Kind.DATE, facts=_RESULT, hint=_("For an exam result that is not published yet")
    )

    @property
    def key(self) -> Key:
        """What a later entry must share to take this one's place."""
        return (self.pupil_id, self.stage, fold(self.subject), self.method, fold(self.component or ""), self.status)

    def embargoed(self, day: Day) -> bool:
        """Whether the result is not to be told to the family yet on a day."""
        return self.published_on is not None and day < self.published_on

    @property
    def subject_label(self) -> str:
        """The subject in words."""
        return codelist("assessment_subject").label_of(self.subject)

    @property
    def component_label(self) -> str:
        """The component in words; an empty text for the subject as a whole."""
        return "" if self.component in (None, "SUB") else codelist("assessment_component").label_of(self.component)

    @property
    def title(self) -> str:
        """«Mathematics, GCSE»."""
        return ", ".join(part for part in (self.subject_label, self.component_label) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A scale of the unit's own, for baselines and the like: an assessment whose component has its name takes its values."""

    name: str
    values: tuple[str, ...]

    def find(self, text: str) -> str | None:
        """The value that a text means, in the scale's own spelling."""
        folded = fold(text)
        return next((value for value in self.values if fold(value) == folded), None)


def school_year_end(day: Day) -> int:
    """The year in which the school year of a day ends; it begins on 1 September."""
    return day.year + (day.month >= 9)


def current_of(entries: Iterable[Assessment]) -> list[Assessment]:
    """The entries that count now, of those given in the order of recording and neither corrected nor withdrawn.

    Of one pupil, stage, subject, method, component and kind of entry, the latest dated one; of one day, the last recorded.
    """
    latest: dict[Key, Assessment] = {}
    for entry in entries:
        earlier = latest.get(entry.key)
        if earlier is None or _when(entry) >= _when(earlier):
            latest[entry.key] = entry
    return list(latest.values())


def _when(entry: Assessment) -> tuple[int, Day]:
    """The school year and the date; an entry with the year alone comes before those dated in it."""
    if entry.date is not None:
        return school_year_end(entry.date), entry.date
    return entry.year or 0, Day.min
