"""What people do in an office, each thing by chance: for tests of what comes of it in any order."""

import dataclasses
import random
from datetime import date
from typing import Any

from pupil_desk.domain.care.health import Dose, HealthItem, Medicine
from pupil_desk.domain.care.needs import SenNeed, SenPeriod
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.review import TargetReview
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.letter import asked_by
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as bins
from pupil_desk.services import changes, register
from pupil_desk.services.attachments import attachments
from pupil_desk.services.care import dose_log, health, needs
from pupil_desk.services.duplicates import finding as duplicates
from pupil_desk.services.duplicates import merging
from pupil_desk.services.households import Audience
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.letters import letter_templates, merging_letters
from pupil_desk.services.notes import notes
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.pupils import bulk, contacts, pupils
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import contacts as contact_store
from tests.made_papers import a_pdf
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit
from tests.services.imports.made import ANN, BEN, table
from tests.services.office_week import Week, ready

FILES = {
    "choices": table(f"upn | recipient | choice | by | on | channel\n{ANN} | youth-support | restrict | parent | 10/09/2026 | form"),
    "attendance": table(f"upn | date | session | code\n{ANN} | 23/11/2026 | AM | /\n{ANN} | 20/11/2026 | AM | I"),
    "suspensions": table(f"upn | category | start | session | sessions | reason_1\n{ANN} | SUSP | 16/11/2026 | AM | 4 | PP"),
    "incidents": table(f"upn | kind | day | time | account\n{ANN} | Bullying | 16/11/2026 | 10:05 | Words in the yard"),
    "assessments": table(
        f"upn | stage | subject | method | component | date | result_type | result\n{ANN} | KS2 | MAT | TT | SUB | 01/07/2023 | SS | 101"
    ),
}
TOWNS = ("Ware", "Hertford", "Leicester")
PUPILS = table(
    f"upn | surname | forename | dob | town | enrolment_status | start_date\n{ANN} | Ash | Ann | 05/01/2012 | Ware | C | 02/09/2026\n"
    f"{BEN} | Beck | Ben | 06/02/2011 | Hertford | C | 02/09/2026"
)
CONTACTS = table(f"upn | surname | forename | relationship | order\n{ANN} | Ash | Ada | PAM | 1")
FILES |= {"pupils": PUPILS, "contacts": CONTACTS}


class Office(Week):
    """People at the desk, and what they do there. ``erased`` says that the last thing was an erasure."""

    def __init__(self, unit: Unit, pick: random.Random) -> None:
        self.unit, self.desk, self.pick = unit, unit.desk, pick
        self.erased = False
        self.told: list[str] = []
        ready(unit)

    def a_pupil(self) -> Pupil:
        found = pupils.all_pupils(self.desk)
        return self.pick.choice(found) if found else self.add_pupil()

    def a_contact(self) -> Contact | None:
        found = contacts_of(self.desk.vault, self.a_pupil())
        return self.pick.choice(found) if found else None

    def add_pupil(self) -> Pupil:
        upn = self.pick.choice([None, ANN, BEN])
        name = self.pick.choice(("Ash", "Quill", "O’Hara"))
        return self.unit.pupil(name, self.pick.choice(("Ann", "Bea")), date(2012, 1, 5), upn=upn, town=self.pick.choice(TOWNS))

    def change_pupil(self) -> None:
        items: dict[str, Any] = self.pick.choice(
            [
                {"town": self.pick.choice(TOWNS)},
                {"surname": self.pick.choice(("Ash", "Hall"))},
                {"sen_provision": self.pick.choice((None, "K", "E"))},
                {"looked_after": self.pick.choice((None, True, False))},
                {"upn": self.pick.choice((None, ANN, BEN))},
                {"sen_need_1": self.pick.choice((None, "SEMH"))},
            ]
        )
        pupils.save_pupil(self.desk, dataclasses.replace(self.a_pupil(), **items))

    def add_contact(self) -> None:
        self.unit.contact(
            self.a_pupil(), self.pick.choice(("Ash", "Quill")), forename="Ada", phone=self.pick.choice((None, "0116 496 0001"))
        )

    def change_contact(self) -> None:
        if contact := self.a_contact():
            contacts.save_contact(self.desk, dataclasses.replace(contact, town=self.pick.choice(TOWNS), mobile="07700 900123"))

    def take_contact_away(self) -> None:
        if contact := self.a_contact():
            bins.take_away(self.desk, "contact", contact.id, "Twice")

    def add_period(self) -> None:
        pupil = self.a_pupil()
        if self.pick.random() < 0.5:
            needs.add_period(
                self.desk,
                SenPeriod(pupil_id=pupil.id, provision=self.pick.choice("KE"), start_date=date(2026, 9, self.pick.randrange(1, 28))),
            )
        else:
            needs.add_need(
                self.desk,
                SenNeed(
                    pupil_id=pupil.id, need=self.pick.choice(("SEMH", "SLCN")), rank=self.pick.choice((1, 2)), start_date=date(2026, 9, 2)
                ),
            )

    def add_health(self) -> None:
        health.add_item(self.desk, HealthItem(pupil_id=self.a_pupil().id, kind="allergy", what="Nuts", severity="SEV"))

    def take_something_away(self) -> None:
        kinds = [kind for kind in sorted(bins.CHANGING) if bins.may_take(kind) and self.unit.count(kind)]
        if kinds:
            kind = self.pick.choice(kinds)
            bins.take_away(
                self.desk, kind, self.pick.choice(self.desk.vault.rows(f"SELECT id FROM {kind} ORDER BY id"))["id"], "By mistake"
            )

    def protect(self) -> None:
        self.unit.protect(self.a_pupil(), contact=self.a_contact() if self.pick.random() < 0.5 else None)

    def mark(self) -> None:
        register.mark(
            self.desk, [Mark(pupil_id=self.a_pupil().id, day=date(2026, 11, 23), session=Session.AM, code=self.pick.choice("/I"))]
        )

    def note(self) -> None:
        notes.add(self.desk, Note(pupil_id=self.a_pupil().id, category="other", text="Rang", day=DAY), restrict=self.pick.random() < 0.3)

    def undo(self) -> None:
        found = changes.recent(self.desk, limit=8)
        if found:
            key = self.pick.choice(found).key
            seen = changes.would_undo(self.desk, key)
            done = changes.undo(self.desk, key)
            assert (seen.lines, seen.left) == (done.lines, done.left)

    def put_back(self) -> None:
        found = bins.waiting(self.desk)
        if found:
            bins.put_back(self.desk, self.pick.choice(found).key)

    def take_pupil_away(self) -> None:
        bins.take_pupil_away(self.desk, self.a_pupil().id, "Entered twice")

    def merge(self) -> None:
        one, other = self.a_pupil(), self.a_pupil()
        take = self.pick.choice(((), ("upn",), ("address",), ("surname",)))
        merging.merge(self.desk, one.id, other.id, take=take, reason="One person")

    def part(self) -> None:
        rows = self.desk.vault.rows("SELECT id FROM pupil WHERE same_as IS NOT NULL ORDER BY id")
        if rows:
            merging.part(self.desk, self.pick.choice(rows)["id"], reason="Two after all")

    def merge_contacts(self) -> None:
        held = contacts_of(self.desk.vault, self.a_pupil())
        if len(held) > 1:
            one, other = self.pick.sample(held, 2)
            merging.merge_contacts(self.desk, one.id, other.id)

    def part_contacts(self) -> None:
        rows = self.desk.vault.rows("SELECT id FROM contact WHERE same_as IS NOT NULL ORDER BY id")
        if rows:
            merging.part_contact(self.desk, self.pick.choice(rows)["id"])

    def bulk(self) -> None:
        bulk.change_all(self.desk, [one.id for one in pupils.all_pupils(self.desk)], "commissioned_by", self.pick.choice(TOWNS))

    def read_file(self) -> None:
        run_import(self.desk, *self.pick.choice(tuple(FILES.items())))

    def undo_file(self) -> None:
        made = past_imports(self.desk)
        if made:
            one = self.pick.choice(made)
            seen = undoing.would_undo(self.desk, one.id)
            done = undoing.undo(self.desk, one.id)
            assert (len(seen.lines), len(seen.left)) == (len(done.lines), len(done.left))

    def add_medicine(self) -> None:
        health.add_medicine(self.desk, Medicine(pupil_id=self.a_pupil().id, name="Salbutamol", dose="2 puffs", taken="When breathless"))

    def give_medicine(self) -> None:
        if held := health.of_pupil(self.desk, self.a_pupil().id).medicines:
            medicine = self.pick.choice(held)
            dose = Dose(
                pupil_id=medicine.pupil_id,
                medicine_id=medicine.id,
                given_on=date(2026, 11, 23),
                given_time="09:30",
                amount="2 puffs",
                given_by="Ann",
                was_given=True,
            )
            dose_log.give_dose(self.desk, dose)

    def keep_paper(self) -> None:
        file = attachments.look_into(a_pdf(words=str(self.pick.random())), "plan.pdf")
        attachments.add(self.desk, Attachment(pupil_id=self.a_pupil().id, title="Plan", kind="plan"), file)

    def drop_paper(self) -> None:
        papers = attachments.of_pupil(self.desk, self.a_pupil().id)
        if papers:
            paper = self.pick.choice(papers)
            if paper.set_aside_on is None:
                attachments.set_aside(self.desk, paper, "Old")
            elif self.pick.random() < 0.5:
                attachments.remove(self.desk, paper)
            else:
                attachments.bring_back(self.desk, paper)

    def write_letter(self) -> None:
        template = self.pick.choice(letter_templates.templates(self.desk))
        made = merging_letters.merge(
            self.desk, [self.a_pupil().id], template, Audience.BOTH, answers=dict.fromkeys(asked_by(template), "Friday"), withheld=True
        )
        merging_letters.record_printed(self.desk, made)

    def parent(self) -> None:
        self.unit.contact(
            self.a_pupil(),
            "Ash",
            forename="Ada",
            parental_responsibility=True,
            lives_with=True,
            address_1="4 Larch Way",
            town="Ware",
            postcode="SG12 0AA",
        )

    def move(self) -> None:
        old = self.a_pupil()
        new = dataclasses.replace(old, address_1=self.pick.choice(("1 New Row", "2 New Row")), town=self.pick.choice(TOWNS))
        pupils.save_pupil(self.desk, new, move=Move(date(2026, 11, 1)))

    def restrict_note(self) -> None:
        held = notes.of_pupil(self.desk, self.a_pupil().id)
        if held:
            notes.restrict(self.desk, self.pick.choice(held).now)

    def assess(self) -> None:
        assessments.add(
            self.desk,
            Assessment(
                pupil_id=self.a_pupil().id,
                stage="KS4",
                subject="MAT",
                method="TA",
                result=self.pick.choice("456"),
                status=self.pick.choice("RT"),
                year=2026,
            ),
        )

    def review(self) -> None:
        pupil = self.a_pupil()
        targets = list(reviews.targets(self.desk, pupil.id))
        if targets:
            reviews.add(
                self.desk, TargetReview(pupil_id=pupil.id, assessment_id=self.pick.choice(targets), day=DAY, standing="ON", reviewer="Ann")
            )

    def add_plan(self) -> None:
        plans.add(self.desk, PupilPlan(pupil_id=self.a_pupil().id, kind=self.pick.choice(("ehc", "risk")), made_on=DAY, needs="The road"))

    def amend_plan(self) -> None:
        if cases := plans.of_pupil(self.desk, self.a_pupil().id):
            plans.amend(self.desk, dataclasses.replace(self.pick.choice(cases).now, needs=self.pick.choice(("The river", "The gate"))))

    def step_of_plan(self) -> None:
        if cases := plans.of_pupil(self.desk, self.a_pupil().id):
            case = self.pick.choice(cases)
            plans.record(self.desk, PlanStep(entry_id=case.now.entry_id, kind="reviewed", on=DAY))

    def take_step_back(self) -> None:
        steps = [step for case in plans.of_pupil(self.desk, self.a_pupil().id) for step in case.steps]
        if steps:
            plans.take_back(self.desk, self.pick.choice(steps).id, "Twice")

    def choose(self) -> None:
        self.unit.said(self.a_pupil(), self.pick.choice(("restrict", "allow")))

    def set_apart(self) -> None:
        one, other = self.a_pupil(), self.a_pupil()
        if one.id != other.id:
            duplicates.set_apart(self.desk, one, other)

    def other_colleague(self) -> None:
        role = self.pick.choice(list(Role))
        self.desk = self.unit.as_role(role)

    def erase(self) -> None:
        rows = self.desk.vault.rows("SELECT id FROM pupil ORDER BY id")
        if rows and self.pick.random() < 0.4:
            self.erased = True
            erased_at_once.erase_pupil(self.desk, self.pick.choice(rows)["id"], authority="A court")


ACTS = tuple(name for name, one in (*vars(Office).items(), *vars(Week).items()) if callable(one) and not name.startswith(("_", "a_")))
"""Everything that may be done; each raises a Known or Refused where it cannot be."""


def contacts_of(vault: Vault, pupil: Pupil) -> list[Contact]:
    return contact_store.of_pupil(vault, pupil.id)
