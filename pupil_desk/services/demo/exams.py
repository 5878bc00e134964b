"""Inventing exams: entries of the oldest pupils for next summer, two papers that clash, access arrangements, and somebody who may collect results."""

from collections.abc import Sequence
from datetime import date

from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.demo.invention import Invented, weekday
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording

_MOST = 6
_OLDEST = "11"
_CENTRE = "99199"
_PAPERS: tuple[tuple[str, str, str, str | None, int, int, str], ...] = (  # qualification, code, paper, tier, month, day, session
    ("GCSE English Language", "8700", "8700/1", None, 5, 21, "AM"),
    ("GCSE Mathematics", "8300F", "8300/1F", "F", 5, 13, "AM"),
    ("GCSE Combined Science", "8464F", "8464/B/1F", "F", 5, 11, "PM"),
)
_CLASHING = ("Food hygiene, level 2", "FH2", "FH2/1", None, 5, 13, "AM")


def keep_exams(desk: Desk, people: Sequence[Invented]) -> None:
    """Enter them for some of Year 11 who are here."""
    year = school_year(desk.today) + 1
    oldest = [person for person in people if person.pupil.year_group == _OLDEST and person.stay.on_roll(desk.today)][:_MOST]
    for number, person in enumerate(oldest):
        papers = (*_PAPERS, _CLASHING) if number == 0 else _PAPERS
        for paper in papers:
            recording.add_entry(desk, _entry(person, number, year, paper))
        if number % 2 == 0:
            _arrange(desk, person, year)
    if oldest:
        recording.add_collector(
            desk,
            ResultsCollector(
                pupil_id=oldest[0].pupil.id,
                series="summer",
                year=year,
                collector=f"Ms Robin {oldest[0].pupil.surname}",
                named_on=desk.today,
            ),
        )


def _entry(person: Invented, number: int, year: int, paper: tuple[str, str, str, str | None, int, int, str]) -> ExamEntry:
    qualification, entry_code, component, tier, month, day, session = paper
    return ExamEntry(
        pupil_id=person.pupil.id,
        series="summer",
        year=year,
        board="aqa" if entry_code[0] == "8" else "city-guilds",
        qualification=qualification,
        entry_code=entry_code,
        component=component,
        tier=tier,
        status="planned",
        day=weekday(date(year, month, day)),
        session=session,
        starts="9:00" if session == "AM" else "13:30",
        minutes=90,
        centre=_CENTRE,
        candidate_number=f"{4001 + number}",
    )


def _arrange(desk: Desk, person: Invented, year: int) -> None:
    """Extra time that is approved, and a reader who is still to be."""
    first, last = date(year - 1, 9, 15), date(year + 1, 7, 31)
    recording.add_arrangement(
        desk,
        ExamArrangement(
            pupil_id=person.pupil.id,
            kind="extra-25",
            detail="25 %",
            evidence="form-8",
            evidence_on=first,
            approved_from=first,
            approved_until=last,
        ),
    )
    recording.add_arrangement(desk, ExamArrangement(pupil_id=person.pupil.id, kind="reader", evidence="normal"))
