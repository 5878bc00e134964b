"""What two parents say of one pupil, and what a table shows: for the tests of the tabs."""

from datetime import date

from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import wishes
from tests.ui.pages.made import pupil_called

YOUTH = "youth-support"


def cells(table: object, key: str) -> list[str]:
    return [table.cell(place, key) for place in range(len(table.rows))]  # type: ignore[attr-defined]


def parents(desk: Desk) -> tuple[str, str]:
    mother, father = pupils.record(desk, pupil_called(desk, "Theo").id).contacts
    return mother.id, father.id


def say(desk: Desk, contact_id: str, word: str, on: date) -> None:
    theo = pupil_called(desk, "Theo")
    wishes.answer(desk, [Choice(pupil_id=theo.id, recipient=YOUTH, choice=word, by="parent", on=on, channel="form")], contact_id=contact_id)
