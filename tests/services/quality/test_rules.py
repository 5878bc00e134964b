"""Each rule fires on what it is about, opens the field that puts it right, and is silent about a good record and a near miss."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import rule_data
from pupil_desk.domain.care.health import Disability, NothingKnown
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.details_check import DetailsCheck
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.quality.looking import PAGES, PARTS
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, PupilFile, QualityContext, limits
from pupil_desk.services.quality.rules import RULES, gaps
from tests.domain.incidents.test_incident import WHOLE, case_of, event
from tests.services.quality.good import (
    AUNT,
    CASE,
    COLLEGES,
    COURSE,
    DAY,
    GIVEN,
    HALVES,
    LEFT,
    MOTHER,
    NUTS,
    OWN_NOTICE,
    OWN_WORD,
    PATTERN,
    PEN,
    PLACE,
    PLAN,
    PUPIL,
    STAY,
    SUSPENDED,
    around,
    changed,
    whole,
)
from tests.services.quality.later_cases import LATER_FIRE, LATER_SILENT


def but(record: Any, **items: Any) -> Any:
    """A record with other items."""
    return dataclasses.replace(record, **items)


def left(dob: date = PUPIL.dob, **items: Any) -> PupilFile:
    """A leaver: the good pupil, or a younger one, after a stay that ended in July."""
    return whole(but(PUPIL, dob=dob), stays=[but(LEFT, **items)], choices=())


def said(**items: Any) -> list[Any]:
    return [but(OWN_WORD, **items), COLLEGES]


ORDER = Protection(id="o1", pupil_id="p1", contact_id="c2", kind="order", reason="Court", since=date(2026, 5, 1))
CARE = CarePeriod(id="k1", pupil_id="p1", kind="LAC", authority="919")
ADULT = date(2008, 2, 1)  # 18 on the day, past compulsory school age
YOUNG = date(2012, 5, 5)  # 14 on the day
AGREED = SchoolPlace(id="a1", pupil_id="p1", school="919/4001", kind="directed", start_date=date(2026, 9, 2), end_date=date(2026, 10, 23))
TWIN = but(PUPIL, id="p2", ref="P0002", upn=None, uln=None)
FATHER = but(MOTHER, id="c3", forename="Alan", relationship="PAF", order=3, lives_with=False, address_1="9 Mill Lane")
KNOWN = but(PLACE, kind="actual", confirmed_on=date(2026, 9, 10))


def happened(undone: str, day: date = date(2026, 11, 10), *, withheld: bool = False) -> IncidentCase:
    """A restrictive intervention of which all was done but one thing; the mother may be told, or it is withheld from her."""
    incident = but(WHOLE, pupil_id="p1", day=day)
    events = [but(event(kind), wording=WHOLE.id) for kind in IncidentEventKind if kind not in (undone, "reported", "withheld")]
    if undone != "reported":
        events.append(event(IncidentEventKind.REPORTED, MOTHER.id))
    elif withheld:
        events.append(event(IncidentEventKind.WITHHELD, MOTHER.id))
    return case_of(incident, *events)


CORRECTED = DetailsCheck(id="d1", pupil_id="p", checked_by="Ruth Ashdown, mother", on=date(2026, 11, 16), channel="form", answer="wrong")

FIRES: dict[str, tuple[PupilFile, str]] = {
    "social-worker-not-told": (whole(untold=[date(2026, 11, 10), date(2026, 11, 11)]), "code"),
    "no-upn": (changed(upn=None), "upn"),
    "wrong-upn": (changed(upn="A919110026001"), "upn"),
    "temporary-upn": (changed(upn="J91911002600A"), "upn"),
    "upn-twice": (whole(), "upn"),
    "uln-twice": (whole(), "uln"),
    "pupil-twice": (whole(), "surname"),
    "no-sex": (changed(sex=None), "sex"),
    "no-ethnicity": (changed(ethnicity=None), "ethnicity"),
    "no-language": (changed(first_language=None), "first_language"),
    "not-yet-obtained": (changed(ethnicity="NOBT"), "ethnicity"),
    "no-service-answer": (changed(service_child=None), "service_child"),
    "no-year-group": (changed(year_group=None), "year_group"),
    "odd-year-group": (changed(year_group="10"), "year_group"),
    "odd-birth": (changed(dob=date(2003, 10, 5)), "dob"),
    "short-forename": (changed(forename="M."), "forename"),
    "no-address": (changed(address_1=None), "address_1"),
    "no-postcode": (changed(postcode=None), "postcode"),
    "no-way-to-reach": (changed(phone=None), "phone"),
    "no-holder": (whole(contacts=[but(MOTHER, parental_responsibility=False), AUNT]), "parental_responsibility"),
    "responsibility-not-said": (whole(contacts=[MOTHER, AUNT, but(FATHER, parental_responsibility=None)]), "parental_responsibility"),
    "home-not-said": (whole(contacts=[but(MOTHER, lives_with=None, address_1="4 Larch Way"), AUNT]), "lives_with"),
    "parent-without-phone": (whole(contacts=[but(MOTHER, mobile=None), AUNT]), "mobile"),
    "contact-without-phone": (whole(contacts=[MOTHER, but(AUNT, phone=None), FATHER]), "mobile"),
    "parent-without-address": (whole(contacts=[MOTHER, AUNT, but(FATHER, address_1=None)]), "address_1"),
    "corrections-wait": (whole(checks=[CORRECTED]), "entered_on"),
    "nobody-to-call": (whole(contacts=[but(MOTHER, mobile=None)]), "mobile"),
    "too-few-to-call": (whole(contacts=[MOTHER]), "surname"),
    "called-together": (whole(contacts=[MOTHER, but(AUNT, order=1)]), "order"),
    "contact-twice": (whole(contacts=[MOTHER, AUNT, but(AUNT, id="c4", forename="JOAN", order=4)]), "surname"),
    "called-against-order": (whole(contacts=[but(MOTHER, order=2), but(AUNT, order=1)], protections=[ORDER]), "order"),
    "no-social-worker": (changed(looked_after=True, care_authority="919"), "relationship"),
    "no-stay": (whole(stays=()), "status"),
    "no-starting-day": (whole(stays=[but(STAY, start_date=None)]), "start_date"),
    "school-not-told": (whole(stays=[but(STAY, status="S", main_school="919/4099")]), "main_school"),
    "placing-school-unclear": (whole(stays=[but(STAY, commissioned_by="moor  school")]), "commissioned_by"),
    "place-is-over": (whole(school_places=[AGREED, but(AGREED, id="a2", end_date=date(2026, 11, 20))]), "end_date"),
    "place-lacks": (whole(school_places=[but(AGREED, end_date=None, review_day=date(2027, 1, 12))]), "end_date"),
    "two-stays": (whole(stays=[STAY, but(STAY, id="e2", start_date=date(2026, 10, 5))]), "end_date"),
    "days-contradict": (whole(stays=[STAY, but(LEFT, id="e0", end_date=date(2025, 9, 1))]), "end_date"),
    "left-on-no-day": (whole(stays=[but(LEFT, status="P", end_date=None)]), "end_date"),
    "dual-without-school": (whole(stays=[but(STAY, status="S")]), "main_school"),
    "dual-with-itself": (whole(stays=[but(STAY, status="S", main_school="919/1100")]), "main_school"),
    "no-school-before": (changed(previous_school=None), "last_school"),
    "no-ground": (left(YOUNG), "deletion_ground"),
    "odd-ground": (left(YOUNG, deletion_ground="9(1)(l)"), "deletion_ground"),
    "no-next-school": (left(YOUNG, deletion_ground="9(1)(a)"), "next_school"),
    "timetable-not-agreed": (whole(timetables=[but(PATTERN, agreed_with=None)]), "agreed_with"),
    "timetable-without-review": (whole(timetables=[but(PATTERN, review_on=None)]), "review_on"),
    "no-provision": (changed(sen_provision=None, sen_need_1=None), "sen_provision"),
    "no-main-need": (changed(sen_need_1=None), "sen_need_1"),
    "second-before-main": (changed(sen_provision=None, sen_need_1=None, sen_need_2="MLD"), "sen_need_1"),
    "needs-contradict": (changed(sen_need_2="SEMH"), "sen_need_2"),
    "two-provisions": (whole(periods=[PLAN, but(PLAN, id="s2", provision="K")]), "end_date"),
    "plan-without-review": (whole(periods=[but(PLAN, review_date=None)], plans=()), "review_date"),
    "care-not-said": (changed(looked_after=None), "looked_after"),
    "care-without-authority": (changed(looked_after=True), "care_authority"),
    "authority-without-care": (changed(care_authority="919"), "looked_after"),
    "meals-without-category": (whole(care=[but(CARE, kind="FSM", authority=None)]), "kind"),
    "premium-contradicts": (whole(care=[but(CARE, kind="SCP", authority=None)]), "kind"),
    "two-spells-in-care": (whole(care=[CARE, but(CARE, id="k2")]), "end_date"),
    "nothing-recorded": (whole(health=(), medicines=()), "said_by"),
    "no-emergency-steps": (whole(health=[but(NUTS, emergency=None)]), "emergency"),
    "no-action-plan": (whole(health=[but(NUTS, plan=None, severity="MILD")]), "plan"),
    "allergen-not-said": (whole(health=[but(NUTS, kind="C", allergen=None)]), "allergen"),
    "severity-not-said": (whole(health=[but(NUTS, severity=None)]), "severity"),
    "dose-not-said": (whole(medicines=[but(PEN, dose="")]), "dose"),
    "not-agreed-to": (whole(medicines=[but(PEN, consented_on=None)]), "consented_on"),
    "out-of-date": (whole(medicines=[but(PEN, expiry=date(2026, 11, 23))]), "expiry"),
    "place-not-said": (whole(medicines=[but(PEN, stored=None)]), "stored"),
    "disabilities-contradict": (
        whole(disabilities=[Disability(id="y1", disability="NONE"), Disability(id="y2", disability="HEAR")]),
        "end_date",
    ),
    "no-reason": (whole(cases=[but(CASE, suspension=but(SUSPENDED, reason_2="DB"))]), "reason_2"),
    "no-circumstances": (whole(cases=[but(CASE, suspension=but(SUSPENDED, circumstances=None))]), "circumstances"),
    "nobody-decided": (whole(cases=[but(CASE, suspension=but(SUSPENDED, decided_by=None))]), "decided_by"),
    "over-the-limit": (whole(cases=[CASE, but(CASE, halves=(), suspension=but(SUSPENDED, decision="x2", sessions=90))]), "sessions"),
    "register-says-otherwise": (whole(stands={HALVES[0]: "E", HALVES[1]: "\\"}), "start"),
    "marked-without-suspension": (whole(cases=()), "start"),
    **LATER_FIRE,
    "account-not-signed": (whole(incidents=[happened("signed")]), ""),
    "parent-not-told": (whole(incidents=[happened("reported")]), ""),
    "no-debrief": (whole(incidents=[happened("debrief-pupil")]), ""),
    "wrong-uln": (changed(uln="9999999999"), "uln"),
    "no-uln-yet": (changed(uln=None, dob=YOUNG), "uln"),
    "no-uln": (changed(uln=None), "uln"),
    "learning-contradicts": (whole(learning=[but(COURSE, end=date(2026, 9, 1))]), "end"),
    "no-result-yet": (whole(learning=[but(COURSE, start=None, end=date(2026, 6, 1))]), "result"),
    "qualification-half-named": (whole(learning=[but(COURSE, level=None)]), "level"),
    "no-prior-attainment": (whole(but(PUPIL, dob=ADULT), attained=["ENG"]), "result"),
    "never-assessed": (whole(assessed=False), "subject"),
    "no-intention": (whole(destinations=()), "activity"),
    "left-without-destination": (left(date(2010, 2, 1)), "activity"),
    "no-six-months": (whole(but(PUPIL, dob=ADULT), stays=[but(LEFT, end_date=date(2025, 12, 19))], destinations=[KNOWN]), "activity"),
    "destination-open": (whole(destinations=[but(KNOWN, confirmed_on=None)]), "confirmed_on"),
    "parent-not-asked": (whole(but(PUPIL, dob=YOUNG), choices=()), ""),
    "pupil-not-asked": (whole(choices=[OWN_WORD]), ""),
    "not-theirs-to-choose": (whole(choices=said(by="parent")), ""),
    "giver-without-right": (whole(but(PUPIL, dob=YOUNG), choices=said(by="parent", giver="Mrs Stranger")), ""),
    "no-notice": (whole(issues=()), ""),
    "photograph-must-go": (whole(stays=[LEFT], photograph="a1"), ""),
    "earlier-notice": (whole(issues=[but(GIVEN, edition_id="before"), OWN_NOTICE]), ""),
    "retired-code": (whole(health=[but(NUTS, severity="LIFE")], contacts=[MOTHER, AUNT]), "kind"),
    "wrong-value": (changed(postcode="AL28"), "postcode"),
    "odd-value": (changed(phone="7700900123"), "phone"),
    "same-former-upn": (changed(former_upn=PUPIL.upn), "former_upn"),
}
"""A file of which each rule says something, and the item it is about."""

SILENT: dict[str, PupilFile] = {
    **LATER_SILENT,
    "social-worker-not-told": whole(untold=[DAY]),  # that of today is a matter of Home
    "account-not-signed": whole(incidents=[happened("signed", day=DAY)]),
    "parent-not-told": whole(incidents=[happened("reported", withheld=True)]),
    "no-debrief": whole(incidents=[happened("debrief-pupil", day=date(2026, 11, 18))]),
    "temporary-upn": whole(but(PUPIL, upn="J91911002600A"), stays=[but(STAY, start_date=date(2026, 11, 9))]),
    "no-ethnicity": changed(ethnicity="REFU"),
    "not-yet-obtained": changed(ethnicity="REFU", first_language="REF"),
    "no-service-answer": changed(service_child="R"),
    "odd-year-group": changed(year_group="X"),
    "no-postcode": changed(address_1=None, postcode=None),
    "no-way-to-reach": changed(phone=None, email="mia@example.org"),
    "no-holder": whole(but(PUPIL, dob=date(2008, 9, 1)), contacts=[AUNT]),
    "home-not-said": whole(contacts=[but(MOTHER, lives_with=False, address_1="9 Mill Lane"), AUNT]),
    "parent-without-phone": whole(contacts=[MOTHER, AUNT, but(FATHER, mobile=None)], protections=[but(ORDER, contact_id="c3")]),
    "parent-without-address": whole(contacts=[MOTHER, AUNT, but(FATHER, address_1=None)], protections=[but(ORDER, contact_id="c3")]),
    "corrections-wait": whole(checks=[but(CORRECTED, answer="right"), but(CORRECTED, entered_on=date(2026, 11, 20))]),
    "called-against-order": whole(protections=[ORDER]),
    "no-social-worker": whole(
        but(PUPIL, looked_after=True, care_authority="919"), contacts=[MOTHER, AUNT, but(AUNT, id="c5", relationship="SWR")]
    ),
    "school-not-told": whole(stays=[but(STAY, status="S", main_school="919/4003")]),
    "placing-school-unclear": whole(stays=[but(STAY, commissioned_by="Hill School")]),
    "place-is-over": whole(school_places=[AGREED, but(AGREED, id="a2", end_date=DAY)]),
    "place-lacks": whole(school_places=[but(AGREED, kind="bought", end_date=None), AGREED]),
    "two-stays": whole(stays=[STAY, but(STAY, id="e2", status="G")]),
    "no-ground": left(YOUNG, deletion_ground="9(1)(a)"),
    "odd-ground": left(YOUNG, status="S", main_school="919/4001", deletion_ground="9(1)(c)"),
    "no-next-school": left(YOUNG, deletion_ground="9(1)(f)"),
    "timetable-not-agreed": whole(timetables=[but(PATTERN, agreed_with=None, until=date(2026, 11, 20))]),
    "timetable-without-review": whole(timetables=[but(PATTERN, review_on=None, fri_pm="D")]),
    "no-main-need": changed(sen_provision="N", sen_need_1=None),
    "plan-without-review": whole(periods=[but(PLAN, review_date=None)]),  # the plan has a review of its own
    "nothing-recorded": whole(
        health=(),
        medicines=(),
        nothing_known=[NothingKnown(id="k1", pupil_id="p1", said_by="Ruth Ashdown, mother", said_on=date(2026, 9, 3), channel="form")],
    ),
    "no-emergency-steps": whole(health=[but(NUTS, emergency=None, end_date=date(2026, 10, 1))]),
    "allergen-not-said": whole(health=[but(NUTS, kind="C", allergen=None, diet="gluten-free")]),
    "no-action-plan": whole(health=[but(NUTS, kind="D", plan=None)]),
    "out-of-date": whole(medicines=[but(PEN, expiry=date(2026, 11, 1), end_date=date(2026, 11, 20))]),
    "no-circumstances": whole(cases=[but(CASE, suspension=but(SUSPENDED, school="919/4001", circumstances=None))]),
    "over-the-limit": whole(cases=[CASE, but(CASE, halves=(), suspension=but(SUSPENDED, decision="x2", sessions=88))]),
    "register-says-otherwise": whole(stands={HALVES[0]: "E", HALVES[1]: "B"}),
    "no-prior-attainment": whole(but(PUPIL, dob=ADULT), attained=["English Language", "Maths"]),
    "never-assessed": whole(assessed=False, stays=[but(STAY, start_date=date(2026, 11, 2))]),
    "no-uln-yet": changed(uln=None, dob=date(2013, 1, 1)),
    "left-without-destination": whole(but(PUPIL, dob=date(2010, 2, 1)), stays=[LEFT], destinations=[KNOWN]),
    "no-six-months": whole(but(PUPIL, dob=ADULT), stays=[LEFT], destinations=[KNOWN]),
    "parent-not-asked": whole(but(PUPIL, dob=date(2014, 1, 1)), choices=()),
    "not-theirs-to-choose": whole(choices=[OWN_WORD, COLLEGES, but(OWN_WORD, id="w3", seq=3, by="parent")]),
    "giver-without-right": whole(but(PUPIL, dob=YOUNG), choices=said(by="parent", giver="Mrs R Ashdown")),
    "wrong-value": whole(stays=[STAY, but(LEFT, id="e0", main_school="wrong")]),
    "photograph-must-go": whole(photograph=""),
    "marked-without-suspension": whole(cases=[but(CASE, imported=True, suspension=but(SUSPENDED, school="919/4001"))]),
}
"""Near misses: a file about which each rule says nothing."""


def world(key: str) -> QualityContext:
    """What is around: for a rule about two pupils the other one is on file."""
    others = {
        "upn-twice": but(TWIN, forename="Ida", upn=PUPIL.upn),
        "uln-twice": but(TWIN, forename="Ida", uln=PUPIL.uln),
        "pupil-twice": TWIN,
    }
    return around(others[key]) if key in others else around()


def found(one: PupilFile, key: str) -> list[Gap]:
    return [gap for rule, gap in gaps(one, world(key)) if rule.key == key]


def test_a_good_record_is_not_on_the_list() -> None:
    assert [(rule.key, gap.words) for rule, gap in gaps(whole(), around())] == []


def test_every_rule_has_its_own_name() -> None:
    assert set(FIRES) - {rule.key for rule in RULES} == set(), "FIRES has a file for a check that there is not"
    assert len({rule.key for rule in RULES}) == len(RULES) == len({rule.title for rule in RULES})


@pytest.mark.parametrize("key", [key for key in FIRES if key != "retired-code"])
def test_it_fires_on_what_it_is_about(key: str) -> None:
    one, item = FIRES[key]
    assert found(one, key), "the check finds nothing in the file that FIRES has for it"
    gap = found(one, key)[0]
    assert gap.item == item
    assert gap.words.endswith(".")
    assert "{" not in gap.words
    assert item == "" or item_named(RECORDS[gap.kind], item)
    assert gap.kind in PARTS or gap.kind in PAGES, "say in PARTS, services/quality/looking.py, in which part it is put right"


@pytest.mark.parametrize("key", SILENT)
def test_it_is_silent_about_a_near_miss(key: str) -> None:
    assert found(SILENT[key], key) == []


def test_what_says_that_the_next_school_is_not_known_names_none() -> None:
    entered = ("tbc", "XXXXXXX", "Hill School")
    named = [not found(left(YOUNG, deletion_ground="9(1)(a)", next_school=text), "no-next-school") for text in entered]
    assert named == [False, False, True]


def test_a_code_that_is_used_no_more_is_named_once_in_the_record_that_holds_today(monkeypatch: pytest.MonkeyPatch) -> None:
    white = codelist("ethnicity").codes["WBRI"]
    monkeypatch.setitem(codelist("ethnicity").codes, "WBRI", but(white, until=date(2026, 8, 31)))  # type: ignore[arg-type]
    (gap,) = found(whole(), "retired-code")
    assert (gap.kind, gap.item) == ("pupil", "ethnicity")
    assert found(whole(stays=[LEFT]), "retired-code") == []


def test_what_the_law_does_not_ask_is_only_advised() -> None:
    assert [rule.key for rule in RULES if rule.source == OURS and rule.gravity is Gravity.MUST] == []


def test_the_numbers_are_data_with_their_sources() -> None:
    assert limits()["emergency_contacts"] == 2
    for name, facts in rule_data("quality", "limits.toml").items():
        assert facts.keys() >= {"number", "what", "source", "sure"}, (
            f"{name}: resources/quality/limits.toml says for each number what it is, its source, and how sure we are"
        )


def test_a_leaver_of_long_ago_a_pupil_to_come_and_a_guest() -> None:
    bare = but(PUPIL, upn=None, sex=None, ethnicity=None)
    for stay in (but(LEFT, end_date=date(2024, 7, 19)), but(STAY, start_date=date(2026, 12, 1))):
        assert [rule.key for rule, _gap in gaps(whole(bare, stays=[stay]), around())] == []
    guest = whole(bare, stays=[but(STAY, status="G")], contacts=())
    assert [rule.key for rule, _gap in gaps(guest, around())] == ["nobody-to-call"]


def test_the_day_of_the_transfer_file_is_counted_in_school_days() -> None:
    (gap,) = found(left(YOUNG, deletion_ground="9(1)(a)", end_date=date(2026, 11, 13)), "no-next-school")
    assert "is due by 4 December 2026" in gap.words


def test_in_august_both_year_groups_fit() -> None:
    for group in ("11", "12"):
        one = whole(but(PUPIL, year_group=group), today=date(2027, 8, 20))
        assert [rule.key for rule, _gap in gaps(one, around(today=date(2027, 8, 20))) if rule.key == "odd-year-group"] == []


def test_a_destination_not_known_is_asked_for_until_there_is_another() -> None:
    unknown = but(KNOWN, activity="810")
    assert found(whole(destinations=[unknown]), "destination-open")
    assert not found(
        whole(destinations=[unknown, Destination(id="d2", kind="six-months", activity="230", confirmed_on=DAY)]), "destination-open"
    )
