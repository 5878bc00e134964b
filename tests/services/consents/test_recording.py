"""Recording what was asked and said: by whom it may be said, how it came, for one or many, and taking it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.case import ConsentStatus, Verdict
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as bins
from pupil_desk.services import changes, sheet
from pupil_desk.services.care import health
from pupil_desk.services.consents import occasions, recording, standings, types
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.timeline import timeline
from pupil_desk.services.pupils import contacts
from pupil_desk.store.tables import consents as store
from tests.services.consents.conftest import Family
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, MOMENT

ON = date(2026, 11, 20)


def said(family: Family, what: str = "given", key: str = "photographs", who: str = "mum", **more: Any) -> ConsentEntry:
    giver = {"mum": family.mum.id, "dad": family.dad.id, "aunt": family.aunt.id, "carol": family.carol.id}.get(who, who)
    facts = {"pupil_id": family.ben.id, "consent_type": key, "step": what, "giver": giver, "day": ON, "channel": "form"} | more
    return ConsentEntry(**facts)


def stand(family: Family, title: str) -> ConsentStatus:
    rows = standings.of_pupil(family.unit.desk, family.ben.id)
    return next(row.verdict.standing for row in rows if row.title == title)


def test_what_a_form_says_is_kept_use_by_use_with_who_when_how_and_which_words(family: Family) -> None:
    desk = family.unit.desk
    changed = record_said(desk, [said(family, uses=("display", "website")), said(family, "refused", uses=("social",))])
    assert changed.ids == {family.ben.id}
    told = timeline(desk, family.ben.id)
    assert {(one.asked_about, one.what, one.giver, one.by, one.contact_id) for one in told.events} == {
        ("Photographs and videos: on displays inside the unit", "given", "Mrs Ruth Ash", "parent", family.mum.id),
        ("Photographs and videos: on our website", "given", "Mrs Ruth Ash", "parent", family.mum.id),
        ("Photographs and videos: on our social media pages", "refused", "Mrs Ruth Ash", "parent", family.mum.id),
    }
    assert {one.wording_id for one in told.events} == {types.type_named(desk, "photographs").id}
    assert store.edition(desk.vault, told.events[0].wording_id) is not None
    assert stand(family, "Photographs and videos: on our website") is ConsentStatus.GIVEN
    assert stand(family, "Photographs and videos: in newspapers and other media") is ConsentStatus.NOT_ASKED
    log = family.unit.log()[-2:]
    assert log == [("record-consent-from-form", family.ben.id, "photographs answered")] * 2  # never the answer


def test_the_words_that_were_shown_stay_with_the_answer_when_they_change(family: Family) -> None:
    desk = family.unit.desk
    record_said(desk, [said(family, key="trips")])
    types.save_type(desk, replace(types.type_named(desk, "trips"), title="Outings"))
    (event,) = timeline(desk, family.ben.id).events
    shown = store.edition(desk.vault, event.wording_id)
    assert shown is not None
    assert (shown.title, shown.edition) == ("Trips in general", 1)
    assert types.type_named(desk, "trips").edition == 2
    assert timeline(desk, family.ben.id).recordings[event.id]["wording"] == 1


REFUSED: list[tuple[str, Callable[[Family], ConsentEntry], str]] = [
    ("an aunt", lambda f: said(f, who="aunt"), "parental responsibility"),
    ("another pupil's mother", lambda f: said(f, who="carol"), "parental responsibility"),
    ("nobody", lambda f: said(f, who=""), "parental responsibility"),
    ("a day to come", lambda f: said(f, day=date(2026, 11, 25)), "future"),
    ("no way", lambda f: said(f, channel=None), "how it came"),
    ("a way there is not", lambda f: said(f, channel="pigeon"), "from the list"),
    ("a use there is not", lambda f: said(f, uses=("tattoo",)), "one of the uses"),
    ("nothing to take back", lambda f: said(f, "withdrawn"), "no yes of theirs"),
    ("excused without a reason", lambda f: said(f, "excused", "biometrics"), "why this parent need not be asked"),
    ("the pupil excused", lambda f: said(f, "excused", "biometrics", PUPIL, note="Away"), "Only a parent"),
    ("a no with a last day", lambda f: said(f, "refused", valid_to=date(2026, 12, 1)), "Only a yes has a last day"),
    ("a last day before", lambda f: said(f, valid_to=date(2026, 11, 1)), "after the day it was given"),
    ("a trip without a trip", lambda f: said(f, key="trip"), "Choose the trip"),
    ("no medicine", lambda f: said(f, key="medicines"), "Choose the medicine"),
    ("a control character", lambda f: said(f, note="a\x00b"), "not text"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_so_is_refused_and_nothing_of_it_is_kept(
    shared: Family, make: Callable[[Family], ConsentEntry], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        record_said(shared.unit.desk, [said(shared, key="trips"), make(shared)])
    assert shared.unit.count("consent_event") == 0


def test_from_the_day_that_it_is_the_pupils_own_a_parent_does_not_say_it(family: Family) -> None:
    desk = family.unit.desk
    words = ConsentEntry(pupil_id=family.ada.id, consent_type="named-sharing", step="given", giver=family.carol.id, day=ON, channel="form")
    _changed, occasion_id = occasions.add(desk, Occasion(consent_type="named-sharing", name="Acme Garage"), [family.ada.id])
    with pytest.raises(Refused, match="From 4 March 2026 it is the pupil’s own decision"):
        record_said(desk, [replace(words, occasion_id=occasion_id)])
    record_said(desk, [replace(words, occasion_id=occasion_id, day=date(2026, 3, 3))])  # said before
    record_said(desk, [replace(words, occasion_id=occasion_id, giver=PUPIL)])
    (row,) = [one for one in standings.of_pupil(desk, family.ada.id) if one.occasion]
    assert row.verdict.by == (PUPIL,)


def test_the_same_thing_twice_is_said_to_be_on_file(family: Family) -> None:
    record_said(family.unit.desk, [said(family)])
    with pytest.raises(WrongUse, match="on file already"):
        record_said(family.unit.desk, [said(family)])
    with pytest.raises(WrongUse, match="on file already"):
        record_said(family.unit.desk, [said(family, who="dad"), said(family, who="dad")])
    assert family.unit.count("consent_event") == 1


@pytest.mark.parametrize("channel", ["letter", "email", "phone", "in-person"])
def test_the_office_records_from_a_signed_form_and_asks_and_nothing_else(family: Family, channel: str) -> None:
    desk = family.unit.as_role(Role.OFFICE)
    record_said(desk, [said(family), said(family, "asked", who="dad", channel="letter")])
    with pytest.raises(NotAllowed, match="assistant head"):
        record_said(desk, [said(family, "refused", channel=channel)])
    with pytest.raises(NotAllowed):
        record_said(desk, [said(family, "excused", "biometrics", note="Cannot be found")])
    with pytest.raises(NotAllowed):
        recording.find(desk, competence(family))
    record_said(family.unit.as_role(Role.ASSISTANT_HEAD), [said(family, "refused", channel=channel)])
    assert family.unit.count("consent_event") == 3


def test_taken_back_it_stays_readable_with_the_reason_and_counts_for_nothing(family: Family) -> None:
    desk = family.unit.desk
    record_said(desk, [said(family, key="trips")])
    (event,) = timeline(desk, family.ben.id).events
    with pytest.raises(Refused, match="why"):
        recording.take_back(desk, family.ben.id, event.id, " ")
    recording.take_back(desk, family.ben.id, event.id, "Wrong pupil")
    assert stand(family, "Trips in general") is ConsentStatus.NOT_ASKED
    told = timeline(desk, family.ben.id)
    assert told.recordings[event.id]["back_because"] == "Wrong pupil"
    with pytest.raises(WrongUse, match="taken back already"):
        recording.take_back(desk, family.ben.id, event.id, "Wrong pupil")
    record_said(desk, [said(family, key="trips")])  # and can be entered again


def test_who_may_not_record_it_may_not_take_it_back(family: Family) -> None:
    record_said(family.unit.desk, [said(family, "refused", channel="phone")])
    (event,) = timeline(family.unit.desk, family.ben.id).events
    with pytest.raises(NotAllowed):
        recording.take_back(family.unit.as_role(Role.OFFICE), family.ben.id, event.id, "Mine")


def competence(family: Family, **more: Any) -> Competence:
    return Competence(
        **{
            "pupil_id": family.ben.id,
            "consent_type": "photographs",
            "asked_about": "",
            "finding": "competent",
            "on": ON,
            "reason": "Explained it back",
        }
        | more
    )


def test_competence_is_recorded_with_a_reason_and_only_for_that_type(family: Family) -> None:
    desk = family.unit.desk
    with pytest.raises(Refused, match="“What it was judged by” is missing"):
        recording.find(desk, competence(family, reason=" "))
    with pytest.raises(Refused, match="future"):
        recording.find(desk, competence(family, on=date(2026, 12, 1)))
    recording.find(desk, competence(family))
    record_said(desk, [said(family, who=PUPIL)])
    assert stand(family, "Photographs and videos: on our website") is ConsentStatus.GIVEN
    (found,) = timeline(desk, family.ben.id).competences
    assert found.asked_about == "Photographs and videos"
    assert family.unit.log()[-2] == ("record-consent", family.ben.id, "competence found")


def medicine_of(family: Family, **more: Any) -> Medicine:
    health.add_medicine(
        family.unit.desk,
        Medicine(**{"pupil_id": family.ben.id, "name": "Salbutamol", "dose": "2 puffs", "taken": "When breathless"} | more),
    )
    return health.of_pupil(family.unit.desk, family.ben.id).medicines[0]


def verdict(family: Family) -> Verdict:
    return next(row.verdict for row in standings.of_pupil(family.unit.desk, family.ben.id) if row.title == "Medicines: Salbutamol")


def shown(family: Family) -> tuple[str | None, date | None]:
    (held,) = health.of_pupil(family.unit.desk, family.ben.id).medicines
    return held.consented_by, held.consented_on


def test_a_yes_to_a_medicine_is_kept_as_it_was_said_and_shown_with_the_medicine(family: Family) -> None:
    desk, medicine = family.unit.desk, medicine_of(family)
    told = said(family, key="medicines", medicine_id=medicine.id, valid_to=date(2026, 11, 26), note="In file 3", evidence="page")
    telephoned = replace(told, channel="phone")
    for entry in (telephoned, told):
        effect = recording.after(desk, entry)
        checked = recording.ready(desk, entry)
        recording.record(desk, [checked])
        assert (verdict(family).standing, verdict(family).reason) == (effect.standing, effect.reason), "it stands as the panel said"
        assert shown(family) == ((None, None) if entry is telephoned else ("Mrs Ruth Ash", ON)), "only what counts is shown"
    assert verdict(family).standing is ConsentStatus.GIVEN
    assert verdict(family).until == date(2026, 11, 26)
    event = timeline(desk, family.ben.id).events[0]
    assert (event.contact_id, event.note, event.evidence) == (family.mum.id, "In file 3", "page")
    (ended,) = standings.of_type(desk, "medicines", date(2026, 12, 1))
    assert ended.verdict.standing is ConsentStatus.LAPSED
    contacts.save_contact(desk, replace(family.mum, title="Ms"))
    assert verdict(family).standing is ConsentStatus.GIVEN, "a title put right ends no yes"
    recording.take_all_back(desk, recording.taken_back_by([checked]), "Undone at once")
    assert "not in writing" in verdict(family).reason
    assert shown(family) == (None, None)


def test_what_was_typed_with_a_medicine_is_there_again_once_a_yes_is_taken_back(family: Family) -> None:
    medicine = medicine_of(family, consented_by="Mrs Ruth Ash", consented_on=ON)
    for giver, day in ((family.dad, DAY), (family.mum, ON)):
        checked = recording.ready(family.unit.desk, said(family, key="medicines", medicine_id=medicine.id, giver=giver.id, day=day))
        recording.record(family.unit.desk, [checked])
        assert shown(family)[1] == day
        recording.take_all_back(family.unit.desk, recording.taken_back_by([checked]), "Undone at once")
        assert shown(family) == ("Mrs Ruth Ash", ON)


def test_another_parents_yes_to_a_medicine_leaves_the_first_and_the_same_is_said_anew_after_a_change(family: Family) -> None:
    medicine = medicine_of(family)
    mum = said(family, key="medicines", medicine_id=medicine.id, day=date(2026, 11, 5))
    dad = replace(mum, giver=family.dad.id, day=date(2026, 11, 10))
    record_said(family.unit.desk, [replace(mum, step="refused", day=date(2026, 11, 1))])
    record_said(family.unit.desk, [mum])
    record_said(family.unit.desk, [dad])
    assert verdict(family).standing is ConsentStatus.GIVEN
    event = timeline(family.unit.desk, family.ben.id).events[0]
    recording.take_back(family.unit.desk, family.ben.id, event.id, "Wrong pupil")
    assert shown(family) == ("Mrs Ruth Ash", mum.day), "the one before is shown again"
    record_said(family.unit.desk, [replace(mum, day=DAY)])
    later = replace(family.unit.desk, clock=FixedClock(MOMENT + timedelta(minutes=1)))
    (held,) = health.of_pupil(later, family.ben.id).medicines
    health.save_medicine(later, replace(held, dose="4 puffs"))
    assert verdict(family).standing is ConsentStatus.LAPSED
    record_said(later, [replace(mum, day=DAY)])
    assert verdict(family).standing is ConsentStatus.GIVEN, "the same words of the same day, of the dose that it is now"
    (held,) = health.of_pupil(later, family.ben.id).medicines
    health.save_medicine(later, replace(held, consented_by=None, consented_on=None))
    assert verdict(family).standing is not ConsentStatus.GIVEN, "emptied by hand, it is no yes"


@pytest.mark.parametrize(
    ("by", "stands"),
    [
        ("Ruth Ash", ConsentStatus.GIVEN),
        ("MRS RUTH ASH", ConsentStatus.GIVEN),
        ("Mr Ash", ConsentStatus.GIVEN),
        ("Mum", ConsentStatus.NOT_ASKED),
        ("Tilda Beck", ConsentStatus.NOT_ASKED),
        ("Ben Ash", ConsentStatus.NOT_ASKED),
    ],
)
def test_a_name_typed_with_the_medicine_counts_where_it_is_a_parents(family: Family, by: str, stands: ConsentStatus) -> None:
    medicine_of(family, consented_by=by, consented_on=ON)
    assert stand(family, "Medicines: Salbutamol") is stands


def test_a_changed_dose_is_agreed_to_anew_and_a_no_to_a_medicine_is_kept(family: Family) -> None:
    desk, medicine = family.unit.desk, medicine_of(family, consented_by="Ruth Ash", consented_on=ON)
    health.save_medicine(desk, replace(medicine, stored="Office"))
    assert stand(family, "Medicines: Salbutamol") is ConsentStatus.GIVEN
    health.save_medicine(desk, replace(medicine, stored="Office", dose="4 puffs"))
    assert stand(family, "Medicines: Salbutamol") is ConsentStatus.LAPSED
    changes.undo(desk, changes.recent(desk, limit=1)[0].key)
    assert stand(family, "Medicines: Salbutamol") is ConsentStatus.GIVEN, "what was agreed to is written again"
    health.save_medicine(desk, replace(medicine, stored="Office", dose="4 puffs"))
    record_said(desk, [said(family, key="medicines", medicine_id=medicine.id, day=DAY)])
    assert stand(family, "Medicines: Salbutamol") is ConsentStatus.GIVEN
    record_said(desk, [said(family, "refused", "medicines", "dad", medicine_id=medicine.id)])
    assert stand(family, "Medicines: Salbutamol") is ConsentStatus.REFUSED


def test_a_yes_to_a_medicine_counts_for_what_was_written_then_and_for_nothing_else(family: Family) -> None:
    """Undone or put back, it is again what was agreed to; a yes to what a slip of the pen said is none to what is right."""
    medicine = medicine_of(family)
    early, late = (replace(family.unit.desk, clock=FixedClock(MOMENT + timedelta(minutes=minutes))) for minutes in (1, 2))
    record_said(family.unit.desk, [said(family, key="medicines", medicine_id=medicine.id)])
    health.save_medicine(early, replace(health.of_pupil(early, family.ben.id).medicines[0], dose="20 puffs"))
    assert "changed on 24 November 2026" in verdict(family).reason
    slip = changes.recent(early, limit=1)[0].key
    record_said(early, [said(family, "refused", key="medicines", who="dad", medicine_id=medicine.id, day=ON - timedelta(days=2))])
    record_said(early, [said(family, key="medicines", who="dad", medicine_id=medicine.id, day=DAY)])
    assert verdict(family).in_force
    changes.undo(late, slip)
    assert verdict(family).in_force
    assert "Ruth" in verdict(family).reason
    assert "Ned" not in verdict(family).reason
    bins.take_away(late, "medicine", medicine.id, "Of another pupil")
    bins.put_back(late, f"medicine|{medicine.id}")
    assert verdict(family).in_force


def test_whoever_said_something_is_not_taken_away(family: Family) -> None:
    record_said(family.unit.desk, [said(family)])
    with pytest.raises(WrongUse, match="refers to it, and would then refer to nothing: consent"):
        bins.take_away(family.unit.desk, "contact", family.mum.id, "Typed twice")


def test_the_sheet_tells_all_of_it(family: Family) -> None:
    desk = family.unit.desk
    record_said(desk, [said(family, "asked", key="trips"), said(family, key="trips", note="In file 3")])
    recording.find(desk, competence(family))
    (event,) = [one for one in timeline(desk, family.ben.id).events if one.what == "given"]
    recording.take_back(desk, family.ben.id, event.id, "Twice")
    occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3)), [family.ben.id])
    told = {
        section.name: [{label: words for _n, label, _v, words in entry.facts} for entry in section.entries]
        for section in sheet.everything(desk, family.ben.id)
    }
    asked, given = told["consents"]
    assert (asked["What was done or said"], asked["Recorded by"]) == ("Asked", "Ann Officer")
    assert (given["Consent to what"], given["Note on the consent"]) == ("Trips in general", "In file 3")
    assert (given["Edition of the words"], given["Taken back, and counts no more, because"]) == ("1", "Twice")
    assert told["competence"][0]["What was found"] == "Competent"
    assert told["occasions"][0]["Trip or occasion"] == "Climbing, 3 December 2026"


def test_it_is_known_before_what_a_finding_would_change(family: Family) -> None:
    desk = family.unit.desk
    record_said(desk, [said(family, uses=("website", "display")), said(family, "refused", who=PUPIL, uses=("website",))])
    found = competence(family, finding="not-competent")
    (would,) = standings.changed_by(desk, found)
    assert (would.title, would.verdict.standing) == ("Photographs and videos: on our website", ConsentStatus.GIVEN)
    assert stand(family, would.title) is not ConsentStatus.GIVEN
    recording.find(desk, found)
    assert stand(family, would.title) is ConsentStatus.GIVEN
    assert standings.changed_by(desk, found) == []
    (would,) = standings.changed_by(desk, competence(family, finding="open"))
    assert would.verdict.standing is not ConsentStatus.GIVEN
