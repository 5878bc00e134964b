"""The rule of sharing against an oracle: a stranger's reading of the law, over all that can be said, round the birthdays that matter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, product

import pytest

from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.learning.next_steps import Learning
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.domain.sharing.recipients import Recipient, RulePart, register
from pupil_desk.domain.sharing.sharing import ConsentWord, Level, Rules, SharingCase, decide, heard_recipients
from pupil_desk.domain.transport.journey import Journey
from tests.domain import sharing_cases as made
from tests.domain.sharing_compared import SHORT_CUT, differences, differs, short_cut, words_of
from tests.domain.sharing_oracle import expected, reached, settlement

DAY = timedelta(1)


@pytest.mark.torture
def test_program_and_words_agree_in_every_case() -> None:
    number = count()
    assert differences((one, words_of(one)) for one, _place in zip(made.cases(), number, strict=False)) == []
    assert next(number) == made.number_of_plans() > 5_900_000


def test_program_and_words_agree_in_the_short_cut() -> None:
    assert differences(short_cut()) == []
    assert len(short_cut()) > 20_000


def test_the_one_sentence_that_is_read_in_two_ways() -> None:
    """By the cautious reading nothing else differs than a parent's «allow» from 13 to 15 while no parent has had the notice."""
    compared, found = 0, 0
    for one in made.cases(SHORT_CUT * 3):
        if differs(decide(*one), expected(one.case, one.recipient.name, one.day, one.rules, heard_counts=False)):
            found += 1
            assert (one.recipient.name, one.rules.no_notice_13) == ("youth-support", Level.MINIMUM)
            assert reached(one.case.pupil.dob, 13) <= one.day < reached(one.case.pupil.dob, 16)
            assert not [given for given in one.case.notices_given if given <= one.day]
            assert "allow" in [choice.choice for choice in one.case.choices if choice.by == "parent" and choice.on <= one.day]
        compared += 1
    assert 0 < found < compared / 20


def _settled(choice: str, on: date, recipient: str, number: str = "s") -> WishStep:
    return WishStep(id=number, pupil_id="p", step="settled", recipient=recipient, by="parent", on=on, choice=choice, settlement="agreement")


def test_what_was_settled_stands_in_the_place_of_the_words_before_it() -> None:
    """Of a restriction of the very day of the settlement no source says whether it is before or later: there alone the two readings differ."""
    frames = [made.FRAMES[number] for number in (2, 3, 4)]
    assert {frame.dob for frame in frames} == {made.ORDINARY}
    compared, open_to_both = 0, 0
    for frame, recipient, place, choice in product(frames, made.HEARD, range(4), ("restrict", "allow")):
        step = _settled(choice, frame.said_on[place], recipient)
        back = WishStep(id="b", pupil_id="p", step="taken-back", recipient=recipient, by="parent", on=step.on, corrects=step.id)
        later = _settled("restrict" if choice == "allow" else "allow", step.on + DAY, recipient, "t")
        for history in made.SHORT if frame.day < reached(frame.dob, 16) else made.SHORTEST:
            if all(event.recipient == recipient for event in history):
                one = made.made((frame, history, made.Setting(), recipient))
                for steps in [(step,)] if len(history) > 1 else [(step,), (step, back), (step, later)]:
                    case = replace(one.case, steps=steps)
                    compared += 1
                    if differs(decide(case, *one[1:]), expected(case, recipient, one.day, one.rules)):
                        open_to_both += 1
                        counts = settlement(steps, recipient, one.day)
                        assert counts
                        assert counts.choice == "allow"
                        assert [said for said in case.choices if (said.by, said.choice, said.on) == ("parent", "restrict", counts.on)]
    assert compared > 10_000
    assert 0 < open_to_both < compared / 20


def test_of_two_records_of_one_person_the_stricter_decides() -> None:
    """Help, «Pupils»: what may be told is decided by the stricter of the two records. Who has then decided, no source says."""
    order, compared = ["none", "minimum", "full"], 0
    for frame, recipient in product(made.FRAMES[2:5], made.HEARD):
        alone = [
            made.made((frame, history, made.Setting(notices=notices), recipient))
            for history in made.SHORTEST
            for notices in ((), (-1,))
            if not history or history[0].recipient == recipient
        ]
        words = [expected(one.case, recipient, one.day, one.rules) for one in alone]
        for (one, ours), (other, theirs) in product(zip(alone, words, strict=True), repeat=2):
            told = decide(replace(one.case, others=(other.case,)), one.recipient, one.day, one.rules)
            assert told
            assert ours
            assert theirs
            strictest = min(ours, theirs, key=lambda word: order.index(word.level))
            assert (told.level, frozenset(told.items)) == (strictest.level, strictest.items), (one, other.case.choices)
            compared += 1
    assert compared == 6 * 50 * 50


TODAY = date(2026, 11, 24)
_STAYS: Sequence[tuple[Enrolment, ...]] = tuple(
    (
        Enrolment(
            status="C", start_date=date(2025, 9, 1), end_date=TODAY - DAY, main_school="919/4001", transport="Taxi", commissioned_by="A"
        ),
        now,
    )
    for now in (
        Enrolment(status="C", start_date=TODAY),
        Enrolment(status="S", start_date=TODAY, main_school="919/4001"),
        Enrolment(status="C", start_date=TODAY, commissioned_by="Larkfield School"),
        Enrolment(status="C", start_date=TODAY, transport="Taxi, with an escort"),
        Enrolment(status="C", start_date=TODAY + DAY, main_school="919/4001", transport="Bus"),
        Enrolment(status="G", start_date=TODAY, main_school="919/4001"),
    )
)
_LEARNING: Sequence[tuple[Learning, ...]] = (
    (),
    (Learning(kind="qualification", title="GCSE Art"),),
    (Learning(kind="qualification", title="GCSE Art", start=TODAY, end=TODAY),),
    (Learning(kind="qualification", title="GCSE Art", start=TODAY + DAY),),
    (Learning(kind="qualification", title="GCSE Art", start=TODAY - 9 * DAY, end=TODAY - DAY),),
    (Learning(kind="qualification", title="GCSE Art", result="5", result_date=TODAY - DAY),),
    (
        Learning(kind="course", title="Cooking", start=TODAY - DAY),
        Learning(kind="award", title="Bronze"),
        Learning(kind="work-experience", title="Garage"),
    ),
)

_PLACES: Sequence[tuple[Placement, ...]] = tuple(
    tuple(
        Placement(provider="Farm", start_date=TODAY + first * DAY, end_date=None if last is None else TODAY + last * DAY)
        for first, last in days
    )
    for days in ([], [(0, None)], [(-9, 0)], [(-9, -1)], [(1, None)], [(-9, -1), (0, 3)], [(-9, -5), (2, 4)])
)


def rides_of(places: Sequence[Placement]) -> list[Journey]:
    """A journey for each place, of its days."""
    return [Journey(route="3", start_date=place.start_date, end_date=place.end_date, days="Mon") for place in places]


def test_others_are_told_of_whom_they_have_to_do_with_whatever_a_family_has_said() -> None:
    others = [one for one in register().values() if one.rule not in (RulePart.LAW, RulePart.YOUTH_SUPPORT, RulePart.POST_16)]
    assert {one.name for one in others} == {
        "main-school",
        "social-care",
        "virtual-school",
        "youth-justice",
        "school-nurse",
        "exam-boards",
        "transport",
        "providers",
    }
    said = [
        (),
        *(
            (Choice(recipient=name, choice=word, by=by, on=TODAY, giver="Ann"),)
            for name in (*made.HEARD, "main-school")
            for word, by in (("restrict", "parent"), ("allow", "pupil"))
        ),
    ]
    judged = [
        made.Judged(
            SharingCase(
                Pupil(surname="P", forename="Z", dob=dob, looked_after=care),
                stays,
                choices,
                learning=learning,
                placements=places,
                journeys=rides_of(places),
            ),
            one,
            TODAY,
            rules,
        )
        for one, dob, care, stays, (learning, places), choices, rules in product(
            others,
            (date(2015, 1, 1), date(2010, 11, 24)),
            (True, False, None),
            _STAYS,
            tuple(zip(_LEARNING, _PLACES, strict=True)),
            said,
            (Rules(), Rules(with_parent=True)),
        )
    ]
    assert differences((one, words_of(one)) for one in judged) == []
    assert len(judged) == 8 * 2 * 3 * 6 * 7 * 7 * 2


@pytest.mark.parametrize(
    ("first", "second", "one_person"),
    [
        ("Ann Penn", "ann  PENN", True),
        ("Ann Penn", " Ann Penn ", True),
        (None, "", True),
        ("Ann Penn", "Anne Penn", False),
        ("Ann Penn", None, False),
        ("A Penn", "Ann Penn", False),
        ("Zoe Penn", "Zoë Penn", False),
        ("Ann O’Hara", "Ann O'Hara", False),
    ],
)
def test_one_giver_is_one_name_but_for_case_and_spaces(first: str | None, second: str | None, one_person: bool) -> None:
    frame = made.FRAMES[2]
    pupil = Pupil(surname="Penn", forename="Zoë", dob=frame.dob)
    words = [
        Choice(recipient="youth-support", choice=choice, by="parent", on=on, giver=giver)
        for choice, on, giver in (("restrict", frame.day - DAY, first), ("allow", frame.day, second))
    ]
    told = decide(
        SharingCase(pupil, made.stays_of(0, frame.day), words, (frame.day,)), heard_recipients()["youth-support"], frame.day, Rules()
    )
    assert told
    assert told.level == ("full" if one_person else "minimum")


_SEPTEMBER, _OCTOBER = date(2026, 9, 10), date(2026, 10, 10)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ([("restrict", "Mum", None), ("allow", "Ms Penn", "c1")], "minimum"),
        ([("restrict", "Mum", None), ("allow", "Mum", "c1")], "full"),
        ([("restrict", "Mum", None), ("allow", "Mum", "c1"), ("allow", "Mum", "c2")], "minimum"),
        ([("restrict", "Ann Penn", "c1"), ("allow", "A. Penn", "c1")], "full"),
        ([("restrict", "Ann Penn", "c1"), ("allow", "Ann Penn", "c2")], "minimum"),
    ],
)
def test_a_name_of_a_file_is_the_contacts_only_where_it_means_that_one(said: Sequence[tuple[str, str, str | None]], level: str) -> None:
    """Help, «Sharing»: a name counts as the contact's where it means one; where it matches nobody it counts all the same."""
    words = [
        Choice(recipient="youth-support", choice=choice, by="parent", on=_OCTOBER if place else _SEPTEMBER, giver=giver, contact_id=contact)
        for place, (choice, giver, contact) in enumerate(said)
    ]
    case = SharingCase(Pupil(surname="Penn", forename="Zoë", dob=date(2012, 1, 5)), made.stays_of(0, TODAY), words, (TODAY,))
    told = decide(case, heard_recipients()["youth-support"], TODAY, Rules())
    assert told
    assert told.level == level


@pytest.mark.parametrize(
    ("consents", "level"),
    [
        ({}, "none"),
        ({"picnic": ConsentWord(in_force=True, decided_by="parent", reason="Yes.")}, "none"),
        ({"kitchen": ConsentWord(in_force=False, decided_by="pupil", reason="No.")}, "none"),
        ({"kitchen": ConsentWord(in_force=True, decided_by="parent", reason="Yes.")}, "full"),
    ],
)
def test_by_consent_only_those_go_of_whom_there_is_a_yes(consents: Mapping[str, ConsentWord], level: str) -> None:
    """Help, «Our own exports»: nobody goes who was not asked, has refused, or has withdrawn; what was said about youth support is no yes."""
    items = ("pupil.surname", "pupil.forename")
    own = Recipient(name="kitchen", label="Kitchen", law="", basis=Basis.CONSENT, minimum=(), full=items, consent="kitchen")
    said = [Choice(recipient=name, choice="allow", by="parent", on=TODAY, giver="Ann") for name in made.HEARD]
    case = SharingCase(
        Pupil(surname="Penn", forename="Zoë", dob=date(2012, 1, 5)), made.stays_of(0, TODAY), said, (TODAY,), consents=consents
    )
    told = decide(case, own, TODAY, Rules(with_parent=True))
    assert told
    assert (told.level, told.items) == (level, items if level == "full" else ())
