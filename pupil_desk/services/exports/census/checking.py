"""What the census would find wrong with a pupil's record: the rules of «Check records» that it needs, and those that only it has."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.files.csv_table import machine_refuses
from pupil_desk.domain.care.needs import NO_NEED, TYPE_BESIDE_NO_NEED
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.identifiers import BadIdentifier, read_upn
from pupil_desk.domain.pupils.placement import check_placement
from pupil_desk.domain.suspensions.suspension import LUNCHTIME
from pupil_desk.services.exports.census.case import SUBSIDIARY, CensusCase
from pupil_desk.services.exports.census.rows import RefusedValue
from pupil_desk.services.exports.export import ExportRow, Problem
from pupil_desk.services.formats.census import CensusSheet
from pupil_desk.services.quality.rule import Gap


def blocking_problems(case: CensusCase, rows: Sequence[ExportRow], sheets: Sequence[CensusSheet]) -> list[Problem]:
    """Why no row of the pupil can be taken: no UPN or a wrong one (1510), no day on which the stay began, or a text that a program would misread."""
    pupil = case.pupil
    if not pupil.upn:
        return [Problem(pupil, "pupil.upn", _("There is no UPN, by which the census names a pupil."), stops=True)]
    try:
        read_upn(pupil.upn)
    except BadIdentifier:
        return [
            Problem(
                pupil, "pupil.upn", _("The UPN cannot be right: its form, or its first letter (1510). Ask the school before."), stops=True
            )
        ]
    if case.is_on_roll and case.stay.start_date is None:
        words = _("The starting day is not known, so neither is whether the pupil was on roll on the day. Enter it in the stay.")
        return [Problem(pupil, "enrolment.start_date", words, stops=True)]
    problems: dict[str, Problem] = {}
    for row in rows:
        for column, cell in zip(sheets[row.sheet].columns, row.cells, strict=True):
            if isinstance(cell, str) and column.items and (reason := machine_refuses(cell)):
                problems.setdefault(column.items[0], Problem(pupil, column.items[0], _labelled(column.items[0], reason), stops=True))
    return list(problems.values())


def warned(case: CensusCase, known_gaps: Iterable[Gap], refused_values: Sequence[RefusedValue], expected: int) -> list[Problem]:
    """What to look at before it is keyed, each once; the rows go all the same.

    ``known_gaps`` is what «Check records» finds today that the census needs, ``expected`` the number of sessions that should be marked.
    """
    problems: dict[tuple[str, str], Problem] = {}
    for problem in (
        *_values(case, refused_values),
        *_stay(case),
        *_needs(case),
        *_decisions(case),
        *_provision(case),
        *_sessions(case, expected),
        *_gap_problems(case, known_gaps),
    ):
        problems.setdefault((problem.item, problem.words), problem)
    return list(problems.values())


def _labelled(item: str, words: str) -> str:
    return _("{label}: {words}").format(label=item_at(item).label, words=words)


def _values(case: CensusCase, refused_values: Sequence[RefusedValue]) -> Iterator[Problem]:
    for refused_value in refused_values:
        item = refused_value.column.items[0]
        if item == "pupil.uln":
            yield Problem(case.pupil, item, _("The ULN cannot be right (1575), so the column stays empty. Ask for it anew."))
        else:
            words = _("The census does not take {value} here, so the column stays empty. Correct it.")
            yield Problem(case.pupil, item, _labelled(item, words.format(value=refused_value.value)))


def _stay(case: CensusCase) -> Iterator[Problem]:
    stay = case.stay
    if case.is_on_roll and stay.status == "C" and stay.main_school:
        words = _(
            "Registered here alone (C), and a main school is named. If {school} has the pupil on its roll, it is S here and M there: two of C for one UPN are a duplicate."
        )
        yield Problem(case.pupil, "enrolment.status", words.format(school=stay.main_school))
    if case.is_on_roll and stay.status == "M":
        words = _("Registered here as the main school (M). The other school must send S: two of M for one UPN are a duplicate.")
        yield Problem(case.pupil, "enrolment.status", words)
    if not case.is_on_roll and not case.pupil.sex:
        yield Problem(case.pupil, "pupil.sex", _("Sex is missing, and the census asks it of leavers too."))


def _needs(case: CensusCase) -> Iterator[Problem]:
    if case.is_on_roll and case.sen_on(case.census.day) is None and case.pupil.sen_provision:
        words = _("No SEN provision is on file for {day}. Enter from when it lasts.")
        yield Problem(case.pupil, "sen_period.start_date", words.format(day=show_date(case.census.day)))
    if case.is_on_roll and case.needs and case.sen_on(case.census.day) == NO_NEED:
        yield Problem(case.pupil, "sen_need.need", TYPE_BESIDE_NO_NEED)
    if case.is_on_roll and any(period.start_date is None for period in case.meals):
        yield Problem(
            case.pupil, "care_period.start_date", _("Free school meals without a first day. Ask the authority from when they were granted.")
        )


def _provision(case: CensusCase) -> Iterator[Problem]:
    """What is asked of a unit's own pupils: how the stay began, and the places that it arranges elsewhere."""
    stay = case.stay
    if case.is_on_roll and not stay.entry_reason:
        yield Problem(
            case.pupil, "enrolment.entry_reason", _("Why the pupil came is missing, and the census asks it of a unit’s own pupils.")
        )
    if case.is_on_roll and not stay.last_school_urn:
        words = _("The URN of the school before is missing. Look it up in the department’s register of schools.")
        if case.pupil.previous_school:
            words = _("The URN of the school before is missing. Look up {school} in the department’s register of schools.").format(
                school=case.pupil.previous_school
            )
        yield Problem(case.pupil, "enrolment.last_school_urn", words)
    if case.is_on_roll and stay.part_time is None:
        yield Problem(case.pupil, "enrolment.part_time", _("Whether the pupil is part-time or full-time is missing."))
    if stay.status == SUBSIDIARY and case.file.placements:
        words = _("Registered here as the second school (S): the main school returns places arranged elsewhere. They are not told.")
        yield Problem(case.pupil, "placement.provider", words)
    for place in case.placements:
        for problem in check_placement(place):
            yield Problem(case.pupil, f"placement.{problem.column}", problem.message)
        if not (place.reason and place.sessions_per_week and place.pattern):
            words = _(
                "Of the place at {provider} the census asks reason, sessions a week, and full-time or part-time. Enter what is missing."
            )
            yield Problem(case.pupil, "placement.reason", words.format(provider=place.provider))


def _decisions(case: CensusCase) -> Iterator[Problem]:
    not_lunchtime = [decision for decision in case.decisions if decision.suspension.category != LUNCHTIME]
    for decision, other_decision in combinations(not_lunchtime, 2):
        if set(decision.halves) & set(other_decision.halves):
            words = _("Two suspensions cover the same session: those of {first} and {second}. Correct one of the two.")
            sentence = words.format(first=show_date(decision.suspension.start), second=show_date(other_decision.suspension.start))
            yield Problem(case.pupil, "suspension.sessions", sentence)
    left_on = case.stay.end_date
    for decision in case.decisions:
        if left_on and not decision.suspension.permanent and decision.halves and decision.halves[-1][0] > left_on:
            words = _("The suspension of {day} ends after the leaving day. Correct one of the two.")
            yield Problem(case.pupil, "suspension.sessions", words.format(day=show_date(decision.suspension.start)))


def _sessions(case: CensusCase, expected: int) -> Iterator[Problem]:
    marked = sum(marks.all for marks in case.marks)
    since, until = case.census.told
    days = {"since": show_date(since), "until": show_date(until)}
    if expected > marked:
        missing = count_of(expected - marked, _("session"), _("sessions"))
        words = _("{sessions} from {since} to {until} not marked. A session without a mark is no attendance: mark it.")
        yield Problem(case.pupil, "mark.code", words.format(sessions=missing, **days))
    if not sum(marks.possible for marks in case.marks) and any(stay.on_roll(*case.census.told) for stay in case.file.stays):
        words = _("No possible session from {since} to {until} (2502Q). Be ready to say why.")
        yield Problem(case.pupil, "mark.code", words.format(**days))


def _gap_problems(case: CensusCase, known_gaps: Iterable[Gap]) -> Iterator[Problem]:
    for gap in known_gaps:
        yield Problem(case.pupil, f"{gap.kind}.{gap.item}", gap.words)
