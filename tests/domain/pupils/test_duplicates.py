"""Which pairs are proposed, how strongly and why; twins and people set apart are not."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.domain.pupils import duplicates
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.duplicates import Pair, Strength, contact_pairs, near, pupil_pairs
from pupil_desk.domain.pupils.pupil import Pupil

BEA = Pupil(id="1", ref="P0001", surname="Quill", forename="Bea", dob=date(2012, 5, 6), postcode="LE2 1AB")
UPN, OTHER_UPN, TEMPORARY = "Y919110026001", "M919110026002", "R91911002600A"


def one(other: Pupil, first: Pupil = BEA) -> Pair[Pupil] | None:
    found = pupil_pairs([first, other])
    assert len(found) <= 1
    return found[0] if found else None


def like(**items: object) -> Pupil:
    return replace(BEA, id="2", ref="P0002", postcode=None, **items)


@pytest.mark.parametrize(
    ("other", "first", "strength", "why"),
    [
        (like(former_upn=UPN, surname="Reed"), replace(BEA, upn=UPN), Strength.STRONG, "The same UPN, now or before"),
        (like(uln="1000000010", surname="Reed"), replace(BEA, uln="1000000010"), Strength.STRONG, "The same ULN"),
        (like(surname="QUILL"), BEA, Strength.STRONG, "The same name and date of birth"),
        (like(forename="Beatrice"), replace(BEA, preferred_forename="Beatrice"), Strength.STRONG, "The same name and date of birth"),
        (like(surname="Bea", forename="Quill"), BEA, Strength.LIKELY, "The same date of birth; surname and forename are exchanged"),
        (like(surname="Quil"), BEA, Strength.LIKELY, "The same forename and date of birth; the surnames differ by one letter"),
        (
            like(surname="Quil", forename="Bea"),
            replace(BEA, forename="Beatrice", preferred_forename="Bea"),
            Strength.LIKELY,
            "The same forename and date of birth; the surnames differ by one letter",
        ),
        (
            replace(like(surname="Reed"), postcode="LE2 1AB"),
            BEA,
            Strength.LIKELY,
            "The same forename, date of birth and postcode; another surname",
        ),
        (like(dob=date(2012, 6, 5)), BEA, Strength.LIKELY, "The same name; day and month of birth are exchanged"),
        (
            like(forename="Bee"),
            BEA,
            Strength.WEAK,
            "The same surname and date of birth; the forenames differ by one letter. They may be twins.",
        ),
    ],
)
def test_a_pair_says_why(other: Pupil, first: Pupil, strength: Strength, why: str) -> None:
    pair = one(other, first)
    assert pair is not None
    assert (pair.strength, pair.why) == (strength, why)
    assert (pair.first.ref, pair.second.ref) == ("P0001", "P0002")


@pytest.mark.parametrize(
    "other", [like(forename="Ruth"), like(surname="Reed"), like(dob=date(2011, 5, 6)), like(forename="Bee", upn=OTHER_UPN)]
)
def test_twins_and_namesakes_of_another_age_are_not_proposed(other: Pupil) -> None:
    assert one(other, replace(BEA, upn=UPN)) is None


def test_two_lasting_upns_speak_against_and_a_temporary_one_does_not() -> None:
    pair = one(like(upn=OTHER_UPN, sex="M"), replace(BEA, upn=UPN, sex="F"))
    assert pair is not None
    assert (pair.strength, pair.against) == (Strength.LIKELY, "each has a lasting UPN of its own; the sex differs")
    pair = one(like(upn=TEMPORARY), replace(BEA, upn=UPN))
    assert pair is not None
    assert (pair.strength, pair.against) == (Strength.STRONG, "")


def test_a_pair_set_apart_is_not_proposed_again() -> None:
    other = like()
    assert pupil_pairs([BEA, other], {frozenset((BEA.id, other.id))}) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("smith", "smyth", True),
        ("smith", "smiht", True),
        ("smith", "smit", True),
        ("smith", "ssmith", True),
        ("smith", "smith", False),
        ("smith", "smythe", False),
        ("jo", "jon", False),
        ("reed", "dree", False),
        ("", "", False),
    ],
)
def test_one_letter(one: str, other: str, same: bool) -> None:
    assert near(one, other) is near(other, one) is same


def test_contacts_of_one_pupil() -> None:
    ann = Contact(id="1", pupil_id="p", surname="Quill", forename="Ann", relationship="PAM", mobile="07700 900123")
    for other, strength in (
        ({"forename": "ANN"}, Strength.STRONG),
        ({"forename": None}, Strength.LIKELY),
        ({"forename": "Anne"}, Strength.LIKELY),
        ({"forename": "A"}, Strength.LIKELY),
        ({"surname": "Reed", "mobile": "+44 7700 900123"}, Strength.LIKELY),
        ({"forename": "Bert", "mobile": "+44 7700 900123"}, None),
        ({"surname": "Reed"}, None),
    ):
        items: dict[str, object] = {"mobile": None} | other
        pairs = contact_pairs([ann, replace(ann, id="2", **items)])  # type: ignore[arg-type]
        assert [pair.strength for pair in pairs] == ([strength] if strength else []), other
    with pytest.raises(AssertionError, match="contacts of one pupil"):
        contact_pairs([ann, replace(ann, id="2", pupil_id="q")])


def test_of_ten_thousand_pupils_each_is_compared_with_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    pick = random.Random(7)
    names = ["".join(pick.choices("abcdefghijklmnop", k=7)) for _each in range(900)]
    many = [
        Pupil(
            id=str(n),
            ref=f"P{n:05}",
            surname=pick.choice(names),
            forename=pick.choice(names[:150]),
            postcode=f"LE{n % 40} 1AB",
            dob=date(2008, 1, 1) + timedelta(pick.randrange(3_000) if n % 10 else 0),
        )
        for n in range(10_000)
    ]
    compared = 0

    def counted(basket: list[Pupil], size: int) -> Iterator[tuple[Pupil, ...]]:
        nonlocal compared
        for each in itertools.combinations(basket, size):
            compared += 1
            yield each

    monkeypatch.setattr(duplicates, "combinations", counted)
    pupil_pairs(many)
    assert len(many) < compared < 3 * len(many)  # all with all would be 5,000 times as many
