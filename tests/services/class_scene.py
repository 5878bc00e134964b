"""Consents, trips and requests of a few pupils, some of them on one paper."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.governance.erasure_case import Ground
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases, due_for_erasure
from pupil_desk.services.erasure.cases import CaseLine, State
from tests.services.exports.made import MOMENT, Unit
from tests.services.requests.cases import Family


def at(desk: Desk, day: date) -> Desk:
    """The same desk on another day."""
    return dataclasses.replace(desk, clock=FixedClock(datetime(day.year, day.month, day.day, 10, 5, tzinfo=MOMENT.tzinfo)))


@dataclass
class Scene:
    """A pupil of 14 on roll: a trip over long ago with its paper, photographs in force, a case closed long ago and one that is open."""

    family: Family
    sam: Desk
    trip: str

    @property
    def desk(self) -> Desk:
        return self.family.desk

    @property
    def pupil(self) -> Pupil:
        return self.family.pupil

    def parts(self, desk: Desk | None = None) -> dict[str, date | None]:
        """When each thing held of the pupil is due, the case by what it is."""
        names = {f"consent:trip/{self.trip}": "trip"}
        return {
            names.get(one.part, one.part.partition(":")[2] if ":" in one.part else one.part): one.due
            for one in due_for_erasure.held_items(desk or self.desk, [self.pupil.id])
        }

    def line(self, desk: Desk, *states: State) -> CaseLine:
        (found,) = [line for line in cases.lines(desk) if line.state in states and line.pupil_id == self.pupil.id]
        return found

    def erase(self, line: CaseLine, today: date) -> str:
        """By two people, a week later; the case."""
        cases.propose(at(self.sam, today), line.pupil_id, line.reach, Ground.DUE, "", parts=line.parts)
        case = next(each.case for each in cases.lines(at(self.desk, today)) if each.case and not each.case.ended)
        cases.agree(at(self.desk, today), case.id)
        cases.carry_out(at(self.desk, today + timedelta(days=7)), case.id)
        return case.id

    def count(self, table: str) -> int:
        return self.family.unit.count(table)


def keep_paper(unit: Unit, pupil: Pupil, title: str, **items: str) -> None:
    attachments.add(
        unit.desk, Attachment(pupil_id=pupil.id, title=title, kind="form", **items), attachments.look_into(title.encode(), "form.txt")
    )
