"""Assessments: results, targets and estimates. An entry is never overwritten: a later one becomes the current one.

The check of an assessment: the sets of results allowed for it, and when it can have been (domain reference, 5.2 and 5.3).

A subject or a component that we do not know only warns; a result outside its set is refused.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from datetime import date as Day  # noqa: N812 - an attribute below is called «date», as the files call it
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday
from pupil_desk.basics.text import fold
from pupil_desk.basics.valuesets import ValueSet, valuesets
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

_of_result = partial(item, facts=Facts(Section.ASSESSMENTS, Category.ASSESSMENTS, Purpose.PROGRESS, Basis.PUBLIC_TASK))
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
    stage: str = _of_result(_("Stage"), Kind.CODE, codes="assessment_stage", required=True, heads=("key stage",))
    subject: str = _of_result(
        _("Subject"), Kind.TEXT, required=True, longest=100, hint=_("A code or a name: MAT, Maths; for a unit award, its title")
    )
    method: str = _of_result(_("Method"), Kind.CODE, codes="assessment_method", required=True)
    result: str = _of_result(_("Result"), Kind.TEXT, required=True, longest=20, heads=("grade", "score"))
    component: str | None = _of_result(
        _("Component"), Kind.TEXT, longest=60, hint=_("Such as GCSE, FS L1, UNIT, or the name of a scale of your own")
    )
    year: int | None = _of_result(_("School year"), Kind.NUMBER, hint=_("The year in which it ends; empty takes it from the date"))
    date: Day | None = _of_result(_("Date"), Kind.DATE, heads=("result date", "assessment date"))
    status: str = _of_result(_("Kind of entry"), Kind.CODE, codes="assessment_status", default=RESULT, heads=("result status",))
    qualifier: str | None = _of_result(_("Qualifier"), Kind.CODE, codes="assessment_qualifier", heads=("result qualifier",))
    published_on: Day | None = _of_result(
        _("Not told to the family before"), Kind.DATE, hint=_("For an exam result that is not published yet")
    )
    locale: str | None = _of_result(_("Country"), Kind.TEXT, longest=20, hint=_("Whose curriculum: ENG, WLS; empty is England"))

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


type Scales = Mapping[str, Scale]
"""The unit's own scales by their folded names."""

_AGES = {"FSP": (5, 5), "KS1": (6, 7), "KS2": (8, 11), "KS3": (12, 14), "KS4": (15, 16)}
"""Of each stage, the ages that a pupil's first and last class in it reach in its school year."""
_YOUNGEST = 4  # nobody is assessed before
_UNIT_AWARD = "UNIT"
_MANY_STEPS = 12  # of a scale: more are told by the first and the last


def scales_by_name(scales: list[Scale]) -> Scales:
    """The scales as the check looks them up."""
    return {fold(scale.name): scale for scale in scales}


def settled(entry: Assessment, scales: Scales) -> Assessment:
    """The entry in the words of the lists: MAT for Maths, GCSE for gcse, PK5 for pk5, the year taken from the date."""
    subject, component = _coded("assessment_subject", entry.subject), entry.component
    if component is not None:
        scale = scales.get(fold(component))
        component = scale.name if scale else _coded("assessment_component", component)
    year = entry.year or (school_year_end(entry.date) if entry.date else None)
    entry = dataclasses.replace(entry, subject=subject, component=component, year=year)
    return dataclasses.replace(entry, result=_allowed_value(entry, scales) or entry.result)


def _coded(name: str, text: str) -> str:
    code = codelist(name).match(text)
    return code.code if code else text


def allowed(entry: Assessment, scales: Scales) -> tuple[ValueSet, ...] | None:
    """The sets that count for an entry; None where nothing is laid down, and any result is kept."""
    scale = scales.get(fold(entry.component or ""))
    if scale is not None:
        return (ValueSet(scale.name, ", ".join(scale.values), "high", scale.values),)
    facts = {"stage": entry.stage, "subject": entry.subject, "method": entry.method, "component": entry.component or ""}
    return valuesets("results", "allowed.toml").sets_for(facts, entry.qualifier or "", _day(entry))


def meaning(entry: Assessment, scales: Scales) -> tuple[str, str] | None:
    """What a result counts on, as a family is told it: the name of the scale, and what its values mean. None where nothing is laid down."""
    scale = scales.get(fold(entry.component or ""))
    if scale is not None:
        steps = (
            _("{first} to {last}").format(first=scale.values[0], last=scale.values[-1])
            if len(scale.values) > _MANY_STEPS
            else ", ".join(scale.values)
        )
        return scale.name, _("a scale of our own. Its steps, in our order: {steps}").format(steps=steps)
    match = next((value_set for value_set in allowed(entry, scales) or () if value_set.find(entry.result) is not None), None)
    return (match.title, match.meaning) if match is not None else None


def _day(entry: Assessment) -> date:
    if entry.date is not None:
        return entry.date
    return date(entry.year, 6, 30) if entry.year and 1900 <= entry.year < 2200 else date.max


def _allowed_value(entry: Assessment, scales: Scales) -> str | None:
    sets = allowed(entry, scales)
    if sets is None:
        return entry.result
    return next((value for value_set in sets if (value := value_set.find(entry.result)) is not None), None)


def check_assessment(entry: Assessment, dob: date, today: date, scales: Scales) -> tuple[Problem, ...]:
    """What is wrong with a settled entry of a pupil born on ``dob``; warnings only where nothing stops it."""
    stops = (*_on_day(entry, dob, today), *_result(entry, scales))
    return stops or (*_unknown(entry, scales), *_odd_year(entry, dob))


def _on_day(entry: Assessment, dob: date, today: date) -> tuple[Problem, ...]:
    if entry.date is not None and entry.date > today:
        return (
            Problem(
                "date", "future_date", _("The date lies in the future. Enter the day of the test, or the day on which the target was set.")
            ),
        )
    if entry.date is not None and entry.date < birthday(dob, _YOUNGEST):
        return (Problem("date", "bad_date", _("The date is before the pupil’s 4th birthday. Check the year.")),)
    return ()


def _result(entry: Assessment, scales: Scales) -> tuple[Problem, ...]:
    sets = allowed(entry, scales)
    if sets is None or any(value_set.find(entry.result) is not None for value_set in sets):
        return ()
    if not sets:
        words = _("This is a test: choose “test or task” as the method.")
        return (Problem("method", "unknown_code", words),)
    words = _("The result is not one of those allowed here: {sets}. Correct it, or the stage, subject or method.")
    return (Problem("result", "unknown_code", words.format(sets=_(" or ").join(value_set.label for value_set in sets))),)


@gathered
def _unknown(entry: Assessment, scales: Scales) -> Iterator[Problem]:
    if entry.component != _UNIT_AWARD and codelist("assessment_subject").get(entry.subject) is None:
        yield Problem.warning("subject", "unknown_subject", _("The subject is not one we know. It is kept as it is."))
    if entry.component and fold(entry.component) not in scales and codelist("assessment_component").get(entry.component) is None:
        yield Problem.warning(
            "component", "unknown_component", _("The component is not one we know, nor a scale of your own. It is kept as it is.")
        )


def _odd_year(entry: Assessment, dob: date) -> tuple[Problem, ...]:
    if entry.year is None or entry.stage not in _AGES:
        return ()
    first, last = (school_year_end(dob) + age for age in _AGES[entry.stage])
    if first - 2 <= entry.year <= last + 2:
        return ()
    words = _("A pupil of this age is in {stage} in the school years that end in {years}. Check the stage and the year.")
    years = join_words([str(year) for year in range(first, last + 1)])
    message = words.format(stage=codelist("assessment_stage").label_of(entry.stage), years=years)
    return (Problem.warning("year", "odd_year", message),)
