"""Data-check slips come back badly scanned: each is filed to its own pupil, proposes what a pen ticked, keeps nothing by itself, and says what became otherwise since."""

import dataclasses
import json
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from PIL import Image

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.pdf.coded_pages import layout
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.papers.paper_form import BoxReading
from pupil_desk.domain.pupils.details_check import RIGHT, WRONG
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.many import slips
from pupil_desk.services.many.slips import Slip
from pupil_desk.services.paper_forms import printing, waiting
from pupil_desk.services.paper_forms.details import QUESTION
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.paper_forms.since_printed import SincePrinted
from pupil_desk.services.paper_forms.waiting import ConfirmedForm, WaitingForm
from pupil_desk.services.pupils import contacts, details_checks, pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts as contacts_store
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import paper_forms as paper_forms_store
from pupil_desk.store.tables import scans as scans_store
from tests import scans
from tests.scans import Pen
from tests.services.erased_at_once import erase_pupil
from tests.services.exports.made import DAY, MOMENT, Unit
from tests.services.paper_forms.office import NAMES, family, read


def printed_slips(unit: Unit, people: list[Pupil]) -> list[NumberedForm]:
    made = [slip for slip in slips.of_pupils(unit.desk, people) if isinstance(slip, Slip)]
    slips.keep_printed(unit.desk, made)
    return [slip.form for slip in made]


def scanned_back(form: NumberedForm, answer: str, random: Random) -> list[Image.Image]:
    """A slip with a box ticked and a line written beside, through a bad scanner."""
    stack: list[Image.Image] = []
    pen = Pen(random.choice(("cross", "tick", "scribble")), random.uniform(0.18, 0.45), random.choice((20, 60, 110)))
    for page, picture in zip(layout(form.page), scans.pages(printing.own_file(form)), strict=True):
        marks = {key: pen for key in page.boxes if key == f"{QUESTION}/{answer}"}
        ticked = scans.ticked(picture, page, marks, random)
        stack.append(scans.scanned(ticked, random, turn=random.choice((0, 0, 90, 180)), skew=random.uniform(-2, 2), blur=random.uniform(0.5, 1.5), noise=40.0))  # fmt: skip
    return stack


@dataclass
class Tally:
    """What a stack came to."""

    filed: int = 0
    proposed: int = 0
    asked: int = 0
    wrong: int = 0


STACK = 20  # slips of five pages: what a feeder takes


def trial(unit: Unit, number: int, seed: int) -> Tally:
    """So many slips out and back, in stacks whose pages lie in any order: what each proposes beside what the pen ticked."""
    random, tally = Random(seed), Tally()
    people = [family(unit, NAMES[at % len(NAMES)] + "x" * (at // len(NAMES))) for at in range(number)]
    forms = printed_slips(unit, people)
    answers = {form.form_id: random.choice((RIGHT, WRONG)) for form in forms}
    for first in range(0, number, STACK):
        stack = [page for form in forms[first : first + STACK] for page in scanned_back(form, answers[form.form_id], random)]
        random.shuffle(stack)
        read(unit.desk, stack)
    back = {form.id: form for form in waiting.waiting(unit.desk)}
    by_id = {form.form_id: form for form in forms}
    for form_id, form in back.items():
        tally.filed += form.pupil.id == by_id[form_id].form.pupil.id
        proposal = form.proposals[QUESTION]
        if proposal.read is not BoxReading.TICKED:
            tally.asked += 1
        elif proposal.answer == answers[form_id]:
            tally.proposed += 1
        else:
            tally.wrong += 1
    assert unit.count("details_check") == 0, "nothing is kept without a person"
    return tally


@pytest.mark.torture
def test_slips_that_a_pen_ticked_propose_it_and_none_wrongly(unit: Unit) -> None:
    tally = trial(unit, 200, seed=11)
    print(tally)
    assert (tally.filed, tally.wrong) == (200, 0)
    assert tally.asked <= 6


def filed(unit: Unit, form: NumberedForm, answer: str) -> None:
    """A slip as the reader files it: each page with what is inked of its boxes. That a scanned one is read so, ``test_details`` and the torture show."""
    vault = unit.desk.vault
    with unit.desk.act(Action.READ_SCANS, "scan", form.form_id) as work:
        batch = new_id()
        scans_store.add_batch(vault, {"id": batch, "files": 1, "pages": 1, "at": work.stamp, "read_by": work.actor})
        rows = [
            {
                "id": new_id(), "batch_id": batch, "place": number, "pupil_id": form.form.pupil.id, "form_id": form.form_id, "page": number,
                "sheet_id": None, "aside": None, "lie": None, "picture": b"",
                "ink": json.dumps({key: 0.3 if key == f"{QUESTION}/{answer}" else 0.0 for key in page.boxes}),
            }
            for number, page in enumerate(layout(form.page), 1)
        ]  # fmt: skip
        scans_store.add_pages(vault, rows)


def waiting_by_id(unit: Unit) -> dict[str, WaitingForm]:
    return {form.id: form for form in waiting.waiting(unit.desk)}


def later(unit: Unit) -> Desk:
    """The same desk an hour after."""
    return Desk(unit.desk.vault, unit.desk.user, FixedClock(MOMENT + timedelta(hours=1)))


FATES = ("same", "moved", "dose", "order", "merged", "left", "erased")


def happens(unit: Unit, people: dict[str, Pupil]) -> None:
    """What happens to each after the slips were printed, or while they wait."""
    desk = later(unit)
    pupils.save_pupil(desk, dataclasses.replace(people["moved"], preferred_forename="Mo"))
    (medicine,) = several.of_pupil(desk.vault, Medicine, people["dose"].id)
    health.save_medicine(desk, dataclasses.replace(medicine, dose="4 puffs"))
    health.add_medicine(desk, dataclasses.replace(medicine, id="", pupil_id=people["dose"].id, name="Cetirizine"))
    unit.protect(people["order"], "order", contacts_store.of_pupil(desk.vault, people["order"].id)[0])
    merging.merge(desk, family(unit, "Double").id, people["merged"].id, reason="One pupil")
    (stay,) = enrolments.of_pupil(desk.vault, people["left"].id)
    pupils.save_stay(desk, dataclasses.replace(stay, end_date=DAY - timedelta(days=1), deletion_ground="9(1)(a)"))
    erase_pupil(desk, people["erased"].id, authority="Court")


def test_what_happened_since_the_slip_was_printed_is_said_and_each_goes_to_who_the_pupil_is_now(unit: Unit) -> None:
    desk, people = unit.desk, {fate: family(unit, fate.capitalize()) for fate in FATES}
    health.add_medicine(desk, Medicine(pupil_id=people["dose"].id, name="Salbutamol", dose="2 puffs", taken="when wheezing"))
    forms = {form.form.pupil.id: form for form in printed_slips(unit, list(people.values()))}
    for form in forms.values():
        filed(unit, form, RIGHT)
    assert [form.since_printed for form in waiting_by_id(unit).values()] == [()] * len(FATES)
    happens(unit, people)
    back = waiting_by_id(unit)
    said = {fate: back[form_id].since_printed for fate in FATES if (form_id := forms[people[fate].id].form_id) in back}
    assert "erased" not in said
    assert not {row["form_id"] for row in paper_forms_store.pages(desk.vault)} & {forms[people["erased"].id].form_id}, (
        "its code is of no form"
    )
    assert said["same"] == ()
    assert said["moved"] == ("Changed here since it was printed, so that the paper shows something else: preferred forename.",)
    assert said["dose"] == ("Changed here since it was printed, so that the paper shows something else: medicines.",)
    assert said["order"] == (
        "Parent 1 of Order Quill is under an order today. Look at Protections before you enter anything from this form.",
    )
    assert said["left"] == ("The pupil has left: 23 November 2026 was the last day.",)
    assert [fate for fate in said if back[forms[people[fate].id].form_id].sure] == [fate for fate in said if not said[fate]]
    assert unit.count("details_check") == 0, "nothing is kept without a person"
    kept = back[forms[people["merged"].id].form_id]
    assert kept.pupil.forename == "Double", "the record that is kept"
    (giver, _name), *_others = kept.addressees
    waiting.confirm(desk, ConfirmedForm(kept.id, {QUESTION: RIGHT}, giver, DAY))
    assert [check.answer for check in details_checks.of_pupil(desk, kept.pupil.id)] == [RIGHT]


def test_of_two_whom_a_form_asks_it_is_said_that_one_is_no_contact_any_more(unit: Unit) -> None:
    pupil = family(unit, "Ada", parents=2)
    (slip,) = printed_slips(unit, [pupil])
    filed(unit, slip, RIGHT)
    (form,) = waiting_by_id(unit).values()
    since = SincePrinted(unit.desk, [pupil.id])
    assert since.sentences(form.form, pupil, form.addressees) == ()
    (said,) = since.sentences(form.form, pupil, [form.addressees[0], ("parted", "A parted record’s parent")])
    assert said.endswith("not everybody is a contact of this pupil any more.")


def test_two_households_have_a_slip_each_and_neither_answers_for_the_other(unit: Unit) -> None:
    pupil = family(unit, "Ada")
    elsewhere = {"parental_responsibility": True, "lives_with": False, "address_1": "9 Other Street", "town": "Ware", "order": 2}
    unit.contact(pupil, "Far", forename="Father", **elsewhere)
    forms = printed_slips(unit, [pupil])
    assert len(forms) == 2
    for form, answer in zip(forms, (RIGHT, WRONG), strict=True):
        filed(unit, form, answer)
    back = waiting_by_id(unit)
    assert [back[form.form_id].proposals[QUESTION].answer for form in forms] == [RIGHT, WRONG]
    asked = [{contact for contact, _name in back[form.form_id].addressees} for form in forms]
    assert not asked[0] & asked[1]
    father = next(contact for contact in contacts_store.of_pupil(unit.desk.vault, pupil.id) if contact.surname == "Far")
    contacts.save_contact(later(unit), dataclasses.replace(father, mobile="07700 900123"))
    said = [form.since_printed for form in waiting_by_id(unit).values()]
    assert sorted(map(len, said)) == [0, 1], "what one household is not shown is not said of its slip"
