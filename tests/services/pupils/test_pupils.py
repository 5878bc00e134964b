"""The pupil's record, contacts and protections: kept whole, with what was there before, and one row in the log."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import desk as desk_module
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import protections as protections_store
from tests.services.exports.made import DAY, MOMENT, Unit
from tests.services.state import log_of, state

UPN = "Y919110026001"
BORN = date(2012, 5, 1)


def _zoe(unit: Unit, **items: object) -> Pupil:
    return unit.pupil("Penn", "Zoë", BORN, **items)


def _since(unit: Unit, before: list[object]) -> list[tuple[str, str, str, str]]:
    return log_of(unit.desk)[len(before) :]


def test_a_new_pupil_gets_a_reference_a_stay_and_one_row_in_the_log(unit: Unit) -> None:
    before = log_of(unit.desk)
    pupil = _zoe(unit, upn=UPN)
    assert pupil.ref == "P0001"
    assert pupils.by_number(unit.desk, " p0001 ") == pupils.by_number(unit.desk, UPN.lower()) == pupil
    assert [stay.status for stay in pupils.record(unit.desk, pupil.id).stays] == ["C"]
    assert _since(unit, before)[0] == (unit.desk.user.id, "edit-record", pupil.id, "added")


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"upn": "Y91911002600"}, "bad_upn_format"),
        ({"upn": "A919110026001"}, "bad_upn_letter"),
        ({"dob": date(2027, 1, 1)}, "future_date"),
        ({"surname": ""}, "missing"),
        ({"sex": "Q"}, "unknown_code"),
        ({"town": "x" * 101}, "too_long"),
        ({"surname": "Pe\x00nn"}, "bad_text"),
    ],
)
def test_a_wrong_record_is_refused_and_nothing_is_kept(unit: Unit, items: dict[str, object], code: str) -> None:
    before = state(unit.desk)
    pupil = Pupil(**{"surname": "Penn", "forename": "Zoë", "dob": BORN, **items})
    with pytest.raises(Refused) as refused:
        pupils.add_pupil(unit.desk, pupil, Enrolment(status="C"))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert state(unit.desk) == before


def test_a_upn_that_another_has_is_refused_and_says_whose(unit: Unit) -> None:
    _zoe(unit, upn=UPN)
    with pytest.raises(Refused, match="P0001") as refused:
        _zoe(unit, upn=UPN)
    assert refused.value.problems[0].code == "upn_taken"
    other = unit.pupil("Marsh", "Kim", BORN)
    with pytest.raises(Refused, match="P0001"):
        pupils.save_pupil(unit.desk, dataclasses.replace(other, upn=UPN))


def test_saving_keeps_what_was_there_and_logs_names_of_items_only(unit: Unit) -> None:
    pupil, before = _zoe(unit, town="Ware"), log_of(unit.desk)
    changed = pupils.save_pupil(unit.desk, dataclasses.replace(pupil, town="Hertford", email="zoe@example.org"))
    assert changed.ids == {pupil.id}
    assert _since(unit, before) == [(unit.desk.user.id, "edit-record", pupil.id, "town, email")]
    kept = {row["item"]: (row["old"], row["new"]) for row in amendments.of_pupil(unit.desk.vault, pupil.id) if row["item"]}
    assert kept == {"town": ("Ware", "Hertford"), "email": (None, "zoe@example.org")}
    after = log_of(unit.desk)
    assert pupils.save_pupil(unit.desk, pupils.record(unit.desk, pupil.id).pupil).ids == frozenset()
    assert [row[1] for row in _since(unit, after)] == ["view"]


def test_what_a_record_does_not_hold_any_more_cannot_be_saved(unit: Unit) -> None:
    gone = dataclasses.replace(_zoe(unit), id="nobody")
    for attempt in (lambda: pupils.save_pupil(unit.desk, gone), lambda: pupils.record(unit.desk, "nobody")):
        with pytest.raises(WrongUse, match="pupil is no longer on file"):
            attempt()


@pytest.mark.parametrize(("typed", "named"), [("P9999", "“P9999”"), (" a 123 ", "“a 123”")])
def test_a_number_nobody_has_is_named_as_it_was_typed(unit: Unit, typed: str, named: str) -> None:
    with pytest.raises(WrongUse, match=f"no pupil with the number {named}"):
        pupils.by_number(unit.desk, typed)


def test_a_view_is_logged_once_in_ten_minutes(unit: Unit) -> None:
    pupil, before = _zoe(unit), log_of(unit.desk)
    pupils.record(unit.desk, pupil.id)
    pupils.record(unit.desk, pupil.id)
    assert [row[1] for row in _since(unit, before)] == ["view"]


@pytest.mark.acceptance(37)
def test_a_hundred_looks_in_ten_minutes_are_one_row_and_the_next_one_another(unit: Unit) -> None:
    pupil, before = _zoe(unit, medical="inhaler"), log_of(unit.desk)
    for look in range(101):
        pupils.record(dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(seconds=6 * look))), pupil.id)
        assert len(_since(unit, before)) == (1 if look < 100 else 2)
    assert {row[1:] for row in _since(unit, before)} == {("view", pupil.id, "")}


def test_a_second_stay_and_a_corrected_one(unit: Unit) -> None:
    pupil = _zoe(unit)
    (stay,) = pupils.record(unit.desk, pupil.id).stays
    with pytest.raises(Refused, match="before the starting day"):
        pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=date(2026, 1, 1)))
    pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=date(2026, 10, 1)))
    assert pupils.on_roll(unit.desk, DAY) == []
    pupils.add_stay(unit.desk, Enrolment(pupil_id=pupil.id, status="M", start_date=date(2026, 11, 2)))
    assert pupils.on_roll(unit.desk, DAY) == [pupil]
    assert len(pupils.record(unit.desk, pupil.id).stays) == 2


def test_the_same_person_is_found_however_the_name_is_written(unit: Unit) -> None:
    pupil = _zoe(unit)
    assert pupils.same_person(unit.desk, Pupil(surname="PENN", forename="zoe", dob=BORN)) == [pupil]
    assert pupils.same_person(unit.desk, Pupil(surname="Penn", forename="Zoë", dob=date(2012, 5, 2))) == []


def test_the_list_finds_by_the_beginning_of_each_word(unit: Unit) -> None:
    _zoe(unit, upn=UPN)
    unit.pupil("Marsh", "Kim", BORN)
    assert [row[2] for row in pupils.listing(unit.desk, find="zoe pe")] == ["Penn"]
    assert [row[2] for row in pupils.listing(unit.desk)] == ["Marsh", "Penn"]


def test_a_contact_is_kept_changed_and_stays_with_its_pupil(unit: Unit) -> None:
    pupil, other = _zoe(unit), unit.pupil("Marsh", "Kim", BORN)
    mother = unit.contact(pupil, "Penn", parental_responsibility=True)
    before = log_of(unit.desk)
    contacts.save_contact(unit.desk, dataclasses.replace(mother, mobile="07700 900001"))
    assert _since(unit, before) == [(unit.desk.user.id, "edit-record", pupil.id, "contact: mobile")]
    assert contacts.save_contact(unit.desk, pupils.record(unit.desk, pupil.id).contacts[0]).ids == frozenset()
    for wrong in (dataclasses.replace(mother, pupil_id=other.id), dataclasses.replace(mother, id="nobody")):
        with pytest.raises(WrongUse, match="no longer on file"):
            contacts.save_contact(unit.desk, wrong)
    with pytest.raises(Refused):
        contacts.add_contact(unit.desk, Contact(pupil_id=pupil.id, surname="", relationship="PAM"))


def test_the_office_sets_a_protection_and_a_senior_lifts_it_and_it_stays_known(unit: Unit) -> None:
    pupil, office = _zoe(unit), unit.as_role(Role.OFFICE)
    protections.set_protection(office, Protection(pupil_id=pupil.id, kind="order", reason="Court", since=DAY))
    (standing,) = pupils.record(unit.desk, pupil.id).protections
    with pytest.raises(NotAllowed):
        protections.lift_protection(office, standing.id, "Over")
    senior = unit.as_role(Role.ASSISTANT_HEAD)
    with pytest.raises(Refused, match="why"):
        protections.lift_protection(senior, standing.id, "  ")
    protections.lift_protection(senior, standing.id, "Order ended")
    assert pupils.record(unit.desk, pupil.id).protections == []
    (row,) = protections_store.history(unit.desk.vault, pupil.id)
    assert (row["set_by"], row["lift_reason"], row["lifted_by"]) == (office.user.name, "Order ended", senior.user.name)
    with pytest.raises(WrongUse, match="lifted already"):
        protections.lift_protection(senior, standing.id, "Again")


def test_a_protection_must_end_after_it_began_and_be_of_the_pupils_own_contact(unit: Unit) -> None:
    pupil = _zoe(unit)
    stranger = unit.contact(unit.pupil("Marsh", "Kim", BORN), "Marsh")
    right = Protection(pupil_id=pupil.id, kind="order", reason="Court", since=DAY)
    with pytest.raises(Refused, match="end is before the beginning"):
        protections.set_protection(unit.desk, dataclasses.replace(right, until=date(2026, 1, 1)))
    with pytest.raises(WrongUse, match="contact"):
        protections.set_protection(unit.desk, dataclasses.replace(right, contact_id=stranger.id))
    assert unit.count("protection") == 0


def test_what_cannot_be_logged_is_not_done(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil = _zoe(unit)
    mother = unit.contact(pupil, "Penn", parental_responsibility=True, address_1="1 Lane")
    letters = notices.letters_of(unit.desk, pupil.id).letters
    before = state(unit.desk)

    def broken(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(desk_module.audit, "append", broken)
    choice = Choice(pupil_id=pupil.id, recipient="youth-support", choice="restrict", by="parent", on=DAY, channel="form")
    for attempt in (
        lambda: pupils.save_pupil(unit.desk, dataclasses.replace(pupil, town="Ware")),
        lambda: pupils.add_pupil(unit.desk, Pupil(surname="New", forename="Kim", dob=BORN), Enrolment(status="C")),
        lambda: contacts.save_contact(unit.desk, dataclasses.replace(mother, town="Ware")),
        lambda: protections.set_protection(unit.desk, Protection(pupil_id=pupil.id, kind="order", reason="Court", since=DAY)),
        lambda: sharing.record_choices(unit.desk, [choice]),
        lambda: notices.issue(unit.desk, letters, "post"),
        lambda: settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, town="Ware")),
    ):
        with pytest.raises(RuntimeError):
            attempt()
        assert state(unit.desk) == before


def test_what_is_kept_is_tidy_however_it_came(unit: Unit) -> None:
    """A UPN with blanks and small letters would be found by nobody; a name of blanks would be a name."""
    typed = Pupil(surname="  de   Villiers ", forename="Ada", dob=date(2012, 1, 2), upn=" y919110 026001", preferred_forename="  ")
    kept = pupils.add_pupil(unit.desk, typed, Enrolment(status="C"))
    found = pupils.by_number(unit.desk, "Y919110026001")
    assert (found.id, found.surname, found.preferred_forename) == (kept.id, "de Villiers", None)
    pupils.save_pupil(unit.desk, dataclasses.replace(found, postcode="al282qn"))
    assert pupils.by_number(unit.desk, kept.ref).postcode == "AL28 2QN"
