"""Two pupils of one name are told apart wherever they are listed: by the day of birth, or else by number."""

from datetime import date

from pupil_desk.services.pupils import namesakes
from tests.services.exports.made import Unit


def test_only_those_who_share_a_name_are_told_apart_by_their_birthdays(unit: Unit) -> None:
    first = unit.pupil("Hall", "Ann", date(2012, 5, 3))
    second = unit.pupil("Hall", "Ánn", date(2011, 1, 2))
    unit.pupil("Hall", "Anna", date(2011, 1, 2))
    assert namesakes.told_apart(unit.desk) == {first.id: "born 3 May 2012", second.id: "born 2 Jan 2011"}
    assert namesakes.told_apart_shortly(unit.desk) == {first.id: "3 May 2012", second.id: "2 Jan 2011"}
    assert namesakes.told_apart_least(unit.desk) == {first.id: "2012", second.id: "2011"}
    third = unit.pupil("Hall", "Elizabeth", date(2012, 6, 1), preferred_forename="Ann")
    assert namesakes.told_apart_least(unit.desk) == {first.id: "3 May 2012", second.id: "2011", third.id: "1 Jun 2012"}


def test_by_the_name_that_they_go_by_too(unit: Unit) -> None:
    first = unit.pupil("Hall", "Elizabeth", date(2012, 5, 3), preferred_forename="Beth")
    second = unit.pupil("Hall", "Bethany", date(2011, 1, 2), preferred_forename="Beth")
    third = unit.pupil("Hart", "Samuel", date(2012, 6, 1), preferred_forename="Sam", preferred_surname="Reed")
    fourth = unit.pupil("Reed", "Sam", date(2011, 3, 4))
    fifth = unit.pupil("Hall", "Betty", date(2010, 3, 4), preferred_forename="Beth", preferred_surname="Moss")  # a list has «Hall, Beth»
    assert set(namesakes.told_apart(unit.desk)) == {first.id, second.id, third.id, fourth.id, fifth.id}


def test_by_number_where_they_go_by_one_name_and_the_day_is_the_same(unit: Unit) -> None:
    first = unit.pupil("Hall", "Elizabeth", date(2012, 5, 3), preferred_forename="Beth")
    second = unit.pupil("Hall", "Bethany", date(2012, 5, 3), preferred_forename="Beth")
    assert namesakes.told_apart(unit.desk) == {first.id: first.ref, second.id: second.ref}


def test_by_number_where_the_day_is_the_same(unit: Unit) -> None:
    first = unit.pupil("Hall", "Ann", date(2012, 5, 3))
    second = unit.pupil("Hall", "Ann", date(2012, 5, 3))
    assert namesakes.told_apart(unit.desk) == {first.id: first.ref, second.id: second.ref}
