"""What an office does in a week beside the record itself, each thing by chance: incidents, accidents, exams, leave, absence, schools, providers, transport, safeguarding."""

import dataclasses
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEvent, IncidentEventKind
from pupil_desk.domain.leave.leave_request import LeaveCase, LeaveRequest
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.providers.provider import Provider
from pupil_desk.domain.providers.provider_return import ReturnOutcome
from pupil_desk.domain.pupils.place_review import BoughtPlaceReview, SchoolPlaceReview
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.absence_steps import AbsenceStep
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.domain.requests.boxes import PageArea
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.unit.own_field import OwnField
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.packs import deciding, paper_boxes
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.pupils import place_reviews, placements, pupils
from pupil_desk.services.register import absence_steps
from pupil_desk.services.register.sheets import printing
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.safeguarding import papers as sealed_papers
from pupil_desk.services.schools import places, schools
from pupil_desk.services.transport import journeys, routes
from pupil_desk.services.unit import own_fields, settings, staff
from pupil_desk.store.rows import several
from tests.domain.incidents.test_incident import WHOLE
from tests.made_papers import a_pdf
from tests.services.exports.made import DAY, Unit
from tests.services.imports.made import table
from tests.services.notes.scene import LEAD, LEADS

SCHOOLS = "Hill School, 919/4001\nVale School, 919/4003"
EVENTS = (
    *({"kind": kind, "who": "Jo Marsh"} for kind in ("signed", "signed", "told-authority")),
    *({"kind": kind, "who": "Jo Marsh", "note": "We talked."} for kind in ("debrief-pupil", "debrief-staff")),
    *({"kind": "reported", "way": "hand"}, {"kind": "withheld", "who": "Jo Marsh", "note": "Harm at home."}),
)  # fmt: skip


def ready(unit: Unit) -> None:
    """What the week needs of a unit: schools that the notice names, a file of safeguarding with a lead who has the key, a field of its own."""
    named = dataclasses.replace(unit.desk.settings, told_schools=SCHOOLS, keeps_safeguarding=True)
    settings.save_settings(unit.desk, named)
    member = staff.add_user(unit.desk, LEAD, Role.ASSISTANT_HEAD, LEADS)
    for reader in (unit.desk.user, member):  # whoever is at the desk has the key, so that papers are kept in a file too
        readers.set_reader(unit.desk, reader, may=True, reason="Safeguarding lead or deputy", room=SAFEGUARDING_FILES)
    field = {"label": "Locker", "reason": "To find it", "purpose": "CARE", "basis": "PUBLIC_TASK", "special": "NONE"}
    own_fields.make(unit.desk, OwnField(record="pupil", kind="text", retention="pupil-record", **field))


class Week:
    """The same people at the desk as the ``Office`` that this is a part of."""

    unit: Unit
    desk: Desk
    pick: random.Random

    def a_pupil(self) -> Pupil:
        raise NotImplementedError

    def _one_of(self, kind: type) -> Any | None:
        """One of a pupil's records of a kind, so that it is changed."""
        found = several.of_pupil(self.desk.vault, kind, self.a_pupil().id)
        return self.pick.choice(found) if found else None

    def _an_incident(self) -> IncidentCase | None:
        found = incidents.of_pupil(self.desk, self.a_pupil().id)
        return self.pick.choice(found) if found else None

    def enter_incident(self) -> None:
        people = {pupil.id: pupil for pupil in (self.a_pupil(), self.a_pupil())}
        base = dataclasses.replace(WHOLE, id="", entry_id="", incident_id="", time="9:45", day=DAY - timedelta(days=self.pick.randrange(3)))
        if self.pick.random() < 0.3:
            base = Incident(pupil_id="", kind="effort", day=DAY, part="took-part", points=2)
        incidents.enter(self.desk, [dataclasses.replace(base, pupil_id=pupil_id) for pupil_id in people])

    def amend_incident(self) -> None:
        if case := self._an_incident():
            cases = incidents.of_incident(self.desk, case.now.incident_id)
            words = self.pick.choice(("A chair was thrown.", "Two chairs were thrown."))
            incidents.amend(self.desk, [dataclasses.replace(other.now, account=words) for other in cases if not other.struck])

    def strike_incident(self) -> None:
        if case := self._an_incident():
            incidents.strike(self.desk, [case.now.entry_id], "Of another pupil")

    def undo_incident(self) -> None:
        if case := self._an_incident():
            incidents.undo(self.desk, [case.now])

    def follow_incident(self) -> None:
        if case := self._an_incident():
            told = self.pick.choice(EVENTS)
            people = self.desk.vault.rows("SELECT id FROM contact WHERE pupil_id = ? ORDER BY id", (case.now.pupil_id,))
            parent = self.pick.choice(people)["id"] if people and told["kind"] in ("reported", "withheld") else None
            event = IncidentEvent(entry_id=case.now.entry_id, pupil_id=case.now.pupil_id, on=DAY, contact_id=parent, **told)
            if self.pick.random() < 0.2 and case.last(event.kind, parent):
                event = dataclasses.replace(event, done=False)
            incidents.record(self.desk, [event])

    def sign_incident(self) -> None:
        """With what follows at once, so that there are signed ones at all."""
        for case in incidents.of_pupil(self.desk, self.a_pupil().id):
            if not case.struck and case.signed is None:
                event = IncidentEvent(
                    entry_id=case.now.entry_id, pupil_id=case.now.pupil_id, kind=IncidentEventKind.SIGNED, on=DAY, who="Jo Marsh"
                )
                incidents.record(self.desk, [event])

    def enter_accident(self) -> None:
        accident = Accident(
            pupil_id=self.a_pupil().id, day=DAY, time="9:15", place="outside", account="Fell", injury="bump", body_part="leg"
        )
        accidents.add(
            self.desk, dataclasses.replace(accident, hospital=self.pick.choice((None, True)), reported_on=self.pick.choice((None, DAY)))
        )

    def correct_accident(self) -> None:
        if accident := self._one_of(Accident):
            accidents.save(self.desk, dataclasses.replace(accident, account=self.pick.choice(("Tripped", "Slid"))))

    def enter_exam(self) -> None:
        entry = ExamEntry(
            pupil_id=self.a_pupil().id, series="summer", year=2027, board="aqa", qualification="GCSE Maths", entry_code="8300F", status="entered"
        )  # fmt: skip
        exams.add_entry(self.desk, entry)

    def correct_exam(self) -> None:
        if entry := self._one_of(ExamEntry):
            exams.save_entry(self.desk, dataclasses.replace(entry, status=self.pick.choice(("entered", "withdrawn"))))

    def arrange_exam(self) -> None:
        exams.add_arrangement(self.desk, ExamArrangement(pupil_id=self.a_pupil().id, kind=self.pick.choice(("reader", "extra-25"))))

    def name_collector(self) -> None:
        exams.add_collector(self.desk, ResultsCollector(pupil_id=self.a_pupil().id, series="summer", year=2027))

    def step_of_absence(self) -> None:
        kind = self.pick.choice(("support", "notice", "against", "referred"))
        absence_steps.record(self.desk, AbsenceStep(pupil_id=self.a_pupil().id, kind=kind, on=DAY, note="Wrote home"))

    def take_absence_step_back(self) -> None:
        if steps := absence_steps.of_pupil(self.desk, self.a_pupil().id):
            absence_steps.take_back(self.desk, self.pick.choice(steps).id, "Of another pupil")

    def ask_for_leave(self) -> None:
        first = date(2026, 12, self.pick.randrange(1, 10))
        request = LeaveRequest(
            pupil_id=self.a_pupil().id, first_day=first, last_day=first + timedelta(days=2), purpose="family", asked_by="Ada Ash", received_on=DAY
        )  # fmt: skip
        leave.add(self.desk, request)

    def _a_request(self) -> LeaveCase | None:
        found = leave.of_pupil(self.desk, self.a_pupil().id)
        return self.pick.choice(found) if found else None

    def decide_leave(self) -> None:
        if case := self._a_request():
            leave.amend(
                self.desk, dataclasses.replace(case.now, outcome="refused", decided_by="Jo Marsh", decided_on=DAY, decision_reason="None")
            )

    def take_leave_back(self) -> None:
        if case := self._a_request():
            if self.pick.random() < 0.5:
                leave.undo(self.desk, case.now)
            else:
                leave.strike(self.desk, case.now.entry_id, "Asked for twice")

    def agree_school_place(self) -> None:
        school = self.pick.choice(("919/4001", "919/4003"))
        places.add(self.desk, SchoolPlace(pupil_id=self.a_pupil().id, school=school, kind="bought", start_date=date(2026, 11, 2)))

    def review_school_place(self) -> None:
        pupil = self.a_pupil()
        if held := several.of_pupil(self.desk.vault, SchoolPlace, pupil.id):
            school, next_review = self.pick.choice(held).school, self.pick.choice((None, date(2027, 1, 8)))
            review = SchoolPlaceReview(
                pupil_id=pupil.id, school=school, day=DAY, found="A good start", decision="goes-on", next_review=next_review
            )
            place_reviews.add(self.desk, review)

    def read_school_marks(self) -> None:
        """The register of a school of a pupil's."""
        pupil = self.a_pupil()
        if pupil.upn and (held := several.of_pupil(self.desk.vault, SchoolPlace, pupil.id)):
            row = f"{pupil.upn} | {self.pick.choice(held).school} | 16/11/2026 | AM | {self.pick.choice(('D', 'I'))}"
            run_import(self.desk, "school-marks", table(f"upn | school | date | session | code\n{row}"))

    def speak_with_school(self) -> None:
        schools.save(self.desk, School(number="919/4001", contact=self.pick.choice(("Jo Reed", "Sam Hale"))))

    def look_at_provider(self) -> None:
        providers.save(self.desk, Provider(name="Marden Farm", contact=self.pick.choice(("Jo Reed", "Sam Hale"))))

    def print_sheets(self) -> None:
        """The register of today on paper, for everybody on roll."""
        printing.record_printed(self.desk, printing.make_sheets(self.desk, SheetSpan.DAY, DAY))

    def correct_school_place(self) -> None:
        if place := self._one_of(SchoolPlace):
            places.save(self.desk, dataclasses.replace(place, days=self.pick.choice((None, "Mon-Fri", "Mon, Tue"))))

    def buy_place(self) -> None:
        placement = Placement(
            pupil_id=self.a_pupil().id,
            provider="Marden Farm",
            start_date=date(2026, 11, 16),
            sessions=self.pick.choice(("Mon-Fri", "Mon am")),
        )
        placements.add(self.desk, placement)

    def review_bought_place(self) -> None:
        pupil = self.a_pupil()
        if several.of_pupil(self.desk.vault, Placement, pupil.id):
            review = BoughtPlaceReview(pupil_id=pupil.id, provider="Marden Farm", day=DAY, found="Calmer there", decision="goes-on")
            place_reviews.add(self.desk, dataclasses.replace(review, next_review=self.pick.choice((None, date(2027, 1, 8)))))

    def provider_tells(self) -> None:
        sessions = returns.to_confirm(self.desk)[: self.pick.randrange(1, 5)]
        returns.enter(self.desk, [returns.returned(one, self.pick.choice([*ReturnOutcome])) for one in sessions])

    def carry(self) -> None:
        name = self.pick.choice(("North", "South"))
        routes.begin(self.desk, name)
        journeys.add(self.desk, Journey(pupil_id=self.a_pupil().id, route=name, start_date=DAY, days="Mon-Fri", receivers="Ada Ash"))

    def end_journey(self) -> None:
        if journey := self._one_of(Journey):
            journeys.save(self.desk, dataclasses.replace(journey, end_date=DAY))

    def write_concern(self) -> None:
        writing.write_concern(
            self.desk, SafeguardingEntry(pupil_id=self.a_pupil().id, kind=EntryKind.CONCERN, day=DAY, text="Came without a coat")
        )

    def keep_sealed_paper(self) -> None:
        pupil = self.a_pupil()
        writing.enter(self.unit.desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.EVENT, day=DAY, text="A letter came"))
        (history, *_rest) = files.of_pupil(self.unit.desk, pupil.id).histories
        sealed_papers.add(self.unit.desk, history.now, sealed_papers.PaperToSeal("Letter", 1, a_pdf()))

    def fill_own_field(self) -> None:
        told: dict[str, Any] = {"own_text_1": self.pick.choice((None, "12", "14"))}
        pupils.save_pupil(self.desk, dataclasses.replace(self.a_pupil(), **told))

    def black_out(self) -> None:
        papers: Sequence[Attachment] = several.of_pupil(self.desk.vault, Attachment, self.a_pupil().id)
        if papers:
            pack = deciding.begin(self.desk, papers[0].pupil_id, "The carer")
            paper_boxes.keep(
                self.desk,
                pack.id,
                papers[0].id,
                [paper_boxes.new_box(pack, papers[0].id, 1, PageArea(left=100, top=100, right=300, bottom=200))],
            )


class WeekOf(Week):
    """The same of one pupil alone."""

    def __init__(self, unit: Unit, pupil: Pupil, pick: random.Random) -> None:
        self.unit, self.desk, self.pick, self.pupil = unit, unit.desk, pick, pupil

    def a_pupil(self) -> Pupil:
        return self.pupil


OF_ONE = (
    "enter_incident", "sign_incident", "enter_accident", "enter_exam", "arrange_exam", "name_collector", "step_of_absence", "ask_for_leave", "decide_leave",
    "agree_school_place", "review_school_place", "buy_place", "review_bought_place", "carry",
)  # fmt: skip
"""What leaves a record of each kind, and needs nothing of the unit."""
