"""A good pack mends the law without a release: shown before, in force at once and for every sign-in, and taken back after."""

from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.basics.rulefiles import SHIPPED, in_force
from pupil_desk.domain.governance.retention import REQUEST, SEN
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.erasure.due_for_erasure import held_items
from pupil_desk.services.exports.census import CENSUS as EXPORT
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.rules import loading, packs
from pupil_desk.services.unit import units
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.rules.made import CENSUS, PERIODS, REGULATOR, a_pack, changed, corrections, shipped

pytestmark = pytest.mark.usefixtures("ours")


@pytest.fixture
def family(unit: Unit) -> Unit:
    """Ann has needs; Ben left on the day after Easter Monday, which the autumn census tells of."""
    ann = unit.pupil("Ash", "Ann", date(2012, 5, 6), sen_provision="K", sex="F", address_1="1 Mill Lane", postcode="SG12 1AA")
    unit.contact(ann, "Ash", forename="Ada", parental_responsibility=True, lives_with=True)
    gone = Enrolment(status="C", start_date=date(2025, 9, 2), end_date=date(2026, 4, 7), deletion_ground="9(1)(a)")
    unit.pupil("Beck", "Ben", date(2011, 2, 6), gone, sex="M")
    return unit


def told_by_census(unit: Unit) -> set[str]:
    selection = EXPORT.select(unit.desk, Ask(day=DAY))
    return {told.pupil.forename for told in selection.exported} | {left.pupil.forename for left in selection.left_out}


def due(unit: Unit, name: str) -> list[date | None]:
    return [item.due for item in held_items(unit.desk) if item.retention_class.name == name]


def state(unit: Unit) -> tuple[object, ...]:
    """What the three rules come to."""
    return (
        told_by_census(unit),
        due(unit, SEN),
        unit.desk.schedule[REQUEST].sentence,
        regulator_on(unit.desk.settings, DAY).name,
        notice_editions.current_edition(unit.desk).digest,
    )


def test_it_is_shown_taken_kept_and_taken_back(family: Unit) -> None:
    before = state(family)
    assert before[0] == {"Ann", "Ben"}
    assert before[1] == [date(2043, 5, 6)]
    shown = packs.preview(family.desk, a_pack(corrections()))
    assert state(family) == before, "showing changes nothing"
    assert {change.label: (change.old, change.new) for change in shown.changes} == {
        "School census, days and rules: Autumn, days of the attendance told": (
            "Easter Monday to the day before the spring bank holiday",
            "20 April to the day before the spring bank holiday",
        ),
        "How long records are kept: Requests and complaints, how long": ("6 years", "7 years"),
        "How long records are kept: Special educational needs, and plans, how long": ("31 years", "26 years"),
        "Who watches over data protection: Information Commissioner’s Office (ICO), its name": (
            "Information Commissioner’s Office (ICO)",
            "Information Commission of the United Kingdom",
        ),
    }
    assert {change.name for change in shown.changes} == {
        f"{CENSUS}: terms.AUT.attendance",
        f"{PERIODS}: classes.request.parts.1.years",
        f"{PERIODS}: classes.sen.parts.1.years",
        f"{REGULATOR}: codes.commissioner.label",
    }  # fmt: skip
    touched = {thing.what: [pupil.name for pupil in thing.pupils] for thing in shown.touched}
    assert touched["When something may be erased"] == ["Ann Ash"]
    assert touched["Export: School census"] == ["Ben Beck"]
    assert touched["The privacy notice: a new edition"] == ["Ann Ash"]
    assert "Export: Attendance register" not in touched
    assert {rule.path for rule in shown.rules} == {CENSUS, PERIODS, REGULATOR}

    changed_, taken = packs.take(family.desk, a_pack(corrections()))
    assert taken == shown
    assert "rules" in changed_.kinds
    after = state(family)
    assert after[0] == {"Ann"}
    assert after[1:4] == ([date(2038, 5, 6)], "7 years from the day the case is closed", "Information Commission of the United Kingdom")
    assert after[4] != before[4]
    assert family.log()[-1] == ("edit-rules", "1", f"taken: {CENSUS}, {REGULATOR}, {PERIODS}")
    assert [entry.pack.number for entry in packs.packs(family.desk)] == [1]

    assert [(change.name, change.new, change.old) for change in packs.preview_of_undoing(family.desk).changes] == [
        (change.name, change.old, change.new) for change in shown.changes
    ]
    packs.undo(family.desk)
    assert state(family) == before
    assert family.log()[-1] == ("edit-rules", "1", "taken back")
    assert packs.packs(family.desk) == []
    packs.take(family.desk, a_pack(corrections()))
    assert state(family) == after, "and it may be taken again"


def test_it_is_in_force_for_every_sign_in_and_for_no_other_unit(family: Unit) -> None:
    packs.take(family.desk, a_pack(corrections()))
    units.sign_out(family.desk)
    assert in_force() is SHIPPED
    desk = units.sign_in(family.file, name=OFFICER, password=PASSWORD, clock=family.desk.clock)
    assert regulator_on(desk.settings, DAY).name == "Information Commission of the United Kingdom"
    units.sign_out(desk)
    assert in_force() is SHIPPED
    assert codelist("regulator").label_of("commissioner") == "Information Commissioner’s Office (ICO)"


def test_a_later_pack_goes_before_and_leaves_the_rest(family: Unit) -> None:
    packs.take(family.desk, a_pack(corrections(), 1))
    later = changed(REGULATOR, "Information Commissioner’s Office (ICO)", "The Commission")
    packs.take(family.desk, a_pack({REGULATOR: later}, 2))
    assert regulator_on(family.desk.settings, DAY).name == "The Commission"
    assert told_by_census(family) == {"Ann"}
    packs.undo(family.desk)
    assert regulator_on(family.desk.settings, DAY).name == "Information Commission of the United Kingdom"
    packs.undo(family.desk)
    assert in_force().texts == {}
    with pytest.raises(WrongUse, match="There is no pack of rules to take back"):
        packs.undo(family.desk)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_only_a_data_officer_may(family: Unit, role: Role) -> None:
    desk, data = family.as_role(role), a_pack(corrections())
    for act in (lambda: packs.preview(desk, data), lambda: packs.take(desk, data), lambda: packs.undo(desk)):
        with pytest.raises(NotAllowed, match="data officer"):
            act()
    assert family.count("rule_pack") == 0
    assert packs.rules(desk)


def test_one_that_is_not_newer_is_refused(family: Unit) -> None:
    packs.take(family.desk, a_pack(corrections(), 5))
    other = {"codes/sex.toml": changed("codes/sex.toml", '"Male"', '"Man"')}
    for data in (a_pack(other, 5), a_pack(other, 4), a_pack(other, 6, day=date(2027, 1, 9))):
        with pytest.raises(WrongUse, match=r"is not newer than number 5 of 10 January 2027, which is in force\. Nothing was changed\."):
            packs.take(family.desk, data)
    packs.take(family.desk, a_pack(other, 6))


def test_a_file_that_was_checked_before_the_one_in_force_is_refused(family: Unit) -> None:
    old = changed(REGULATOR, "checked = 2026-11-28", "checked = 2026-11-27")
    with pytest.raises(WrongUse, match="was checked on 27 November 2026, and the one in force on 28 November 2026"):
        packs.take(family.desk, a_pack({REGULATOR: old}))


def test_one_that_changes_nothing_is_refused(family: Unit) -> None:
    with pytest.raises(WrongUse, match="is in force already"):
        packs.take(family.desk, a_pack({REGULATOR: shipped(REGULATOR)}))


def test_once_a_newer_program_has_the_file_checked_later_its_own_counts(family: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    packs.take(family.desk, a_pack(corrections()))
    assert packs.packs(family.desk)[0].set_aside == ()
    really = loading.last_checked

    def of_a_newer_program(path: str, rules: object = SHIPPED) -> date:
        return date(2027, 9, 1) if rules is SHIPPED and path == REGULATOR else really(path, rules)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "last_checked", of_a_newer_program)
    loading.open_rules(family.desk.vault)
    assert in_force().texts.keys() == {CENSUS, PERIODS}
    assert packs.packs(family.desk)[0].set_aside == (REGULATOR,)


def test_it_goes_with_a_backup(family: Unit) -> None:
    packs.take(family.desk, a_pack(corrections()))
    rows = family.desk.vault.rows("SELECT number, content FROM rule_pack")
    assert [(row["number"], bytes(row["content"])) for row in rows] == [(1, a_pack(corrections()))]
