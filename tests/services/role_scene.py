"""A unit in which each service can be asked, and what it is asked for."""

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pupil_desk.domain.consents.consent import ConsentEvent, ConsentType, Occasion
from pupil_desk.domain.governance.breach_forms import BreachReport
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services import holds
from pupil_desk.services.consents import timeline
from pupil_desk.services.consents import types as consent_types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.governance import breaches
from pupil_desk.services.notes import notes
from pupil_desk.services.pupils import protections
from pupil_desk.services.unit import staff
from pupil_desk.store.tables import protections as protections_store
from pupil_desk.store.tables import staff as staff_store
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, PASSWORD, Unit


@dataclass
class Scene:
    """A unit with one pupil who has a mother, and a colleague; things to act upon are made by the officer."""

    unit: Unit
    folder: Path
    pupil: Pupil
    mother: Contact
    colleague: StaffMember
    number: int = 0

    @property
    def officer(self) -> Desk:
        return self.unit.desk

    def choice(self, channel: str) -> Choice:
        self.number += 1
        return Choice(
            pupil_id=self.pupil.id,
            recipient="youth-support",
            choice="restrict",
            by="parent",
            channel=channel,
            on=DAY,
            note=f"letter {self.number}",
        )

    def protection(self) -> Protection:
        return Protection(pupil_id=self.pupil.id, kind="order", reason="Court", since=DAY)

    def note(self) -> Note:
        self.number += 1
        new = Note(pupil_id=self.pupil.id, category="other", text=f"Said {self.number}", day=DAY, follow_up=DAY)
        notes.add(self.officer, new)
        return next(held.now for held in notes.of_pupil(self.officer, self.pupil.id) if held.now.text == new.text)

    def standing(self) -> str:
        protections.set_protection(self.officer, self.protection())
        return protections_store.of_pupil(self.officer.vault, self.pupil.id, DAY)[-1].id

    def said(self, channel: str) -> ConsentEntry:
        self.number += 1
        return ConsentEntry(
            pupil_id=self.pupil.id,
            consent_type="trips",
            step="refused",
            giver=self.mother.id,
            day=DAY,
            channel=channel,
            note=f"{self.number}",
        )

    def on_file(self) -> ConsentEvent:
        record_said(self.officer, [self.said("phone")])
        return timeline.timeline(self.officer, self.pupil.id).events[0]

    def trip(self) -> Occasion:
        self.number += 1
        return Occasion(consent_type="trip", name=f"Trip {self.number}", start=DAY)

    def other_type(self) -> ConsentType:
        self.number += 1
        return dataclasses.replace(consent_types.type_named(self.officer, "trips"), title=f"Trips {self.number}")

    def own_type(self) -> str:
        self.number += 1
        own = dataclasses.replace(consent_types.type_named(self.officer, "transport"), id="", consent_type="", name=f"Bus {self.number}")
        consent_types.save_type(self.officer, own)
        return next(one.consent_type for one in consent_types.types(self.officer) if one.name == own.name)

    def someone(self) -> StaffMember:
        self.number += 1
        return staff.add_user(self.officer, f"Temp {self.number}", Role.OFFICE, PASSWORD)

    def someone_disabled(self) -> StaffMember:
        member = self.someone()
        staff.disable(self.officer, member)
        return staff_store.get(self.officer.vault, member.id) or member

    def breach(self) -> str:
        breaches.report(self.officer, breach_report())
        return max(breaches.listing(self.officer), key=lambda one: one.number).id

    def hold(self) -> LegalHold:
        return LegalHold(pupil_id=self.another(), reason="A claim", review_on=DAY + timedelta(days=9))

    def standing_hold(self) -> str:
        hold = self.hold()
        holds.set_hold(self.officer, hold)
        return next(row.id for row in holds.listing(self.officer) if row.hold.pupil_id == hold.pupil_id)

    def another(self) -> str:
        self.number += 1
        return self.unit.pupil("Gone", f"Kim {self.number}", date(2012, 5, 1)).id

    def proposed(self) -> str:
        pupil_id = self.another()
        proposer = dataclasses.replace(self.officer, user=self.colleague_of_the_head())
        cases.propose(proposer, pupil_id, Reach.ALL, Ground.COURT, "Order")
        return next(line.case.id for line in cases.lines(self.officer) if line.case and line.pupil_id == pupil_id)

    def colleague_of_the_head(self) -> StaffMember:
        self.number += 1
        return staff.add_user(self.officer, f"Deputy {self.number}", Role.ASSISTANT_HEAD, PASSWORD)

    def other_settings(self) -> object:
        self.number += 1
        return dataclasses.replace(self.officer.settings, head=f"Head {self.number}")


def breach_report() -> BreachReport:
    return BreachReport(text="A lost stick", day=DAY - timedelta(days=1), time="09:40")
