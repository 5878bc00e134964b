"""What boxes propose, and when a form is still waited for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.papers.paper_form import EMPTY_UP_TO, TICKED_FROM, AnswerProposal, Aside, BoxReading, is_out, propose_answer

YES_NO = ("yes", "no")


@pytest.mark.parametrize(
    ("inked", "wanted"),
    [
        ({"yes": 0.4, "no": 0.0}, AnswerProposal(BoxReading.TICKED, "yes")),
        ({"yes": 0.0, "no": TICKED_FROM}, AnswerProposal(BoxReading.TICKED, "no")),
        ({"yes": EMPTY_UP_TO, "no": 0.0}, AnswerProposal(BoxReading.EMPTY)),
        ({"yes": 0.4, "no": 0.3}, AnswerProposal(BoxReading.ASK)),
        ({"yes": 0.4, "no": 0.1}, AnswerProposal(BoxReading.ASK)),
        ({"yes": 0.1, "no": 0.0}, AnswerProposal(BoxReading.ASK)),
        ({"yes": 0.4, "no": None}, AnswerProposal(BoxReading.ASK)),
        ({"yes": 0.4}, AnswerProposal(BoxReading.ASK)),
        ({}, AnswerProposal(BoxReading.ASK)),
    ],
)
def test_one_clear_box_is_proposed_and_anything_else_is_asked(inked: dict[str, float | None], wanted: AnswerProposal) -> None:
    assert propose_answer(YES_NO, inked) == wanted


@given(st.dictionaries(st.sampled_from("abcd"), st.one_of(st.none(), st.floats(0, 1)), min_size=4, max_size=4))
def test_an_empty_box_is_never_proposed_and_a_proposal_is_the_only_inked_box(inked: dict[str, float | None]) -> None:
    found = propose_answer("abcd", inked)
    if found.answer is not None:
        assert (inked[found.answer] or 0) >= TICKED_FROM
        assert all((share or 0) <= EMPTY_UP_TO for key, share in inked.items() if key != found.answer)
        assert None not in inked.values()


@pytest.mark.parametrize(
    ("steps", "out"),
    [
        ((), True),
        (("back",), False),
        (("given-up",), False),
        (("given-up", "looked-for"), True),
        (("replaced",), False),
        (("replaced", "back"), False),
        (("given-up", "back", "looked-for"), False),
    ],
)
def test_a_form_is_out_until_it_is_back_given_up_or_replaced(steps: tuple[str, ...], out: bool) -> None:
    assert is_out(steps) is out


def test_every_reason_has_its_words() -> None:
    assert len({why.words for why in Aside}) == len(Aside)
