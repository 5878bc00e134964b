"""Who writes to a safeguarding file, who reads it, and what stands in it."""

import dataclasses
from datetime import timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.unit.staff import SecondRole, StaffMember
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers, second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.packs.front import Enclosed, letter_story
from pupil_desk.services.safeguarding import files, moving, writing
from pupil_desk.services.safeguarding.due import SafeguardingDue, safeguarding_due
from pupil_desk.services.unit import settings
from pupil_desk.store.file.errors import StoreFault
from tests.services import erased_at_once
from tests.services.exports.made import DAY, MOMENT, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import LEAD, LEADS, OFFICE, OFFICES, at
from tests.services.notes.test_second_key import moved as by_another_hand


def concern(pupil: Pupil, text: str = "Said he is afraid") -> SafeguardingEntry:
    return SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.CONCERN, day=DAY, text=text)


def texts(unit: Unit, pupil: Pupil) -> list[str | None]:
    return [history.now.text for history in files.of_pupil(at(unit, LEAD, LEADS), pupil.id).histories]


def test_anybody_writes_a_concern_and_the_lead_alone_reads_it(unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember) -> None:
    desk = at(unit, OFFICE, OFFICES)
    writing.write_concern(desk, concern(pupil))
    for who in ((OFFICE, OFFICES), (OFFICER, PASSWORD)):
        desk = at(unit, *who)
        assert not files.may_open(desk)
        for act in (
            lambda d: files.of_pupil(d, pupil.id),
            files.listing,
            files.every_file,
            lambda d: writing.enter(d, concern(pupil)),
            lambda d: writing.amend(d, concern(pupil)),
            lambda d: writing.strike(d, concern(pupil), "Why"),
        ):
            with pytest.raises(NotAllowed, match="designated safeguarding lead or deputy"):
                act(desk)
    assert texts(unit, pupil) == ["Said he is afraid"]
    assert unit.desk.holds(SecondRole.SAFEGUARDING_LEAD)
    assert unit.log()[-1] == ("view", pupil.id, "")
    (line,) = files.listing(unit.desk)
    assert (line.pupil.id, line.undecided, line.actions, line.statuses, line.last_day) == (pupil.id, 1, 0, (), DAY)


def test_a_concern_takes_nothing_of_what_is_the_leads(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    entry = dataclasses.replace(concern(pupil), decision="None needed", entry_id="another", kind=EntryKind.STATUS)
    writing.write_concern(unit.desk, entry)
    (history,) = files.of_pupil(at(unit, LEAD, LEADS), pupil.id).histories
    assert (history.now.kind, history.now.decision, history.now.entry_id != "another") == ("concern", None, True)
    assert history.author == OFFICER


def test_no_concern_is_written_before_somebody_holds_the_key_or_where_it_is_switched_off(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(WrongUse, match="We keep the safeguarding files here” is switched off"):
        writing.write_concern(unit.desk, concern(pupil))
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=True))
    with pytest.raises(WrongUse, match="Nobody holds the key of the safeguarding files"):
        writing.write_concern(unit.desk, concern(pupil))
    assert unit.count("safeguarding_entry") == 0


def test_it_is_not_switched_off_while_there_is_a_file(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    with pytest.raises(Refused, match="There are safeguarding files here"):
        settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=False))


def test_the_lead_decides_amends_and_strikes_out_and_what_was_said_stays(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    desk = at(unit, LEAD, LEADS)
    (history,) = files.of_pupil(desk, pupil.id).histories
    assert history.now.is_open
    writing.amend(desk, dataclasses.replace(history.now, decision="Told the authority"))
    (history,) = files.of_pupil(desk, pupil.id).histories
    assert not history.now.is_open
    assert [wording.author for wording in history.wordings] == [OFFICER, LEAD]
    writing.strike(desk, history.now, "Of another pupil")
    with pytest.raises(WrongUse, match="struck out"):
        writing.amend(desk, history.now)
    assert [wording.entry.struck for wording in files.of_pupil(desk, pupil.id).histories[0].wordings] == [None, None, "Of another pupil"]
    with pytest.raises(StoreFault, match="append-only"), desk.vault.transaction():
        desk.vault.execute("DELETE FROM safeguarding_entry")


def test_several_statuses_run_each_with_its_social_worker_and_none_hides_a_graver_one(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    desk = at(unit, LEAD, LEADS)
    for status, worker, since, until in (
        ("looked-after", "Lo Bay", 400, None), ("early-help", "Ed Hart", 300, 100), ("child-in-need", "Cy Noon", 99, None),
        ("child-protection", "Ade Cole", 50, None), ("prevent", None, 10, None), ("child-in-need", "Di Nash", 5, 2),
    ):  # fmt: skip
        writing.enter(
            desk,
            SafeguardingEntry(
                pupil_id=pupil.id, kind=EntryKind.STATUS, day=DAY - timedelta(since), status=status, social_worker=worker,
                until=DAY - timedelta(until) if until else None,
            ),
        )  # fmt: skip
    standing = [("child-protection", "Ade Cole"), ("looked-after", "Lo Bay"), ("prevent", None)]
    assert [(entry.status, entry.social_worker) for entry in files.of_pupil(desk, pupil.id).statuses] == standing
    assert [(entry.status, entry.social_worker) for entry in files.listing(desk)[0].statuses] == standing
    plan = next(history for history in files.of_pupil(desk, pupil.id).histories if history.now.status == "child-protection")
    writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.STATUS, day=DAY - timedelta(1), status="early-help"))
    assert len(files.of_pupil(desk, pupil.id).statuses) == 4, "help that is begun later does not end the plan"
    writing.amend(desk, dataclasses.replace(plan.now, until=DAY - timedelta(1)))
    assert [entry.status for entry in files.of_pupil(desk, pupil.id).statuses] == ["looked-after", "early-help", "prevent"]
    writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.STATUS, day=DAY, status="none"))
    assert files.of_pupil(desk, pupil.id).statuses == ()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"text": None}, "text"),
        ({"day": DAY + timedelta(1)}, "day"),
        ({"time": "9.99"}, "time"),
        ({"body_map": "front;1000;3;bruise"}, "body_map"),
        ({"body_map": "front;10;3;"}, "body_map"),
        ({"nature": "no such"}, "nature"),
        ({"kind": "action", "due": DAY - timedelta(1)}, "due"),
        ({"kind": "action", "decision": "Of a concern"}, "decision"),
        ({"kind": "meeting", "text": "No kind"}, "meeting"),
        ({"kind": "status", "text": None}, "status"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(unit: Unit, pupil: Pupil, lead: StaffMember, values: dict[str, object], name: str) -> None:
    desk = at(unit, LEAD, LEADS)
    with pytest.raises(Refused) as refused:
        writing.enter(desk, dataclasses.replace(concern(pupil), **values))
    assert name in {problem.column for problem in refused.value.problems}


def test_a_deputy_waits_for_the_key_until_the_lead_hands_it_over(unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    readers.set_reader(unit.desk, office, may=True, reason="Deputy", room=SAFEGUARDING_FILES)
    assert not files.may_open(at(unit, OFFICE, OFFICES))
    second_key.hand_over(at(unit, LEAD, LEADS), office, SAFEGUARDING_FILES)
    desk = at(unit, OFFICE, OFFICES)
    assert files.may_open(desk)
    assert [history.now.text for history in files.of_pupil(desk, pupil.id).histories] == ["Said he is afraid"]
    assert not readers.may_read(desk), "the key of the restricted notes is another"


def test_who_is_no_longer_named_reads_nothing_written_since_or_before(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember
) -> None:
    readers.set_reader(unit.desk, office, may=True, reason="Deputy", room=SAFEGUARDING_FILES)
    second_key.hand_over(at(unit, LEAD, LEADS), office, SAFEGUARDING_FILES)
    writing.write_concern(unit.desk, concern(pupil, "Before"))
    desk = at(unit, OFFICER, PASSWORD)
    readers.set_reader(desk, office, may=False, reason="Has left", room=SAFEGUARDING_FILES)
    writing.write_concern(desk, concern(pupil, "Since"))
    assert not files.may_open(at(unit, OFFICE, OFFICES))
    desk = at(unit, LEAD, LEADS)
    assert {history.now.text for history in files.of_pupil(desk, pupil.id).histories} == {"Before", "Since"}
    (number,) = {row["key_id"] for row in desk.vault.rows("SELECT key_id FROM safeguarding_entry")}
    assert number == desk.vault.rows("SELECT id FROM second_key WHERE room = 'safeguarding' ORDER BY seq DESC")[0]["id"]


def test_the_last_who_holds_the_key_stays(unit: Unit, lead: StaffMember) -> None:
    with pytest.raises(WrongUse, match="the only one who holds the key of the safeguarding files"):
        readers.set_reader(unit.desk, lead, may=False, reason="Has left", room=SAFEGUARDING_FILES)


def test_a_cell_put_into_another_file_is_not_shown(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    other = unit.pupil("Abel", "Ann", DAY.replace(year=2011))
    for each in (pupil, other):
        writing.write_concern(unit.desk, concern(each, each.surname))
    by_another_hand(
        unit,
        f"UPDATE safeguarding_entry SET body = (SELECT body FROM safeguarding_entry WHERE pupil_id = '{other.id}') WHERE pupil_id = '{pupil.id}'",
        "safeguarding_entry_keep",
    )
    opened = files.of_pupil(at(unit, LEAD, LEADS), pupil.id)
    assert (opened.histories, opened.moved) == ((), 1)
    assert "cell-refused" in {row[0] for row in unit.log()}
    by_name = {line.pupil.surname: (line.moved, line.sealed, line.undecided) for line in files.listing(unit.desk)}
    assert by_name == {"Abel": (0, 0, 1), "Quill": (1, 0, 0)}, "who has nothing else is in the list all the same"
    assert safeguarding_due(unit.desk) == SafeguardingDue(undecided=1, since=DAY, moved=1)


def test_no_section_of_a_copy_says_whether_there_is_a_file(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    before = [(section.name, len(section.entries)) for section in sheet.everything(unit.desk, pupil.id)]
    writing.write_concern(unit.desk, concern(pupil))
    for who in ((OFFICER, PASSWORD), (LEAD, LEADS)):
        desk = at(unit, *who)
        assert [(section.name, len(section.entries)) for section in sheet.everything(desk, pupil.id)] == before


def test_it_goes_with_all_of_a_pupil(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    erased_at_once.erase_pupil(unit.desk, pupil.id, authority="Due")
    assert unit.count("safeguarding_entry") == 0
    (order,) = unit.desk.vault.rows("SELECT counts FROM erasure_order")
    assert "enrolment" in order["counts"]
    assert "safeguarding" not in order["counts"]
    assert not any("safeguarding" in reason for action, _about, reason in unit.log() if action == "erased")


def test_home_counts_for_the_lead_what_waits_and_tells_nobody_else(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    writing.write_concern(unit.desk, concern(pupil))
    assert safeguarding_due(unit.desk) == SafeguardingDue()
    desk = at(unit, LEAD, LEADS)
    for day in (DAY - timedelta(1), DAY, DAY + timedelta(1)):
        action = SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.ACTION, day=DAY - timedelta(2), text="Ring", due=day)
        writing.enter(desk, action)
    assert safeguarding_due(desk) == SafeguardingDue(undecided=1, since=DAY, actions=2, due=DAY - timedelta(1))


def test_a_meeting_to_come_is_due_until_it_is_written_up(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    desk = at(unit, LEAD, LEADS)
    for kind, days in (("review-conference", 9), ("core-group", 2), ("strategy", -3)):
        meeting = SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.MEETING, day=DAY + timedelta(days), meeting=kind)
        writing.enter(desk, meeting)
    to_come = (DAY + timedelta(2), DAY + timedelta(9))
    assert safeguarding_due(desk) == SafeguardingDue(meetings=to_come), "what was over when it was entered waits for nothing"
    (line,) = files.listing(desk)
    assert (tuple(line.meetings), line.last_day) == (to_come, DAY - timedelta(3))
    desk = Desk(desk.vault, desk.user, FixedClock(MOMENT + timedelta(5)))
    assert safeguarding_due(desk) == SafeguardingDue(unwritten=to_come[:1], meetings=to_come[1:])
    held = next(history.now for history in files.of_pupil(desk, pupil.id).histories if history.now.meeting == "core-group")
    writing.amend(desk, dataclasses.replace(held, text="The plan goes on"))
    assert safeguarding_due(desk) == SafeguardingDue(meetings=to_come[1:])
    assert safeguarding_due(at(unit, OFFICER, PASSWORD)) == SafeguardingDue(), "the lead alone"


def test_a_concern_about_the_wrong_pupil_is_moved_as_it_was_and_leaves_its_trace(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    right = unit.pupil("Abel", "Ann", DAY.replace(year=2011))
    writing.write_concern(unit.desk, dataclasses.replace(concern(pupil), pupil_words="He hit me", body_map="front;27;58;bruise"))
    with pytest.raises(NotAllowed):
        moving.move(unit.desk, concern(pupil), right.id, "Two of one name")
    desk = at(unit, LEAD, LEADS)
    (history,) = files.of_pupil(desk, pupil.id).histories
    with pytest.raises(Refused, match="why it is moved"):
        moving.move(desk, history.now, right.id, " ")
    with pytest.raises(WrongUse, match="another pupil"):
        moving.move(desk, history.now, pupil.id, "Two of one name")
    moving.move(desk, history.now, right.id, "Two of one name")
    (left,) = files.of_pupil(desk, pupil.id).histories
    assert left.now.struck == "Moved to the file of another pupil: Two of one name"
    event, moved = sorted(files.of_pupil(desk, right.id).histories, key=lambda each: each.now.kind, reverse=True)
    assert (moved.now.text, moved.now.pupil_words, moved.now.body_map) == ("Said he is afraid", "He hit me", "front;27;58;bruise")
    assert (moved.author, moved.recorded[0]) == (OFFICER, history.recorded[0])
    assert event.now.text == (
        "The concern of 24 November 2026, written by Ann Officer, stood in the file of another pupil. It was moved here: Two of one name"
    )
    assert {row[1] for row in unit.log()[-4:]} >= {pupil.id, right.id}
    for entry in (left.now, event.now):
        with pytest.raises(WrongUse):
            moving.move(desk, entry, right.id, "Again")


def test_a_concern_about_siblings_is_in_each_file_and_the_pupils_own_words_in_the_first_alone(
    unit: Unit, pupil: Pupil, lead: StaffMember
) -> None:
    sibling = unit.pupil("Quill", "Cay", DAY.replace(year=2014))
    entry = dataclasses.replace(concern(pupil), pupil_words="He hits us", body_map="front;27;58;bruise")
    writing.write_concern(unit.desk, entry, also=[sibling.id, pupil.id])
    desk = at(unit, LEAD, LEADS)
    (first,), (second,) = (files.of_pupil(desk, each.id).histories for each in (pupil, sibling))
    assert (first.now.text, first.now.pupil_words, first.now.body_map) == ("Said he is afraid", "He hits us", "front;27;58;bruise")
    assert (second.now.text, second.now.pupil_words, second.now.body_map) == ("Said he is afraid", None, None)


def test_a_copy_and_a_leaver_pack_say_the_same_whether_or_not_there_is_a_file(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    def told() -> str:
        pack = PackBegun(pupil_id=pupil.id, asker="Ms Quill", begun_on=DAY)
        return repr(letter_story(unit.desk, pack, pupil, Enclosed()))

    before = told()
    assert "What our safeguarding lead may keep about a pupil is apart from this." in before
    writing.write_concern(unit.desk, concern(pupil))
    assert told() == before
