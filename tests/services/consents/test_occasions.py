"""A trip: its list, who may come, who is missing, what a change does, and the list for the leader."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import Competence, Occasion
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.services.care import cards, health
from pupil_desk.services.consents import asking, occasions, recording, standings, trip_papers
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.trips_due import trips_due
from pupil_desk.services.home import home
from pupil_desk.services.pupils import protections, pupils
from tests.documents.checking import assert_accessible
from tests.services.consents.conftest import Family
from tests.services.consents.forms import in_force
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY

CLIMB = Occasion(consent_type="trip", name="Climbing at Larkrock", about="By minibus.", start=date(2026, 12, 3))


@pytest.fixture
def trip(family: Family) -> str:
    return occasions.add(family.unit.desk, CLIMB, [family.ben.id, family.ada.id])[1]


def answered(family: Family, trip: str, what: str = "given", on: date = DAY, giver: str = "") -> None:
    said = ConsentEntry(
        pupil_id=family.ben.id, consent_type="trip", step=what, giver=giver or family.mum.id, day=on, channel="form", occasion_id=trip
    )
    record_said(family.unit.desk, [said])


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
    said = ConsentEntry(
        pupil_id=family.ben.id,
        consent_type=until.consent_type,
        step="given",
        giver=family.mum.id,
        day=DAY,
        channel="form",
        occasion_id=board,
    )
    record_said(desk, [said])
    (row,) = standings.of_occasion(desk, board)
    assert (row.verdict.standing, row.verdict.until) == (ConsentStatus.GIVEN, sixteen - timedelta(days=1))
    assert row.verdict.reason.endswith("It holds until 5 May 2028. From 6 May 2028 it is the pupil’s own decision: then ask the pupil.")
    assert asking.unanswered(desk, asking.subject_of(desk, f"{until.consent_type}/{board}")) == []
    (row,) = standings.of_occasion(desk, board, sixteen)
    assert row.verdict.missing == ("pupil",)


def test_the_form_for_a_trip_asks_whoever_decides_on_it(family: Family) -> None:
    desk, ben = family.unit.desk, family.ben
    recording.find(desk, Competence(pupil_id=ben.id, consent_type="trip", asked_about="It", finding="competent", on=DAY, reason="A talk"))
    for start, asked in ((date(2028, 5, 5), {"Mrs Ruth Ash", "Mr Ned Ash"}), (date(2028, 5, 6), {"Ben Ash"})):
        key = f"trip/{occasions.add(desk, replace(CLIMB, start=start), [ben.id])[1]}"
        forms, _left = asking.papers(desk, asking.subject_of(desk, key), [ben])
        assert {paper.letter.addressee for paper in forms} == asked
        subject = asking.subject_of(desk, key)
        assert {giver == "pupil" for giver, _name in recording.signers(desk, ben, subject.type, DAY, subject.occasion)} == {len(asked) == 1}
        assert ("This is your own decision." in plain_text(forms[0].story)) == (len(forms) == 1)


def test_who_leaves_before_the_trip_has_no_yes_to_it(family: Family, trip: str) -> None:
    answered(family, trip)
    record = pupils.record(family.unit.desk, family.ben.id)
    pupils.save_stay(family.unit.desk, replace(record.stays[0], end_date=DAY + timedelta(days=2)))
    assert stands(family, trip) == {"Ada": ConsentStatus.NOT_ASKED}
    desk = family.unit.desk
    assert standings.in_force(desk, "trip", occasion_id=trip) == {}
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


def test_the_list_for_the_leader_of_one_with_a_diet_alone_says_that_allergies_are_to_be_asked_about(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="D", what="No gluten"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert "No gluten\nallergies, conditions: not recorded, ask" in said


def test_a_person_or_body_is_given_no_list_for_a_leader(family: Family) -> None:
    body = occasions.add(family.unit.desk, replace(CLIMB, consent_type="named-sharing", name="Acme Garage"), [family.ben.id])[1]
    with pytest.raises(WrongUse, match="trips alone"):
        trip_papers.paper(family.unit.desk, body)


def test_the_list_for_the_leader_has_who_comes_what_to_know_and_whom_to_call(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="A", what="Peanuts", severity="LIFE"))
    health.add_medicine(desk, Medicine(pupil_id=family.ben.id, name="EpiPen", dose="1", taken="in an emergency"))
    pupils.save_pupil(desk, replace(pupils.record(desk, family.ben.id).pupil, medical="Faints in the heat"))
    story, title = trip_papers.paper(desk, trip)
    said = plain_text(story)
    assert "Faints in the heat" in said
    assert title == "Climbing at Larkrock"
    for words in (
        "May come: 1",
        "Ash, Ben",
        "LIFE-THREATENING allergy: Peanuts\n1. EpiPen: not agreed to. Call 999 at once, and give it when they say so.",
        "takes EpiPen, 1, in an emergency; kept: Not known (not agreed: not given, unless 999 tells us to)",
        "Mrs Ruth Ash",
        "07700\N{NO-BREAK SPACE}900123",
        "No answer, so may not come: 1",
        "Cole, Ada",
    ):
        assert words in said
    assert "Does not come" not in said
    assert "protected" not in said
    assert_accessible(build_pdf(story, title=title, page_size=trip_papers.LYING, base_size=trip_papers.BASE))
    trip_papers.log_printed(desk, standings.of_occasion(desk, trip))
    assert "not recorded: ask" not in said
    assert family.unit.log()[-1][2] == "trip list printed"


def test_the_leader_is_told_what_to_do_in_the_words_of_the_first_aid_card_and_the_grave_leads(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    for kind, what, severity, steps, plan in (
        ("C", "Asthma", "MOD", "Two puffs.", None),
        ("C", "Epilepsy", "SEV", None, None),
        ("C", "Diabetes", "SEV", None, "In the blue folder"),
        ("A", "Peanuts", "LIFE", "Pen into the thigh.\nCall 999.", None),
        ("A", "Bee stings", None, "Keep calm.", None),
        ("C", "Hay fever", "MILD", None, "Ask the nurse"),
    ):
        health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind=kind, what=what, severity=severity, emergency=steps, plan=plan))
    said, card = plain_text(trip_papers.paper(desk, trip)[0]), plain_text(cards.first_aid(desk, [family.ben.id])[0])
    order = ["LIFE-THREATENING allergy: Peanuts", "1. Pen into the thigh.", "2. Call 999.", "SEVERE condition: "]
    order += ["Allergy: Bee stings (how grave is not recorded)", "1. Keep calm.", "Asthma (moderate)", "1. Two puffs."]
    order.append("Condition, mild: Hay fever. Ask the nurse")
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    for words in (
        "LIFE-THREATENING allergy: Peanuts",
        "Pen into the thigh.",
        "SEVERE condition: Epilepsy",
        "SEVERE condition: Diabetes",
        "Allergy: Bee stings (how grave is not recorded)",
        "In the blue folder",
        "It is not recorded what to do first. In danger, call 999; then tell the office.",
    ):
        assert words in said
        assert words in card
    assert said.count("It is not recorded what to do first.") == card.count("It is not recorded what to do first.") == 1


def test_whoever_has_something_grave_comes_first_on_the_list_for_the_leader(family: Family, trip: str) -> None:
    desk = family.unit.desk
    answered(family, trip)
    mother = family.unit.contact(family.ada, "Cole", forename="Pat", parental_responsibility=True)
    record_said(
        desk,
        [
            ConsentEntry(
                pupil_id=family.ada.id, consent_type="trip", step="given", giver=mother.id, day=DAY, channel="form", occasion_id=trip
            )
        ],
    )
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert "stand first" not in said
    assert said.index("Ash, Ben") < said.index("Cole, Ada")
    trip_subject = asking.subject_of(desk, f"trip/{trip}")
    assert [row.pupil.forename for row in asking.stands_of(desk, trip_subject)] == ["Ben", "Ada"]
    health.add_item(desk, HealthItem(pupil_id=family.ada.id, kind="C", what="Epilepsy", severity="SEV"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert said.index("life-threatening or severe stand first") < said.index("Cole, Ada") < said.index("Ash, Ben")
    assert [row.pupil.forename for row in asking.stands_of(desk, trip_subject)] == ["Ben", "Ada"]  # in the window by name
    health.add_item(desk, HealthItem(pupil_id=family.ben.id, kind="A", what="Penicillin"))
    said = plain_text(trip_papers.paper(desk, trip)[0])
    assert said.index("Ash, Ben") < said.index("Cole, Ada"), "an allergy that nobody has graded may be grave"


def test_the_list_for_the_leader_says_what_is_so_on_the_days_of_the_trip(family: Family) -> None:
    desk, ben = family.unit.desk, family.ben.id
    trip = occasions.add(desk, replace(CLIMB, end=date(2026, 12, 5)), [ben])[1]
    answered(family, trip, giver=family.dad.id)
    for surname, since in (("Then", date(2026, 12, 1)), ("Later", date(2026, 12, 6))):
        barred = family.unit.contact(family.ben, surname, forename="Max", mobile="07700 900555")
        protections.set_protection(desk, Protection(pupil_id=ben, kind="order", contact_id=barred.id, reason="Court", since=since))
    health.add_item(desk, HealthItem(pupil_id=ben, kind="A", what="Wasps", start_date=date(2026, 12, 5)))
    health.add_item(desk, HealthItem(pupil_id=ben, kind="C", what="Broken toe", end_date=date(2026, 12, 2)))
    for name, expiry, until in (
        ("Drops", None, date(2026, 12, 2)),
        ("Inhaler", date(2026, 12, 2), None),
        ("Syrup", None, date(2026, 12, 3)),
    ):
        health.add_medicine(
            desk,
            Medicine(
                pupil_id=ben,
                name=name,
                dose="1",
                taken="At noon",
                expiry=expiry,
                end_date=until,
                consented_by=family.dad.full_name,
                consented_on=DAY,
            ),
        )
    said = plain_text(trip_papers.paper(desk, trip)[0])
    for words in (
        "Max Later",
        "Allergy: Wasps (how grave is not recorded)",
        "takes Inhaler, 1, at noon; kept: Not known (past its use-by day, 2 December 2026: we do not give it",
        "takes Syrup, 1, at noon; kept: Not known (agreed: we give it)",
    ):
        assert words in said, words
    for words in ("Max Then", "Broken toe", "Drops"):
        assert words not in said, words


def test_the_leader_is_told_where_nothing_is_recorded(family: Family, trip: str) -> None:
    answered(family, trip)
    assert "not recorded: ask" in plain_text(trip_papers.paper(family.unit.desk, trip)[0])


def test_the_leader_is_warned_of_someone_protected_and_not_told_to_call_who_is_barred(family: Family, trip: str) -> None:
    answered(family, trip)
    family.unit.protect(family.ben, "order", family.mum)
    said = plain_text(trip_papers.paper(family.unit.desk, trip)[0])
    assert "Someone on this list is protected" in said
    assert "900123" not in said


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
