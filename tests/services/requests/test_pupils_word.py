"""A parent asks with the word of a pupil who understands the right: the step comes whichever check was answered first."""

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.services.requests import looking
from pupil_desk.services.roles import Action
from tests.services.requests.cases import RECEIVED, Family


def _asks_the_pupil(family: Family, case: RequestCase) -> bool:
    return "Ask for the pupil’s word" in family.left(case)


@pytest.mark.parametrize("kind", [CaseKind.COPY, CaseKind.BOTH, CaseKind.RECTIFY])
def test_once_the_pupil_understands_the_parent_asks_with_the_pupils_word_whatever_was_checked_before(
    family: Family, kind: CaseKind
) -> None:
    case = family.asks(kind)
    family.ready(case)
    assert not _asks_the_pupil(family, case)
    family.does(case, RequestEventKind.COMPETENCE, answer="yes", note="Is 14 and asked good questions")
    assert _asks_the_pupil(family, case)
    with pytest.raises(WrongUse, match="Ask for the pupil’s word"):
        family.does(case, RequestEventKind.REPLIED)
    with pytest.raises(Refused):
        family.does(case, RequestEventKind.PUPILS_WORD, answer="yes")
    family.does(case, RequestEventKind.PUPILS_WORD, answer="no", note="Would rather ask alone")
    with pytest.raises(WrongUse, match="came to “no”: Ask for the pupil’s word"):
        family.does(case, RequestEventKind.REPLIED)
    family.does(case, RequestEventKind.PUPILS_WORD, answer="yes", note="Said so to the head, alone")
    assert not _asks_the_pupil(family, case)


def test_the_educational_record_is_the_parents_own_right(family: Family) -> None:
    case = family.asks(CaseKind.RECORD)
    left = family.left(case)
    family.does(case, RequestEventKind.COMPETENCE, answer="yes", note="Noted all the same")
    assert family.left(case) == left
    assert not {"Note if the pupil understands", "Ask for the pupil’s word"} & set(left)


def test_a_case_closed_before_anybody_asked_for_the_pupils_word_asks_when_it_is_opened_again(family: Family) -> None:
    case = family.asks(CaseKind.COPY)
    family.ready(case)
    family.does(case, RequestEventKind.REPLIED, note="By hand")
    family.does(case, RequestEventKind.CLOSED)
    understood = RequestEvent(
        case_id=case.id, pupil_id=family.pupil.id, kind=RequestEventKind.COMPETENCE, on=RECEIVED, answer="yes", note="Is 14"
    )
    with family.desk.act(Action.HANDLE_REQUEST, "request", case.id) as work:  # as an earlier version let it be closed
        looking.keep_event(work, understood)
    assert family.left(case) == []
    family.does(case, RequestEventKind.REOPENED, note="The copy did not arrive")
    assert _asks_the_pupil(family, case)
