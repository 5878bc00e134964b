"""Each kind of plan made, reviewed and found in the copy; a further version, a step taken back, and what is due."""

import dataclasses
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import PlanCase, PlanStep, PupilPlan
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.packs import compiling, deciding, writing
from pupil_desk.services.plans import plans_due, recording
from pupil_desk.services.pupils import explaining
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, Unit
from tests.services.packs.test_writing import text_of

MADE = date(2026, 9, 7)


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


def made(unit: Unit, pupil: Pupil, kind: str, **items: Any) -> PlanCase:
    """A plan of a kind, with words in each of its parts."""
    parts = {part.item: f"Words about {part.label}" for part in plan_kinds()[kind].parts}
    known = {case.now.entry_id for case in recording.of_pupil(unit.desk, pupil.id)}
    recording.add(unit.desk, PupilPlan(**{"pupil_id": pupil.id, "kind": kind, "made_on": MADE, **parts, **items}))
    return next(case for case in recording.of_pupil(unit.desk, pupil.id) if case.now.entry_id not in known)


def record(unit: Unit, case: PlanCase, kind: str, on: date = DAY, **items: Any) -> PlanCase:
    recording.record(unit.desk, PlanStep(**{"entry_id": case.now.entry_id, "kind": kind, "on": on, **items}))
    return next(now for now in recording.of_pupil(unit.desk, case.now.pupil_id) if now.now.entry_id == case.now.entry_id)


def written_copy(unit: Unit, pupil: Pupil, folder: Path) -> str:
    """The words of the copy of a pupil as it lies on the stick, opened by its password, with all given that is proposed so."""
    pack = deciding.begin(unit.desk, pupil.id, "Jo Ash")
    copy = deciding.accept(unit.desk, compiling.compiled(unit.desk, pack.id))
    copy = deciding.tick(unit.desk, copy, copy.unticked) if copy.unticked else copy
    written = writing.write(unit.desk, copy, folder)
    (name,) = [file.name for file in written.files if file.name.endswith(".pdf")]
    return printed_words(unlocked_pdf((folder / name).read_bytes(), written.password))


def printed_words(pdf: bytes) -> str:
    """What a page says, whatever line it stands in."""
    return " ".join(text_of(pdf).replace("\N{SOFT HYPHEN}", "").split())


def test_each_kind_is_made_and_reviewed_and_found_in_the_written_copy(unit: Unit, una: Pupil, tmp_path: Path) -> None:
    for kind in plan_kinds():
        of_kind = {part.item: f"{part.label} of {kind}" for part in plan_kinds()[kind].parts}
        record(unit, made(unit, una, kind, **of_kind), "reviewed", note=f"Went well: {kind}")
    sections = {section.name: section for section in sheet.everything(unit.desk, una.id)}
    plans, steps = ([[words for *_fact, words in entry.facts] for entry in sections[name].entries] for name in ("plans", "plan_steps"))
    copied = written_copy(unit, una, tmp_path)
    for code, kind in plan_kinds().items():
        label = codelist("plan_kind").label_of(code)
        assert f"Kind of plan {label} " in copied, code
        for part in kind.parts:
            assert f"{part.label} of {code}" in copied, (code, part)
        assert f"Went well: {code}" in copied, code
        assert any({label, *(f"{part.label} of {code}" for part in kind.parts)} <= set(plan) for plan in plans), code
        assert any({label, "Reviewed", f"Went well: {code}"} <= set(step) for step in steps), code


def test_when_each_kind_is_reviewed(unit: Unit, una: Pupil) -> None:
    days = {kind: plans_due.review_day(unit.desk, una, made(unit, una, kind)) for kind in plan_kinds() if kind != "pep"}
    assert days == {
        "ehc": date(2027, 9, 6),  # 12 months that start on 7 September
        "sen-support": date(2027, 1, 7),
        "healthcare": date(2027, 9, 7),
        "risk": date(2027, 3, 7),
        "behaviour": date(2027, 1, 7),
        "reintegration": date(2026, 10, 7),
        "profile": date(2027, 9, 7),
    }


def test_a_restrictive_intervention_brings_the_review_of_the_behaviour_plan_forward_until_it_is_reviewed(unit: Unit, una: Pupil) -> None:
    case, risk = made(unit, una, "behaviour"), made(unit, una, "risk")
    held = Incident(pupil_id=una.id, kind="threat", day=DAY, part="took-part", account="Words")
    incidents.enter(unit.desk, [held])
    assert plans_due.review_day(unit.desk, una, case) == date(2027, 1, 7), "nobody was held"
    for day in (MADE, date(2026, 11, 20), DAY):
        incidents.enter(unit.desk, [dataclasses.replace(held, day=day, seclusion=True)])
    assert plans_due.review_day(unit.desk, una, case) == date(2026, 11, 27), "a week after the first since the plan"
    assert plans_due.review_day(unit.desk, una, risk) == date(2027, 3, 7)
    (line,) = plans_due.open_plans(unit.desk, [una])
    assert line.words == ("review it by 27 Nov 2026, after the restrictive intervention of 20 Nov 2026",)
    case = record(unit, case, "reviewed")
    assert plans_due.review_day(unit.desk, una, case) == date(2027, 3, 24)


def test_each_code_of_a_kind_has_its_table() -> None:
    current = {code for code, kind in codelist("plan_kind").codes.items() if not kind.until}
    assert current == set(plan_kinds()), (
        "each code of plan_kind.toml has a table in resources/plans/kinds.toml, which says of what parts it is"
    )


def test_an_education_plan_is_reviewed_in_each_term(unit: Unit, una: Pupil) -> None:
    """Made on 7 September, in the term of the law that ends on 31 December; the next ends on Easter Monday, 29 March 2027."""
    case = made(unit, una, "pep")
    due = plans_due.review_day(unit.desk, una, case)
    assert due is not None
    assert date(2027, 1, 1) <= due <= date(2027, 3, 29)
    assert due.weekday() < 5


def test_a_further_version_keeps_what_stood_before_and_asks_who_agrees_anew(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "risk"), "agreed-parent", who="Ada Penn")
    assert [step.who for step in case.agreements] == ["Ada Penn"]
    recording.amend(unit.desk, dataclasses.replace(case.now, needs="Now the river", version_day=DAY))
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert [version.record.needs for version in case.wordings] == [f"Words about {plan_kinds()['risk'].parts[0].label}", "Now the river"]
    assert case.agreements == (), "other words, agreed by nobody yet, though it is the same day"
    case = record(unit, case, "agreed-staff", who="Jo Marsh")
    assert [step.who for step in case.agreements] == ["Jo Marsh"]
    recording.amend(unit.desk, dataclasses.replace(case.now, version_day=None, made_on=MADE - timedelta(days=1)))
    assert unit.count("plan") == 3


def test_words_changed_without_another_day_are_agreed_anew_and_who_leads_is_not(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "risk"), "agreed-parent", who="Ada Penn")
    recording.amend(unit.desk, dataclasses.replace(case.now, lead="Mr Marsh"))
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert [step.who for step in case.agreements] == ["Ada Penn"]
    recording.amend(unit.desk, dataclasses.replace(case.now, needs="Now the river"))
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert case.agreements == ()
    record(unit, case, "agreed-staff", who="Jo Marsh")
    recording.undo(unit.desk, case.now)
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert [step.who for step in case.agreements] == ["Ada Penn"], "each agreed to the words that stood"


def test_what_was_agreed_before_this_version_is_no_agreement_to_it(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "risk"), "agreed-parent", DAY - timedelta(days=7), who="Ada Penn")
    recording.amend(unit.desk, dataclasses.replace(case.now, version_day=DAY))
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert case.agreements == ()


def test_it_is_undone_and_struck_out(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "risk")
    recording.amend(unit.desk, dataclasses.replace(case.now, needs="Other"))
    (case,) = recording.of_pupil(unit.desk, una.id)
    recording.undo(unit.desk, case.now)
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert case.now.needs != "Other"
    with pytest.raises(Refused, match="Enter why it is struck out"):
        recording.strike(unit.desk, case.now.entry_id, " ")
    recording.strike(unit.desk, case.now.entry_id, "Another pupil")
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert case.now.struck == "Another pupil"
    recording.undo(unit.desk, case.now)
    (undone,) = recording.of_pupil(unit.desk, una.id)
    assert (undone.now.struck, undone.now.needs) == (None, case.now.needs)
    with pytest.raises(WrongUse, match="since"):
        recording.undo(unit.desk, case.now)
    recording.strike(unit.desk, case.now.entry_id, "Another pupil")
    with pytest.raises(WrongUse, match="struck out"):
        record(unit, case, "reviewed")


def test_a_step_is_taken_back_with_a_reason_and_money_is_added_up(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "pep"), "spent", amount="120", note="A tutor")
    case = record(unit, case, "spent", amount="£1,080.50", note="Books")
    assert case.spent == Decimal("1200.50")
    recording.take_back(unit.desk, case.steps[1].id, "Not bought")
    (case,) = recording.of_pupil(unit.desk, una.id)
    assert case.spent == Decimal(120)
    with pytest.raises(WrongUse, match="taken back already"):
        recording.take_back(unit.desk, [row["id"] for row in unit.desk.vault.rows("SELECT id FROM plan_step ORDER BY seq")][1], "Again")


def test_what_is_refused_of_a_step(unit: Unit, una: Pupil) -> None:
    refusals: list[tuple[str, str, dict[str, Any], str]] = [
        ("risk", "decision", {}, "no step of a plan of this kind"),
        ("ehc", "decision", {}, "Choose what the authority decided"),
        ("pep", "spent", {}, "how many pounds"),
        ("pep", "spent", {"amount": "about 20"}, "such as 85 or 85.50"),
        ("risk", "agreed-parent", {}, "Enter who agreed"),
        ("risk", "reviewed", {"on": DAY + timedelta(days=1)}, "lies in the future"),
        ("risk", "reviewed", {"on": MADE - timedelta(days=1)}, "before the plan was first made"),
    ]
    cases = {kind: made(unit, una, kind) for kind in ("risk", "ehc", "pep")}
    for kind, step, items, words in refusals:
        with pytest.raises(Refused, match=words):
            record(unit, cases[kind], step, **items)
    assert unit.count("plan_step") == 0


def test_what_is_refused_of_a_plan(unit: Unit, una: Pupil) -> None:
    refusals: list[tuple[dict[str, Any], str]] = [
        ({"made_on": DAY + timedelta(days=1)}, "first version lies in the future"),
        ({"version_day": MADE - timedelta(days=1)}, "before the plan was first made"),
        ({"transfer": "phase"}, "Enter both what the next move is and when"),
        ({"ended_because": "Left"}, "Enter when it ended"),
    ]
    for items, words in refusals:
        with pytest.raises(Refused, match=words):
            made(unit, una, "ehc", **items)
    assert unit.count("plan") == 0


def test_home_is_told_of_the_chain_step_by_step(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "ehc", made_on=date(2025, 12, 10))
    (line,) = plans_due.open_plans(unit.desk)
    assert line.words == ("set the day of the review meeting by 28 Oct 2026", "review it by 11 Nov 2026")
    assert (line.late, line.by_law) == (True, True)
    with pytest.raises(Refused, match="Something is still to be done about 1 EHC plan"):
        settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_plans=False))
    case = record(unit, case, "reviewed", date(2026, 11, 9))
    (line,) = plans_due.open_plans(unit.desk)
    assert line.words == ("send the report of the meeting by 23 Nov 2026", "the authority’s decision is due by 7 Dec 2026")
    case = record(unit, record(unit, case, "report", invitee="everybody"), "decision", outcome="keep")
    assert plans_due.open_plans(unit.desk) == []
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_plans=False))
    with pytest.raises(WrongUse, match="“We keep plans here” is switched off"):
        made(unit, una, "risk")


def test_nothing_is_due_of_what_ended_or_of_who_left(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "reintegration")
    assert [line.words for line in plans_due.open_plans(unit.desk)] == [("review it by 7 Oct 2026",)]
    recording.amend(unit.desk, dataclasses.replace(case.now, ended_on=DAY - timedelta(days=1), ended_because="Back at school"))
    assert plans_due.open_plans(unit.desk) == []


def test_an_earlier_day_that_was_agreed_counts_until_it_is_reviewed(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "risk", review_by=date(2026, 10, 1))
    assert plans_due.review_day(unit.desk, una, case) == date(2026, 10, 1)
    case = record(unit, case, "reviewed", date(2026, 10, 5))
    assert plans_due.review_day(unit.desk, una, case) == date(2027, 4, 5)


def test_a_value_is_explained_by_the_versions(unit: Unit, una: Pupil) -> None:
    case = made(unit, una, "risk", needs="The road")
    recording.amend(unit.desk, dataclasses.replace(case.now, needs="The river"))
    (case,) = recording.of_pupil(unit.desk, una.id)
    changed, entered = explaining.explain(unit.desk, case.now, "needs")
    assert "changed it on" in changed
    assert changed.endswith("Before: The road.")
    assert "entered it on" in entered


def test_a_decision_that_comes_too_late_is_said_and_kept(unit: Unit, una: Pupil) -> None:
    case = record(unit, made(unit, una, "ehc", made_on=date(2025, 12, 10)), "reviewed", date(2026, 10, 19))

    def said(on: date) -> list[str]:
        step = PlanStep(entry_id=case.now.entry_id, kind="decision", on=on, outcome="keep")
        return [problem.message for problem in recording.step_problems(unit.desk, step) if not problem.stops]

    assert said(date(2026, 11, 16)) == []
    assert said(date(2026, 11, 17)) == ["The authority’s decision was due by 16 November 2026: it came 1 day late. It is kept as it is."]
    case = record(unit, case, "decision", date(2026, 11, 20), outcome="keep")
    assert case.steps[-1].on == date(2026, 11, 20)
