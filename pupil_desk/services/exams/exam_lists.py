"""Lists about the exams of several pupils: each day to come with rooms and what holds of extra time, and the entries of each series. That they were made is logged."""

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.documents.exams import exam_lists as layout
from pupil_desk.documents.exams.exam_lists import BASE, LYING, ExamChapter
from pupil_desk.documents.paper_of_pupils import PaperOfPupils
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.exams.exam import WITHDRAWN, ExamArrangement, ExamEntry
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams.recording import SWITCH, arrangement_words, paper_words, series_words, with_whether_entered
from pupil_desk.services.exams.results import first_day, last_day
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils

__all__ = ["BASE", "LYING", "by_day", "by_series"]

_EXTRA_25, _QUARTER = "extra-25", 1.25


def by_day(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """The exams of these pupils from today on, a table a day in order of time, the title, and the ids of those who sit them. Raises NotAllowed; WrongUse where there is none."""
    entries, people = _entries(desk, ids)
    to_come = [entry for entry in entries if entry.day is not None and entry.day >= desk.today]
    if not to_come:
        raise WrongUse(_("None of these pupils has an exam from today on with its day. Enter the day in the record, under Exams."))
    names, arrangements = cards.names_listed(people.values()), several.by_pupil(desk.vault, ExamArrangement)
    chapters = [
        ExamChapter(
            heading=show_date(day),
            rows=[
                _row_of_day(entry, names[entry.pupil_id], arrangements.get(entry.pupil_id, ()), day) for entry in _in_turn(of_day, names)
            ],
        )
        for day, of_day in sorted(grouped((entry.day, entry) for entry in to_come if entry.day).items())
    ]
    on_paper = _log(desk, people, to_come, "list of exams by day made")
    return PaperOfPupils(layout.days(chapters, cards.made_by(desk)), _("Exams by day"), on_paper)


def by_series(desk: Desk, ids: Collection[str]) -> PaperOfPupils:
    """The entries of these pupils in each series that is not over, a table for each board, the title, and the ids of those entered. Raises NotAllowed; WrongUse where there is none."""
    entries, people = _entries(desk, ids)
    current_entries = [entry for entry in entries if last_day(entry) >= desk.today]
    if not current_entries:
        raise WrongUse(_("None of these pupils has an entry in a series that is not over. Add it in the record, under Exams."))
    names = {pupil.id: named_with_boxes(_as_entered(pupil), pupil.ref) for pupil in people.values()}
    begins = {
        (entry.year, entry.series): date(entry.year, first_day(dataclasses.replace(entry, day=None)).month, 1) for entry in current_entries
    }
    by_board = grouped(((begins[entry.year, entry.series], entry.series, entry.board), entry) for entry in current_entries)
    chapters = [
        ExamChapter(
            heading=_("{series}, {board}").format(series=series_words(series, begin.year), board=codelist("exam_board").label_of(board)),
            rows=[
                _row_of_series(entry, names[entry.pupil_id], people[entry.pupil_id])
                for entry in sorted(of_board, key=lambda entry: (names[entry.pupil_id], entry.entry_code, entry.component or ""))
            ],
        )
        for (begin, series, board), of_board in sorted(by_board.items())
    ]
    on_paper = _log(desk, people, current_entries, "list of exam entries made")
    return PaperOfPupils(layout.series(chapters, cards.made_by(desk)), _("Exam entries by series"), on_paper)


def _entries(desk: Desk, ids: Collection[str]) -> tuple[list[ExamEntry], dict[str, Pupil]]:
    """What these pupils are entered for, and the pupils by id. Raises NotAllowed, WrongUse where the unit enters nobody."""
    desk.require(Action.READ_RECORD)
    require_use(desk, SWITCH)
    people = pupils.some_by_id(desk.vault, ids)
    by_pupil = several.by_pupil(desk.vault, ExamEntry)
    return [entry for pupil_id in people for entry in by_pupil.get(pupil_id, ()) if entry.status != WITHDRAWN], people


def _as_entered(pupil: Pupil) -> str:
    """The legal name, by which a board enters a pupil, and the one that the pupil goes by, where it is another."""
    name = f"{pupil.surname}, {pupil.forename}"
    return name if pupil.full_name == pupil.legal_name else _("{name}, known as {known}").format(name=name, known=pupil.full_name)


def _in_turn(entries: Iterable[ExamEntry], names: dict[str, str]) -> list[ExamEntry]:
    return sorted(
        entries, key=lambda entry: (entry.session or "", (entry.starts or "").zfill(5), paper_words(entry), names[entry.pupil_id])
    )


def _row_of_day(entry: ExamEntry, name: str, arrangements: Sequence[ExamArrangement], day: date) -> tuple[str, ...]:
    half = codelist("session").label_of(entry.session or "")
    time = _("{time}, {half}").format(time=entry.starts, half=half.lower()) if entry.starts else half
    holding = [arrangement for arrangement in arrangements if arrangement.holds_on(day)]
    kinds = map(arrangement_words, holding)
    number = _("{name}, {number}").format(name=name, number=entry.candidate_number) if entry.candidate_number else name
    return time, number, with_whether_entered(paper_words(entry), entry), _minutes(entry, holding), entry.room or "", "; ".join(kinds)


def _minutes(entry: ExamEntry, holding: Sequence[ExamArrangement]) -> str:
    """With a quarter more where that holds: how much more than that is said by who approved it."""
    if entry.minutes is None:
        return ""
    if any(arrangement.kind == _EXTRA_25 for arrangement in holding):
        return _("{minutes}, up to {most}").format(minutes=entry.minutes, most=int(entry.minutes * _QUARTER + 0.5))
    return str(entry.minutes)


def _row_of_series(entry: ExamEntry, name: str, pupil: Pupil) -> tuple[str, ...]:
    tier = codelist("exam_tier").label_of(entry.tier).lower() if entry.tier else ""
    paper = ", ".join(part for part in (entry.qualification, entry.component, tier) if part)
    status = codelist("exam_entry_status").label_of(entry.status)
    return name, show_date(pupil.dob), entry.candidate_number or "", entry.uci or "", entry.entry_code, paper, status


def _log(desk: Desk, people: dict[str, Pupil], entries: Iterable[ExamEntry], words: str) -> set[str]:
    """Log it of those whose entries these are, and say who they are."""
    on_paper = dict.fromkeys(entry.pupil_id for entry in entries)
    cards.log_each(desk, [people[pupil_id] for pupil_id in on_paper], words)
    return set(on_paper)
