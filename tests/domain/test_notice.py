"""To whom a notice is due."""

from datetime import date

from pupil_desk.domain.contact import Contact
from pupil_desk.domain.notice import addressees
from pupil_desk.domain.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupil import Pupil

DAY = date(2026, 11, 24)


def _pupil(dob: date = date(2012, 1, 1)) -> Pupil:
    return Pupil(id="p", surname="Quill", forename="Ada", dob=dob, address_1="1 High Street", postcode="AL28 2QN")


def _contact(
    name: str, *, holds: bool | None = True, lives: bool | None = None, line: str | None = None, code: str | None = None
) -> Contact:
    return Contact(
        id=name,
        pupil_id="p",
        surname=name,
        relationship="PAM",
        parental_responsibility=holds,
        lives_with=lives,
        address_1=line,
        postcode=code,
    )


def test_one_letter_a_household() -> None:
    people = [
        _contact("Mother", lives=True),
        _contact("Stepfather", lives=True),
        _contact("Father", line="9 Low Road", code="HP48 1AA"),
    ]
    letters = addressees(_pupil(), people, (), DAY).letters
    assert [letter.addressee for letter in letters] == ["Mother and Stepfather", "Father"]
    assert [letter.address for letter in letters] == [("1 High Street", "AL28 2QN"), ("9 Low Road", "HP48 1AA")]


def test_two_at_one_address_of_their_own_are_one_household() -> None:
    people = [_contact("A", line="9 Low Road", code="HP48 1AA"), _contact("B", line="9 low road", code="HP48 1AA")]
    assert [letter.addressee for letter in addressees(_pupil(), people, (), DAY).letters] == ["A and B"]


def test_responsibility_not_known_counts_as_no() -> None:
    found = addressees(
        _pupil(), [_contact("A", holds=None, lives=True), _contact("B", holds=False, lives=True)], (), DAY
    )
    assert (found.letters, found.nobody) == ((), True)


def test_a_holder_without_an_address_is_listed_and_not_printed() -> None:
    found = addressees(_pupil(), [_contact("A")], (), DAY)
    assert found.letters == ()
    assert found.left_out == (("A", "has no address on file"),)
    assert not found.nobody


def test_a_contact_under_an_order_gets_none() -> None:
    order = Protection(pupil_id="p", contact_id="Father", kind=ORDER, reason="order of 2025", since=DAY)
    people = [_contact("Mother", lives=True), _contact("Father", line="9 Low Road", code="HP48 1AA")]
    found = addressees(_pupil(), people, [order], DAY)
    assert [letter.addressee for letter in found.letters] == ["Mother"]
    assert [name for name, _reason in found.left_out] == ["Father"]


def test_an_address_withheld_does_not_stop_the_familys_own_letter() -> None:
    withheld = Protection(pupil_id="p", kind=ADDRESS_WITHHELD, reason="refuge", since=DAY)
    assert len(addressees(_pupil(), [_contact("Mother", lives=True)], [withheld], DAY).letters) == 1


def test_from_16_the_pupil_too() -> None:
    found = addressees(_pupil(date(2010, 11, 24)), [_contact("Mother", lives=True)], (), DAY)
    assert [letter.addressee for letter in found.letters] == ["Mother", "Ada Quill"]
    alone = addressees(_pupil(date(2010, 11, 24)), [], (), DAY)
    assert ([letter.addressee for letter in alone.letters], alone.nobody) == (["Ada Quill"], False)
    younger = addressees(_pupil(date(2010, 11, 25)), [], (), DAY)
    assert (younger.letters, younger.nobody) == ((), True)
