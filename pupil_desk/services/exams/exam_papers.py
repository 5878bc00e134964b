"""Papers about a pupil's exams: the candidate's timetable, and the sheet on the results envelope. That they were made is logged."""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.exams import exam_papers as layout
from pupil_desk.documents.exams.exam_papers import CandidateTimetable, EnvelopeSheet
from pupil_desk.domain.exams.exam import PLANNED, WITHDRAWN, ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams.recording import arrangement_words, of_pupil, paper_words, series_words, with_whether_entered
from pupil_desk.services.exams.results import last_day
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several


def timetable(desk: Desk, pupil_id: str) -> tuple[list[Block], str]:
    """The timetable of a candidate from today on, and its title; logged. Raises NotAllowed, WrongUse where there is no entry."""
    exams, pupil = of_pupil(desk, pupil_id), pupil_of(desk.vault, pupil_id)
    entries = [entry for entry in exams.entries if entry.status != WITHDRAWN and last_day(entry) >= desk.today]
    if not entries:
        raise WrongUse(_("There is no entry for an exam from today on. Add one first."))
    cards.log_each(desk, [pupil], "exam timetable made")
    content = CandidateTimetable(
        title=_("Exam timetable of {pupil}").format(pupil=pupil.legal_name),
        facts=list(_candidate(pupil, entries)),
        rows=[_row(entry) for entry in entries if entry.day],
        without_day=[paper_words(entry) for entry in entries if not entry.day and entry.status != PLANNED],
        planned=[paper_words(entry) for entry in entries if not entry.day and entry.status == PLANNED],
        arrangements=[_arrangement_words(arrangement) for arrangement in exams.arrangements],
        foot=cards.made_by(desk),
    )
    return layout.timetable(content), _("Exam timetable")


def envelope_sheet(desk: Desk, collector_id: str) -> tuple[list[Block], str]:
    """The sheet on the results envelope of a series, and its title; logged. Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_RECORD)
    chosen = several.get(desk.vault, ResultsCollector, collector_id)
    if chosen is None:
        raise WrongUse(_("That is no longer on file. Open the pupil again."))
    exams, pupil = of_pupil(desk, chosen.pupil_id), pupil_of(desk.vault, chosen.pupil_id)
    cards.log_each(desk, [pupil], "sheet of a results envelope made")
    of_series = [row for row in exams.collectors if (row.series, row.year) == (chosen.series, chosen.year)]
    named = [
        _("{name}, named in writing on {day}").format(name=row.collector, day=show_date(row.named_on))
        for row in of_series
        if row.collector and row.named_on
    ]
    content = EnvelopeSheet(
        candidate=pupil.legal_name,
        facts=[
            (_("Series"), series_words(chosen.series, chosen.year)),
            *_candidate(pupil, [entry for entry in exams.entries if (entry.series, entry.year) == (chosen.series, chosen.year)]),
        ],
        collectors=[_("{pupil}, the candidate").format(pupil=pupil.legal_name), *dict.fromkeys(named)],
        foot=cards.made_by(desk),
    )
    return layout.envelope_sheet(content), _("Results envelope")


def _candidate(pupil: Pupil, entries: list[ExamEntry]) -> Iterator[tuple[str, str]]:
    yield _("Born"), show_date(pupil.dob)
    for label, name in ((_("Centre number"), "centre"), (_("Candidate number"), "candidate_number"), (_("UCI"), "uci")):
        values = dict.fromkeys(value for entry in entries if (value := getattr(entry, name)))
        if values:
            yield label, ", ".join(values)


def _row(entry: ExamEntry) -> tuple[str, ...]:
    half = codelist("session").label_of(entry.session or "")
    time = _("{time}, {half}").format(time=entry.starts, half=half.lower()) if entry.starts else half
    board = codelist("exam_board").label_of(entry.board)
    paper = _("{paper} ({board})").format(paper=paper_words(entry), board=board)
    tier = codelist("exam_tier").label_of(entry.tier) if entry.tier else ""
    paper = _("{paper}, {tier}").format(paper=paper, tier=tier.lower()) if tier else paper
    return (show_date(entry.day) if entry.day else "", time, with_whether_entered(paper, entry), str(entry.minutes or ""), entry.room or "")


def _arrangement_words(arrangement: ExamArrangement) -> str:
    words = arrangement_words(arrangement)
    if arrangement.approved_from is None:
        return _("{what} (not approved yet)").format(what=words)
    if arrangement.approved_until is None:
        return words
    return _("{what} (until {day})").format(what=words, day=show_date(arrangement.approved_until))
