"""What is printed of silence is what the rule does: the sentence is made from it, for each of the unit's cautions."""

import itertools

import pytest

from pupil_desk.domain.sharing.sharing import POST_16, RECIPIENTS, YOUTH_SUPPORT, Level, Rules
from pupil_desk.services.sharing.unanswered import everything_words, never_words, unanswered_level, unanswered_words


@pytest.mark.parametrize(
    ("own", "youth", "colleges"), list(itertools.product((True, False), (Level.MINIMUM, Level.FULL), (Level.NONE, Level.FULL)))
)
def test_silence_is_told_as_the_cautions_have_it(*, own: bool, youth: Level, colleges: Level) -> None:
    words = unanswered_words(Rules(unasked_16=youth, unasked_post_16=colleges), "your name", by_pupil=own)
    everything = "everything that our privacy notice lists" in words
    assert everything == (youth is Level.FULL if own else True)  # under 16, after the notice, the law lets full information go
    assert ("is told only your name." in words) != everything, "the law would let more go: it is the unit that is cautious"
    assert ("told nothing" in words) == (colleges is Level.NONE or not own)
    assert (unanswered_level(YOUTH_SUPPORT, Rules(unasked_16=youth, unasked_post_16=colleges), by_pupil=own) is Level.FULL) == everything


def test_everything_is_what_a_yes_adds_and_nothing_else() -> None:
    assert everything_words(POST_16, Rules()) == "name, date of birth, sex, address, telephone, e-mail and learner number"
    youth = everything_words(YOUTH_SUPPORT, Rules())
    assert "ethnic group" in youth
    assert "date of birth" not in youth, "what a no leaves is said in the box of the no"
    never = never_words(RECIPIENTS.values(), Rules())
    assert "medical information" in never
    assert "attendance" in never
    assert "special educational needs" not in never
