"""Which copy is the answer to a request."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.requests.case import CaseKind, RequestEventKind
from pupil_desk.services.packs import compiling, deciding, writing
from pupil_desk.services.requests import receiving
from tests.services.exports.made import DAY, MOMENT
from tests.services.requests.cases import Family


def test_a_copy_that_was_dropped_or_was_begun_for_another_is_no_answer(family: Family, tmp_path: Path) -> None:
    case = family.asks(CaseKind.COPY)
    pack = deciding.begin(family.desk, family.pupil.id, case.requester, case_id=case.id)
    family.ready(case)
    writing.write(family.desk, deciding.accept(family.desk, compiling.compiled(family.desk, pack.id)), tmp_path, alone=True)
    aunt = family.unit.contact(family.pupil, "Quill", forename="Una", parental_responsibility=True)
    later = dataclasses.replace(family.desk, clock=FixedClock(MOMENT + timedelta(hours=1)))
    receiving.correct(later, dataclasses.replace(family.seen(case).case, requester="Ms Una Quill", contact_id=aunt.id))
    with pytest.raises(WrongUse, match="No copy is written"):
        family.does(case, RequestEventKind.REPLIED, DAY)
    receiving.correct(later, dataclasses.replace(family.seen(case).case, requester=case.requester, contact_id=case.contact_id))
    deciding.drop(family.desk, pack, "Not wanted")
    with pytest.raises(WrongUse, match="No copy is written"):
        family.does(case, RequestEventKind.REPLIED, DAY)
