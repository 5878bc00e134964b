"""The week for each main or commissioning school: its own pupils alone, in the sessions in which they are its own, a locked workbook for each.

Who may be told is the rule's word (``RulePart.MAIN_SCHOOL``), by the last day of the week on which the pupil was the school's; that the notice
names the school is asked school by school. Source: the register of recipients, «main-school», and the table of dual registration (domain
reference, 6.4): the schools of one pupil tell each other promptly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.schools.week import week_of
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL, register
from pupil_desk.domain.unit.school_name import school_named, schools_by_number
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.exports.export import (
    Ask,
    Export,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    ExportSheet,
    Format,
    LeftOut,
    Option,
    Period,
    Problem,
    Selection,
)
from pupil_desk.services.exports.judged import left_by_rule, left_protected
from pupil_desk.services.exports.layouts import xlsx_files
from pupil_desk.services.exports.several_recipients import AgreedPasswords, RecipientChoice
from pupil_desk.services.schools import schools, weeks
from pupil_desk.services.schools.others_named import WeekText, others_named
from pupil_desk.services.schools.refusals import refusal_of
from pupil_desk.services.schools.weeks import SchoolWeek
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.tables import schools as store

NAME = "school-week"
_WHO = (ExportColumn("upn", "pupil.upn"), ExportColumn("surname", "pupil.surname"), ExportColumn("forename", "pupil.forename"))
_SENTENCE = "in_a_sentence"
"""The column made of the others: of what else it tells, they tell."""
_SHEETS = (
    ExportSheet(
        "week",
        (
            *_WHO,
            ExportColumn("year_group", "pupil.year_group"),
            ExportColumn("sessions_possible", "mark.code"),
            ExportColumn("attended", "mark.code"),
            ExportColumn("absent_authorised", "mark.code"),
            ExportColumn("absent_unauthorised", "mark.code"),
            ExportColumn("times_late", "mark.code"),
            ExportColumn("minutes_late", "mark.minutes_late"),
            ExportColumn("incidents", "incident.kind", further=("incident.part",)),
            ExportColumn(_SENTENCE, "mark.code", further=("incident.kind", "incident.part", "target_review.standing")),
            ExportColumn("from_the_unit", "note.text"),
        ),
    ),
    ExportSheet(
        "marks",
        (
            *_WHO,
            ExportColumn("date", "mark.day"),
            ExportColumn("session", "mark.session"),
            ExportColumn("code", "mark.code"),
            ExportColumn("minutes_late", "mark.minutes_late"),
        ),
    ),
    ExportSheet(
        "incidents",
        (
            *_WHO,
            ExportColumn("date", "incident.day"),
            ExportColumn("kind", "incident.kind", further=("incident.part",)),
            ExportColumn("part", "incident.part"),
        ),
    ),
    ExportSheet(
        "targets",
        (
            *_WHO,
            ExportColumn("subject", "assessment.subject"),
            ExportColumn("target", "assessment.result"),
            ExportColumn("reviewed_on", "target_review.day"),
            ExportColumn("how_it_goes", "target_review.standing"),
            ExportColumn("found", "target_review.comment"),
        ),
    ),
)
_ITEMS = tuple(dict.fromkeys(item for sheet in _SHEETS for column in sheet.columns for item in column.items))


def part_of(school: str) -> str:
    """The part of the files' names for a school, by its DfE number: «919-4001»."""
    return school.replace("/", "-")


def recipient_name(desk: Desk, school: str) -> str:
    """What a school is called as a receiver: its name with its number."""
    return school_named(school, desk.settings.told_schools)


def _recipient_names(desk: Desk, _day: date) -> list[str]:
    return sorted(recipient_name(desk, number) for number in schools_by_number(desk.settings.told_schools))


def _contacts(desk: Desk) -> Mapping[str, str]:
    return {recipient_name(desk, number): words for number, words in schools.whom_to_ask(desk).items()}


def week_to(day: date) -> Period:
    """The week of a day, from its Monday up to that day."""
    return Period(week_of(day)[0], day)


def _select(desk: Desk, ask: Ask) -> Selection:
    period = ask.period or week_to(ask.day)
    selection, told_schools = Selection(_SHEETS), desk.settings.told_schools
    row_of = sharing.judge(desk, MAIN_SCHOOL, period.until) if schools_by_number(told_schools) else None
    only = None if ask.provider is None else fold(ask.provider)
    recipients: dict[str, tuple[str, str]] = {}  # the name, and why nothing is told
    for school_week in weeks.weeks(desk, period.since, period.until, ask.pupils):
        school = school_week.school
        if school not in recipients:
            recipients[school] = (school_named(school, told_schools), refusal_of(school, told_schools))
        name, refusal = recipients[school]
        if only not in (None, fold(name)):
            continue
        if refusal or row_of is None:
            in_short = _("a school that the privacy notice does not name")
            selection.left_out.append(LeftOut(school_week.pupil, refusal, in_short, part=part_of(school)))
            continue
        row = row_of(school_week.pupil.id, school_week.sessions[-1][0])
        if row is not None and _is_told(selection, school_week, row, name, ask):
            asked = others_named(desk, school_week.pupil, _texts(school_week))
            selection.problems.extend(Problem(school_week.pupil, item, words, asks=True) for item, words in asked)
    return selection


def _is_told(selection: Selection, school_week: SchoolWeek, row: PreviewRow, name: str, ask: Ask) -> bool:
    """Whether the school is told of a pupil, who stands in its file then, else among those left out of the file of that school alone."""
    left = left_by_rule(row) or left_protected(row, ask.confirm)
    if left is not None:
        selection.left_out.append(replace(left, part=part_of(school_week.school)))
    else:
        selection.exported.append(_exported_pupil(school_week, row, name))
    return left is None


def _texts(school_week: SchoolWeek) -> list[WeekText]:
    """The words of staff that go to the school."""
    notes = [("note.text", _("A note for the school"), text) for text in school_week.week.notes]
    return notes + [
        ("target_review.comment", _("What the review of {subject} found").format(subject=target.subject), target.review.comment or "")
        for target in school_week.week.targets
    ]


def _exported_pupil(school_week: SchoolWeek, row: PreviewRow, name: str) -> ExportedPupil:
    allowed = frozenset(row.decision.items)
    rows = [
        ExportRow(
            tuple(cell if allowed.issuperset(column.items) else None for column, cell in zip(_SHEETS[sheet].columns, cells, strict=True)),
            key,
            sheet,
        )
        for sheet, key, cells in _rows(school_week)
    ]
    filled_items = {
        item
        for export_row in rows
        for column, cell in zip(_SHEETS[export_row.sheet].columns, export_row.cells, strict=True)
        if cell is not None
        for item in (column.items if column.heading != _SENTENCE else (column.item,))
    }
    return ExportedPupil(
        row.pupil,
        row.decision.reason,
        tuple(item for item in _ITEMS if item in filled_items),
        rows,
        level=row.decision.level.value,
        decided_by=row.decision.decided_by,
        protections=row.protections,
        recipient=name,
        part=part_of(school_week.school),
    )


def _rows(school_week: SchoolWeek) -> Iterator[tuple[int, str, Sequence[Cell]]]:
    """The rows of one pupil: the number of the sheet, a key that tells a row from the pupil's others on it, and the cells."""
    pupil, week = school_week.pupil, school_week.week
    names, totals = (pupil.upn, pupil.surname, pupil.forename), week.totals
    counts = (totals.possible, totals.attended, totals.authorised, totals.unauthorised, week.late, week.minutes_late or None)
    words = (week.incidents_in_words or None, week.sentence, "\n".join(week.notes) or None)
    yield 0, "", (*names, pupil.year_group, *counts, *words)
    for mark in week.marks:
        yield 1, f"{mark.day} {mark.session}", (*names, mark.day, mark.session.value, mark.code, mark.minutes_late)
    for number, incident in enumerate(week.incidents, 1):
        kind, part = codelist("incident_kind").label_of(incident.kind), codelist("incident_part").label_of(incident.part)
        yield 2, f"{incident.day} {number}", (*names, incident.day, kind, part)
    for target in week.targets:
        standing = codelist("target_standing").label_of(target.review.standing)
        cells = (*names, target.subject, target.target, target.review.day, standing, target.review.comment)
        yield 3, target.review.assessment_id, cells


def _agreed(desk: Desk) -> Mapping[str, str]:
    return {part_of(number): password for number, password in store.passwords(desk.vault).items()}


def _keep_agreed(work: Work, passwords: Mapping[str, str]) -> None:
    for part, password in passwords.items():
        store.keep_password(work.desk.vault, part.replace("-", "/"), password, moment=work.stamp, actor=work.actor)


SCHOOL_WEEK = Export(
    name=NAME,
    title=_("Week for main and commissioning schools"),
    recipient_key=MAIN_SCHOOL,
    law=lambda: register()[MAIN_SCHOOL].law,
    basis=lambda: register()[MAIN_SCHOOL].basis,
    purpose=_("So that the school that stays responsible for a pupil knows how the week went."),
    items=_ITEMS,
    covers=_(
        "Pupils on roll who have a main or commissioning school that the notice names, in the sessions of the period in which they are its own; each school is told of its own alone."
    ),
    select=_select,
    layouts={Format.XLSX: xlsx_files},
    options=frozenset({Option.PERIOD, Option.PUPILS, Option.PROVIDER}),
    usual=week_to,
    usual_title=_("This week so far"),
    earlier_weeks=6,
    recipients=RecipientChoice(
        names=_recipient_names,
        label=_("For &which school"),
        all_of_them=_("Each school, a file of its own"),
        none=_(
            "The privacy notice names no main or commissioning school with its DfE number yet. Enter them in Settings, under Who else is told."
        ),
        unknown=_("The privacy notice names no such school with its DfE number. There are: {names}."),
        contacts=_contacts,
    ),
    agreed=AgreedPasswords(_agreed, _keep_agreed),
    locks_each_file=True,
    switch="records_schools",
)
