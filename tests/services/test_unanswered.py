"""What is printed of silence is what the rule does: the sentence is made from it, for each of the unit's cautions."""

import itertools

import pytest

from pupil_desk.domain.sharing import Level, Rules
from pupil_desk.services.unanswered import unanswered_words


@pytest.mark.parametrize(
    ("own", "youth", "colleges"), list(itertools.product((True, False), (Level.MINIMUM, Level.FULL), (Level.NONE, Level.FULL)))
)
def test_silence_is_told_as_the_cautions_have_it(*, own: bool, youth: Level, colleges: Level) -> None:
    words = unanswered_words(Rules(unasked_16=youth, unasked_post_16=colleges), "your name", own=own)
    everything = "everything that our privacy notice lists" in words
    assert everything == (youth is Level.FULL if own else True)  # under 16, after the notice, the law lets full information go
    assert ("is told only your name." in words) != everything, "the law would let more go: it is the unit that is cautious"
    assert ("told nothing" in words) == (colleges is Level.NONE or not own)
