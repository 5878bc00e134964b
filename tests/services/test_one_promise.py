"""One promise, one clock: the day on which anything may be erased is the day that the printed sentence says, to who knows the words alone."""

import dataclasses
import random
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.retention import REQUEST, RetentionEvent, RetentionPart, proposed_schedule
from pupil_desk.services.erasure import cases, due_for_erasure, periods
from pupil_desk.services.notices import notice_editions
from tests.services.class_scene import at
from tests.services.exports.made import Unit
from tests.services.one_promise import by_the_words, fill

FEW, MANY = 300, 10_000
PRINTED_AT = {
    "pupil-record": "health_item.what",
    "register": "mark.code",
    "accident": "accident.account",
    "sen": "sen_period.provision",
    "disclosure": "choice.choice",
    "consent": "consent_event.what",
    "request": "request_case.kind",
    "paper": "attachment.title",
    "name": "pupil.surname",
}


def printed(unit: Unit) -> dict[str, str]:
    """What the notice of today prints of each class, by an item that stands for it."""
    items = notice_editions.said_now(unit.desk).items
    return {name: items[path].kept for name, path in PRINTED_AT.items()}


def by_the_program(unit: Unit) -> dict[tuple[str, str], date | None]:
    return {(one.ref, one.part): one.due for one in due_for_erasure.held_items(unit.desk)}


@pytest.mark.parametrize("pupils", [FEW, pytest.param(MANY, marks=pytest.mark.torture)])
def test_the_day_of_erasure_is_the_day_that_the_sentence_says(unit: Unit, pupils: int) -> None:
    made = fill(unit.desk, random.Random(20261128), pupils)
    words = by_the_words(made, printed(unit))
    program = by_the_program(unit)
    assert len(words) > pupils * 5
    assert program.keys() == words.keys()
    assert [one for one, day in words.items() if program[one] != day] == []
    _of_the_list(unit, words)
    _planted(unit, made_words=words)


def _of_the_list(unit: Unit, words: Mapping[tuple[str, str], date | None]) -> None:
    """What the list offers today is what is due by the words today, but for the record of pupils on roll."""
    listed = {(line.ref, part) for line in cases.lines(unit.desk) for part in line.parts if line.state is cases.State.DUE}
    assert listed == {one for one, day in words.items() if day is not None and day <= unit.desk.today and one[1] != "name"}


def _planted(unit: Unit, made_words: Mapping[tuple[str, str], date | None]) -> None:
    """One difference planted: the program keeps requests a year longer than was printed; it is found."""
    longer = dataclasses.replace(proposed_schedule()[REQUEST], parts=(RetentionPart(RetentionEvent.CLOSED, 7),))
    periods.save(unit.desk, longer)
    program = by_the_program(unit)
    different = {one for one, day in made_words.items() if program[one] != day and one[1] != "name"}
    assert different
    assert {part.partition(":")[0] for _ref, part in different} == {"request"}


def test_nothing_is_erased_a_day_before(unit: Unit) -> None:
    made = fill(unit.desk, random.Random(7), 12)
    words = by_the_words(made, printed(unit))
    pupils = {row["ref"]: row["id"] for row in unit.desk.vault.rows("SELECT ref, id FROM pupil")}
    tried = 0
    for (ref, part), day in words.items():
        if part == "name" or day is None or day > date(2050, 1, 1) or day < date(2027, 1, 1):
            continue
        with pytest.raises(Refused):
            cases.propose(at(unit.desk, day - timedelta(days=1)), pupils[ref], Reach.PART, Ground.DUE, "", parts=[part])
        on_the_day = at(unit.desk, day)
        cases.propose(on_the_day, pupils[ref], Reach.PART, Ground.DUE, "", parts=[part])
        case = next(line.case for line in cases.lines(on_the_day) if line.case and not line.case.ended)
        cases.withdraw(on_the_day, case.id, "Only tried")
        tried += 1
    assert tried > 10
