"""The list as a whole: read from a unit's file in a number of queries that does not grow, told in words, and printed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.incidents import recording
from pupil_desk.services.pupils import pupils
from pupil_desk.services.quality import paper
from pupil_desk.services.quality.looking import Finding, findings, summary
from pupil_desk.services.quality.rule import Gravity, Need
from tests.domain.incidents.test_incident import WHOLE
from tests.services.exports.made import Unit, statements


def keys(found: Sequence[Finding], pupil_id: str) -> set[str]:
    return {finding.rule for finding in found if finding.pupil_id == pupil_id}


def test_it_reads_every_kind_of_record_from_the_file(unit: Unit) -> None:
    ida = unit.pupil("Okoro", "Ida", date(2012, 5, 1), upn="Y919110026001", sex="F")
    unit.contact(ida, "Okoro", forename="Joy", parental_responsibility=True, lives_with=True, mobile="07700 900123")
    health.add_item(unit.desk, HealthItem(pupil_id=ida.id, kind="A", what="Nuts"))
    needs.add_period(unit.desk, SenPeriod(pupil_id=ida.id, provision="E", start_date=date(2026, 9, 2)))
    register.mark(unit.desk, [Mark(pupil_id=ida.id, day=date(2026, 11, 23), session=Session.AM, code="E")])
    unit.said(ida, "allow")
    found = findings(unit.desk)
    assert keys(found, ida.id) >= {
        "no-address",
        "no-ethnicity",
        "no-action-plan",
        "severity-not-said",
        "plan-without-review",
        "no-main-need",
        "marked-without-suspension",
        "too-few-to-call",
        "no-notice",
        "never-assessed",
    }
    assert not keys(found, ida.id) & {"no-upn", "no-sex", "no-provision", "no-holder", "nobody-to-call", "parent-not-asked"}
    plan = next(finding for finding in found if finding.rule == "plan-without-review")
    (held,) = needs.of_pupil(unit.desk, ida.id).periods
    assert (plan.page, plan.part, plan.kind, plan.record_id, plan.item) == ("pupils", "needs", "sen_period", held.id, "review_date")
    assert (plan.pupil, plan.ref, plan.field) == ("Okoro, Ida", ida.ref, "Plan to be reviewed on")
    assert next(finding for finding in found if finding.rule == "too-few-to-call").field == "A further contact"
    assert next(finding for finding in found if finding.rule == "no-notice").page == "notices"


def test_a_number_of_two_pupils_is_told_of_both_and_a_line_goes_when_it_is_put_right(unit: Unit) -> None:
    one = unit.pupil("Ash", "Ned", date(2012, 5, 1), upn="Y919110026001")
    other = unit.pupil("Birch", "Tom", date(2012, 6, 1), former_upn="Y919110026001")
    twice = [finding for finding in findings(unit.desk) if finding.rule == "upn-twice"]
    assert [(finding.pupil, finding.item) for finding in twice] == [("Ash, Ned", "upn"), ("Birch, Tom", "former_upn")]
    assert twice[0].words.startswith(f"Tom Birch ({other.ref}) has this UPN too.")
    pupils.save_pupil(unit.desk, replace(other, former_upn=None))
    assert "upn-twice" not in keys(findings(unit.desk), one.id)


def test_every_line_has_a_name_of_its_own_and_stands_by_pupil(unit: Unit) -> None:
    for surname in ("Cole", "Abel", "Dunn"):
        unit.contact(unit.pupil(surname, "Max", date(2012, 5, 1)), surname, forename="A")
    found = findings(unit.desk)
    assert len({finding.id for finding in found}) == len(found)
    assert [finding.pupil for finding in found] == sorted(finding.pupil for finding in found)


def test_more_pupils_are_not_more_queries(unit: Unit) -> None:
    unit.contact(unit.pupil("Abel", "Max", date(2012, 5, 1)), "Abel")
    with statements(unit.desk) as few:
        findings(unit.desk)
    for number in range(12):
        unit.contact(unit.pupil("Cole", f"M{number}", date(2012, 5, 1)), "Cole")
    with statements(unit.desk) as asked:
        findings(unit.desk)
    assert len(asked) == len(few) < 70


def test_the_count_in_words(unit: Unit) -> None:
    assert summary([]) == ""
    unit.pupil("Abel", "Max", date(2012, 5, 1))
    found = findings(unit.desk)
    must = sum(finding.gravity is Gravity.MUST for finding in found)
    assert summary(found) == f"{len(found)} things to check in the records, {must} of which must be put right"
    assert summary([replace(found[0], gravity=Gravity.SHOULD)]) == "1 thing to check in the records"


def test_the_paper_names_pupil_field_and_what_to_do_and_its_printing_is_logged(unit: Unit) -> None:
    pupil = unit.pupil("Abel", "Max", date(2012, 5, 1))
    found = [finding for finding in findings(unit.desk) if Need.CENSUS in finding.needs]
    story, title = paper.story(unit.desk, found, Need.CENSUS.value)
    words = plain_text(story)
    assert title == "Records to check"
    assert f"Abel, Max ({pupil.ref})" in words
    assert "Ethnic group" in words
    assert "School census" in words
    assert all(finding.words in words for finding in found)
    paper.log_print(unit.desk, len(found))
    assert unit.log()[-1] == ("read-record", "", f"list of records to check printed, {len(found)} lines")


def test_every_role_reads_it(unit: Unit) -> None:
    unit.pupil("Abel", "Max", date(2012, 5, 1))
    whole = findings(unit.desk)
    assert all(findings(unit.as_role(role)) == whole for role in Role)


def test_two_records_alike_are_told_of_both_whatever_the_accents(unit: Unit) -> None:
    one = unit.pupil("Élan", "Zoë", date(2012, 5, 1))
    other = unit.pupil("ELAN", "Zoe", date(2012, 5, 1))
    unit.pupil("Elan", "Zoe", date(2012, 5, 2))
    alike = [finding for finding in findings(unit.desk) if finding.rule == "pupil-twice"]
    assert {finding.pupil_id for finding in alike} == {one.id, other.id}


def test_what_was_left_undone_after_an_incident_leads_to_the_page_of_incidents(unit: Unit) -> None:
    ida = unit.pupil("Okoro", "Ida", date(2012, 5, 1))
    unit.contact(ida, "Okoro", forename="Joy", parental_responsibility=True, lives_with=True)
    told = replace(WHOLE, id="", entry_id="", incident_id="", pupil_id=ida.id, day=date(2026, 11, 10))
    recording.enter(unit.desk, [told])
    undone = [finding for finding in findings(unit.desk) if Need.INCIDENTS in finding.needs]
    assert [(finding.rule, finding.page, finding.field) for finding in undone] == [
        ("account-not-signed", "incidents", "What is left to do"),
        ("parent-not-told", "incidents", "What is left to do"),
        ("no-debrief", "incidents", "What is left to do"),
    ]
    assert undone[1].words.endswith("give or send the report to Joy Okoro, or decide to withhold it.")
    (case,) = recording.of_pupil(unit.desk, ida.id)
    recording.strike(unit.desk, [case.now.entry_id], "It was another child")
    assert not [finding for finding in findings(unit.desk) if Need.INCIDENTS in finding.needs]
