"""The check of an assessment: the sets of results allowed for it, and when it can have been (domain reference, 5.2 and 5.3).

A subject or a component that we do not know only warns; a result outside its set is refused.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday
from pupil_desk.basics.text import fold
from pupil_desk.basics.valuesets import ValueSet, valuesets
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.learning.assessment import Assessment, Scale, school_year_end

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
    stops = (*_when(entry, dob, today), *_result(entry, scales))
    return stops or (*_unknown(entry, scales), *_odd_year(entry, dob))


def _when(entry: Assessment, dob: date, today: date) -> tuple[Problem, ...]:
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
        words = _("This is a test: choose «test or task» as the method.")
        return (Problem("method", "unknown_code", words),)
    words = _("The result is not one of those allowed here: {sets}. Correct it, or the stage, subject or method.")
    return (Problem("result", "unknown_code", words.format(sets=_(" or ").join(value_set.label for value_set in sets))),)


def _unknown(entry: Assessment, scales: Scales) -> tuple[Problem, ...]:
    problems = []
    if entry.component != _UNIT_AWARD and codelist("assessment_subject").get(entry.subject) is None:
        problems.append(Problem("subject", "unknown_subject", _("The subject is not one we know. It is kept as it is."), "warning"))
    if entry.component and fold(entry.component) not in scales and codelist("assessment_component").get(entry.component) is None:
        problems.append(
            Problem(
                "component",
                "unknown_component",
                _("The component is not one we know, nor a scale of your own. It is kept as it is."),
                "warning",
            )
        )
    return tuple(problems)


def _odd_year(entry: Assessment, dob: date) -> tuple[Problem, ...]:
    if entry.year is None or entry.stage not in _AGES:
        return ()
    first, last = (school_year_end(dob) + age for age in _AGES[entry.stage])
    if first - 2 <= entry.year <= last + 2:
        return ()
    words = _("A pupil of this age is in {stage} in the school years that end in {years}. Check the stage and the year.")
    years = join_words([str(year) for year in range(first, last + 1)])
    message = words.format(stage=codelist("assessment_stage").label_of(entry.stage), years=years)
    return (Problem("year", "odd_year", message, "warning"),)
