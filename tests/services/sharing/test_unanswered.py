"""What is printed of silence is what the rule does: the sentence is made from it, for each of the unit's cautions.

What the notice says of silence at 16 is what the rule of sharing does, at every caution that a unit may choose.
"""

import itertools
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from pupil_desk.basics.words import join_words
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import (
    Level,
    Rules,
    SharingCase,
    decide,
    heard_recipients,
    items_at,
    post_16_providers,
    youth_support_service,
)
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.notices import notice_digests, notice_text
from pupil_desk.services.sharing.unanswered import everything_told, never_told, unanswered_level, unanswered_words


@pytest.mark.parametrize(
    ("own", "youth", "colleges"), list(itertools.product((True, False), (Level.MINIMUM, Level.FULL), (Level.NONE, Level.FULL)))
)
def test_silence_is_told_as_the_cautions_have_it(*, own: bool, youth: Level, colleges: Level) -> None:
    words = unanswered_words(Rules(unasked_16=youth, unasked_post_16=colleges), "your name", by_pupil=own)
    everything = "everything that our privacy notice lists" in words
    assert everything == (youth is Level.FULL if own else True)  # under 16, after the notice, the law lets full information go
    assert ("is told only your name." in words) != everything, "the law would let more go: it is the unit that is cautious"
    assert ("told nothing" in words) == (colleges is Level.NONE or not own)
    assert (
        unanswered_level(youth_support_service(), Rules(unasked_16=youth, unasked_post_16=colleges), by_pupil=own) is Level.FULL
    ) == everything


def test_everything_is_what_a_yes_adds_and_nothing_else() -> None:
    assert (
        join_words(everything_told(post_16_providers(), Rules()))
        == "name, date of birth, sex, address, telephone, e-mail and learner number"
    )
    youth = everything_told(youth_support_service(), Rules())
    assert "ethnic group" in youth
    assert "date of birth" not in youth, "what a no leaves is said in the box of the no"
    never = never_told(heard_recipients().values(), Rules())
    assert "medical information" in never
    assert "attendance" in never
    assert "special educational needs" not in never


DAY, BORN = date(2026, 11, 24), date(2010, 11, 24)  # sixteen today
READ = {
    "nothing": Level.NONE,
    "means no": Level.NONE,
    "means yes": Level.FULL,
    "only that": Level.MINIMUM,
    "all": Level.FULL,
    "what our tables list": Level.FULL,
}
SAID = {"youth_support": ("silence_youth", "silence_youth_own"), "post_16": ("silence_colleges", "silence_colleges_own")}


def read(words: str) -> Level:
    """What a reader of the sentence takes it to say."""
    (found,) = {level for said, level in READ.items() if f" {said}" in words}
    return found


@pytest.mark.parametrize(("youth", "colleges", "parent"), list(product(Level, Level, (None, "allow", "restrict"))))
def test_what_is_said_is_what_is_told(youth: Level, colleges: Level, parent: str | None) -> None:
    settings = UnitSettings(name="Larkfield", la="919", estab="1100", unasked_16=youth.value, unasked_post_16=colleges.value)
    filling = notice_text.filling_of(settings, DAY)

    def told(recipient: Recipient) -> tuple[str, ...]:
        pupil = Pupil(id="p", surname="Ash", forename="Ann", dob=BORN)
        choices = (
            [Choice(pupil_id="p", recipient=recipient.name, choice=parent, by="parent", on=date(2026, 9, 10), channel="form")]
            if parent
            else []
        )
        decision = decide(
            SharingCase(pupil, [Enrolment(status="C", start_date=date(2026, 9, 2))], choices, [date(2026, 9, 3)]),
            recipient,
            DAY,
            settings.rules,
        )
        assert decision is not None
        return decision.items

    for recipient, names in ((youth_support_service(), SAID["youth_support"]), (post_16_providers(), SAID["post_16"])):
        for name in names:
            assert set(told(recipient)) == set(items_at(recipient, read(str(filling[name])), settings.rules))


def test_the_notice_says_who_decides_from_16_and_what_holds_until_then() -> None:
    for file, names in (
        ("notice", ("silence_youth", "silence_colleges")),
        ("notice_pupil", ("silence_youth_own", "silence_colleges_own")),
        ("notice_easy", ("silence_youth", "silence_colleges")),
    ):
        assert all(f"{{{name}}}" in notice_text.prose(file) for name in names)
    settings = UnitSettings(name="Larkfield", la="919", estab="1100")
    assert (
        notice_text.filling_of(settings, DAY)["silence_youth"]
        == "Until the pupil says something, we give only that, whatever a parent said."
    )


def test_another_caution_makes_another_edition() -> None:
    settings = UnitSettings(name="Larkfield", la="919", estab="1100")
    assert notice_digests.digests(settings, DAY) != notice_digests.digests(replace(settings, unasked_16="none"), DAY)
