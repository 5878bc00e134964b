"""Backups, settings, the calendar, drafts, the log and the check: what is done with the file as a whole."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongPassword, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.unit.settings import Closure, Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, checks
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import calendars, drafts, logbook, staff, units
from pupil_desk.services.unit import settings as settings_service
from tests.services import erased_at_once
from tests.services.exports.made import PASSWORD, Unit
from tests.services.state import log_of, state

NEW = "another long one, given anew"


def test_a_backup_is_made_proved_noted_and_restored_to_a_new_name(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    folder = tmp_path / "stick"
    folder.mkdir()
    assert backups.last(unit.desk) is None
    made, _changed = backups.make(unit.desk, folder, removable=True)
    last = backups.last(unit.desk)
    assert last
    assert last.removable
    assert log_of(unit.desk)[-1][1] == "back-up"
    assert backups.verify(made.path, name="Ann Officer", password=PASSWORD).ok
    restored = tmp_path / "restored.pupildesk"
    left = {f"restored.pupildesk{ending}": ending.encode() for ending in (".keys", ".keys.bak", ".anchor")}  # of a file moved away
    for name, data in left.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(WrongPassword):
        backups.restore(made.path, restored, unit.desk.clock, name="Ann Officer", password="another")
    assert {name: (tmp_path / name).read_bytes() for name in left} == left
    backups.restore(made.path, restored, unit.desk.clock, name="Ann Officer", password=PASSWORD)
    assert {name: (tmp_path / f"{name}.before-1").read_bytes() for name in left} == left
    unit.desk.vault.close()
    desk = units.sign_in(restored, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    assert pupils.all_pupils(desk) == [pupil]
    (row,) = [row for row in log_of(desk) if row[1] == "restore"]
    assert row[3].startswith("from log ")
    desk.vault.close()


def test_only_a_data_officer_of_the_backup_restores_it(unit: Unit, tmp_path: Path) -> None:
    staff.add_user(unit.desk, "Sam Whitlock", Role.OFFICE, PASSWORD)
    folder = tmp_path / "stick"
    folder.mkdir()
    made, _changed = backups.make(unit.desk, folder)
    new = tmp_path / "restored.pupildesk"
    with pytest.raises(NotAllowed, match="data officer"):
        backups.restore(made.path, new, unit.desk.clock, name="Sam Whitlock", password=PASSWORD)
    with pytest.raises(WrongPassword):
        backups.restore(made.path, new, unit.desk.clock, name="Ann Officer", password="not the right one")
    assert not list(tmp_path.glob("restored*"))
    with pytest.raises(WrongUse):
        backups.restore(made.path, unit.file, unit.desk.clock, name="Ann Officer", password=PASSWORD)


def test_each_saving_of_the_settings_is_a_version(unit: Unit) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, head="Robin Ashdown"))
    assert [row["head"] for row in unit.desk.vault.rows("SELECT head FROM settings ORDER BY version")] == [None, "Robin Ashdown"]
    assert unit.desk.settings.head == "Robin Ashdown"
    assert log_of(unit.desk)[-1][1:] == ("edit-settings", "", "head")
    assert settings_service.save_settings(unit.desk, unit.desk.settings).kinds == frozenset()
    assert unit.count("settings") == 2


@pytest.mark.parametrize(
    ("items", "column"),
    [
        ({"no_notice_13": "none"}, "no_notice_13"),
        ({"unasked_post_16": "minimum"}, "unasked_post_16"),
        ({"lock_minutes": 0}, "lock_minutes"),
        ({"lock_minutes": 11}, "lock_minutes"),
        ({"estab": "110"}, "estab"),
        ({"name": ""}, "name"),
        ({"postcode": "nowhere"}, "postcode"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(unit: Unit, items: dict[str, object], column: str) -> None:
    before = state(unit.desk)
    with pytest.raises(Refused) as refused:
        settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, **items))
    assert [problem.column for problem in refused.value.problems] == [column]
    assert state(unit.desk) == before


def test_a_calendar_is_kept_in_order_and_terms_may_not_overlap(unit: Unit) -> None:
    autumn = Term(start=date(2026, 9, 2), end=date(2026, 10, 23))
    winter = Term(start=date(2026, 11, 2), end=date(2026, 12, 18))
    closed = Closure(day=date(2026, 9, 4), reason="Training")
    calendars.save_calendar(unit.desk, [winter, autumn], [closed])
    assert [(term.start, term.end) for term in calendars.terms(unit.desk)] == [(autumn.start, autumn.end), (winter.start, winter.end)]
    assert [(day.day, day.reason) for day in calendars.closures(unit.desk)] == [(closed.day, closed.reason)]
    before = state(unit.desk)
    overlapping = dataclasses.replace(winter, start=date(2026, 10, 23))
    for wrong in ([autumn, overlapping], [dataclasses.replace(autumn, end=date(2026, 9, 1))]):
        with pytest.raises(Refused):
            calendars.save_calendar(unit.desk, wrong, [])
        assert state(unit.desk) == before


def test_a_draft_is_given_back_to_its_author_only(unit: Unit) -> None:
    colleague, log = unit.as_role(Role.OFFICE), log_of(unit.desk)
    drafts.keep(unit.desk, "pupils", "one", {"town": "Wa"})
    drafts.keep(unit.desk, "pupils", "one", {"town": "Ware"})
    drafts.keep(colleague, "pupils", "one", {"town": "Hertford"})
    assert [draft.typed for draft in drafts.own_drafts(unit.desk)] == [{"town": "Ware"}]
    assert [draft.typed for draft in drafts.own_drafts(colleague)] == [{"town": "Hertford"}]
    drafts.forget(unit.desk, "pupils", "one")
    assert drafts.own_drafts(unit.desk) == []
    assert len(drafts.own_drafts(colleague)) == 1
    assert log_of(unit.desk) == log


def test_an_erasure_reaches_drafts_also_those_that_only_their_author_can_read(unit: Unit) -> None:
    gone, stays = (unit.pupil(name, "Bea", date(2012, 5, 6)).id for name in ("Quill", "Larch"))
    member = staff.add_user(unit.desk, "Ben Office", Role.OFFICE, PASSWORD)
    unit.desk.vault.close()
    colleague = units.sign_in(unit.file, name=member.name, password=PASSWORD, clock=unit.desk.clock)
    drafts.keep(colleague, "plans", "", {"pupil": gone})
    drafts.keep(colleague, drafts.PLACE, "", {"page": "pupils", "id": gone})
    drafts.keep(colleague, drafts.NOT_NOTED, "", {"secrets": []})
    colleague.vault.close()
    officer = units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    for pupil_id in (gone, stays):
        drafts.keep(officer, "letters", pupil_id, {"pupil": pupil_id})
    erased_at_once.erase_pupil(officer, gone, authority="Request")
    assert [draft.object_id for draft in drafts.own_drafts(officer)] == [stays]
    officer.vault.close()
    colleague = units.sign_in(unit.file, name=member.name, password=PASSWORD, clock=unit.desk.clock)
    assert {draft.page for draft in drafts.own_drafts(colleague)} == {drafts.NOT_NOTED, "lost erased"}
    colleague.vault.close()


@pytest.mark.parametrize("way", ["new password", "disabled and let in again"])
@pytest.mark.parametrize(
    ("pages", "lost"),
    [
        ([drafts.NOT_NOTED, drafts.PLACE], ["lost password"]),
        (["pupils", drafts.NOT_NOTED], ["lost password", "lost typed"]),
        ([drafts.PLACE], []),
    ],
)
def test_what_is_under_the_key_of_somebody_whose_key_goes_is_deleted_and_that_is_kept_for_them(
    unit: Unit, way: str, pages: list[str], lost: list[str]
) -> None:
    member = staff.add_user(unit.desk, "Ben Office", Role.OFFICE, PASSWORD)

    def at(name: str, password: str) -> Desk:
        nonlocal desk
        desk.vault.close()
        desk = units.sign_in(unit.file, name=name, password=password, clock=unit.desk.clock)
        return desk

    desk = unit.desk
    colleague = at("Ben Office", PASSWORD)
    for page in pages:
        drafts.keep(colleague, page, "", {"secrets": ["four plain short words"]})
    officer = at("Ann Officer", PASSWORD)
    for _twice in range(2):  # what is kept for them is not lost by a second new password
        if way == "new password":
            staff.set_password_anew(officer, member, NEW)
        else:
            staff.disable(officer, member)
            staff.enable(officer, member, NEW)
        rows = officer.vault.rows("SELECT page FROM draft WHERE author = ? ORDER BY page", (member.id,))
        assert [row["page"] for row in rows] == lost
        drafts.keep(officer, "pupils", "one", {"town": "Ware"})  # which puts all that is under no key yet under one
    again = at("Ben Office", NEW)
    assert sorted(draft.page for draft in drafts.own_drafts(again)) == lost
    again.vault.close()


def test_everyone_reads_their_own_acts_and_the_officer_all(unit: Unit) -> None:
    colleague = unit.as_role(Role.OFFICE)
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    pupils.record(colleague, pupil.id)
    assert [(row.action, row.user) for row in logbook.own_rows(colleague)] == [("view", "Colleague office")]
    assert [row.action for row in logbook.rows(unit.desk)] == ["view", "edit-record", "edit-settings", "new-unit"]
    assert [row.action for row in logbook.rows(unit.desk, pupil_id=pupil.id, limit=1)] == ["view"]
    assert [row.action for row in logbook.own_rows(unit.desk, pupil_id=pupil.id)] == ["edit-record"]
    with pytest.raises(NotAllowed):
        logbook.rows(colleague)
    assert logbook.own_rows(colleague)[0].action == "refused: read-whole-log"


def test_the_check_finds_nothing_in_a_good_file_and_says_so_in_the_log(unit: Unit) -> None:
    unit.pupil("Penn", "Zoë", date(2012, 5, 1))
    assert checks.check_file(unit.desk) == []
    assert log_of(unit.desk)[-1][1:] == ("check-file", "", "0 serious, 0 in all")


def test_the_check_names_a_wrong_record_by_its_reference(unit: Unit) -> None:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 5, 1), sen_provision="N", sen_need_1="ASD")
    other = unit.pupil("Keeper", "Ada", date(2012, 5, 1))
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE pupil SET postcode = 'nowhere' WHERE id = ?", (pupil.id,))
        unit.desk.vault.execute("UPDATE enrolment SET pupil_id = ? WHERE pupil_id = ?", (other.id, pupil.id))
    found = {(finding.where, finding.serious) for finding in checks.check_file(unit.desk)}
    assert found == {(pupil.ref, True), (pupil.ref, False)}
    messages = " ".join(finding.message for finding in checks.check_file(unit.desk))
    assert "There is no stay at the unit on file." in messages
    assert "Penn" not in messages
