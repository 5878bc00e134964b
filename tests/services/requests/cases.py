"""Short ways to make cases and to take their steps."""

from datetime import date
from typing import Any

from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.requests import handling, looking, places, receiving
from pupil_desk.services.requests.looking import RequestState
from tests.services.exports.made import Unit

RECEIVED = date(2026, 11, 2)


class Family:
    """A pupil of 14 with a mother at home, and cases of theirs."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.pupil: Pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Larch Way", town="Ware", postcode="SG4 7ZZ")
        self.mother: Contact = unit.contact(self.pupil, "Quill", forename="Ada", title="Ms", parental_responsibility=True, lives_with=True)

    @property
    def desk(self) -> Desk:
        return self.unit.desk

    def asks(self, kind: CaseKind, **items: Any) -> RequestCase:
        told: dict[str, Any] = {
            "pupil_id": self.pupil.id,
            "contact_id": self.mother.id,
            "received": RECEIVED,
            "channel": "email",
            "requester": "Ms Ada Quill",
            "capacity": Capacity.PARENT,
        } | items
        case, _news = receiving.receive(self.desk, RequestCase(kind=kind, **told))
        return case

    def complains(self, **items: Any) -> RequestCase:
        told: dict[str, Any] = {
            "received": RECEIVED,
            "channel": "letter",
            "requester": "Frances Marlow",
            "capacity": Capacity.OTHER,
        } | items
        case, _news = receiving.receive(self.desk, RequestCase(kind=CaseKind.COMPLAINT, **told))
        return case

    def does(self, case: RequestCase, kind: RequestEventKind, on: date = RECEIVED, **items: Any) -> None:
        handling.record(self.desk, RequestEvent(case_id=case.id, kind=kind, on=on, **items))

    def checks(self, case: RequestCase) -> None:
        self.does(case, RequestEventKind.IDENTITY, answer="yes")
        self.does(case, RequestEventKind.AUTHORITY, answer="yes")
        self.does(case, RequestEventKind.COMPETENCE, answer="no", note="Talked with her")

    def searches(self, case: RequestCase) -> None:
        found = [
            RequestEvent(case_id=case.id, kind=RequestEventKind.SEARCHED, on=RECEIVED, what=place.name, place_id=place.place_id)
            for place in places.in_use(self.desk)
        ]
        handling.record_all(self.desk, found)

    def ready(self, case: RequestCase) -> None:
        """Everything before the answer of a copy."""
        self.checks(case)
        self.searches(case)
        self.does(case, RequestEventKind.NO_EXEMPTION)
        self.does(case, RequestEventKind.DECIDED, outcome="upheld", note="All of it")
        self.does(case, RequestEventKind.DELIVERY, answer="yes")

    def seen(self, case: RequestCase) -> RequestState:
        return looking.case(self.desk, case.id)

    def left(self, case: RequestCase) -> list[str]:
        return [step.words for step in self.seen(case).steps if step.open]
