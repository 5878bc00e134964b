"""Home tells of a breach whose clock runs, of an erasure to decide, and of a hold to look at; each line leads there."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.governance.breach_forms import BreachReport
from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.governance import breaches
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import staff
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.data_protection import data_protection_cards
from tests.ui.pages.made import CLOCK, PASSWORD, pupil_called


def lines(desk: Desk, go: Callable[..., object]) -> list[str]:
    return [line.words for card in data_protection_cards(desk, go) for line in card.lines]


def test_each_line_is_for_who_may_act_and_leads_there(desk: Desk, desk_as: Callable[[Role], Desk]) -> None:
    went: list[tuple[str, ...]] = []

    def go(*where: str) -> None:
        went.append(where)

    assert lines(desk, go) == []
    breaches.report(desk, BreachReport(text="A lost stick", day=date(2026, 11, 24), time="09:00"))
    stay = Enrolment(status="C", start_date=date(2014, 9, 3), end_date=date(2017, 6, 23))
    gone = pupils.add_pupil(desk, Pupil(surname="Quill", forename="Bea", dob=date(2001, 5, 6)), stay)
    sam = dataclasses.replace(desk, user=staff.add_user(desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD))
    assert lines(sam, go) == ["Something held of 1 pupil is due: look, and propose to erase it"]
    office = desk_as(Role.OFFICE)
    assert [line for line in lines(office, go) if "is due" in line] == []
    cases.propose(sam, gone.id, Reach.RECORD, Ground.DUE)
    holds.set_hold(desk, LegalHold(pupil_id=pupil_called(desk, "Theo").id, reason="A claim", review_on=date(2026, 11, 25)))
    first, second = lines(desk, go)
    assert first.startswith("Breach 1: 71 hours left")
    assert second == f"Quill, Bea ({gone.ref}): somebody proposed to erase what is held; say whether you agree"
    assert lines(sam, go) == []
    assert lines(office, go) == [second]
    cases.agree(desk, next(line.case.id for line in cases.lines(desk) if line.case))
    later = dataclasses.replace(desk, clock=FixedClock(CLOCK.moment + timedelta(days=8)))
    cards = data_protection_cards(later, go)
    assert [line.words for line in cards[1].lines] == [
        f"Quill, Bea ({gone.ref}): the erasure may be carried out",
        "Bramley, Theo: look at the hold again, it was due on 25 November 2026",
    ]
    assert cards[0].lines[0].tone == "bad"
    for card in cards:
        for line in card.lines:
            line.go()
    breach, hold = breaches.listing(desk)[0], holds.listing(desk)[0]
    assert went == [
        ("data-protection", str(Place("", "breaches", "breach", breach.id))),
        ("data-protection", gone.id),
        ("data-protection", str(Place("", "keeping", "legal_hold", hold.id))),
    ]
