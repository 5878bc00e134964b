"""Erasing by two people: what is due, who may do what and when, what goes and what stays, and the certificate that names nobody."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongPassword, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.governance.retention import PROOF, REGISTER, REQUEST, proposed_schedule
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import holds, sheet
from pupil_desk.services.backup import backups
from pupil_desk.services.backup.checks import check_file
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.erasure import cases, certificate, due_for_erasure
from pupil_desk.services.erasure.cases import CaseLine, State
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.services.unit import settings, staff
from pupil_desk.store.tables import retention_events as store
from tests.services.duplicates.people import filled
from tests.services.exports.made import DAY, MOMENT, PASSWORD, Unit, recovery_code

LONG_AGO = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))


@pytest.fixture
def gone(unit: Unit) -> Pupil:
    """A pupil of 25 years and some months, with proof of what was given and told."""
    pupil = unit.pupil(
        "Quill", "Bea", date(2001, 5, 6), LONG_AGO, address_1="4 Larch Way", town="Larkfield", postcode="AL28 2QN", phone="01632 960123"
    )
    unit.contact(pupil, "Quill", forename="Ann", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    progress_reports.log_printed(unit.desk, pupil.id)
    of_childhood = notices.letters_of(unit.desk, pupil.id, date(2016, 5, 6)).letters  # from 18 none goes to the mother
    notices.issue(unit.desk, of_childhood, "by-hand")
    return pupil


@pytest.fixture
def sam(unit: Unit) -> Desk:
    """The desk of an assistant head who may sign in."""
    return Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)


def days_on(desk: Desk, days: int) -> Desk:
    return dataclasses.replace(desk, clock=FixedClock(MOMENT + timedelta(days=days)))


def only(desk: Desk) -> CaseLine:
    (line,) = cases.lines(desk)
    return line


def case_of(desk: Desk) -> str:
    line = next(line for line in cases.lines(desk) if line.case is not None)
    assert line.case is not None
    return line.case.id


# -- what is due


def test_it_stands_on_the_list_from_its_day_and_a_year_before(unit: Unit, gone: Pupil) -> None:
    line = only(unit.desk)
    assert (line.state, line.reach, line.day, line.name, line.ref) == (State.DUE, Reach.RECORD, date(2026, 5, 6), "Quill, Bea", "P0001")
    before = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT.replace(year=2026, month=5, day=5)))
    assert only(before).state is State.SOON
    assert cases.lines(dataclasses.replace(unit.desk, clock=FixedClock(MOMENT.replace(year=2025, month=5, day=5)))) == []


def test_whoever_is_on_roll_or_young_is_not_on_it(unit: Unit) -> None:
    unit.pupil("Larch", "Dan", date(2000, 1, 1))
    unit.pupil("Larch", "Eve", date(2010, 1, 1), LONG_AGO)
    assert cases.lines(unit.desk) == []


def test_every_section_is_of_one_class_and_the_proof_is_kept_longer() -> None:
    assert {due_for_erasure.class_of(section) for section in TABLES} <= set(proposed_schedule().classes)
    assert {"disclosures", "choices", "notices"} <= proof_sections()
    assert not {"attendance", "notes", "contacts", "medicines", "pupil"} & proof_sections()


def proof_sections() -> set[str]:
    return {section for section in TABLES if due_for_erasure.class_of(section) in (PROOF, REQUEST)}


def test_each_class_of_a_pupil_has_its_own_day(unit: Unit, gone: Pupil) -> None:
    days = {one.part: (one.counts_from, one.due) for one in due_for_erasure.held_items(unit.desk, [gone.id])}
    born, left = date(2001, 5, 6), date(2017, 6, 23)
    assert days == {
        "pupil-record": (born, date(2026, 5, 6)),
        "register": (born, date(2026, 5, 6)),
        "disclosure": (born, date(2032, 5, 6)),
        "name": (date(2032, 5, 6), date(2032, 5, 6)),
    }
    late = unit.pupil("Larch", "Dan", date(2001, 5, 6), Enrolment(status="C", start_date=left, end_date=date(2024, 7, 1)))
    assert {one.part: one.due for one in due_for_erasure.held_items(unit.desk, [late.id])}["register"] == date(2030, 7, 1)


# -- two people


def test_the_whole_way(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    assert only(unit.desk).state is State.AGREE
    with pytest.raises(WrongUse, match="Somebody else must agree"):
        cases.agree(sam, case_of(sam))
    with pytest.raises(WrongUse, match="not be carried out before 1 December 2026"):
        cases.carry_out(unit.desk, case_of(unit.desk))
    cases.agree(unit.desk, case_of(unit.desk))
    assert only(unit.desk).state is State.WAITING
    week_on = days_on(unit.desk, 7)
    assert only(week_on).state is State.READY
    with pytest.raises(NotAllowed):
        cases.carry_out(days_on(sam, 7), case_of(week_on))
    cases.carry_out(week_on, case_of(week_on))
    line = only(week_on)
    assert (line.state, line.name) == (State.DONE, "Quill, Bea")
    assert "Sam proposed it on 24 November 2026: the time for which it is kept is over." in line.words
    assert [row[:2] for row in unit.log() if row[0] in ("propose-erasure", "agree-erasure")] == [
        ("propose-erasure", gone.id),
        ("agree-erasure", gone.id),
    ]


def test_the_record_goes_and_the_proof_and_the_name_stay(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    cases.agree(unit.desk, case_of(unit.desk))
    later = days_on(unit.desk, 7)
    cases.carry_out(later, case_of(later))
    held = {section.name: section.entries for section in sheet.everything(later, gone.id) if section.entries}
    assert set(held) == {"pupil", "contacts", "notices", "disclosures"}
    kept = pupils.record(later, gone.id)
    assert (kept.pupil.legal_name, kept.pupil.ref) == ("Bea Quill", "P0001")
    assert (kept.pupil.address_1, kept.pupil.phone, kept.pupil.sex) == (None, None, None)
    assert (kept.contacts[0].full_name, kept.contacts[0].mobile, kept.contacts[0].parental_responsibility) == ("Ann Quill", None, None)
    assert told.log(later, pupil_id=gone.id)[0].recipient == "The pupil"
    assert unit.desk.vault.rows("PRAGMA foreign_key_check") == []
    assert check_file(later) == []
    assert not [
        row["own"] + row["more"]
        for row in unit.desk.vault.rows("SELECT own, more FROM findable")
        if "larch" in (row["own"] + row["more"]).lower()
    ]


def test_then_nothing_is_due_until_the_proof_is(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    cases.agree(unit.desk, case_of(unit.desk))
    cases.carry_out(days_on(unit.desk, 7), case_of(unit.desk))
    assert [line.state for line in cases.lines(days_on(unit.desk, 400))] == [State.DONE]
    years_on = dataclasses.replace(unit.desk, clock=FixedClock(MOMENT.replace(year=2032)))
    due, done = cases.lines(years_on)
    assert (due.state, due.reach, due.day) == (State.DUE, Reach.ALL, date(2032, 5, 6))
    assert done.state is State.DONE
    cases.propose(dataclasses.replace(sam, clock=years_on.clock), gone.id, Reach.ALL, Ground.DUE)
    cases.agree(years_on, case_of(years_on))
    cases.carry_out(dataclasses.replace(unit.desk, clock=FixedClock(MOMENT.replace(year=2033))), case_of(years_on))
    assert unit.count("pupil") == unit.count("disclosure") == 0
    assert {line.name for line in cases.lines(years_on)} == {""}


def test_everything_of_somebody_with_everything_goes(unit: Unit, sam: Desk) -> None:
    import random

    pupil = filled(unit, random.Random(3), "Quill", date(2012, 5, 6))
    other = filled(unit, random.Random(4), "Larch", date(2012, 5, 6))
    for reach in (Reach.RECORD, Reach.ALL):
        cases.propose(sam, pupil.id, reach, Ground.COURT, "Order of 3 November")
        case = (
            case_of(unit.desk)
            if reach is Reach.RECORD
            else next(line.case.id for line in cases.lines(unit.desk) if line.case and not line.case.ended)
        )
        cases.agree(unit.desk, case)
        cases.carry_out(days_on(unit.desk, 7), case)
        if reach is Reach.RECORD:
            left = {section.name for section in sheet.everything(unit.desk, pupil.id) if section.entries}
            assert left <= {"pupil", "contacts"} | proof_sections()
    assert pupils.all_pupils(unit.desk)[0].id == other.id
    assert sum(bool(section.entries) for section in sheet.everything(unit.desk, other.id)) >= 10


# -- one person alone


def test_one_user_alone_waits_seven_days_and_types_the_recovery_code(unit: Unit, gone: Pupil) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, erase_wait=1))
    code = recovery_code(unit.desk)
    cases.propose(unit.desk, gone.id, Reach.RECORD, Ground.DUE)
    with pytest.raises(WrongUse, match="before 1 December"):
        cases.carry_out(days_on(unit.desk, 6), case_of(unit.desk), recovery_code=code)
    later = days_on(unit.desk, 7)
    assert only(later).state is State.READY
    assert "recovery code" in only(later).words
    for wrong in (None, "0000-0000-0000-0000-0000-0000-0000"):
        with pytest.raises(WrongPassword):
            cases.carry_out(later, case_of(later), recovery_code=wrong)
    assert unit.count("erasure_order") == 0
    cases.carry_out(later, case_of(later), recovery_code=code)
    assert "with the recovery code" in only(later).words
    assert unit.desk.vault.check_recovery_code(code)  # it is not used up


def test_a_second_user_who_may_sign_in_makes_it_two(unit: Unit, gone: Pupil) -> None:
    assert cases.is_alone(unit.desk)
    unit.as_role(Role.OFFICE)  # has no way of signing in
    assert cases.is_alone(unit.desk)
    member = staff.add_user(unit.desk, "Sam", Role.OFFICE, PASSWORD)
    assert not cases.is_alone(unit.desk)
    staff.disable(unit.desk, member)
    assert cases.is_alone(unit.desk)


# -- what stands against it


def test_a_hold_stops_it_at_every_step(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    cases.agree(unit.desk, case_of(unit.desk))
    holds.set_hold(unit.desk, LegalHold(pupil_id=gone.id, reason="A claim", review_on=DAY + timedelta(days=60)))
    later = days_on(unit.desk, 30)
    assert only(later).state is State.HELD
    with pytest.raises(WrongUse, match="hold"):
        cases.carry_out(later, case_of(later))
    cases.withdraw(later, case_of(later), "The claim goes on")
    with pytest.raises(WrongUse, match="hold"):
        cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    assert [line.state for line in cases.lines(later)] == [State.HELD, State.WITHDRAWN]


@pytest.mark.parametrize(
    ("ground", "reason", "column"),
    [
        (Ground.DUE, "", "ground"),
        (Ground.REQUEST, "Request 7", "ground"),
        (Ground.MISTAKE, "", "reason"),
        (Ground.COURT, "About Bea, order of 3 November", "reason"),
        (Ground.COURT, "For Mrs QUILL’s sake", "reason"),
        (Ground.COURT, "As with Cleo Larch", "reason"),
        (Ground.COURT, "x" * 256, "reason"),
    ],
)
def test_the_law_keeps_what_is_young_and_the_note_names_nobody(unit: Unit, sam: Desk, ground: Ground, reason: str, column: str) -> None:
    unit.pupil("Larch", "Cleo", date(2011, 5, 6))
    young = unit.pupil("Quill", "Bea", date(2010, 5, 6), Enrolment(status="C", start_date=date(2024, 9, 3), end_date=date(2025, 7, 1)))
    with pytest.raises(Refused) as refused:
        cases.propose(sam, young.id, Reach.ALL, ground, reason)
    assert column in [problem.column for problem in refused.value.problems]
    cases.propose(sam, young.id, Reach.ALL, Ground.COURT, "Order of 3 November")


def test_the_law_lets_go_six_years_after_the_last_entry(unit: Unit, sam: Desk) -> None:
    old = unit.pupil("Quill", "Bea", date(2005, 5, 6), Enrolment(status="C", start_date=date(2018, 9, 3), end_date=date(2020, 11, 23)))
    (register,) = [one for one in due_for_erasure.held_items(unit.desk, [old.id]) if one.part == REGISTER]
    assert register.retention_class.law_keeps(register.happened) == date(2026, 11, 23)
    cases.propose(sam, old.id, Reach.RECORD, Ground.REQUEST, "Request 7")


def test_one_is_proposed_at_a_time_and_may_be_withdrawn(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    with pytest.raises(WrongUse, match="proposed already"):
        cases.propose(unit.desk, gone.id, Reach.ALL, Ground.COURT, "Order")
    with pytest.raises(Refused):
        cases.withdraw(sam, case_of(sam), " ")
    cases.withdraw(sam, case_of(sam), "A cousin has asked")
    for ended in (cases.agree, cases.carry_out):
        with pytest.raises(WrongUse, match="carried out or withdrawn"):
            ended(unit.desk, case_of(unit.desk))
    assert {line.state for line in cases.lines(unit.desk)} == {State.DUE, State.WITHDRAWN}


def test_office_staff_may_agree_but_neither_propose_nor_erase(unit: Unit, gone: Pupil) -> None:
    member = staff.add_user(unit.desk, "Alex", Role.OFFICE, PASSWORD)
    office = Desk(unit.desk.vault, member, unit.desk.clock)
    with pytest.raises(NotAllowed):
        cases.propose(office, gone.id, Reach.RECORD, Ground.DUE)
    cases.propose(unit.desk, gone.id, Reach.RECORD, Ground.DUE)
    cases.agree(office, case_of(office))
    with pytest.raises(NotAllowed):
        cases.carry_out(days_on(office, 9), case_of(office))
    with pytest.raises(NotAllowed):
        cases.withdraw(office, case_of(office), "No")


# -- the certificate


def test_the_certificate_counts_and_names_nobody(unit: Unit, gone: Pupil, sam: Desk) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    case = case_of(unit.desk)
    with pytest.raises(WrongUse):
        certificate.certificate(unit.desk, case)
    cases.agree(unit.desk, case)
    cases.carry_out(days_on(unit.desk, 7), case)
    words = plain_text(certificate.certificate(unit.desk, case)[0])
    order = unit.desk.vault.first_row("SELECT id FROM erasure_order")
    assert order is not None
    for told_ in (order["id"], case, "1 December 2026", "stays\n1", "Two people", "The time for which it is kept is over"):
        assert told_ in words
    for name in ("Quill", "Bea", "P0001", gone.id, "Sam", "Ann"):
        assert name not in words.replace("Ann Officer", "")
    assert words == plain_text(certificate.certificate(days_on(unit.desk, 900), case)[0])


def test_the_certificate_speaks_of_backups_only_where_one_was_made_before(unit: Unit, gone: Pupil, sam: Desk, tmp_path: Path) -> None:
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    case = case_of(unit.desk)
    cases.agree(unit.desk, case)
    carried_out = days_on(unit.desk, 7)
    cases.carry_out(carried_out, case)
    none = "The unit’s log knows of no backup made before that."
    assert none in plain_text(certificate.certificate(unit.desk, case)[0])
    backups.make(days_on(unit.desk, 8), tmp_path)
    assert none in plain_text(certificate.certificate(unit.desk, case)[0]), "a later backup holds nothing of it"


def test_the_certificate_says_that_earlier_backups_hold_the_records(unit: Unit, gone: Pupil, sam: Desk, tmp_path: Path) -> None:
    backups.make(unit.desk, tmp_path)
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    case = case_of(unit.desk)
    cases.agree(unit.desk, case)
    cases.carry_out(days_on(unit.desk, 7), case)
    assert "Backups made before that day still hold the records." in plain_text(certificate.certificate(unit.desk, case)[0])


def test_the_last_entry_is_the_latest_of_stays_and_marks(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2010, 5, 6))
    assert store.last_entries(unit.desk.vault, [pupil.id]) == {pupil.id: date(2026, 9, 2)}
    with unit.desk.vault.transaction():
        unit.desk.vault.execute(
            "INSERT INTO entering (id, at, \"by\", name, title, source) VALUES (1, 'now', 'me', 'Me', 'Officer', 'form')"
        )
        unit.desk.vault.execute(
            "INSERT INTO mark (pupil_id, day, session, code, entering) VALUES (?, '2026-11-02', 'AM', '/', 1)", (pupil.id,)
        )
    assert store.last_entries(unit.desk.vault) == {pupil.id: date(2026, 11, 2)}
