"""Clashes of two registers as they are listed: of schools that share a day, and none invented where another school answers."""

import dataclasses
from datetime import date, timedelta

import pytest
from pypdfium2 import PdfDocument

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import AddressBlock, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.schools import clash_sheet
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import CODES, Mark, Session
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.exports.export import LeftOut
from pupil_desk.services.home import home
from pupil_desk.services.register import marking
from pupil_desk.services.schools import clash_paper, clash_told, clashes, places
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit

HILL, VALE = "919/4001", "919/4003"
MONDAY = date(2026, 11, 16)
AM, PM = Session.AM, Session.PM


def test_of_two_schools_that_share_a_day_each_answers_for_its_own_half(unit: Unit) -> None:
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="C", start_date=date(2026, 9, 2)))
    for school, days in ((HILL, "Mon am"), (VALE, "Mon pm")):
        places.add(unit.desk, SchoolPlace(pupil_id=ash.id, school=school, kind="bought", start_date=MONDAY, days=days))
    marks = [Mark(pupil_id=ash.id, day=MONDAY, session=session, code="D") for session in Session]
    marking.mark(unit.desk, marks, reason="Entered late")
    with unit.desk.vault.transaction():
        for school, session in ((HILL, AM), (HILL, PM), (VALE, PM)):
            theirs = SchoolMark(id=f"{school}{session}", pupil_id=ash.id, school=school, day=MONDAY, session=session, code="D")
            several.add(unit.desk.vault, theirs)
    found = {(clash.school, clash.clash.session, clash.clash.kind.value) for clash in clashes.open_clashes(unit.desk)}
    assert found == {(HILL, AM, "both-d"), (VALE, PM, "both-d")}


def test_of_what_was_not_read_of_a_school_nothing_is_put_to_it(unit: Unit) -> None:
    pupils = [
        unit.pupil(name, "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=date(2026, 9, 2), main_school=HILL))
        for name in ("Ash", "Birch", "Cedar")
    ]
    marks = [Mark(pupil_id=pupil.id, day=MONDAY, session=session, code="D") for pupil in pupils for session in Session]
    marking.mark(unit.desk, marks, reason="Entered late")

    def read(*of_pupils: tuple[int, Session, str]) -> set[tuple[str, Session]]:
        with unit.desk.vault.transaction():
            for place, session, code in of_pupils:
                theirs = SchoolMark(id=f"{place}{session}", pupil_id=pupils[place].id, school=HILL, day=MONDAY, session=session, code=code)
                several.add(unit.desk.vault, theirs)
        return {(clash.pupil.surname, clash.clash.session) for clash in clashes.open_clashes(unit.desk)}

    assert read((0, AM, "/"), (1, AM, "#")) == {("Birch", AM)}, "the file held the morning, and not Cedar"
    assert read((0, PM, "/")) == {("Birch", AM), ("Birch", PM)}, "the afternoon was read, and says nothing of Birch"


def test_a_school_that_was_told_is_waited_for_and_the_log_has_it_until_it_was_a_mistake(unit: Unit) -> None:
    desk = unit.desk
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=date(2026, 9, 2), main_school=HILL))
    marks = [Mark(pupil_id=ash.id, day=MONDAY, session=session, code="D") for session in Session]
    marking.mark(desk, marks, reason="Entered late")
    with desk.vault.transaction():
        for session in Session:
            several.add(desk.vault, SchoolMark(id=session, pupil_id=ash.id, school=HILL, day=MONDAY, session=session, code="D"))
    first, second = clashes.open_clashes(desk)
    with pytest.raises(WrongUse, match="does not name"):
        clash_told.record_told(desk, [first])
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    first, second = clashes.open_clashes(desk)
    clash_told.record_told(desk, [first])
    assert not clash_told.record_told(desk, [first]).ids, "from a list that was made before"
    assert [clash.told_on for clash in clashes.open_clashes(desk)] == [desk.today, None]
    assert [clash.id for clash in home.tasks(desk).clashes] == [second.id]
    (line,) = told.log(desk, pupil_id=ash.id)
    assert ("Hill School" in line.recipient, line.purpose) == (True, "So that both registers agree about 16 Nov 2026 AM")
    later = Desk(desk.vault, desk.user, FixedClock(desk.clock.now() + timedelta(weeks=2)))
    assert [clash.id for clash in clashes.to_settle(later)] == [first.id, second.id], "no answer in two weeks"
    colleague = dataclasses.replace(desk.user, id="another", role=Role.OFFICE)
    with pytest.raises(NotAllowed):
        clash_told.take_back(Desk(desk.vault, colleague, desk.clock), clashes.open_clashes(desk)[:1])
    clash_told.take_back(desk, clashes.open_clashes(desk)[:1])
    assert [clash.told_on for clash in clashes.open_clashes(desk)] == [None, None]
    assert told.log(desk, pupil_id=ash.id)[0].struck


def test_the_paper_for_a_school_has_its_own_pupils_alone_by_the_rule_of_the_weeks_files_and_printing_tells_it(unit: Unit) -> None:
    desk, since = unit.desk, date(2026, 9, 2)
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}", phone="01632 960100"))
    for surname, school in (("Ash", HILL), ("Birch", VALE), ("Cedar", HILL)):
        pupil = unit.pupil(surname, "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=since, main_school=school))
        marking.mark(desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=AM, code="D")], reason="Entered late")
        with desk.vault.transaction():
            several.add(desk.vault, SchoolMark(id=surname, pupil_id=pupil.id, school=school, day=MONDAY, session=AM, code="D"))
    cedar = next(clash.pupil for clash in clashes.open_clashes(desk) if clash.pupil.surname == "Cedar")
    unit.protect(cedar)
    for refused in (clash_paper.protected_pupils, clash_paper.paper):
        with pytest.raises(WrongUse, match="does not name"):
            refused(desk, VALE, _chosen(desk))
    with pytest.raises(NotAllowed):
        clash_paper.paper(unit.as_role(Role.OFFICE), HILL, _chosen(desk))
    made = clash_paper.paper(desk, HILL, _chosen(desk))
    text = plain_text(made.story)
    for words in ("Hill School", "Zoë Ash", "16 Nov 2026 AM", "Both say D", "01632 960100", "write what is correct, and send"):
        assert words in text
    assert ("Birch" in text, "Cedar" in text) == (False, False)
    assert [words.split(":")[0] for words in made.left_out] == ["Zoë Cedar"]
    assert [pupil.id for pupil in clash_paper.protected_pupils(desk, HILL, _chosen(desk))] == [cedar.id]
    assert "Zoë Cedar" in plain_text(clash_paper.paper(desk, HILL, _chosen(desk), [cedar.id]).story)
    with pytest.raises(WrongUse, match="There is no clash"):
        clash_paper.paper(desk, HILL, [])
    assert clash_paper.paper(desk, HILL, [made.told[0].id], [cedar.id]).told == made.told, "those chosen alone"
    assert_accessible(build_pdf(made.story, title=made.title))
    said = [f"{code}, {label}" for code in codelist(CODES).codes if (label := codelist(CODES).label_of(code))]
    rows = [("16 Nov 2026 afternoon", "Zoë Ash", words, words, "") for words in said]
    address = AddressBlock(lines=["Hill School"], sender=["Larkfield Centre"])
    data = build_pdf(clash_sheet.story(address, rows, unit="Larkfield Centre", answer_to="", made_on=""), title=made.title)
    with PdfDocument(data) as pdf:
        printed = {word for page in pdf for word in page.get_textpage().get_text_bounded().split()}
    assert {word for words in ("afternoon", *said) for word in words.split()} <= printed, "no word is broken within"
    assert unit.count("disclosure") == 0
    clash_paper.log_print(desk, made)
    (line,) = desk.vault.rows("SELECT way, recipient, told_to FROM disclosure")
    assert tuple(line) == ("print", f"Hill School ({HILL})", "main-school")
    assert [(clash.pupil.surname, clash.told_on) for clash in clashes.open_clashes(desk)] == [
        ("Ash", desk.today),
        ("Birch", None),
        ("Cedar", None),
    ]


def _chosen(desk: Desk) -> list[str]:
    return [clash.id for clash in clashes.open_clashes(desk)]


def test_of_a_protected_pupil_whom_the_rule_leaves_out_nobody_is_asked(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, since = unit.desk, date(2026, 9, 2)
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=since, main_school=HILL))
    marking.mark(desk, [Mark(pupil_id=ash.id, day=MONDAY, session=AM, code="D")], reason="Entered late")
    with desk.vault.transaction():
        several.add(desk.vault, SchoolMark(id="theirs", pupil_id=ash.id, school=HILL, day=MONDAY, session=AM, code="D"))
    unit.protect(ash)
    assert [pupil.id for pupil in clash_paper.protected_pupils(desk, HILL, _chosen(desk))] == [ash.id]
    monkeypatch.setattr(clash_paper, "left_by_rule", lambda row: LeftOut(row.pupil, "The rule of another year.", ""))
    assert clash_paper.protected_pupils(desk, HILL, _chosen(desk)) == []
    with pytest.raises(WrongUse, match="Zoë Ash: The rule of another year"):
        clash_paper.paper(desk, HILL, _chosen(desk), [ash.id])


def test_what_was_told_by_word_and_printed_twice_is_struck_out_altogether(unit: Unit) -> None:
    desk = unit.desk
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="S", start_date=date(2026, 9, 2), main_school=HILL))
    marking.mark(desk, [Mark(pupil_id=ash.id, day=MONDAY, session=AM, code="D")], reason="Entered late")
    with desk.vault.transaction():
        several.add(desk.vault, SchoolMark(id="theirs", pupil_id=ash.id, school=HILL, day=MONDAY, session=AM, code="D"))
    colleague = Desk(desk.vault, dataclasses.replace(desk.user, id="another", role=Role.OFFICE), desk.clock)
    clash_told.record_told(colleague, clashes.open_clashes(desk))
    for _print in range(2):
        clash_paper.log_print(desk, clash_paper.paper(desk, HILL, _chosen(desk)))
    with pytest.raises(NotAllowed):
        clash_told.take_back(colleague, clashes.open_clashes(desk))
    clash_told.take_back(desk, clashes.open_clashes(desk))
    assert [clash.told_on for clash in clashes.open_clashes(desk)] == [None]
    assert all(line.struck for line in told.log(desk, pupil_id=ash.id))
    clash_told.record_told(colleague, clashes.open_clashes(desk))
    clash_told.take_back(colleague, clashes.open_clashes(desk))
    assert [clash.told_on for clash in clashes.open_clashes(desk)] == [None], "a line that is struck out is nobody's to strike"
