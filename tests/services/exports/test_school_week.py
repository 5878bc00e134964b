"""The week for main and commissioning schools: a locked workbook for each, of its own pupils on its own days, and nobody whom the rule holds back."""

import dataclasses
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.errors import WrongUse
from pupil_desk.cli.exporting import agreed_lines
from pupil_desk.documents.reading.workbook import cell_text
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.learning.review import TargetReview
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.sharing.recipients import MAIN_SCHOOL
from pupil_desk.services.disclosures.told import log
from pupil_desk.services.exports import offers, run_export
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import AskedFirst, ExportOrder
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.exports.school_week import SCHOOL_WEEK
from pupil_desk.services.incidents import recording
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import families, notice_editions, notices
from pupil_desk.services.register import marking
from pupil_desk.services.schools import places, schools
from pupil_desk.services.unit import settings
from tests.services.exports.made import OFFICER, Unit

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
HILL, VALE, MOOR = "919/4001", "919/4003", "919/4011"
NAMED = "Hill School, 919/4001\nVale School, 919/4003"
WEEK = Period(MONDAY, date(2026, 11, 20))
BORN = date(2012, 5, 4)


def name_schools(unit: Unit, lines: str = NAMED) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_schools=lines))


def of_school(unit: Unit, surname: str, school: str | None, since: date = date(2026, 9, 2), **items: object) -> Pupil:
    stay = Enrolment(status="S" if school else "C", start_date=since, main_school=school)
    return unit.pupil(surname, "Zoë", BORN, stay, **items)


def mark(unit: Unit, pupil: Pupil, codes: str, first: date = MONDAY) -> None:
    """Mark the sessions from a Monday on, one code after the other."""
    marks = [
        Mark(
            pupil_id=pupil.id,
            day=first + timedelta(days=place // 2),
            session=Session.PM if place % 2 else Session.AM,
            code=code,
            minutes_late=12 if code == "L" else None,
        )
        for place, code in enumerate(codes)
    ]
    marking.mark(unit.desk, marks, reason="Entered late")


def made(unit: Unit, folder: Path, **order: object) -> ExportMade:
    return run_export(unit.desk, "school-week", folder, ExportOrder(**{"reason": "Friday", "period": WEEK} | order))  # type: ignore[arg-type]


def rows_of(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each tab as text, without the heading."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: [tuple(map(cell_text, row)) for row in book.get_sheet_by_name(name).to_python()[1:]] for name in book.sheet_names}


def test_each_school_has_its_own_pupils_alone_locked_by_a_password_of_its_own(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash, birch, cedar = of_school(unit, "Ash", HILL), of_school(unit, "Birch", VALE), of_school(unit, "Cedar", None)
    for pupil, codes in ((ash, "/L"), (birch, "/O"), (cedar, "//")):
        mark(unit, pupil, codes)
    first = made(unit, stick)
    assert [file.name[-13:] for file in first.files] == ["919-4001.xlsx", "919-4003.xlsx"]
    assert len({words for _name, words in first.secrets}) == 2
    assert [first.receivers[name] for name, _words in first.secrets] == ["Hill School (919/4001)", "Vale School (919/4003)"]
    for (name, words), (own, other) in zip(first.secrets, (("Ash", "Birch"), ("Birch", "Ash")), strict=True):
        (text,) = [str(rows_of(data)) for data in open_locked(name, (stick / name).read_bytes(), words).values()]
        assert (own in text, other in text, "Cedar" in text) == (True, False, False)
    second = made(unit, stick)
    assert (second.secrets, len(second.agreed)) == ((), 2), "the password is the school's from then on, and not shown again"
    for name, (_first_name, words) in zip(second.agreed, first.secrets, strict=True):
        assert open_locked(name, (stick / name).read_bytes(), words)
    told = unit.desk.vault.rows("SELECT recipient, pupil_id FROM disclosure WHERE what = 'school-week' ORDER BY seq")
    assert [tuple(row) for row in told][:2] == [("Hill School (919/4001)", ash.id), ("Vale School (919/4003)", birch.id)]
    new_words = schools.agree_password(unit.desk, HILL)
    third = made(unit, stick)
    name = third.files[0].name
    assert open_locked(name, (stick / name).read_bytes(), new_words)


def test_a_school_that_the_notice_does_not_name_has_no_file(unit: Unit, stick: Path) -> None:
    of_school(unit, "Ash", MOOR)
    with pytest.raises(WrongUse, match="does not name: Main or commissioning school"):
        made(unit, stick)
    name_schools(unit)
    of_school(unit, "Birch", VALE)
    export_made = made(unit, stick)
    assert [file.name[-13:] for file in export_made.files] == ["919-4003.xlsx"]
    ((left, reason),) = export_made.left_out
    assert left.surname == "Ash"
    assert reason.startswith("The privacy notice of this unit does not name the school with the DfE number 919/4011")
    assert "Ask a data officer to name them on the page Settings" in reason
    with pytest.raises(WrongUse, match=r"There are: Hill School \(919/4001\); Vale School"):
        made(unit, stick, provider="Moor School")


def test_a_school_has_its_first_file_once_the_edition_that_is_given_now_names_it(unit: Unit, stick: Path) -> None:
    """Home then asks that the new edition is given; the file does not wait for the last family (DECISIONS.md, whom the notice names)."""
    name_schools(unit, "Hill School, 919/4001")
    ash = of_school(unit, "Ash", VALE, address_1="4 Mill Lane", postcode="TS1 1AA")
    unit.contact(ash, "Ash", forename="Jo", parental_responsibility=True, lives_with=True)
    mark(unit, ash, "//")
    assert notices.issue(unit.desk, notices.due_of(unit.desk, ash.id), "by-hand").ids == {ash.id}
    assert families.waiting(unit.desk) == []
    assert "Vale School" not in str(notice_editions.said_now(unit.desk).recipients[MAIN_SCHOOL])
    assert made(unit, stick).files == ()
    name_schools(unit)
    assert "Vale School" in str(notice_editions.said_now(unit.desk).recipients[MAIN_SCHOOL])
    assert notice_editions.why_new(unit.desk) == ["who receives what has changed"]
    assert [waiting.letter.pupil.id for waiting in families.waiting(unit.desk)] == [ash.id]
    assert [file.name[-13:] for file in made(unit, stick).files] == ["919-4003.xlsx"]


def test_a_pupil_who_changes_school_in_the_week_is_told_to_each_of_its_own_days(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash = of_school(unit, "Ash", HILL)
    places.add(unit.desk, SchoolPlace(pupil_id=ash.id, school=VALE, kind="bought", start_date=TUESDAY))
    mark(unit, ash, "/O/L")
    export_made = made(unit, stick, plain=True)
    hill, vale = (rows_of((stick / file.name).read_bytes()) for file in export_made.files)
    assert [row[3:6] for row in hill["marks"]] == [
        ("2026-11-16", "AM", "/"),
        ("2026-11-16", "PM", "O"),
        ("2026-11-17", "AM", "/"),
        ("2026-11-17", "PM", "L"),
    ], "the main school all along"
    assert [row[3:6] for row in vale["marks"]] == [("2026-11-17", "AM", "/"), ("2026-11-17", "PM", "L")]
    assert vale["week"][0][4:12] == ("2", "2", "0", "0", "1", "12", "", "Attended 2 of 2 sessions, late 1 time (12 minutes).")


def test_a_school_that_agreed_two_days_is_told_of_those_and_reads_what_is_written_on_friday(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash = of_school(unit, "Ash", HILL)
    places.add(unit.desk, SchoolPlace(pupil_id=ash.id, school=VALE, kind="bought", start_date=MONDAY, days="Mon, Tue"))
    mark(unit, ash, "//////")
    notes.add(unit.desk, Note(pupil_id=ash.id, category="school", text="A good week.", day=WEEK.until))
    export_made = made(unit, stick, plain=True)
    hill, vale = (rows_of((stick / file.name).read_bytes()) for file in export_made.files)
    assert [len(hill["marks"]), {row[3] for row in vale["marks"]}] == [6, {"2026-11-16", "2026-11-17"}]
    assert (hill["week"][0][12], vale["week"][0][12]) == ("A good week.", "A good week.")


def test_two_schools_that_share_a_day_are_each_told_of_their_own_half_of_it(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash = of_school(unit, "Ash", None)
    for school, days in ((HILL, "Mon am"), (VALE, "Mon pm, Tue")):
        places.add(unit.desk, SchoolPlace(pupil_id=ash.id, school=school, kind="bought", start_date=MONDAY, days=days))
    mark(unit, ash, "LO//")
    for time, kind in (("9:40", "damage"), ("12:30", "threat"), ("14:10", "theft"), (None, "bullying")):
        recording.enter(unit.desk, [Incident(pupil_id=ash.id, kind=kind, day=MONDAY, time=time, account="As told", part="took-part")])
    hill, vale = (rows_of((stick / file.name).read_bytes()) for file in made(unit, stick, plain=True).files)
    assert [row[4:6] for row in hill["marks"]] == [("AM", "L")]
    assert [row[4:6] for row in vale["marks"]] == [("PM", "O"), ("AM", "/"), ("PM", "/")]
    assert (hill["week"][0][4], vale["week"][0][4], vale["week"][0][8]) == ("1", "3", "0")
    in_hill, in_vale = ({row[4].split()[0] for row in rows["incidents"]} for rows in (hill, vale))
    assert (in_hill, in_vale) == ({"Damage", "Threatening", "Bullying"}, {"Theft", "Threatening", "Bullying"}), "midday is of both"


@pytest.mark.parametrize("plain", [False, True])
def test_a_week_with_nobody_in_it_has_no_file_and_no_password(unit: Unit, stick: Path, plain: bool) -> None:
    name_schools(unit)
    export_made = made(unit, stick, plain=plain)
    assert (export_made.files, export_made.secrets, export_made.agreed) == ((), (), ())
    assert [path.name for path in stick.iterdir()] == [export_made.receipt_path.name]
    assert agreed_lines(export_made)[0] == "Nobody is in it, so there is no file: the receipt says so."


def test_what_a_review_says_of_who_reads_it_is_so() -> None:
    assert "in the week that a school is told" in item_named(TargetReview, "comment").hint
    assert "target_review.comment" in SCHOOL_WEEK.items


def test_what_happened_and_was_written_for_the_school_goes_and_no_account_of_it(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash, birch, quiet = of_school(unit, "Ash", HILL), of_school(unit, "Birch", VALE), of_school(unit, "Rowan", HILL)
    recording.enter(
        unit.desk,
        [Incident(pupil_id=pupil.id, kind="damage", day=TUESDAY, account="Birch threw it", part="took-part") for pupil in (ash, birch)],
    )
    for category, text, day in (
        ("school", "A good week.", TUESDAY),
        ("family", "Moved house", TUESDAY),
        ("school", "Last week", MONDAY - timedelta(days=3)),
    ):
        notes.add(unit.desk, Note(pupil_id=ash.id, category=category, text=text, day=day))
    export_made = made(unit, stick, plain=True)
    hill = rows_of((stick / export_made.files[0].name).read_bytes())
    assert [row[3:] for row in hill["incidents"]] == [("2026-11-17", "Damage to property", "Took part")]
    assert hill["week"][0][10:] == (
        "Damage to property (1)",
        "No session at the unit was marked. Incidents and rewards: damage to property (1).",
        "A good week.",
    )
    assert "Birch" not in str(hill)
    told = {line.pupil_id: {*line.fields} for line in log(unit.desk)}
    assert told[ash.id] - told[birch.id] == {"what happened or was said"}, "the other school had no note"
    assert told[birch.id] - told[quiet.id] == {"incident: what it was", "incident: the pupil’s part in it", "incident: day"}
    assert told[quiet.id] == {"legal surname", "legal forename", "register: attendance code"}, "no target of anybody went"


def test_who_was_hurt_or_saw_it_is_not_told_to_have_done_it(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash, birch = of_school(unit, "Ash", HILL), of_school(unit, "Birch", HILL)
    for kind, parts in (("sexual", {ash: "hurt", birch: "took-part"}), ("assault-pupil", {ash: "saw"}), ("damage", {ash: "took-part"})):
        cases = [Incident(pupil_id=pupil.id, kind=kind, day=TUESDAY, account="As told", part=part) for pupil, part in parts.items()]
        recording.enter(unit.desk, cases)
    hill = rows_of((stick / made(unit, stick, plain=True).files[0].name).read_bytes())
    assert sorted(row[1:2] + row[4:] for row in hill["incidents"]) == [
        ("Ash", "Damage to property", "Took part"),
        ("Ash", "Physical assault on a pupil", "Saw it"),
        ("Ash", "Sexual misconduct", "Was hurt or wronged"),
        ("Birch", "Sexual misconduct", "Took part"),
    ]
    words = "physical assault on a pupil (saw it, 1), Damage to property (1), Sexual misconduct (was hurt or wronged, 1)"
    of_ash, of_birch = hill["week"]
    assert of_ash[10:12] == (f"P{words[1:]}", f"No session at the unit was marked. Incidents and rewards: {words}.")
    assert of_birch[10] == "Sexual misconduct (1)"


def test_a_protected_pupil_waits_for_a_word_and_no_other_school_learns_of_it(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash, birch = of_school(unit, "Ash", HILL), of_school(unit, "Birch", HILL)
    of_school(unit, "Cedar", VALE)
    unit.protect(ash)
    export_made = made(unit, stick, plain=True)
    hill, vale = (str(rows_of((stick / file.name).read_bytes())) for file in export_made.files)
    assert ("Ash" in hill, birch.surname in hill) == (False, True)
    of_each_file = "somebody whom it covers may be left out, and not counted here"
    assert not [words for words in ("not confirmed", "left out", "Left out") if words in (hill + vale).replace(of_each_file, "")]
    assert "Ash" in str(rows_of((stick / made(unit, stick, plain=True, confirm=frozenset({ash.id})).files[0].name).read_bytes()))


def test_words_that_may_name_another_pupil_are_asked_about_and_those_of_staff_and_family_are_not(unit: Unit) -> None:
    name_schools(unit)
    ash, birch = of_school(unit, "Ash", HILL), of_school(unit, "Birch", VALE)
    unit.contact(ash, "Ash", forename="Ada", parental_responsibility=True)
    unit.contact(birch, "Larch", forename="Ned", parental_responsibility=True)
    for forename in ("Will", "Thế"):
        unit.contact(birch, "Larkspur", forename=forename)

    def asked(text: str) -> list[str]:
        notes.add(unit.desk, Note(pupil_id=ash.id, category="school", text=text, day=WEEK.until))
        return [
            problem.words for problem in preview(unit.desk, "school-week", ExportOrder(reason="", period=WEEK)).problems if problem.asks
        ]

    assert asked(f"A good week, says Ada Ash. {OFFICER} rang the school, and will again.") == []
    expected = (
        "A note for the school may name another pupil or family: “Zoë Birch”, “Ned Larch” and “Will”. It goes to the school as it stands."
    )
    assert asked("Sat beside Zoë Birch; Ned Larch and Will complained.") == [expected]


def test_a_file_with_such_words_is_not_made_until_somebody_says_that_it_goes_as_it_stands(unit: Unit, stick: Path) -> None:
    name_schools(unit)
    ash, birch = of_school(unit, "Ash", HILL), of_school(unit, "Birch", VALE)
    notes.add(unit.desk, Note(pupil_id=ash.id, category="school", text=f"Sat beside {birch.full_name}.", day=WEEK.until))
    with pytest.raises(AskedFirst) as refused:
        made(unit, stick)
    assert [problem.pupil.surname for problem in refused.value.problems] == ["Ash"]
    assert list(stick.iterdir()) == []
    assert len(made(unit, stick, as_it_stands=True).files) == 2


def test_earlier_weeks_are_offered_each_from_its_monday_to_its_sunday(unit: Unit) -> None:
    weeks = offers.periods(unit.desk, SCHOOL_WEEK)[:7]
    assert [words for words, _week in weeks[:3]] == ["This week so far", "The week before", "The week from 9 Nov 2026"]
    assert [(week.since, week.until) for _words, week in weeks[1:]] == [
        (MONDAY - timedelta(weeks=back), MONDAY - timedelta(weeks=back) + timedelta(days=6)) for back in range(6)
    ]
