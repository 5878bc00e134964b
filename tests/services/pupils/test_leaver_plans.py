"""Plans that go with a leaver to the next school: what their papers tell, what the log says of it, and where none goes."""

import dataclasses
from datetime import date
from pathlib import Path

from pupil_desk.basics.rulefiles import RuleSet, apart
from pupil_desk.documents.blocks import texts_of
from pupil_desk.domain.care.needs import SenNeed
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.plans.plan import PlanStep, PupilPlan
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.attachments import attachments
from pupil_desk.services.care import needs
from pupil_desk.services.disclosures import statement_lines
from pupil_desk.services.disclosures.told import EVER
from pupil_desk.services.plans import recording as plan_recording
from pupil_desk.services.pupils import leaver_plans, pupils
from pupil_desk.services.requests.recipients import WasTold, who_had
from pupil_desk.store.tables import ledger
from tests.made_papers import a_pdf
from tests.services.erased_at_once import erase_sections
from tests.services.exports.made import Unit
from tests.services.pupils import test_leaver_pack as packs
from tests.services.pupils.test_leaver_pack import LAST, pack, papers, stay_of
from tests.services.rules.made import shipped

unit, leaver = packs.unit, packs.leaver


def test_the_plans_that_ran_go_to_the_next_school_with_the_papers_kept_of_them(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    college = dataclasses.replace(stay_of(unit.desk, leaver), deletion_ground="9(1)(l)", next_school="Riverside College")
    pupils.save_stay(unit.desk, college)  # outside the sector that takes transfer files
    for kind, ended in (("risk", None), ("ehc", None), ("profile", date(2026, 9, 30))):
        plan = PupilPlan(pupil_id=leaver.id, kind=kind, made_on=date(2026, 9, 7), provision=f"Words of {kind}", ended_on=ended)
        plan_recording.add(unit.desk, plan)
    (ehc,) = [case.now for case in plan_recording.of_pupil(unit.desk, leaver.id) if case.now.kind == "ehc"]
    about = {"about_kind": "plan", "about_id": ehc.entry_id}
    paper = Attachment(pupil_id=leaver.id, title="EHC plan of the authority", kind="letter", paper_day=LAST, **about)
    attachments.add(unit.desk, paper, attachments.look_into(a_pdf(), "plan.pdf"))
    said = " ".join(papers(pack(unit, leaver, tmp_path), tmp_path))
    assert ("read-record", leaver.id, "plan made") in unit.log()
    assert "risk assessment and education, health and care plan. They belong to the record that goes on: this file has them" in said
    inside = said[said.index("What was in the packet") : said.index("Received by")]
    names = ["Risk assessment of 7 Sep 2026", "EHC plan of 7 Sep 2026", "EHC plan of the authority"]
    assert [name for name in names if name not in inside] == []
    assert said.count("Confidential: for those alone who need it for the pupil. Questions: ") == 2
    assert [kind for kind in ("risk", "ehc", "profile") if f"Words of {kind}" in said] == ["risk", "ehc"]
    told = {row["reason"]: row["fields"] for row in unit.desk.vault.rows("SELECT reason, fields FROM disclosure WHERE what LIKE '%plan%'")}
    printed = "pupil.surname, pupil.forename, pupil.dob, plan.kind, plan.made_on, plan.provision"
    assert told == {
        "It was the Risk assessment of 7 Sep 2026.": printed,
        "It was the EHC plan of 7 Sep 2026.": printed,
        "Kept with the EHC plan of 7 Sep 2026: EHC plan of the authority.": "",
    }
    assert who_had(unit.desk, leaver.id, "Medicine") == [WasTold("Riverside College", unit.desk.today, "Papers kept with a plan")]


def test_of_a_plan_the_next_school_is_told_what_the_log_and_the_notice_name_and_no_line_of_it_is_shown_to_who_may_not_see_it(
    unit: Unit, leaver: Pupil, tmp_path: Path
) -> None:
    plan = PupilPlan(pupil_id=leaver.id, kind="pep", made_on=date(2026, 9, 7), lead="Ms Lead", provision="Words of it")
    plan_recording.add(unit.desk, plan)
    (case,) = plan_recording.of_pupil(unit.desk, leaver.id)
    for kind, more in (("agreed-pupil", {"who": "Ann A."}), ("spent", {"amount": "85.50"}), ("meeting", {"who": "Ms Gale"})):
        step = PlanStep(entry_id=case.now.entry_id, kind=kind, on=date(2026, 9, 8), **more)
        plan_recording.record(unit.desk, step)
    kept = Attachment(pupil_id=leaver.id, title="Advice", kind="letter", paper_day=LAST, about_kind="plan", about_id=case.now.entry_id)
    attachments.add(unit.desk, kept, attachments.look_into(a_pdf(), "advice.pdf"))
    needs.add_need(unit.desk, SenNeed(pupil_id=leaver.id, need="ASD", rank=1))
    said = " ".join(papers(pack(unit, leaver, tmp_path), tmp_path))
    assert "For Hill School Born 5 January 2012 Version of 7 September 2026" in said
    assert [words for words in ("Words of it", "Ann A.") if words not in said] == []
    assert [
        words
        for words in ("Ms Lead", "85.50", "Ms Gale", "Types of need", "Review", "Signed")
        if words in said[said.index("Words of it") :]
    ] == []
    (line,) = [row for row in ledger.disclosures_of(unit.desk.vault, leaver.id) if row["name"] == "Plan for the next school"]
    assert {"plan.provision", "plan_step.who"} <= set(line["fields"].split(", ")) <= {*register()["next-school"].full, *_OF_PUPIL}
    for erased in (False, True):
        if erased:  # by its own time, and the proof of what was told stays
            erase_sections(unit.desk, ["plans", "plan_steps"], authority="Head", pupil_id=leaver.id)
        for role in Role:
            (section,) = [section for section in sheet.everything(unit.as_role(role), leaver.id) if section.name == "disclosures"]
            shown = str(section.entries).lower()
            assert "receipt" in shown
            assert ("education plan" in shown, "plan" in shown) == ((role is not Role.OFFICE,) * 2), (role, erased)
    lines = statement_lines.from_log(unit.as_role(Role.OFFICE), leaver.id, EVER).told
    assert "education plan" not in str(lines).lower()


_OF_PUPIL = ("pupil.surname", "pupil.forename", "pupil.dob")


def test_no_plan_goes_where_the_next_school_is_not_known_or_a_protected_pupil_is_not_confirmed(
    unit: Unit, leaver: Pupil, tmp_path: Path
) -> None:
    plan_recording.add(unit.desk, PupilPlan(pupil_id=leaver.id, kind="risk", made_on=date(2026, 9, 7), provision="Words of risk"))
    for folder in "abc":
        (tmp_path / folder).mkdir()
    unit.protect(leaver)
    said = " ".join(papers(pack(unit, leaver, tmp_path / "a"), tmp_path / "a"))
    assert "no file of this pack has them: the pupil is protected, and nobody has confirmed it" in said
    assert "Words of risk" not in said
    assert "Words of risk" in " ".join(papers(pack(unit, leaver, tmp_path / "b", confirmed=True), tmp_path / "b"))
    stay = dataclasses.replace(stay_of(unit.desk, leaver), next_school=None, main_school="919/4001", status="C")
    for entered in (None, "XXXXXXX", "MMMMMMM", "Not known.", "Home educated"):
        pupils.save_stay(unit.desk, dataclasses.replace(stay, next_school=entered))
        (folder := tmp_path / f"of {entered}").mkdir()
        made = pack(unit, leaver, folder, confirmed=True)
        said = " ".join(papers(made, folder))
        is_none = entered == "Home educated"
        why = "there is no next school" if is_none else "the next school is not known"
        assert f"no file of this pack has them: {why}" in said, entered
        assert ("To the next school" in said) is not is_none, entered
        assert ("receipt names none" in " ".join(said.split())) is not is_none, entered
        assert "Words of risk" not in said, entered
        assert f"No plans (risk assessment): {why}." in made.left, entered


def test_of_an_earlier_stay_goes_what_a_plan_said_then_and_no_plan_that_was_first_made_after_it(unit: Unit, leaver: Pupil) -> None:
    plan_recording.add(unit.desk, PupilPlan(pupil_id=leaver.id, kind="behaviour", made_on=date(2026, 11, 12), provision="Words of then"))
    (case,) = plan_recording.of_pupil(unit.desk, leaver.id)
    plan_recording.record(unit.desk, PlanStep(entry_id=case.now.entry_id, kind="agreed-pupil", on=date(2026, 11, 13), who="Ann A."))
    plan_recording.amend(unit.desk, dataclasses.replace(case.now, version_day=date(2026, 11, 23), provision="Words of later"))

    def goes(left_on: date) -> tuple[str, ...]:
        found = leaver_plans.of_leaver(unit.desk, leaver, left_on, "Hill School", confirmed=True).going
        said = " ".join(" ".join(texts_of([*plan.story])) for plan in found)
        return tuple(words for words in ("Words of then", "Ann A.", "Words of later") if words in said)

    assert [goes(day) for day in (date(2026, 11, 11), LAST, date(2026, 11, 23))] == [(), ("Words of then", "Ann A."), ("Words of later",)]
    (case,) = plan_recording.of_pupil(unit.desk, leaver.id)
    plan_recording.amend(unit.desk, dataclasses.replace(case.now, version_day=date(2026, 11, 24), ended_on=date(2026, 11, 16)))
    assert [goes(day) for day in (date(2026, 11, 16), LAST)] == [("Words of then", "Ann A."), ()], "it had ended, as was entered later"


def test_a_plan_tells_the_next_school_no_more_than_the_register_in_force_names(unit: Unit, leaver: Pupil) -> None:
    plan = PupilPlan(
        pupil_id=leaver.id, kind="behaviour", made_on=date(2026, 9, 7), provision="Words of help", triggers="Words of triggers"
    )
    plan_recording.add(unit.desk, plan)
    (case,) = plan_recording.of_pupil(unit.desk, leaver.id)
    plan_recording.record(unit.desk, PlanStep(entry_id=case.now.entry_id, kind="agreed-pupil", on=date(2026, 9, 8), who="Ann A."))
    path = "recipients/recipients.toml"

    def goes(*unnamed: str) -> tuple[list[str], str, str]:
        text = shipped(path)
        for item in unnamed:
            text = text.replace(f'"{item}",', "")
        with apart(RuleSet({path: text})):
            found = leaver_plans.of_leaver(unit.desk, leaver, LAST, "Hill School", confirmed=True)
        said = " ".join(" ".join(texts_of([*plan.story])) for plan in found.going)
        return [words for words in ("help", "triggers", "Ann A.") if words in said], found.kept_back

    assert goes() == (["help", "triggers", "Ann A."], "")
    assert goes("plan.triggers", "plan_step.who") == (["help"], "")
    assert goes("plan.kind") == ([], "the notice names no plans among what the next school is told")
