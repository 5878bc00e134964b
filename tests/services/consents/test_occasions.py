"""A trip: its list, who may come, who is missing, and what a change does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.consents import asking, occasions, recording, standings, trip_papers
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.trips_due import trips_due
from pupil_desk.services.home import home
from pupil_desk.services.pupils import pupils
from tests.services.consents.conftest import CLIMB, Family
from tests.services.consents.forms import in_force
from tests.services.consents.saying import answered, record_said
from tests.services.exports.made import DAY


def stands(family: Family, trip: str) -> dict[str, ConsentStatus]:
    return {row.pupil.forename: row.verdict.standing for row in standings.of_occasion(family.unit.desk, trip)}


def test_who_may_come_and_who_is_missing(family: Family, trip: str) -> None:
    assert stands(family, trip) == {"Ben": ConsentStatus.NOT_ASKED, "Ada": ConsentStatus.NOT_ASKED}
    answered(family, trip)
    assert stands(family, trip) == {"Ben": ConsentStatus.GIVEN, "Ada": ConsentStatus.NOT_ASKED}
    desk = family.unit.desk
    assert set(in_force(desk, "trip", occasion_id=trip)) == {family.ben.id}
    assert [pupil.forename for pupil in asking.unanswered(desk, asking.subject_of(desk, f"trip/{trip}"))] == ["Ada"]


def test_a_yes_that_ends_before_the_trip_is_no_yes_to_it(family: Family, trip: str) -> None:
    said = ConsentEntry(
        pupil_id=family.ben.id,
        consent_type="trip",
        step="given",
        giver=family.mum.id,
        day=DAY,
        channel="form",
        occasion_id=trip,
        valid_to=date(2026, 12, 1),
    )
    record_said(family.unit.desk, [said])
    assert stands(family, trip)["Ben"] is ConsentStatus.LAPSED


def test_a_parents_yes_to_telling_holds_until_the_pupil_decides(family: Family) -> None:
    desk, sixteen = family.unit.desk, date(2028, 5, 6)
    until = Occasion(consent_type="access-arrangements", name="AQA", about="Extra time.", start=DAY, end=date(2028, 7, 30))
    board = occasions.add(desk, until, [family.ben.id])[1]
    yes = ConsentEntry(
        pupil_id=family.ben.id,
        consent_type=until.consent_type,
        step="given",
        giver=family.mum.id,
        day=DAY,
        channel="form",
        occasion_id=board,
    )
    record_said(desk, [yes])
    (row,) = standings.of_occasion(desk, board)
    assert (row.verdict.standing, row.verdict.until) == (ConsentStatus.GIVEN, sixteen - timedelta(days=1))
    assert row.verdict.reason.endswith("It holds until 5 May 2028. From 6 May 2028 it is the pupil’s own decision: then ask the pupil.")
    assert asking.unanswered(desk, asking.subject_of(desk, f"{until.consent_type}/{board}")) == []
    (row,) = standings.of_occasion(desk, board, sixteen)
    assert row.verdict.missing == ("pupil",)


def test_the_form_for_a_trip_asks_whoever_decides_on_it(family: Family) -> None:
    desk, ben = family.unit.desk, family.ben
    recording.find(desk, Competence(pupil_id=ben.id, consent_type="trip", asked_about="It", finding="competent", on=DAY, reason="A talk"))
    for start, askees in ((date(2028, 5, 5), {"Mrs Ruth Ash", "Mr Ned Ash"}), (date(2028, 5, 6), {"Ben Ash"})):
        trip_id = occasions.add(desk, replace(CLIMB, start=start), [ben.id])[1]
        key = f"trip/{trip_id}"
        forms, _left = asking.papers(desk, asking.subject_of(desk, key), [ben])
        assert {paper.letter.addressee for paper in forms} == askees
        subject = asking.subject_of(desk, key)
        assert {giver == "pupil" for giver, _name in recording.signers(desk, ben, subject.type, DAY, subject.occasion)} == {
            len(askees) == 1
        }
        assert ("This is your own decision." in plain_text(forms[0].story)) == (len(forms) == 1)
        giver = "pupil" if len(askees) == 1 else family.mum.id
        record_said(
            desk,
            [ConsentEntry(pupil_id=ben.id, consent_type="trip", step="given", giver=giver, day=DAY, channel="form", occasion_id=trip_id)],
        )
        assert stands(family, trip_id)["Ben"] is ConsentStatus.GIVEN, "the answer that was asked for counts"


def test_who_leaves_before_the_trip_has_no_yes_to_it(family: Family, trip: str) -> None:
    answered(family, trip)
    record = pupils.record(family.unit.desk, family.ben.id)
    pupils.save_stay(family.unit.desk, replace(record.stays[0], end_date=DAY + timedelta(days=2)))
    assert stands(family, trip) == {"Ada": ConsentStatus.NOT_ASKED}
    desk = family.unit.desk
    assert in_force(desk, "trip", occasion_id=trip) == {}
    assert [row.verdict.standing for row in standings.of_pupil(desk, family.ben.id) if row.occasion] == [ConsentStatus.LAPSED]
    assert [(due.pupils_listed, due.open) for due in trips_due(desk)] == [(1, 1)]
    assert "Ben" not in plain_text(trip_papers.paper(desk, trip)[0])
    assert [pupil.forename for pupil in occasions.pupils_listed(desk, trip)] == ["Ben", "Ada"]


def test_a_small_correction_keeps_the_answers_and_a_change_asks_again(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    held = occasions.occasion(desk, trip)
    occasions.change(desk, replace(held, name="Climbing at Lark Rock"), ask_again=False)
    assert stands(family, trip)["Ben"] is ConsentStatus.GIVEN
    occasions.change(desk, replace(held, name="Climbing at Lark Rock", start=date(2026, 12, 10)), ask_again=True)
    (row, _ada) = standings.of_occasion(desk, trip)
    assert row.verdict.standing is ConsentStatus.LAPSED
    assert "what was agreed to changed on 24 November 2026" in row.verdict.reason
    answered(family, trip)  # the same day, and the new words
    assert stands(family, trip)["Ben"] is ConsentStatus.GIVEN
    assert occasions.occasion(desk, trip).edition == 3
    assert occasions.change(desk, occasions.occasion(desk, trip), ask_again=True).kinds == frozenset()
    assert [reason for action, _who, reason in family.unit.log() if action == "plan-occasion"] == [
        "planned, 2 pupils",
        "corrected",
        "changed, to be asked again",
    ]


def test_on_the_list_and_off_it(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    occasions.take_off(desk, trip, [family.ben.id])
    assert stands(family, trip) == {"Ada": ConsentStatus.NOT_ASKED}
    assert [row.title for row in standings.of_pupil(desk, family.ben.id) if row.occasion] == []
    with pytest.raises(Refused, match="not on its list"):
        answered(family, trip, "refused")
    occasions.put_on(desk, trip, [family.ben.id, family.ada.id])
    assert stands(family, trip)["Ben"] is ConsentStatus.GIVEN  # what was said stays
    assert family.unit.count("consent_invitation") == 4  # who is on it already is not put on twice
    assert occasions.put_on(desk, trip, [family.ben.id]).kinds == frozenset()


def test_a_cancelled_trip_is_over(family: Family, trip: str) -> None:
    desk = family.unit.desk
    occasions.cancel(desk, trip)
    assert occasions.occasion(desk, trip).over(DAY)
    assert f"trip/{trip}" not in asking.subjects(desk)
    for act in (
        lambda: answered(family, trip),
        lambda: occasions.cancel(desk, trip),
        lambda: occasions.put_on(desk, trip, [family.ben.id]),
    ):
        with pytest.raises(WrongUse, match="cancelled"):
            act()


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (replace(CLIMB, name=" "), "Name is missing"),
        (replace(CLIMB, end=date(2026, 12, 1)), "last day is before the first"),
        (replace(CLIMB, name="climbing AT larkrock"), "of this name on that day already"),
    ],
)
def test_a_trip_that_cannot_be_is_refused(family: Family, trip: str, made: Occasion, message: str) -> None:
    with pytest.raises(Refused, match=message):
        occasions.add(family.unit.desk, made)


def test_a_consent_that_is_not_asked_trip_by_trip_has_none(family: Family) -> None:
    with pytest.raises(WrongUse, match="occasion by occasion"):
        occasions.add(family.unit.desk, replace(CLIMB, consent_type="photographs"))
    with pytest.raises(WrongUse, match="occasion by occasion"):
        standings.of_type(family.unit.desk, "trip")


def test_the_next_comes_first_and_the_past_last(family: Family, trip: str) -> None:
    desk = family.unit.desk
    for name, start in (
        ("Long ago", date(2026, 9, 9)),
        ("Sooner", date(2026, 11, 30)),
        ("Undated", None),
        ("Last week", date(2026, 11, 17)),
    ):
        occasions.add(desk, replace(CLIMB, name=name, start=start))
    assert [one.name for one in occasions.occasions(desk)] == ["Sooner", "Climbing at Larkrock", "Undated", "Last week", "Long ago"]


def test_home_tells_of_a_trip_that_comes_with_answers_missing(family: Family, trip: str) -> None:
    desk = family.unit.desk
    occasions.add(desk, replace(CLIMB, name="Far away", start=DAY + timedelta(days=31)), [family.ben.id])
    answered(family, trip)
    assert [(one.occasion.name, one.pupils_listed, one.open) for one in home.tasks(desk).trips] == [("Climbing at Larkrock", 2, 1)]
    record_said(
        desk,
        [
            ConsentEntry(
                pupil_id=family.ada.id,
                consent_type="trip",
                step="refused",
                giver=family.carol.id,
                day=DAY,
                channel="form",
                occasion_id=trip,
            )
        ],
    )
    assert home.tasks(desk).trips == []


def test_the_pupils_own_list_judges_a_trip_on_its_day_too(family: Family, trip: str) -> None:
    said = ConsentEntry(
        pupil_id=family.ben.id,
        consent_type="trip",
        step="given",
        giver=family.mum.id,
        day=DAY,
        channel="form",
        occasion_id=trip,
        valid_to=date(2026, 12, 1),
    )
    assert recording.after(family.unit.desk, said).standing is ConsentStatus.LAPSED
    record_said(family.unit.desk, [said])
    (row,) = [one for one in standings.of_pupil(family.unit.desk, family.ben.id) if one.occasion]
    assert row.verdict.standing is ConsentStatus.LAPSED


def test_a_guest_on_the_list_comes_too(family: Family, trip: str) -> None:
    guest = family.unit.pupil("Guest", "Gus", date(2012, 1, 1), Enrolment(status="G", start_date=date(2026, 9, 2)))
    occasions.put_on(family.unit.desk, trip, [guest.id])
    assert stands(family, trip)["Gus"] is ConsentStatus.NOT_ASKED
