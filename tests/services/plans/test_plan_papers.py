"""Each kind of plan is printed with its parts and what stands beside; a one-page profile takes one page, and goes with the list of a trip."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import Keep, Table, texts_of
from pupil_desk.documents.papers import trip_list
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import Disability, HealthItem, Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import health
from pupil_desk.services.consents import standings
from pupil_desk.services.plans import plan_list_paper, plan_papers
from pupil_desk.services.pupils import pupils
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit
from tests.services.plans.test_plans import made, printed_words, record


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


def test_each_kind_is_printed_with_its_parts(unit: Unit, una: Pupil) -> None:
    stories = []
    for code, kind in plan_kinds().items():
        case = made(unit, una, code, **{part.item: f"Words of {code}: {part.item}" for part in kind.parts})
        case = record(unit, case, "reviewed", who=f"Ms Reed of {code}")
        story, _title = plan_papers.paper(unit.desk, case.now.entry_id)
        stories += story
    pdf = build_pdf(stories, title="All kinds")
    words = printed_words(pdf)
    assert words.count("Una Ash") >= len(plan_kinds())
    for code, kind in plan_kinds().items():
        for part in kind.parts:
            assert f"{part.label} Words of {code}: {part.item}" in words, (code, part)
        assert (f"Reviewed Ms Reed of {code}" in words) == (kind.most_lines is None)
    assert_accessible(pdf)
    story, _title = plan_papers.paper(unit.desk, made(unit, una, "behaviour").now.entry_id)
    close = story[-1]
    assert isinstance(close, Keep)
    assert list(texts_of([close]))[:5] == ["Signed", "Parent or carer", "Date", "Pupil", "Date"], "a row each, and the foot with them"
    assert list(texts_of([close]))[-1].startswith("Confidential: for those alone who need it for the pupil. ")


def test_an_ehc_plan_says_its_dates_and_a_healthcare_plan_what_is_known_of_health(unit: Unit, una: Pupil) -> None:
    health.add_item(unit.desk, HealthItem(pupil_id=una.id, kind="C", what="Asthma", severity="SEV", emergency="Blue inhaler\nThen 999"))
    health.add_medicine(unit.desk, Medicine(pupil_id=una.id, name="Salbutamol", dose="2 puffs", taken="When wheezing", stored="Office"))
    healthcare = " ".join(texts_of(plan_papers.paper(unit.desk, made(unit, una, "healthcare").now.entry_id)[0]))
    assert "Blue inhaler; Then 999" in healthcare, "where a step ends is seen"
    assert "Medicine: Salbutamol, 2 puffs, When wheezing. Kept: Office (not agreed: not given, unless 999 tells us to)" in healthcare
    assert (
        "Condition, severe: Asthma. Salbutamol: not agreed to. Call 999 at once, and give it only when they say so. Call 999 at once, and the medicine only when they say so: Blue inhaler; Then 999"
        in healthcare
    )
    behaviour = " ".join(texts_of(plan_papers.paper(unit.desk, made(unit, una, "behaviour").now.entry_id)[0]))
    assert "Blue inhaler; Then 999" in behaviour, "whoever holds a pupil knows of the asthma"
    ehc = " ".join(texts_of(plan_papers.paper(unit.desk, made(unit, una, "ehc").now.entry_id)[0]))
    assert "The review is to be complete, with the authority’s decision told, by 6 September 2027." in ehc
    assert "Salbutamol" not in ehc


def test_a_healthcare_plan_says_the_medical_notes_and_disabilities_of_the_first_aid_card(unit: Unit, una: Pupil) -> None:
    health.add_disability(unit.desk, Disability(pupil_id=una.id, disability="AUT"))
    healthcare = " ".join(texts_of(plan_papers.paper(unit.desk, made(unit, una, "healthcare").now.entry_id)[0]))
    assert "Disability: ASD/Asperger's" in healthcare
    assert "Allergies, conditions: not recorded, ask." in healthcare
    pupils.save_pupil(unit.desk, replace(pupils.record(unit.desk, una.id).pupil, medical="Type 1 diabetes"))
    risk = " ".join(texts_of(plan_papers.paper(unit.desk, made(unit, una, "behaviour").now.entry_id)[0]))
    assert "Medical notes: Type 1 diabetes" in risk
    assert "not recorded, ask" not in risk


def test_a_profile_fits_on_a_page_upright_and_behind_a_list_of_a_trip(unit: Unit, una: Pupil) -> None:
    most = plan_kinds()["profile"].most_lines or 0
    parts = [part.item for part in plan_kinds()["profile"].parts]
    lines = {item: "\n".join(["A line that is not short, and not long either"] * (most // len(parts))) for item in parts}
    made(unit, una, "profile", **lines)
    story, title, _on_paper = plan_papers.profiles(unit.desk, [una.id])
    assert unit.log()[-1][2] == "one-page profile made", "nobody has printed it yet"
    assert len(pypdfium2.PdfDocument(build_pdf(story, title=title))) == 1
    behind = plan_papers.to_take(unit.desk, [una], DAY, DAY)
    assert len(pypdfium2.PdfDocument(build_pdf(behind[1:], title=title, page_size=trip_list.LYING, base_size=trip_list.BASE))) == 1
    with pytest.raises(Refused, match=f"and {most} fit on the page"):
        made(unit, una, "profile", strengths="\n".join(["Word"] * (most + 1)))


def test_what_a_leader_must_know_goes_on_the_trip_and_nothing_else(unit: Unit, una: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in plan_kinds():
        made(unit, una, kind)
    made(unit, una, "risk", needs="An earlier river", ended_on=date(2026, 9, 8))
    for what, first, last in (("Broken toe", None, DAY), ("Cast", date(2026, 12, 3), None)):
        health.add_item(unit.desk, HealthItem(pupil_id=una.id, kind="C", what=what, start_date=first, end_date=last))
    ben = unit.pupil("Ash", "Ben", date(2012, 1, 5))
    made(unit, ben, "healthcare")
    for pupil in (una, ben):
        health.add_medicine(unit.desk, Medicine(pupil_id=pupil.id, name="Salbutamol", dose="2 puffs", taken="When wheezing"))
    reads, read = list[date | None](), standings.of_type
    monkeypatch.setattr(standings, "of_type", lambda desk, key, day, **how: reads.append(day) or read(desk, key, day, **how))
    words = " ".join(texts_of(plan_papers.to_take(unit.desk, [una, ben], date(2026, 12, 2), date(2026, 12, 3))))
    assert (words.count("Medicine: Salbutamol"), reads) == (2, [date(2026, 12, 2)]), "what is agreed to is read once for all the papers"
    assert ("Cast" in words, "Broken toe" in words) == (True, False), "what is so on the days of the trip"
    assert {kind for kind, of_kind in plan_kinds().items() if f"Words about {of_kind.parts[-1].label}" in words} == {
        "healthcare",
        "risk",
        "profile",
    }
    assert "An earlier river" not in words


def test_who_has_none_has_no_page(unit: Unit, una: Pupil) -> None:
    assert plan_papers.to_take(unit.desk, [una], DAY, DAY) == []
    with pytest.raises(WrongUse, match="None of these pupils has a one-page profile"):
        plan_papers.profiles(unit.desk, [una.id])
    made(unit, una, "profile", ended_on=date(2026, 9, 8), strengths="Kind")
    assert plan_papers.to_take(unit.desk, [una], DAY, DAY) == []
    assert date(2026, 9, 8) < DAY


def test_the_list_of_plans_has_a_table_a_kind_and_the_money_of_each_pupil_and_together_for_who_may_see_it(unit: Unit, una: Pupil) -> None:
    bo = unit.pupil("Bell", "Bo", date(2011, 2, 2))
    with pytest.raises(WrongUse, match="None of these pupils has a plan that runs"):
        plan_list_paper.paper(unit.desk, [una.id])
    made(unit, una, "risk", lead="Ms Reed")
    made(unit, bo, "risk", review_by=date(2026, 11, 2))
    record(unit, made(unit, una, "pep"), "spent", amount="85.50")
    earlier = made(unit, una, "pep", made_on=date(2025, 9, 8), ended_on=date(2026, 7, 1))
    record(unit, earlier, "spent", date(2026, 3, 31), amount="100")
    record(unit, made(unit, bo, "pep"), "spent", amount="14.75")
    cy = unit.pupil("Cole", "Cy", date(2011, 3, 3))
    story, title, on_paper = plan_list_paper.paper(unit.desk, [una.id, bo.id, cy.id])
    assert on_paper == {una.id, bo.id}, "and nobody of whom it says nothing"
    assert unit.log()[-1][2] == "list of plans made", "nobody has printed it yet"
    found = {block.caption: block.rows for block in story if isinstance(block, Table)}
    assert list(found) == ["Personal education plan", "Risk assessment", "Money spent"]
    assert [row[:3] for row in found["Risk assessment"]] == [("Bell, Bo", "2 Nov 2026, late", ""), ("Ash, Una", "7 Mar 2027", "Ms Reed")]
    assert found["Money spent"] == [("Ash, Una", "£85.50", "£185.50"), ("Bell, Bo", "£14.75", "£14.75"), ("Together", "£100.25", "£200.25")]
    pdf = build_pdf(story, title=title)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert_accessible(pdf)
    seen = " ".join(texts_of(plan_list_paper.paper(unit.as_role(Role.OFFICE), [una.id, bo.id])[0]))
    assert "Risk assessment" in seen
    assert "85.50" not in seen
