"""One item is changed for several pupils: shown before, one act, undone as one."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import changes
from pupil_desk.services.pupils import bulk, pupils
from tests.services.exports.made import Unit

LEFT = Enrolment(status="C", start_date=date(2025, 9, 3), end_date=date(2026, 7, 17))


def four(unit: Unit) -> list[Pupil]:
    """In Year 9, in Year 10, without a year group, and one who has left."""
    born = date(2012, 3, 4)
    return [
        unit.pupil("Alder", "Ada", born, year_group="9"),
        unit.pupil("Birch", "Ben", born, year_group="10"),
        unit.pupil("Cedar", "Cai", born),
        unit.pupil("Dogwood", "Dot", born, LEFT, year_group="9"),
    ]


def years(unit: Unit) -> list[str | None]:
    return [pupil.year_group for pupil in pupils.all_pupils(unit.desk)]


def test_the_preview_says_what_becomes_of_each_and_changes_nothing(unit: Unit) -> None:
    lines = bulk.preview(unit.desk, [one.id for one in four(unit)], "year_group", "10")
    assert [(line.pupil.forename, line.now, line.will_be, line.why_not) for line in lines] == [
        ("Ada", "Year 9", "Year 10", ""),
        ("Ben", "Year 10", "", "Is so already"),
        ("Cai", "", "Year 10", ""),
        ("Dot", "Year 9", "", "Not here today: change the record by itself"),
    ]
    assert years(unit) == ["9", "10", None, "9"]


def test_everyone_goes_up_a_year_but_who_has_none_or_the_last(unit: Unit) -> None:
    ids = [one.id for one in four(unit)] + [
        unit.pupil("Elm", "Eve", date(2012, 1, 1), year_group="X").id,
        unit.pupil("Fir", "Flo", date(2008, 1, 1), year_group="14").id,
    ]
    lines = bulk.preview(unit.desk, ids, bulk.YEAR_UP)
    assert [line.why_not for line in lines] == [
        "",
        "",
        "No year group is entered",
        "Not here today: change the record by itself",
        "No year group follows this one",
        "No year group follows this one",
    ]
    done = bulk.change_all(unit.desk, ids, bulk.YEAR_UP)
    assert done.pupils == 2
    assert years(unit) == ["10", "11", None, "9", "X", "14"]


def test_one_act_is_undone_as_one_and_what_was_changed_since_stays(unit: Unit) -> None:
    ada, ben, *_rest = made = four(unit)
    done = bulk.change_all(unit.desk, [one.id for one in made], "year_group", "11")
    act = changes.recent(unit.desk)[0]
    assert (act.key, act.source, act.items) == (done.act, "bulk", 3)
    held = pupils.record(unit.desk, ben.id).pupil
    pupils.save_pupil(unit.desk, dataclasses.replace(held, year_group="12"))
    undone = changes.undo(unit.desk, done.act)
    assert len(undone.lines) == 2
    assert len(undone.left) == 1
    assert years(unit) == ["9", "12", None, "9"]
    assert [row[1] for row in unit.log() if row[2] == "several at once: year_group"].count(ada.id) == 1


def test_the_stay_of_today_is_changed_and_undone(unit: Unit) -> None:
    ada, _ben, _cai, dot = four(unit)
    done = bulk.change_all(unit.desk, [ada.id, dot.id], "review_day", "15 January 2027")
    assert done.pupils == 1
    assert pupils.record(unit.desk, ada.id).stays[0].review_day == date(2027, 1, 15)
    assert pupils.record(unit.desk, dot.id).stays[0].review_day is None
    changes.undo(unit.desk, done.act)
    assert pupils.record(unit.desk, ada.id).stays[0].review_day is None


def test_a_value_that_cannot_be_is_refused_in_words_and_nothing_is_kept(unit: Unit) -> None:
    ids = [one.id for one in four(unit)]
    assert "list" in bulk.problem_with(unit.desk, "year_group", "fortieth")
    with pytest.raises(WrongUse):
        bulk.change_all(unit.desk, ids, "year_group", "fortieth")
    with pytest.raises(WrongUse, match="nothing to change"):
        bulk.change_all(unit.desk, [ids[1]], "year_group", "10")
    assert years(unit) == ["9", "10", None, "9"]


def test_no_name_number_day_of_birth_or_address_is_offered() -> None:
    offered = {change.item.name for change in bulk.offered_changes().values()}
    assert not offered & {"surname", "forename", "upn", "uln", "dob", "postcode", "address_1", "town", "start_date", "end_date", "status"}


def test_a_tutor_group_a_site_and_sets_are_given_to_several_at_once(unit: Unit) -> None:
    ids = [one.id for one in four(unit)][:2]
    for key, words in (("tutor_group", "10B"), ("site", "Annexe"), ("subject_sets", "Maths 2")):
        assert bulk.change_all(unit.desk, ids, key, words).pupils == 2
    assert [(pupil.tutor_group, pupil.site, pupil.subject_sets) for pupil in pupils.all_pupils(unit.desk)][:2] == [
        ("10B", "Annexe", "Maths 2")
    ] * 2
