"""A guarded kind of plan is shown to some roles alone, by every way on which plans are shown, printed, listed, changed or read in."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.basics.rulefiles import SHIPPED, RuleSet, put_in_force, resource
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.kinds import plan_kinds
from pupil_desk.domain.plans.plan import PARTS, PlanCase, PlanStep
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import figures, sheet
from pupil_desk.services.attachments import attachments, links
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told as disclosed
from pupil_desk.services.figures import FigureQuestion
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.imports.run import propose, run_import
from pupil_desk.services.plans import plan_papers, plans_due, recording
from pupil_desk.services.pupils import explaining, finding, not_taken
from pupil_desk.services.quality.looking import findings
from pupil_desk.services.sheet.entries import SheetSection
from pupil_desk.services.unit import settings
from tests.made_papers import a_pdf
from tests.services.erased_at_once import erase_sections
from tests.services.exports.made import Unit
from tests.services.imports.made import ANN, table, told
from tests.services.plans.test_plans import made, record

SECRET = "Boxing on Tuesdays"
LONG_AGO = date(2025, 9, 8)


def at(unit: Unit, role: Role) -> Desk:
    return Desk(unit.desk.vault, dataclasses.replace(unit.desk.user, role=role), unit.desk.clock)


@dataclass
class Guarded:
    unit: Unit
    pupil: Pupil
    case: PlanCase
    label: str


@pytest.fixture(params=["pep", "risk", "profile"])
def guarded(request: pytest.FixtureRequest, unit: Unit) -> Iterator[Guarded]:
    """A plan, late for its review, of a kind that the file of kinds guards: the one that it does, and others by other rules."""
    words = resource("plans", "kinds.toml").read_text(encoding="utf-8").replace("guarded = true\n", "")
    put_in_force(
        RuleSet(texts={"plans/kinds.toml": words.replace(f"[kinds.{request.param}]\n", f"[kinds.{request.param}]\nguarded = true\n")})
    )
    pupil = unit.pupil("Ash", "Una", date(2012, 1, 5), upn=ANN)
    case = record(
        unit,
        made(unit, pupil, request.param, made_on=LONG_AGO, views=SECRET, needs=SECRET, provision=SECRET),
        "reviewed",
        on=LONG_AGO,
        note=SECRET,
    )
    about = {"about_kind": "plan", "about_id": case.now.entry_id}
    paper = Attachment(pupil_id=pupil.id, title=SECRET, kind="letter", paper_day=LONG_AGO, **about)
    attachments.add(unit.desk, paper, attachments.look_into(a_pdf(), "plan.pdf"))
    run_import(
        unit.desk,
        "plans",
        table(f"upn | kind | made_on | {_part_of_others(request.param)}\n{ANN} | {request.param} | 08/09/2025 | {SECRET}"),
    )
    yield Guarded(unit, pupil, case, codelist("plan_kind").label_of(request.param))
    put_in_force(SHIPPED)


def _part_of_others(kind: str) -> str:
    """A part that plans of the kind do not have: what a file says of it is kept beside them."""
    return next(name for name in PARTS if name not in {part.item for part in plan_kinds()[kind].parts})


def _row(guarded: Guarded, provision: str) -> bytes:
    return table(f"upn | kind | made_on | provision\n{ANN} | {guarded.case.now.kind} | 08/09/2025 | {provision}")


def _section(desk: Desk, guarded: Guarded, name: str) -> SheetSection:
    return next(section for section in sheet.everything(desk, guarded.pupil.id) if section.name == name)


_BY_KIND = FigureQuestion("plans", year_of(2026), "plan-kinds")

LOOKING: dict[str, Callable[[Desk, Guarded], Any]] = {
    "record": lambda desk, guarded: recording.of_pupil(desk, guarded.pupil.id),
    "sheet": lambda desk, guarded: [section for section in sheet.everything(desk, guarded.pupil.id) if section.name.startswith("plan")],
    "home": lambda desk, _guarded: plans_due.open_plans(desk),
    "card": lambda desk, guarded: plans_due.open_plans(desk, [guarded.pupil]),
    "check records": lambda desk, _guarded: [finding for finding in findings(desk) if finding.rule == "plan-overdue"],
    "papers kept": lambda desk, guarded: links.entries(desk, guarded.pupil.id),
    "papers": lambda desk, guarded: attachments.of_pupil(desk, guarded.pupil.id),
    "papers on the sheet": lambda desk, guarded: _section(desk, guarded, "attachments"),
    "from files": lambda desk, guarded: not_taken.of_pupil(desk, guarded.pupil.id),
    "from files on the sheet": lambda desk, guarded: _section(desk, guarded, "not_taken"),
    "figures": lambda desk, _guarded: [row.label for row in figures.look(desk, _BY_KIND).lines if any(row.cells)],
    "find": lambda desk, guarded: finding.find(desk, guarded.label),
    "trip": lambda desk, guarded: plan_papers.to_take(desk, [guarded.pupil], desk.today, desk.today),
    "import": lambda desk, guarded: [
        (row.plan.differences, row.plan.writes) for row in propose(desk, "plans", _row(guarded, "Other words")).rows
    ],
}
"""What is looked at, as text: neither words nor kind of the plan stand in it for who may not see it."""
_OF_PROFILES = "trip"


def test_nothing_of_it_is_shown_to_who_may_not_see_it(guarded: Guarded) -> None:
    for role in Role:
        desk = at(guarded.unit, role)
        for way, look in LOOKING.items():
            if way == _OF_PROFILES and guarded.case.now.kind != plan_papers.PROFILE:
                continue
            shown = str(look(desk, guarded))
            is_seen = any(words in shown for words in (SECRET, guarded.label, guarded.case.now.entry_id))
            assert is_seen is (role is not Role.OFFICE), (role, way)


ACTS: dict[str, Callable[[Desk, Guarded], object]] = {
    "read": lambda desk, guarded: recording.case_of(desk, guarded.case.now),
    "explain": lambda desk, guarded: explaining.explain(desk, guarded.case.now, "provision"),
    "print": lambda desk, guarded: plan_papers.paper(desk, guarded.case.now.entry_id),
    "change": lambda desk, guarded: recording.amend(desk, dataclasses.replace(guarded.case.now, provision="Other")),
    "record": lambda desk, guarded: recording.record(desk, PlanStep(entry_id=guarded.case.now.entry_id, kind="reviewed", on=desk.today)),
    "take back": lambda desk, guarded: recording.take_back(desk, guarded.case.steps[0].id, "Wrong"),
    "undo": lambda desk, guarded: recording.undo(desk, guarded.case.now),
    "strike out": lambda desk, guarded: recording.strike(desk, guarded.case.now.entry_id, "Wrong"),
}


def test_who_may_not_see_it_cannot_change_print_or_enter_it(guarded: Guarded) -> None:
    office = at(guarded.unit, Role.OFFICE)
    for act in ACTS.values():
        with pytest.raises(NotAllowed, match="assistant head and data officer"):
            act(office, guarded)
    with pytest.raises(Refused, match="shown to these roles alone: assistant head and data officer"):
        recording.add(office, dataclasses.replace(guarded.case.now, made_on=office.today - timedelta(days=3)))
    outcome = run_import(office, "plans", _row(guarded, "Other words"))
    assert {(column, code) for _row, column, code, _severity in told(outcome)} == {("", "not_for_role")}
    (entry,) = next(section for section in sheet.everything(office, guarded.pupil.id) if section.name == "plans").entries
    assert [words for *_fact, words in entry.facts] == ["1 plan, shown to these roles alone: assistant head and data officer"]
    (case,) = recording.of_pupil(guarded.unit.desk, guarded.pupil.id)
    assert case == guarded.case, "nothing was changed"


def test_what_was_told_by_a_guarded_plan_is_on_the_sheet_and_in_the_log_of_who_may_see_that_plan(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_virtual_school="Larkfield virtual school"))
    pupil = unit.pupil("Ash", "Una", date(2012, 1, 5))
    case = record(unit, made(unit, pupil, "pep"), "report", invitee="virtual-school", who="Ms Gale")
    record(unit, case, "report", invitee="virtual-school", who="Mr Taken")
    recording.take_back(unit.desk, recording.case_of(unit.desk, case.now).steps[-1].id, "Not sent")
    for erased in (False, True):
        if erased:  # the plan goes by its own time, and the proof of what was told stays
            erase_sections(unit.desk, ["plans", "plan_steps"], authority="Head", pupil_id=pupil.id)
            assert recording.of_pupil(unit.desk, pupil.id) == []
        for role in Role:
            desk = at(unit, role)
            (section,) = [section for section in sheet.everything(desk, pupil.id) if section.name == "disclosures"]
            shown = str(section.entries)
            assert "of_event" not in shown
            for told_words in (shown, str(disclosed.log(desk, pupil_id=pupil.id))):  # of which the author is shown all else
                assert ("Ms Gale" in told_words, "Mr Taken" in told_words) == ((role is not Role.OFFICE,) * 2), (role, erased)


def test_a_kind_that_a_sen_provision_gives_away_is_not_guarded() -> None:
    words = resource("plans", "kinds.toml").read_text(encoding="utf-8")
    put_in_force(RuleSet(texts={"plans/kinds.toml": words.replace("[kinds.ehc]\n", "[kinds.ehc]\nguarded = true\n")}))
    try:
        with pytest.raises(ValueError, match="cannot be guarded"):
            plan_kinds()
    finally:
        put_in_force(SHIPPED)
