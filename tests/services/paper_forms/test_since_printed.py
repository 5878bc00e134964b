"""What was said or settled since a form was printed, for whoever confirms it."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import waiting
from pupil_desk.services.sharing import wishes
from pupil_desk.store.tables import contacts
from tests.services.exports.made import DAY, MOMENT, Unit
from tests.services.paper_forms.office import allowed, family, filled, printed, read


def test_what_was_said_or_settled_after_a_form_was_printed_is_told_and_it_is_confirmed_by_itself(unit: Unit) -> None:
    desk, later = unit.desk, replace(unit.desk, clock=FixedClock(MOMENT + timedelta(minutes=1)))
    pupil = family(unit, "Ada", parents=2)
    mother, father = contacts.of_pupil(desk.vault, pupil.id)

    def answer(desk: Desk, choice: str, contact: Contact) -> None:
        new_choice = Choice(pupil_id=pupil.id, recipient="youth-support", choice=choice, by="parent", on=DAY, channel="phone")
        wishes.answer(desk, [new_choice], contact_id=contact.id)

    answer(desk, "allow", father)
    (form,) = printed(desk, [pupil])
    read(desk, filled(form, allowed(), Random(3)))
    (waiting_form,) = waiting.waiting(later)
    assert waiting_form.since_printed == ()
    answer(later, "restrict", mother)
    settlement = WishStep(
        pupil_id=pupil.id,
        step="settled",
        by="parent",
        recipient="youth-support",
        on=DAY,
        choice="restrict",
        settlement="court-order",
        note="File 3",
    )
    wishes.settle(later, settlement)
    (waiting_form,) = waiting.waiting(later)
    ending = ", on 24 November 2026. Enter the day on which the form was signed: the later word counts."
    assert waiting_form.since_printed == tuple(
        f"Recorded after this was printed: “Restrict” about youth support service ({who}){ending}"
        for who in ("Parent 1 of Ada Quill", "settled between the parents")
    )
    assert not waiting_form.sure
