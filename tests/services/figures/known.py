"""A unit whose figures are known because they were counted by hand: eight pupils, two weeks of marks, three suspensions."""

from datetime import date, timedelta

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import figures
from pupil_desk.services.figures import Figure, FigureQuestion, Period
from tests.services.exports.made import Unit

AUTUMN = Period(date(2026, 8, 1), date(2027, 7, 31), "School year 2026/27")
MONDAY = date(2026, 11, 2)
SINCE = date(2026, 9, 2)


def pupils_of(unit: Unit) -> list[Pupil]:
    """Five boys of Year 10, three girls of Year 11; the first two have SEN support."""
    boys = [
        unit.pupil("Boy", f"B{number}", date(2011, 10, 5), sex="M", year_group="10", sen_provision="K" if number < 2 else "N")
        for number in range(5)
    ]
    girls = [unit.pupil("Girl", f"G{number}", date(2010, 10, 5), sex="F", year_group="11") for number in range(3)]
    return boys + girls


def mark(unit: Unit, pupil: Pupil, codes: str | list[str], first: date = MONDAY) -> None:
    """A mark for each session from a Monday on, two a day, straight into the register."""
    days = [first + timedelta(days=at // 10 * 7 + at % 10 // 2) for at in range(len(codes))]
    vault = unit.desk.vault
    with vault.transaction():
        row = vault.first_row("SELECT coalesce(max(id), 0) + 1 FROM entering")
        assert row is not None
        vault.execute(
            "INSERT INTO entering (id, at, \"by\", name, title, source) VALUES (?, '2026-11-20T16:00:00+00:00', 'b', 'A', 'T', 'form')",
            (row[0],),
        )
        vault.execute_many(
            "INSERT INTO mark (pupil_id, day, session, code, entering) VALUES (?, ?, ?, ?, ?)",
            [
                (pupil.id, day.isoformat(), str(list(Session)[at % 2]), code, row[0])
                for at, (day, code) in enumerate(zip(days, codes, strict=True))
            ],
        )


def look(unit: Unit, kind: str, by: str, period: Period = AUTUMN) -> Figure:
    return figures.look(unit.desk, FigureQuestion(kind, period, by))


def cells(figure: Figure, label: str, *keys: str) -> list[str]:
    """The words of some cells of a line."""
    line = next(line for line in figure.lines if line.label == label)
    return [figures.words(line.cells[figure.place(key)], figure.column(key)) for key in keys]


def left(*, on: date, since: date = SINCE) -> Enrolment:
    return Enrolment(status="C", start_date=since, end_date=on)
